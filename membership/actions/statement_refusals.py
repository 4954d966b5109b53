"""Why an answer is not taken, and what would help."""

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class UnknownPosition(Refusal):
    """Something that is no answer."""

    sentence = _("Please choose an answer: consent, consent with comment, objection or abstention.")


class ReasonOfObjectionMissing(Refusal):
    """The applicant and the other members want to know why."""

    sentence = _("An objection needs a reason. Please write in a few words what stands against it.")


class CommentMissing(Refusal):
    """A consent with comment without a comment."""

    sentence = _("Please write your comment, or choose “Consent” without one.")


class WhichMember(Refusal):
    """The person speaks for several members."""

    sentence = _("You speak for several members: %(members)s. Please say for which one you answer.")


class NotAsked(Refusal):
    """The member does not belong to the electorate of this circular."""

    sentence = _("%(member)s was not asked by the circular %(number)s.")


class NoMemberAnyMore(Refusal):
    """The membership ended while the circular was open."""

    sentence = _("The membership of %(member)s has ended; its answers do not count any more.")


class UnknownChannel(Refusal):
    """The secretariat enters what came another way."""

    sentence = _("Please say how the answer came: by e-mail, letter or telephone.")


class NamelessAnswer(Refusal):
    """Somebody gave the answer."""

    sentence = _("Please name the person who gave the answer for the city.")


class ProofMissing(Refusal):
    """An answer entered by others must be provable."""

    sentence = _("Please add the proof: the mail or letter as a file, or a note on the telephone call.")


class ReceivedInTheFuture(Refusal):
    """A mistyped moment."""

    sentence = _("The moment of receipt, %(moment)s, lies in the future.")


class ReceivedBeforeIssue(Refusal):
    """Nobody answers before being asked."""

    sentence = _("The circular was issued on %(issued)s; an answer cannot have been received before.")


class DatedAfterReceipt(Refusal):
    """A mistyped date."""

    sentence = _("The answer bears a date later than that of its receipt. Please check both.")


class OwnAnswer(Refusal):
    """One's own answer is changed, not contested."""

    sentence = _("%(member)s gave this answer itself. It can be changed by a new answer until the deadline.")


class ReasonOfContestationMissing(Refusal):
    """The secretariat wants to know what went wrong."""

    sentence = _("Please write in a few words why this is not your city's answer.")


class EmptyQuestion(Refusal):
    """A question without words."""

    sentence = _("Please write your question.")


class EmptyAnswer(Refusal):
    """An answer without words."""

    sentence = _("Please write the answer.")


class AlreadyAnswered(Refusal):
    """An answer stays as the members have read it."""

    sentence = _("This question is answered already; the answer stays as the members have read it.")
