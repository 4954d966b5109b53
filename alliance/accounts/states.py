from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """What a person does for the alliance itself; officers and institution contacts have none."""

    NONE = "", _("No staff role")
    SECRETARIAT = "secretariat", _("Secretariat")
    MANAGEMENT = "management", _("Management")
    ADMINISTRATOR = "administrator", _("Administrator")


class Language(models.TextChoices):
    """The three languages of the alliance."""

    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"
    CHINESE = "zh-hans", "中文"


class InvitationState(models.TextChoices):
    """Where an invitation stands at a moment; it is computed, never kept."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
