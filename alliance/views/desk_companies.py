"""What waits on the desk about companies: entries to confirm, duplicates, imports, freshness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.accounts.models import User
from alliance.pages.charts import number
from alliance.pages.phrases import labelled
from alliance.views.frame import address_of
from alliance.views.piles import Pile, Task, pile
from cities.models import City
from companies.actions import duplicates, freshness
from companies.models import Company, DuplicatePair, Import, SheetSubmission
from companies.permissions import sight_of
from companies.querysets.sight import Sight
from companies.states import IN_HAND, CompanyState
from membership.models.membership import alliance_day

SOON = timedelta(days=30)
LOWEST = 5  # cities; all of them are on the list of companies
DUPLICATES, IMPORTS = "companies:duplicates", "companies:imports"


def company_piles(user: User) -> Iterator[Pile]:
    """For those who keep companies, and for staff."""
    now = timezone.now()
    sight = sight_of(user, at=now)
    if sight.kept_cities:
        yield entries_to_confirm(sight, now)
    if sight.kept_cities or user.is_staff:
        yield duplicates_to_decide(sight)
        yield sheets_to_compare(sight)
        yield imports_in_hand(sight)
    if user.is_staff:
        yield fresh_shares(now)


def entries_to_confirm(sight: Sight, now: datetime) -> Pile:
    """One's own cities with entries that are out of date, or are soon."""
    today = alliance_day(now)
    shown = Company.objects.filter(city__in=sight.kept_cities)
    stale = Q(state=CompanyState.STALE) | Q(state=CompanyState.PUBLISHED, valid_until__lt=today)
    soon = Q(state=CompanyState.PUBLISHED, valid_until__range=(today, today + SOON))
    counted = shown.filter(stale | soon).order_by("city").values("city__slug")
    rows: list[Any] = list(counted.annotate(stale=Count("pk", filter=stale), soon=Count("pk", filter=soon)))
    cities = City.objects.in_bulk([row["city__slug"] for row in rows], field_name="slug")
    tasks = [task for row in rows for task in confirmation_tasks(cities[row["city__slug"]], row)]
    total = sum(row["stale"] + row["soon"] for row in rows)
    return Pile(_("Companies whose entries are to be confirmed"), tasks, total, tone="warning")


def confirmation_tasks(city: City, row: dict[str, Any]) -> Iterator[Task]:
    for kind, sentence in (("stale", out_of_date(row["stale"])), ("expiring", expiring(row["soon"]))):
        if sentence:
            yield Task(labelled(city.name, sentence), f"{companies_of(city)}&freshness={kind}")


def out_of_date(count: int) -> str:
    words = ngettext("%(count)s entry is out of date", "%(count)s entries are out of date", count)
    return words % {"count": number(count)} if count else ""


def expiring(count: int) -> str:
    words = ngettext(
        "%(count)s entry expires within 30 days", "%(count)s entries expire within 30 days", count
    )
    return words % {"count": number(count)} if count else ""


def companies_of(city: City) -> str:
    return f"{reverse('companies:companies')}?city={city.slug}"


def duplicates_to_decide(sight: Sight) -> Pile:
    """Pairs of entries that may be one company."""
    url = address_of(DUPLICATES)
    rows = (
        duplicates.open_pairs(sight)
        .select_related("first__city", "second__city")
        .order_by("-found_at", "-pk")
    )
    heading = _("Entries that may be one company")
    if not url:
        return Pile(heading, [], 0)
    return pile(heading, rows, duplicate_task, url)


def duplicate_task(pair: DuplicatePair) -> Task:
    return Task(str(pair), pair.get_absolute_url(), " · ".join(pair.reason_labels))


def sheets_to_compare(sight: Sight) -> Pile:
    """Sheets that firms have filled in about themselves."""
    rows = SheetSubmission.objects.waiting().kept_by(sight).select_related("link__company__city")
    heading = _("Sheets filled in by firms")
    return pile(heading, rows, sheet_task, reverse("companies:sheets"))


def sheet_task(sheet: SheetSubmission) -> Task:
    return Task(sheet.company.name, sheet.get_absolute_url(), sheet.company.city.name)


def imports_in_hand(sight: Sight) -> Pile:
    """Spreadsheets that somebody has brought and that are not carried out yet."""
    url = address_of(IMPORTS)
    rows = Import.objects.seen_by(sight).filter(state__in=IN_HAND).select_related("city")
    heading = _("Imports of companies")
    if not url:
        return Pile(heading, [], 0)
    return pile(heading, rows, import_task, url, tone="active")


def import_task(run: Import) -> Task:
    detail = " · ".join(filter(None, [run.city.name if run.city else "", str(run.get_state_display())]))
    return Task(run.filename, run.get_absolute_url(), detail)


def fresh_shares(now: datetime) -> Pile:
    """How many of each city's entries can be relied on, the lowest share first."""
    shares = sorted(freshness.shares(at=now), key=lambda share: (share.percent or 0, share.city))
    cities = City.objects.in_bulk([share.city for share in shares[:LOWEST]])
    tasks = [share_task(cities[share.city], share) for share in shares[:LOWEST]]
    url = reverse("companies:companies") + "?freshness=stale"
    return Pile(_("How fresh the entries of companies are"), tasks, len(shares), url, "active")


def share_task(city: City, share: freshness.Share) -> Task:
    words = {"percent": number(share.percent), "fresh": number(share.fresh), "shown": number(share.shown)}
    return Task(
        city.name,
        reverse("companies:city_companies", args=[city.slug]),
        _("%(percent)s%% valid: %(fresh)s of %(shown)s entries") % words,
    )
