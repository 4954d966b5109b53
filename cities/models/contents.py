"""What kept versions say in words, and how two of them differ; of profiles and applications alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alliance.pages.charts import number
from cities.models.figures import unit_words
from cities.states import (
    Concept,
    CooperationKind,
    FigureStatus,
    Indicator,
    Section,
    TextLanguage,
    Unit,
)

Content = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently."""

    section: str
    label: str
    before: str
    after: str


def differences(
    before: Content,
    after: Content,
    *,
    industry_names: Mapping[str, str] | None = None,
    city_names: Mapping[str, str] | None = None,
) -> list[Difference]:
    """What changed from one version's content to another's, in the order of the four sections.

    Figures and cooperations stand as a list (a profile) or by city slug (an application); names of
    industries and cities, where given, stand instead of codes and slugs.
    """
    names, cities = industry_names or {}, city_names or {}
    figures = [_keyed(content.get("figures", []), _figure_key) for content in (before, after)]
    cooperations = [_keyed(content.get("cooperations", []), _partner) for content in (before, after)]
    rows = [
        *_texts(before, after),
        *_rows(Section.ECONOMIC, figures, figure_label, figure_words, cities),
        *_industries(before, after, names),
        *_rows(Section.COOPERATIONS, cooperations, _partner_label, cooperation_words, cities),
    ]
    order = list(Section.values)
    return sorted((row for row in rows if row.before != row.after), key=lambda row: order.index(row.section))


def figure_label(figure: Row) -> str:
    """What a figure measures: “Population 2015, resident population”."""
    return comma().join([f"{Indicator(figure['indicator']).label} {figure['year']}", *_of_whom(figure)])


def series_label(figure: Row) -> str:
    """The same without the year, for figures of several years."""
    return comma().join([str(Indicator(figure["indicator"]).label), *_of_whom(figure)])


def comma() -> str:
    """What stands between the parts of a label."""
    return pgettext("between the parts of a label", ", ")


def _of_whom(figure: Row) -> list[str]:
    concept = str(Concept(figure["concept"]).label) if figure.get("concept") else ""
    return [part for part in (concept, figure.get("territory", "")) if part]


def figure_value(figure: Row) -> str:
    """A figure with its unit: “11,500 million euro”, “4.2 %”."""
    unit = "" if figure["unit"] == Unit.COUNT else unit_words(figure["unit"], figure.get("currency", ""))
    return " ".join(part for part in (number(figure["value"]), unit) if part)


def figure_words(figure: Row) -> str:
    """A figure with unit, status and source."""
    status = FigureStatus(figure["status"]).label if figure.get("status") else ""
    return " · ".join(str(part) for part in (figure_value(figure), status, figure["source"]) if part)


def cooperation_words(cooperation: Row) -> str:
    """A cooperation: of what kind, since when, what it is about."""
    since = _("since %(year)s") % {"year": cooperation["since"]} if cooperation.get("since") else ""
    kind = CooperationKind(cooperation["kind"]).label
    return " · ".join(str(part) for part in (kind, since, cooperation.get("description")) if part)


def _texts(before: Content, after: Content) -> Iterable[Difference]:
    for section in Section:
        for language in TextLanguage:
            label = _("%(section)s, in %(language)s") % {"section": section.label, "language": language.label}
            old, new = (
                content.get("texts", {}).get(section.value, {}).get(language.value, "")
                for content in (before, after)
            )
            yield Difference(section.value, label, old, new)


def _industries(before: Content, after: Content, names: Mapping[str, str]) -> Iterable[Difference]:
    old, new = (
        "\n".join(names.get(code, code) for code in content.get("industries", []))
        for content in (before, after)
    )
    yield Difference(Section.INDUSTRIAL.value, _("Industries"), old, new)


def _rows(
    section: Section,
    keyed: list[dict[tuple[Any, ...], Row]],
    label: Callable[[Row], str],
    words: Callable[[Row], str],
    cities: Mapping[str, str],
) -> Iterable[Difference]:
    old, new = keyed
    for place in sorted({*old, *new}):
        row = new.get(place) or old[place]
        city = cities.get(place[0], place[0])
        yield Difference(
            section.value,
            f"{label(row)} · {city}" if city else label(row),
            words(old[place]) if place in old else "",
            words(new[place]) if place in new else "",
        )


def _keyed(rows: Any, key: Callable[[Row], tuple[Any, ...]]) -> dict[tuple[Any, ...], Row]:
    by_city = rows if isinstance(rows, Mapping) else {"": rows}
    return {(slug, *key(row)): row for slug, of_city in by_city.items() for row in of_city}


def _figure_key(figure: Row) -> tuple[Any, ...]:
    order = list(Indicator.values).index(figure["indicator"])
    return order, figure["year"], figure["concept"], figure["territory"]


def _partner(cooperation: Row) -> tuple[Any, ...]:
    return cooperation["partner"], cooperation.get("partner_country", ""), cooperation["kind"]


def _partner_label(cooperation: Row) -> str:
    country = cooperation.get("partner_country")
    return f"{cooperation['partner']} ({country})" if country else str(cooperation["partner"])
