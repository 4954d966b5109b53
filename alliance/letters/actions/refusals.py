"""Why nothing is done with a copy or a letter, and what would help."""

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class NotYourLetter(Refusal):
    """Somebody else's copy."""

    sentence = _("This letter is addressed to somebody else.")


class AlreadyAccepted(Refusal):
    """There is nothing to send again."""

    sentence = _("The mail server has accepted this mail for %(address)s; it is not sent a second time.")


class BeingSent(Refusal):
    """A worker has the delivery in its hands."""

    sentence = _("This mail to %(address)s is being sent just now. Please look again in a few minutes.")


class TextWiped(Refusal):
    """The text opened an account and is no longer kept."""

    sentence = _("The text of this letter was wiped, as it opens an account. Please have a new one made.")


class NotAMail(Refusal):
    """What was handed over on paper is not sent."""

    sentence = _("This copy was handed over otherwise than by e-mail; there is no mail to send again.")


class CalledBack(Refusal):
    """The letter was stopped before it went out."""

    sentence = _("This letter was called back before it was sent; no copy of it goes out any more.")


class OpensAnAccount(Refusal):
    """What opens an account goes to its owner only."""

    sentence = _(
        "This letter opens an account: it goes to nobody but the person it was written to. "
        "Please have a new one made."
    )


class AddressUnusable(Refusal):
    """Not an address that mail can be sent to."""

    sentence = _("“%(address)s” is not an e-mail address. Please check how it is written.")


class AlreadyAddressed(Refusal):
    """A second copy to the same address would be the same mail twice."""

    sentence = _(
        "A copy of this letter for the same city goes to %(address)s already. Send that copy again instead."
    )


class NoteMissing(Refusal):
    """Whoever reads the record later wants to know why."""

    sentence = _("Please add a note: why, and on whose word.")


class ForNobody(Refusal):
    """A letter is handed over to a city or an institution."""

    sentence = _("Please choose a city that this letter is for.")


class NotAWay(Refusal):
    """E-mail is what the worker does."""

    sentence = _("Please say how it was handed over: by post, by fax, by WeChat or in person.")


class HandedOverInFuture(Refusal):
    """What has not happened cannot be entered."""

    sentence = _("%(day)s is still to come. Enter the handing over when it has happened.")


class HandedOverBeforeWritten(Refusal):
    """A letter that did not exist yet."""

    sentence = _("The letter was written on %(day)s; it cannot have been handed over before.")


class ProofOfHandingOverMissing(Refusal):
    """Without a proof nobody is told by hand."""

    sentence = _(
        "Please add the proof: the receipt, the sent fax, a picture of the message "
        "or the signed confirmation."
    )


class AlreadyOut(Refusal):
    """Somebody may have read it."""

    sentence = _(
        "This letter cannot be called back any more: "
        "at least one copy was sent, tried, opened or handed over."
    )
