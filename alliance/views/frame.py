"""What every page shows around its content."""

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.accounts.models import User
from alliance.letters.actions import unread_count
from alliance.letters.worker import late_since
from alliance.pages.moments import moment_text
from alliance.views.demonstration import demo_accounts


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    url: str
    label: str
    current: bool
    count: int = 0
    count_label: str = ""


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "demo_accounts": SimpleLazyObject(demo_accounts),
        "secretariat_address": settings.DEFAULT_FROM_EMAIL,
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "staff_notice": SimpleLazyObject(lambda: staff_notice(request)),
    }


def person_at(request: HttpRequest) -> Any:
    """Who is there; nobody yet, where a request is refused before anybody has asked."""
    return getattr(request, "user", AnonymousUser())


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu for this person: public pages, then what is theirs."""
    user = person_at(request)
    wanted = [("desk", _("Desk"))] if user.is_authenticated else []
    wanted += [("membership:members", _("Members")), ("cities:institutions", _("Institutions"))]
    if user.is_authenticated:
        wanted += [("membership:applications", _("Applications")), ("membership:circulars", _("Circulars"))]
    if user.is_authenticated and user.is_staff:
        wanted += [("cities:officers", _("Officers")), ("letters:letters", _("Letters"))]
    entries = [entry(request, name, label) for name, label in wanted]
    if user.is_authenticated:
        entries.append(inbox_entry(request, user))
    return [asdict(found) for found in entries if found]


def entry(request: HttpRequest, name: str, label: str, **more: Any) -> Entry | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return Entry(url, label, request.path.startswith(url), **more)


def inbox_entry(request: HttpRequest, user: User) -> Entry | None:
    count = unread_count(user)
    spoken = ngettext("%(count)s unread", "%(count)s unread", count) % {"count": count}
    return entry(request, "letters:inbox", _("Inbox"), count=count, count_label=spoken if count else "")


def staff_notice(request: HttpRequest) -> str:
    """A dead worker is visible to staff on every page."""
    user = person_at(request)
    if not (user.is_authenticated and user.is_staff):
        return ""
    since = late_since(timezone.now())
    if since is None:
        return ""
    return _("Letters and deadlines are not being processed since %(moment)s.") % {
        "moment": moment_text(since)
    }
