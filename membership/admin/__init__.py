"""Applications, circulars, answers, decisions and memberships in the admin."""

from membership.admin import answers, applications, circulars, memberships

__all__ = ["answers", "applications", "circulars", "memberships"]
