from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class LetterKind(models.TextChoices):
    """What a letter is about; lists filter by it."""

    CIRCULAR = "circular", _("Circular")
    REMINDER = "reminder", _("Reminder")
    CONFIRMATION = "confirmation", _("Confirmation")
    NOTICE = "notice", _("Notice")
    INVITATION = "invitation", _("Invitation")
    SIGN_IN = "sign_in", _("Sign-in")


class DeliveryState(models.TextChoices):
    """Where one addressee's copy of a letter stands."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    ACCEPTED = "accepted", _("Accepted by the mail server")
    DEFERRED = "deferred", _("Will be tried again")
    FAILED = "failed", _("Not deliverable")
    UNCERTAIN = "uncertain", _("Possibly sent")
    BOUNCED = "bounced", _("Came back")
    HANDED_OVER = "handed_over", _("Handed over")
    CALLED_BACK = "called_back", _("Called back before it was sent")


class DeliveryChannel(models.TextChoices):
    """The way a copy takes; the inbox holds it besides, where the addressee has an account."""

    MAIL = "mail", _("E-mail")
    POST = "post", _("Post")
    FAX = "fax", _("Fax")
    WECHAT = "wechat", _("WeChat")
    IN_PERSON = "in_person", _("In person")


class ReturnKind(models.TextChoices):
    """What a returned mail says: it will never arrive, or not yet."""

    PERMANENT = "permanent", _("Not deliverable")
    TEMPORARY = "temporary", _("Delayed")


WAITING = (DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN)
"""States in which the worker takes a delivery up."""

SETTLED = (
    DeliveryState.ACCEPTED,
    DeliveryState.FAILED,
    DeliveryState.BOUNCED,
    DeliveryState.HANDED_OVER,
    DeliveryState.CALLED_BACK,
)
"""States in which nothing more happens by itself."""

REACHED = (DeliveryState.ACCEPTED, DeliveryState.HANDED_OVER)
"""States in which a copy has come to somebody, as far as is known."""

IN_TROUBLE = (DeliveryState.FAILED, DeliveryState.BOUNCED)
"""States in which somebody has to find another way."""

TONES = {
    DeliveryState.QUEUED: "waiting",
    DeliveryState.SENDING: "active",
    DeliveryState.ACCEPTED: "done",
    DeliveryState.DEFERRED: "waiting",
    DeliveryState.FAILED: "warning",
    DeliveryState.UNCERTAIN: "warning",
    DeliveryState.BOUNCED: "warning",
    DeliveryState.HANDED_OVER: "done",
    DeliveryState.CALLED_BACK: "neutral",
}

KEPT_HERE = gettext_noop("kept on this machine")
NO_CONNECTION = gettext_noop("No connection to the mail server")
LOST_IN_TEXT = gettext_noop("The connection broke while the text was being handed over")
LOST_AFTER_TEXT = gettext_noop("The connection broke after the text was handed over")
LOST_WORKER = gettext_noop("The worker ended before it could write down the answer")
CLAIM_OVER = gettext_noop("It took too long before the text could be handed over")
NOT_MADE = gettext_noop("The mail could not be put together")
OUR_ANSWERS = (KEPT_HERE, NO_CONNECTION, LOST_IN_TEXT, LOST_AFTER_TEXT, LOST_WORKER, CLAIM_OVER, NOT_MADE)
"""What stands in place of a server's answer where there was none."""
