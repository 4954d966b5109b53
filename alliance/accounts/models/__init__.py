"""People who sign in, the invitations by which they come, and the seals of the audit trail."""

from alliance.accounts.models.people import (
    INVITATION_VALID,
    Invitation,
    User,
    digest_of,
    validate_time_zone,
)
from alliance.accounts.models.trail import TrailMark, TrailRedaction, TrailSeal

__all__ = [
    "INVITATION_VALID",
    "Invitation",
    "TrailMark",
    "TrailRedaction",
    "TrailSeal",
    "User",
    "digest_of",
    "validate_time_zone",
]
