"""What an application says, arranged for a page; from its content, as it stands now or in a kept version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.accounts.states import Language
from alliance.pages.moments import day_text
from cities.models import Industry
from cities.models.city import active_ending
from cities.models.contents import Content, figure_value, series_label
from cities.models.figures import unit_words
from cities.states import CooperationKind, FigureStatus, Indicator, Section, TextLanguage
from membership.models import Application
from membership.models.contents import city_name
from membership.permissions.applications import Reader
from membership.states import AttachmentKind

HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}


@dataclass(frozen=True)
class Text:
    """A text in one language."""

    lang: str
    language: str
    body: str


@dataclass(frozen=True)
class Series:
    """One indicator of one city over the years."""

    label: str
    unit: str
    figures: list[dict[str, Any]]

    @property
    def latest(self) -> dict[str, Any]:
        """The newest figure, in words."""
        last = self.figures[-1]
        status = FigureStatus(last["status"]).label if last["status"] else ""
        return {**last, "words": figure_value(last), "status_word": status}


@dataclass(frozen=True)
class CityRows:
    """What an application states for one city; the name is empty when it applies alone."""

    name: str
    series: list[Series] = field(default_factory=list)
    cooperations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def charts(self) -> list[Series]:
        """Series of more than one year."""
        return [series for series in self.series if len(series.figures) > 1]

    @property
    def has_descriptions(self) -> bool:
        """Whether any cooperation says what it is about."""
        return any(row["description"] for row in self.cooperations)


@dataclass(frozen=True)
class ReadSection:
    """One of the four sections."""

    key: str
    label: str
    text: Text | None
    others: list[Text]
    cities: list[CityRows] = field(default_factory=list)
    industries: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said in it."""
        rows = any(city.series or city.cooperations for city in self.cities)
        return not (self.text or self.industries or rows)


def sections_of(content: Content) -> list[ReadSection]:
    """The four sections with texts, figures, industries and cooperations."""
    industries = [str(row) for row in Industry.objects.filter(code__in=content["industries"])]
    more: dict[str, dict[str, Any]] = {
        Section.ECONOMIC: {"cities": _cities(content, "figures")},
        Section.INDUSTRIAL: {"industries": industries},
        Section.COOPERATIONS: {"cities": _cities(content, "cooperations")},
    }
    return [_section(content, section, more.get(section, {})) for section in Section]


def files_of(content: Content, application: Application) -> list[dict[str, Any]]:
    """The attachments as the list of files shows them."""
    return [
        {
            "name": file["filename"],
            "url": reverse("membership:application_attachment", args=[application.pk, file["id"]]),
            "kind": AttachmentKind(file["kind"]).label,
            "language": Language(file["language"]).label,
            "date": date.fromisoformat(file["date"]) if file["date"] else None,
            "reference": file["reference"],
            "size": file["size"],
            "sha256": file["sha256"],
        }
        for file in content["attachments"]
    ]


def facts_of(content: Content, application: Application, reader: Reader) -> list[dict[str, Any]]:
    """Reference number, contact, signatory and resolution; whom to ask is not for everybody."""
    facts = [_fact(_("Reference"), application.reference)]
    if reader != Reader.MEMBER:
        contact = content["contact"]
        facts.append(
            _fact(_("Contact"), contact["name"], contact["function"], contact["email"], contact["phone"])
        )
    signatory, resolution = content["signatory"], content["resolution"]
    day = day_text(date.fromisoformat(resolution["date"])) if resolution["date"] else ""
    facts.append(_fact(_("Signed by"), signatory["name"], signatory["function"]))
    facts.append(_fact(_("Resolution"), resolution["number"], resolution["body"], day))
    return [fact for fact in facts if fact["value"]]


def _fact(label: str, *lines: str) -> dict[str, Any]:
    said = [line for line in lines if line]
    return {"label": label, "value": said[0] if said else "", "lines": said[1:]}


def _section(content: Content, section: Section, more: dict[str, Any]) -> ReadSection:
    first = active_ending()
    languages = sorted(TextLanguage, key=lambda language: language != first)
    said = content["texts"].get(section, {})
    texts = [
        Text(HTML_LANGUAGE[language], str(language.label), said[language])
        for language in languages
        if said.get(language)
    ]
    return ReadSection(section, str(section.label), texts[0] if texts else None, texts[1:], **more)


def _cities(content: Content, name: str) -> list[CityRows]:
    several = len(content["cities"]) > 1
    cities = []
    for city in content["cities"]:
        rows = content[name].get(city["slug"], [])
        shown = list(_series(rows)) if name == "figures" else [_cooperation(row) for row in rows]
        label = city_name(city) if several else ""
        cities.append(CityRows(label, **{"series" if name == "figures" else name: shown}))  # type: ignore[arg-type]
    return cities


def _series(figures: list[dict[str, Any]]) -> Iterator[Series]:
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for figure in sorted(figures, key=lambda figure: figure["year"]):
        key = (figure["indicator"], figure["concept"], figure["territory"], figure["currency"])
        groups.setdefault(key, []).append(figure)
    order = list(Indicator.values)
    for _key, group in sorted(groups.items(), key=lambda item: order.index(item[0][0])):
        yield Series(series_label(group[0]), unit_words(group[0]["unit"], group[0]["currency"]), group)


def _cooperation(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "kind_word": CooperationKind(row["kind"]).label}
