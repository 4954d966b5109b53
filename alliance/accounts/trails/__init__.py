"""The chained audit trail: each day's seal is hashed onto that of the day before."""

from alliance.accounts.trails.redacting import NothingToRedact, NotRedactable, redact
from alliance.accounts.trails.sealing import TrailBroken, newest_hash, seal_days
from alliance.accounts.trails.verifying import Finding, verify

__all__ = [
    "Finding",
    "NotRedactable",
    "NothingToRedact",
    "TrailBroken",
    "newest_hash",
    "redact",
    "seal_days",
    "verify",
]
