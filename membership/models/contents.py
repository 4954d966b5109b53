"""What an application says, as it stands in a kept version, and how two versions differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alliance.accounts.states import Language
from alliance.pages.moments import day_text
from cities.models import Industry
from cities.models.contents import Content, Difference, differences
from membership.models.application import Application, Attachment
from membership.states import AttachmentKind

CONTACT_FIELDS = {
    "contact": ("name", "function", "email", "phone"),
    "signatory": ("name", "function"),
    "resolution": ("body", "number", "date"),
}
NAME_ENDINGS = {"zh-hans": "zh", "de": "de"}


def content_of(application: Application) -> dict[str, Any]:
    """Everything the application says now, in plain values that can be kept, sealed and compared."""
    return {
        "cities": [_city(place.city) for place in application.places.select_related("city")],
        "texts": application.texts_as_content(),
        "figures": _by_city(application.figures.select_related("city")),
        "industries": sorted(application.industries.values_list("code", flat=True)),
        "cooperations": _by_city(application.cooperations.select_related("city")),
        **{group: _group(application, group) for group in CONTACT_FIELDS},
        "attachments": [_attachment(file) for file in application.attachments.filter(removed_at=None)],
    }


def city_name(city: Mapping[str, str]) -> str:
    """The name of a city of a kept version, in the active language."""
    return city[f"name_{NAME_ENDINGS.get(get_language() or '', 'en')}"]


def application_differences(before: Content, after: Content) -> list[Difference]:
    """What changed from one version of an application to another, in the order of its steps."""
    cities = {city["slug"]: city_name(city) for content in (before, after) for city in content["cities"]}
    codes = {code for content in (before, after) for code in content["industries"]}
    industries = {row.code: str(row) for row in Industry.objects.filter(code__in=codes)}
    named = cities if len(cities) > 1 else dict.fromkeys(cities, "")
    whole = [
        Difference("cities", _("Cities"), *(_names(content) for content in (before, after))),
        *differences(before, after, industry_names=industries, city_names=named),
        *_contacts(before, after),
        *_attachments(before, after),
    ]
    return [row for row in whole if row.before != row.after]


def _city(city: Any) -> dict[str, str]:
    return {name: getattr(city, name) for name in ("slug", "name_zh", "name_de", "name_en")}


def _by_city(rows: Iterable[Any]) -> dict[str, list[dict[str, Any]]]:
    by_city: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_city.setdefault(row.city.slug, []).append(row.as_content())
    return by_city


def _group(application: Application, group: str) -> dict[str, str]:
    return {name: _plain(getattr(application, f"{group}_{name}")) for name in CONTACT_FIELDS[group]}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _attachment(file: Attachment) -> dict[str, Any]:
    return {
        "id": file.pk,
        "kind": file.kind,
        "language": file.language,
        "date": _plain(file.date),
        "reference": file.reference,
        "filename": file.filename,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }


def _names(content: Content) -> str:
    return " · ".join(city_name(city) for city in content["cities"])


def _contacts(before: Content, after: Content) -> Iterable[Difference]:
    for group, names in CONTACT_FIELDS.items():
        for name in names:
            label = Application._meta.get_field(f"{group}_{name}").verbose_name  # type: ignore[union-attr]
            text = str(label)[:1].upper() + str(label)[1:]
            yield Difference(
                "contact", text, *(_contact(content, group, name) for content in (before, after))
            )


def _contact(content: Content, group: str, name: str) -> str:
    value = content[group][name]
    return day_text(date.fromisoformat(value)) if name == "date" and value else value


def _attachments(before: Content, after: Content) -> Iterable[Difference]:
    old, new = ({file["id"]: file for file in content["attachments"]} for content in (before, after))
    for pk in sorted({*old, *new}):
        label = _("Attachment “%(name)s”") % {"name": (new.get(pk) or old[pk])["filename"]}
        yield Difference("attachments", label, _file_words(old.get(pk)), _file_words(new.get(pk)))


def _file_words(file: Mapping[str, Any] | None) -> str:
    if file is None:
        return ""
    kind, language = AttachmentKind(file["kind"]).label, Language(file["language"]).label
    return f"{kind} · {language} · SHA-256 {file['sha256']}"
