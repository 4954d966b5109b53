from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from alliance.accounts.states import InvitationState, StaffRole

if TYPE_CHECKING:
    from alliance.accounts.models import User


class UserQuerySet(models.QuerySet):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_role(self, role: StaffRole) -> "UserQuerySet":
        return self.active().filter(role=role)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """People are known by their e-mail address, kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        return self.create_user(email, password, role=StaffRole.ADMINISTRATOR, **fields)

    def get_by_natural_key(self, email: str | None) -> Any:
        return self.get(email=(email or "").strip().lower())


class InvitationQuerySet(models.QuerySet):
    def in_state(self, state: str, at: datetime) -> "InvitationQuerySet":
        """Invitations that stand so at a moment."""
        waiting = self.filter(accepted_at__isnull=True, revoked_at__isnull=True)
        return {
            InvitationState.OPEN: waiting.filter(expires_at__gt=at),
            InvitationState.EXPIRED: waiting.filter(expires_at__lte=at),
            InvitationState.ACCEPTED: self.filter(accepted_at__isnull=False),
            InvitationState.REVOKED: self.filter(revoked_at__isnull=False),
        }[InvitationState(state)]

    def visible_to(self, user: "User") -> "InvitationQuerySet":
        """Staff see whom the alliance invited; invitations to work for it only administrators see."""
        if not (user.is_authenticated and user.is_staff):
            return self.none()
        return self if user.is_administrator else self.filter(role=StaffRole.NONE)
