"""Why something cannot be done with a withdrawal, and what would help."""

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class NotAMember(Refusal):
    """Only who is in can leave."""

    sentence = _("%(city)s is no full member on this day, so there is nothing to withdraw from.")


class AccessionPending(Refusal):
    """The city is about to join."""

    sentence = _(
        "An accession of %(city)s is under way (%(reference)s). "
        "That application must be retracted or decided first."
    )


class AccessionAhead(Refusal):
    """The accession is decided; the membership has not begun."""

    sentence = _("The membership of %(city)s begins on %(day)s; a withdrawal can be filed from that day on.")


class HasEndAlready(Refusal):
    """The end of the membership is known."""

    sentence = _("The membership of %(city)s ends on %(day)s already.")


class WithdrawalStands(Refusal):
    """A city has one withdrawal that stands at most."""

    sentence = _("A withdrawal of %(city)s stands already: %(reference)s.")


class RequestMissing(Refusal):
    """The paper demands a written request."""

    sentence = _("Please add the signed request as a file: a withdrawal is made in writing.")


class SignatoryMissing(Refusal):
    """A letter is signed by somebody."""

    sentence = _("Please say who signed the request.")


class DatedAhead(Refusal):
    """A mistyped date."""

    sentence = _("The date of the letter, %(day)s, is still to come. Please check it.")


class WithdrawalNotPossibleNow(Refusal):
    """The withdrawal is in another state than this move starts from."""

    sentence = _("This is not possible: the withdrawal %(reference)s is “%(state)s”.")


class NothingToLeave(Refusal):
    """The membership ended otherwise meanwhile."""

    sentence = _(
        "The membership of %(city)s has ended already, on %(day)s; there is nothing to communicate. "
        "Please revoke the withdrawal."
    )


class TooLateToRevoke(Refusal):
    """The first notice went out."""

    sentence = _(
        "The withdrawal cannot be revoked any more: the first notice went out. "
        "The city can come back only by a new accession."
    )


class RevokeReasonMissing(Refusal):
    """The record says why."""

    sentence = _("Please give the reason of the revocation.")


class UnderWithdrawal(Refusal):
    """The end follows from the record, not from a form."""

    sentence = _(
        "A withdrawal of %(city)s is under way (%(reference)s): the membership ends by itself "
        "once all member cities were told."
    )


class NoticeOfWithdrawal(Refusal):
    """A notice is no circular of its own."""

    sentence = _(
        "The circular %(number)s gives notice of a withdrawal: it closes by itself when the withdrawal "
        "is effective, and is cancelled only by revoking the withdrawal."
    )
