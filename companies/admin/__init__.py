"""The company database in the admin."""

from django.contrib import admin
from django_tasks_db import admin as tasks
from django_tasks_db.models import DBTaskResult

from companies.admin import companies, work

__all__ = ["companies", "work"]

# How far an import has come stands on its own page; the queue itself says nothing more, and leaves no trail.
assert tasks  # noqa: S101 - imported so that it has registered its page
admin.site.unregister(DBTaskResult)
