"""The admin: corrections with a reason, moves through the actions, and the trail of every row."""

from django.contrib import admin
from django.contrib.auth import admin as groups
from django.contrib.auth.models import Group

from alliance.pages.admin.moves import Move, MoveForm, ReasonForm, management, secretariat
from alliance.pages.admin.rows import RowAdmin

__all__ = ["Move", "MoveForm", "ReasonForm", "RowAdmin", "management", "secretariat"]

# Roles are those of the alliance; Django's groups mean nothing here.
assert groups  # noqa: S101 - imported so that it has registered its page
admin.site.unregister(Group)
