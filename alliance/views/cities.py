"""A city's page: its profile from the register, and its membership."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliance.pages.charts import number
from cities.models import City, KeyFigure, Officer, Profile
from cities.models.city import active_ending
from cities.permissions import may_edit, officers_seen_by, sees_officers
from cities.states import Concept, Country, FigureStatus, Indicator, OfficerLevel, Section, TextLanguage, Unit
from membership.models import MembershipCity, Withdrawal
from membership.models.membership import alliance_day
from membership.states import Ending, MembershipKind, WithdrawalState

HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}


@dataclass(frozen=True)
class SectionText:
    """One section of the profile, and the language it is shown in."""

    section: str
    label: Any
    text: str
    lang: str
    elsewhere: str = ""


@dataclass(frozen=True)
class FigureGroup:
    """One indicator over the years, as far as its figures can be compared with each other."""

    label: str
    unit: str
    figures: list[KeyFigure]
    sources: list[tuple[str, str]]

    @property
    def newest(self) -> KeyFigure:
        return self.figures[0]

    @property
    def has_years(self) -> bool:
        """Whether there is a course of years to be drawn."""
        return len(self.figures) > 1


class CityPage(TemplateView):
    """Everything the alliance knows of one city, as far as this person may see it."""

    template_name = "frame/city.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        city = get_object_or_404(City.objects.visible_to(user), slug=self.kwargs["slug"])
        today = alliance_day(timezone.now())
        places = list(places_of(city))
        insider = sees_officers(user, city)
        context = {
            "city": city,
            "current": [place for place in places if place.holds_on(today)],
            "coming": [place for place in places if place.begins > today],
            "history": history(places),
            "endable": endable(places, user),
            "facts": facts(city, with_addresses=insider),
            **figures_context(city),
            "cooperations": city.cooperations.all(),
            "notes": city.notes.prefetch_related("sources"),
            "institutions": city.institutions.current(),
            "may_edit": may_edit(user, city),
            "sees_officers": insider,
            "officers": officers(user, city) if insider else [],
            "version": city.profile_versions.first() if insider else None,
        }
        return super().get_context_data(**context, **profile_context(city), **kwargs)


def officers(user: Any, city: City) -> list[Officer]:
    """The officers this person may see, the lead first."""
    order = list(OfficerLevel)
    seen = officers_seen_by(user, city).select_related("user")
    return sorted(seen, key=lambda officer: order.index(OfficerLevel(officer.level)))


def profile_context(city: City) -> dict[str, Any]:
    """The texts and industries of the profile, if there is one."""
    profile = Profile.objects.filter(city=city).first()
    if profile is None:
        return {"sections": [], "industries": [], "edited_at": None}
    texts = [section_text(profile, section) for section in Section]
    industries = list(profile.industries.select_related("parent"))
    said = industries or any(section.text for section in texts)
    return {
        "sections": texts if said else [],
        "industries": industries,
        "edited_at": profile.edited_at,
    }


def section_text(profile: Profile, section: Section) -> SectionText:
    """A section's text; it is said when it stands in another language than the reader's."""
    ending = profile.section_language(section)
    language = {"zh": TextLanguage.CHINESE, "de": TextLanguage.GERMAN}.get(ending, TextLanguage.ENGLISH)
    text = profile.section_text(section)
    elsewhere = str(language.label) if ending and ending != active_ending() else ""
    return SectionText(section, section.label, text, HTML_LANGUAGE.get(ending, ""), elsewhere)


def figures_context(city: City) -> dict[str, Any]:
    """The key figures: first what has a course of years, then the rest; one source for all is said once."""
    groups = figure_groups(city)
    sources = {figure.source for group in groups for figure in group.figures}
    return {
        "groups": groups,
        "courses": [group for group in groups if group.has_years],
        "singles": [group for group in groups if not group.has_years],
        "common_source": next(iter(sources)) if len(sources) == 1 else "",
        "statuses": [status for status in FigureStatus if status],
    }


def figure_groups(city: City) -> list[FigureGroup]:
    """The key figures by indicator; another concept, territory or currency is a group of its own."""
    order = {indicator: place for place, indicator in enumerate(Indicator.values)}

    def comparable(figure: KeyFigure) -> tuple[Any, ...]:
        return order[figure.indicator], figure.concept, figure.territory, figure.currency

    figures = sorted(city.key_figures.all(), key=lambda figure: (*comparable(figure), -figure.year))
    return [figure_group(list(group)) for _key, group in groupby(figures, comparable)]


def figure_group(figures: list[KeyFigure]) -> FigureGroup:
    first = figures[0]
    unit = "" if first.unit == Unit.COUNT else first.unit_words
    about = [unit, Concept(first.concept).label if first.concept else "", first.territory]
    words = " · ".join(str(word) for word in about if word)
    return FigureGroup(str(first.get_indicator_display()), words, figures, list(sources_of(figures)))


def sources_of(figures: list[KeyFigure]) -> Iterator[tuple[str, str]]:
    """Each source with the years it is for; the years are left out when all come from one."""
    by_source: dict[str, list[int]] = {}
    for figure in sorted(figures, key=lambda figure: figure.year):
        by_source.setdefault(figure.source, []).append(figure.year)
    for source, years in by_source.items():
        yield ("" if len(by_source) == 1 else ", ".join(map(str, years)), source)


def facts(city: City, *, with_addresses: bool) -> list[dict[str, Any]]:
    """What the register says about the city; its addresses only to people of the alliance."""
    code = _("Official code (AGS)") if city.country == Country.GERMANY else _("Official code (GB/T 2260)")
    rows: list[dict[str, Any]] = [
        {"label": _("Kind"), "value": city.get_kind_display()},
        {"label": _("Names"), "value": chinese_name(city), "lines": latin_names(city)},
        {"label": _("Province or Land"), "value": region_words(city)},
        {"label": code, "value": city.official_code},
        {"label": _("Position"), "value": position(city)},
        {"label": _("Web site"), "value": city.website.split("//")[-1].strip("/"), "url": city.website},
    ]
    if with_addresses:
        rows += [
            {
                "label": _("Official mailbox"),
                "value": city.mailbox,
                "url": city.mailbox and f"mailto:{city.mailbox}",
            },
            {"label": _("Postal address"), "value": "", "lines": city.postal_address.splitlines()},
        ]
    return [row for row in rows if row["value"] or row.get("lines")]


def region_words(city: City) -> str:
    words = {"region": city.region, "country": city.get_country_display()}
    return _("%(region)s, %(country)s") % words if city.region else str(words["country"])


def chinese_name(city: City) -> str:
    pinyin = f" ({city.pinyin})" if city.pinyin and city.country == Country.CHINA else ""
    return format_html('<span lang="zh-Hans">{}</span>{}', city.name_zh, pinyin)


def latin_names(city: City) -> list[str]:
    """The names in German and English; one line where they are the same."""
    names = {city.name_de: "de"}
    names.setdefault(city.name_en, "en")
    return [format_html('<span lang="{}">{}</span>', lang, name) for name, lang in names.items()]


def position(city: City) -> str:
    """Latitude and longitude to two digits: a picture of where it lies, no map."""
    if city.latitude is None or city.longitude is None:
        return ""
    north, east = city.latitude, city.longitude
    return _("%(latitude)s° %(north)s, %(longitude)s° %(east)s") % {
        "latitude": number(abs(north), 2),
        "north": _("N") if north >= 0 else _("S"),
        "longitude": number(abs(east), 2),
        "east": _("E") if east >= 0 else _("W"),
    }


def places_of(city: City) -> QuerySet[MembershipCity]:
    """The city's memberships, newest first."""
    withdrawals = Withdrawal.objects.filter(place=OuterRef("pk"), state=WithdrawalState.EFFECTIVE)
    return (
        city.places.select_related("membership")
        .prefetch_related("membership__places__city")
        .annotate(has_withdrawn=Exists(withdrawals))
        .order_by("-period", "-pk")
    )


def endable(places: list[MembershipCity], user: Any) -> list[MembershipCity]:
    """Observers and guests whose end the secretariat may enter; full members leave by withdrawal."""
    if not (user.is_authenticated and user.is_secretariat):
        return []
    return [place for place in places if place.kind != MembershipKind.FULL and place.ends is None]


def history(places: list[MembershipCity]) -> list[dict[str, Any]]:
    """What began and ended, newest first."""
    entries: list[dict[str, Any]] = []
    for place in places:
        entries.append({"at": place.begins, "text": begin_text(place), "note": joint_text(place)})
        if place.ends:
            entries.append({"at": place.ends, "text": end_text(place)})
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def begin_text(place: MembershipCity) -> str:
    words = {"kind": place.get_kind_display(), "way": place.membership.get_beginning_display()}
    return _("%(kind)s from this day on (%(way)s)") % words


def end_text(place: MembershipCity) -> str:
    # One city of a joint membership may leave alone: then the membership itself has not ended.
    ending = Ending.WITHDRAWAL if place.has_withdrawn else Ending(place.membership.ending)  # type: ignore[attr-defined]
    words = {"kind": place.get_kind_display(), "way": ending.label}
    if not ending:
        return _("%(kind)s: no longer from this day on") % words
    return _("%(kind)s: no longer from this day on (%(way)s)") % words


def joint_text(place: MembershipCity) -> str:
    """With whom a joint membership is held."""
    if len(place.membership.places.all()) < 2:
        return ""
    return _("One membership with one voice: %(name)s") % {"name": place.membership.name}
