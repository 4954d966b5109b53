"""Why something cannot be done with an entry of the company database, and what would help."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class CompanyRefusal(Refusal):
    """Something that is not possible with a company's entry."""


class ChangedMeanwhile(CompanyRefusal):
    """Somebody else has changed the entry since it was opened."""

    sentence = _(
        "“%(company)s” was changed by somebody else since you opened it. "
        "Please look at the entry as it is now and enter your changes again."
    )


class ArchivedIsKept(CompanyRefusal):
    """What is archived is the record."""

    sentence = _("“%(company)s” is archived and kept as it is. Restore it first to change it.")


class NotPossibleNow(CompanyRefusal):
    """The entry is in another state than this move starts from."""

    sentence = _("This is not possible with “%(company)s” at the moment: its state is “%(state)s”.")


class CityNotConfirmed(CompanyRefusal):
    """A city that registered itself and was not looked at yet."""

    sentence = _(
        "%(city)s is not confirmed in the register yet. Please ask the secretariat to confirm it first."
    )


class MembershipOver(CompanyRefusal):
    """Entries of a city that left are kept for the record only."""

    sentence = _(
        "The membership of %(city)s has ended, so its companies are kept for the record only. "
        "They can be restored once it is a member again."
    )


class ValuesRefused(CompanyRefusal):
    """Some values cannot be kept: `errors` has the sentences of each field."""

    sentence = _("Some values cannot be kept: %(sentences)s")

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = {field: [str(sentence) for sentence in found] for field, found in errors.items()}
        told = [sentence for found in self.errors.values() for sentence in found]
        super().__init__(sentences=" ".join(told))


class RegisterNumberTaken(CompanyRefusal):
    """One register number, one entry."""

    sentence = _(
        "There is an entry with this register number already: “%(company)s” in %(city)s. "
        "Please change that one, or merge the two."
    )


class RegisterNumberTakenElsewhere(CompanyRefusal):
    """The other entry is none of the person's business, so it is not named."""

    sentence = _(
        "There is an entry with this register number already, in another city. Please ask the secretariat."
    )


class ValidityOver(CompanyRefusal):
    """An entry is published for days to come."""

    sentence = _("The validity would end on %(day)s, before today. Please choose a later day.")


class ValidityTooLong(CompanyRefusal):
    """Nobody can vouch for more than a year."""

    sentence = _("An entry is valid for twelve months at most, so until %(day)s. It is confirmed again then.")


class ReasonForArchiving(CompanyRefusal):
    """Everybody who reads it later wants to know."""

    sentence = _("Please choose why the entry is archived.")


class ReasonNotByHand(CompanyRefusal):
    """Two reasons follow from something else that happens."""

    sentence = _("This reason is set by itself: when a membership ends, or when two entries are merged.")


class NoteOnArchiving(CompanyRefusal):
    """“Another reason” alone says nothing."""

    sentence = _("Please say in the note for which other reason the entry is archived.")


class MergedForGood(CompanyRefusal):
    """What it said stands in the other entry now."""

    sentence = _("“%(company)s” was merged with “%(into)s”; please work with that entry.")
