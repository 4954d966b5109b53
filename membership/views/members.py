"""Who belongs to the alliance on a day."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.pages.composed import Composed
from alliance.pages.exports import Column
from alliance.pages.kept import Kept
from alliance.pages.moments import day_html, day_text
from alliance.pages.orderings import Orderings
from alliance.pages.templatetags.pages import other_script
from alliance.pages.views import KeptListPage
from cities.models import City, KeyFigure, Officer, RegisterNote
from cities.models.city import name_order
from cities.states import Country, Indicator
from membership.filters.members import MemberFilters
from membership.models import MembershipCity
from membership.models.membership import alliance_day
from membership.states import MembershipKind


def unconfirmed_cities_of(person: int) -> QuerySet[Officer, Any]:
    """Cities that only their own officers see yet."""
    own = Officer.objects.current().filter(user=person, city__confirmed_at=None)
    return own.order_by("city").values_list("city")


UNCONFIRMED = Composed(unconfirmed_cities_of)


class Members(KeptListPage):
    """Cities with their memberships on a day, today unless asked otherwise (`?on=2017-05-01`)."""

    title = _("Members")
    template_name = "membership/members.html"
    filterset_class = MemberFilters
    kept = Kept(
        "cities.City",
        "cities.Industry",
        "cities.KeyFigure",
        "cities.Profile",
        "cities.Profile_industries",
        "cities.RegisterNote",
        "cities.RegisterNoteSource",
        "membership.Membership",
        "membership.MembershipCity",
    )
    default_sort = "name"
    export_name = "members"
    empty_message = _("No members on this day")
    columns: Sequence[Column] = [
        Column("name", _("City"), lambda place: place.city.name),
        Column(
            "other_name",
            _("Name in the other script"),
            lambda place: place.city.other_script_name,
            on_page=False,
        ),
        Column("joint_name", _("Joint membership"), lambda place: joint_name(place), on_page=False),
        Column("country", _("Country"), lambda place: place.city.get_country_display()),
        Column("region", _("Province or Land"), lambda place: place.city.region),
        Column("code", _("Official code"), lambda place: place.city.official_code, on_page=False),
        Column("kind", _("Kind"), lambda place: place.get_kind_display()),
        Column("since", _("Since"), lambda place: place.begins),
        Column("until", _("Until"), lambda place: place.ends, on_page=False),
        Column(
            "population", _("Population"), lambda place: population(place, "value"), sort="", numeric=True
        ),
        Column("population_year", _("Year"), lambda place: population(place, "year"), on_page=False),
        Column("population_concept", _("Who is counted"), lambda place: concept(place), on_page=False),
        Column("population_source", _("Source"), lambda place: population(place, "source"), on_page=False),
    ]

    @cached_property
    def orderings(self) -> Orderings:  # type: ignore[override]
        name = name_order("city__")
        return {
            "name": name,
            "country": ["city__country", name],
            "kind": ["kind", name],
            "since": [F("period__startswith"), name],
        }

    def visible_rows(self) -> QuerySet[Any]:
        cities = City.objects.visible_to(self.request.user)
        places = MembershipCity.objects.filter(city__in=cities)
        return places.select_related("city", "membership")

    @cached_property
    def rows(self) -> QuerySet[Any]:  # type: ignore[override]
        return super().rows.prefetch_related(
            Prefetch("membership__places", shared_places(self.filters.day)),  # type: ignore[attr-defined]
            Prefetch("city__key_figures", newest_population(), to_attr="newest_population"),
        )

    def depends_on(self) -> Hashable:
        """Staff see all cities; others the confirmed ones, and their own."""
        user, today = self.request.user, alliance_day(timezone.now())
        own = [] if user.is_staff or not user.is_authenticated else UNCONFIRMED.rows(user.pk)
        return today, user.is_staff, *own

    def get_surroundings(self) -> dict[str, Any]:
        user = self.request.user
        return {"may_begin": user.is_authenticated and user.is_secretariat}

    def get_content(self) -> dict[str, Any]:
        day = self.filters.day  # type: ignore[attr-defined]
        content = super().get_content()
        return {
            **content,
            "day": day,
            "count_text": count_text(self.filters.qs, day),
            "register_notes": RegisterNote.objects.filter(city=None).prefetch_related("sources"),
            "only_day_asked": {name for name, value in self.request.GET.items() if value} == {"on"},
            "lines": [line_of(place) for place in content["rows"]],
        }


class Line(NamedTuple):
    """What the page shows of one member."""

    url: str
    name: str
    other_script: str
    joint_name: str
    country: str
    region: str
    kind: str
    since: str
    until: str
    figure: KeyFigure | None


def line_of(place: MembershipCity) -> Line:
    """Everything in words already: the template would ask for each of them once a row."""
    city = place.city
    return Line(
        url=city.get_absolute_url(),
        name=city.name,
        other_script=other_script(city),
        joint_name=joint_name(place),
        country=str(Country(city.country).label),
        region=city.region,
        kind=str(MembershipKind(place.kind).label),
        since=day_html(place.begins),
        until=day_text(place.ends),
        figure=newest_figure(place),
    )


def shared_places(day: date) -> QuerySet[MembershipCity]:
    """The places of memberships that more than one city holds on a day."""
    places = MembershipCity.objects.on(day)
    others = places.filter(membership=OuterRef("membership")).exclude(pk=OuterRef("pk"))
    return places.filter(Exists(others)).select_related("city")


def newest_population() -> QuerySet[Any]:
    """The newest population figure of each city's own territory; residents rather than registered people."""
    figures = KeyFigure.objects.filter(indicator=Indicator.POPULATION, territory="")
    return figures.order_by("city_id", "-year", "-concept").distinct("city_id")


def newest_figure(place: MembershipCity) -> KeyFigure | None:
    return next(iter(place.city.newest_population), None)  # type: ignore[attr-defined]


def population(place: MembershipCity, field: str) -> Any:
    return getattr(newest_figure(place), field, None)


def concept(place: MembershipCity) -> str:
    figure = newest_figure(place)
    return figure.get_concept_display() if figure else ""


def joint_name(place: MembershipCity) -> str:
    """The name of a membership that more than one city holds; nothing where it is the city's own."""
    shared = place.membership.places.all()  # those of the day that is shown, see shared_places
    return place.membership.name_on(max(row.begins for row in shared)) if len(shared) > 1 else ""


def count_text(rows: QuerySet[Any], day: Any) -> str:
    """How many memberships with how many cities there are on the day, computed from the rows shown."""
    counted = (
        rows.order_by()
        .values("kind")
        .annotate(memberships=Count("membership", distinct=True), cities=Count("city", distinct=True))
    )
    by_kind = {row["kind"]: row for row in counted}
    nothing = {"memberships": 0, "cities": 0}
    full = by_kind.get(MembershipKind.FULL, nothing)
    sentences = [full_text(full["memberships"], full["cities"], day)]
    if observers := by_kind.get(MembershipKind.OBSERVER, nothing)["cities"]:
        sentences.append(
            ngettext("%(count)s observer", "%(count)s observers", observers) % {"count": observers}
        )
    if guests := by_kind.get(MembershipKind.GUEST, nothing)["cities"]:
        sentences.append(ngettext("%(count)s guest", "%(count)s guests", guests) % {"count": guests})
    return " · ".join(sentences)


def full_text(memberships: int, cities: int, day: Any) -> str:
    return _now("%(memberships)s with %(cities)s on %(day)s") % {
        "memberships": ngettext("%(count)s membership", "%(count)s memberships", memberships)
        % {"count": memberships},
        "cities": ngettext("%(count)s city", "%(count)s cities", cities) % {"count": cities},
        "day": day_text(day),
    }
