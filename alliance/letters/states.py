from django.db import models
from django.utils.translation import gettext_lazy as _


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


WAITING = (DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN)
"""States in which the worker takes a delivery up."""
