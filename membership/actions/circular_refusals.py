"""Why something cannot be done with a circular, and what would help."""

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class NotInConsultation(Refusal):
    """The application is not at the stage at which members are asked."""

    sentence = _(
        "The application %(reference)s is not in consultation. "
        "Members are asked once it was found complete and passed on, and until it is decided."
    )


class AlreadyWithMembers(Refusal):
    """The members are being asked already."""

    sentence = _("The circular %(number)s on this application is still with the member cities.")


class AlreadyCarried(Refusal):
    """The members have consented; what is open is the decision."""

    sentence = _("The circular %(number)s was carried: the management now decides on the application.")


class NotADraft(Refusal):
    """What went out stays as it is."""

    sentence = _("The circular %(number)s was issued and stays as it is. If it is mistaken, cancel it.")


class Discarded(Refusal):
    """Somebody has thrown the draft away meanwhile."""

    sentence = _("This draft was discarded meanwhile, or its application was retracted.")


class NoRule(Refusal):
    """Members must know by which rule their consent is computed."""

    sentence = _("Please choose the consent rule first: it is printed in the circular.")


class NoDeadline(Refusal):
    """Members must know until when they can answer."""

    sentence = _("Please set the deadline first.")


class DeadlineInThePast(Refusal):
    """Nobody can answer any more."""

    sentence = _("The deadline, %(deadline)s, has passed already. Please choose a later day.")


class DeadlineTooFar(Refusal):
    """A mistyped year."""

    sentence = _("The deadline lies more than two years ahead. Please check the year.")


class TextsMissing(Refusal):
    """A circular goes out in three languages."""

    sentence = _("Subject and text are needed in all three languages. Missing: %(languages)s.")


class UnknownPlaceholder(Refusal):
    """A word in braces would go out as it stands."""

    sentence = _("%(words)s means nothing. In braces can stand: %(known)s. Please correct the text.")


class NobodyToAsk(Refusal):
    """There is no full member."""

    sentence = _("There is no full member on this day, so there is nobody to ask.")


class NotIssued(Refusal):
    """The circular is still a draft."""

    sentence = _("This circular is still a draft; it has not been issued.")


class AlreadyClosed(Refusal):
    """It ended, with a result."""

    sentence = _("The circular %(number)s is closed and stays as it is.")


class AlreadyCancelled(Refusal):
    """It ended without a result."""

    sentence = _("The circular %(number)s was cancelled and stays as it is.")


class DeadlinePassed(Refusal):
    """Too late to change anything."""

    sentence = _("The deadline has passed; the circular closes by it.")


class DeadlineAhead(Refusal):
    """Too early: members may still answer."""

    sentence = _("The members can answer until %(deadline)s; before, the circular does not close by itself.")


class CannotCloseEarly(Refusal):
    """It is not certain to be carried, or the rule does not allow it."""

    sentence = _("The circular cannot close before its deadline. %(hindrances)s")


class AlreadyExtended(Refusal):
    """A deadline is moved once."""

    sentence = _("The deadline was extended once already, to %(deadline)s; it cannot be moved again.")


class NotLater(Refusal):
    """An extension gives more time."""

    sentence = _("The new deadline must be later than the present one, %(deadline)s.")


class ReasonMissing(Refusal):
    """Others are told why."""

    sentence = _("Please give a reason: it is told to everybody who was asked.")


class NobodyToRemind(Refusal):
    """Everybody has answered."""

    sentence = _("All members have answered; there is nobody to remind.")


class NotDueYet(Refusal):
    """The rule names a later moment."""

    sentence = _("This reminder is due on %(moment)s.")


class AsksForNoStatement(Refusal):
    """Not every circular asks."""

    sentence = _("This circular is for information; it asks for no statement.")


class NotPrintable(Refusal):
    """What is sealed is printed, sign for sign."""

    sentence = _(
        "The text holds signs that cannot be printed: %(signs)s. Please replace them, then issue it again."
    )
