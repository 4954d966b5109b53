"""What every page shows around its content."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alliance.accounts.models import User
from alliance.letters.actions import unread_count
from alliance.letters.worker import late_since
from alliance.pages.moments import moment_text
from alliance.views.demonstration import demo_accounts

INBOX = "letters:inbox"
COMPANIES = "companies:companies"
OF_A_CITY = re.compile("/cities/[^/]+/companies/")


class Entry(NamedTuple):
    """One entry of the menu, with the number of what waits there and how it is spoken."""

    url: str
    label: str
    current: bool
    waiting: int = 0
    waiting_label: str = ""


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


def navigation(request: HttpRequest) -> tuple[Entry, ...]:
    """The menu for this person: public pages, then what is theirs."""
    user = person_at(request)
    links = menu(get_language(), settings.ROOT_URLCONF, user.is_authenticated, user.is_staff)
    return tuple(entry_of(link, request.path, user) for link in links)


class Link(NamedTuple):
    """Where an entry of the menu leads, the same for everybody who has it."""

    name: str
    url: str
    label: str


@lru_cache
def menu(language: str, urlconf: str, signed_in: bool, staff: bool) -> list[Link]:
    """The entries of one kind of person in one language; what is not served here is left out."""
    wanted = [("desk", _("Desk"))] if signed_in else []
    wanted += [("membership:members", _("Members")), (COMPANIES, _("Companies"))]
    wanted.append(("cities:institutions", _("Institutions")))
    if signed_in:
        wanted += [("membership:applications", _("Applications")), ("membership:circulars", _("Circulars"))]
        wanted.append(("membership:withdrawals", _("Withdrawals")))
    if signed_in and staff:
        wanted += [("cities:officers", _("Officers")), ("letters:letters", _("Letters"))]
    if signed_in:
        wanted.append((INBOX, _("Inbox")))
    return [Link(name, url, label) for name, label in wanted if (url := address_of(name))]


def address_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def entry_of(link: Link, path: str, user: User) -> Entry:
    waiting = unread_count(user) if link.name == INBOX else 0
    spoken = ngettext("%(count)s unread", "%(count)s unread", waiting) % {"count": waiting}
    return Entry(link.url, link.label, is_current(link, path), waiting, spoken if waiting else "")


def is_current(link: Link, path: str) -> bool:
    """Whether the page belongs to the entry; the companies of a city stand below the city's address."""
    within = link.name == COMPANIES and OF_A_CITY.match(path)
    return path.startswith(link.url) or bool(within)


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
