"""People who sign in, and the invitations by which they come."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import available_timezones

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.querysets import InvitationQuerySet, UserManager
from alliance.accounts.states import InvitationState, Language, StaffRole

INVITATION_VALID = timedelta(days=14)


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone such as Europe/Berlin."), params={"name": name}
        )


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person with an e-mail address who signs in: staff, officer of a city, contact of an institution."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(
        _("staff role"), max_length=20, choices=StaffRole, blank=True, default=StaffRole.NONE
    )
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[validate_time_zone])
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("account since"), default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=Q(role__in=StaffRole.values), name="user_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def is_secretariat(self) -> bool:
        return self.is_active and self.role == StaffRole.SECRETARIAT

    @property
    def is_management(self) -> bool:
        return self.is_active and self.role == StaffRole.MANAGEMENT

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.role == StaffRole.ADMINISTRATOR

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the alliance itself; opens the admin, see `has_perm`."""
        return self.is_active and self.role != StaffRole.NONE

    @property
    def is_superuser(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """In the admin: administrators correct data, secretariat and management look and move states."""
        if self.is_administrator:
            return True
        return self.is_staff and perm.split(".")[-1].startswith("view_")

    def has_perms(self, perms: list[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


def digest_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@pghistory.track(exclude=["token_digest"])
class Invitation(models.Model):
    """A link sent by mail, valid for 14 days and once, by which a person gets an account.

    What the person becomes stands in the row that points here (an officer's or a contact's
    invitation in `cities`), or in `role` for staff.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ENGLISH)
    role = models.CharField(
        _("staff role"), max_length=20, choices=StaffRole, blank=True, default=StaffRole.NONE
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited at"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_pair",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_pair",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def state(self, at: datetime) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED

    def is_open(self, at: datetime) -> bool:
        return self.state(at) == InvitationState.OPEN
