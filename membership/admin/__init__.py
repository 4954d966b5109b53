"""Applications, circulars, answers, decisions, memberships and withdrawals in the admin."""

from membership.admin import answers, applications, circulars, memberships, withdrawals, words

__all__ = ["answers", "applications", "circulars", "memberships", "withdrawals", "words"]
