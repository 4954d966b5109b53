"""Keeping a city's profile, key figures and present cooperations; every change makes a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from alliance.pages.refusals import Refusal
from cities.models import City, Cooperation, Industry, KeyFigure, Profile, ProfileVersion
from cities.permissions import may_edit

Row = Mapping[str, Any]
PARTS = ("texts", "industries", "cooperations", "figures")
FIGURE_KEY = ("indicator", "year", "concept", "territory")
FIGURE_REST = ("value", "currency", "status", "source")
COOPERATION_KEY = ("partner", "kind")
COOPERATION_REST = ("partner_country", "since", "description")


class SavedMeanwhile(Refusal):
    """Somebody else saved the same part of the profile since the form was opened."""

    sentence = _(
        "%(person)s has saved this since you opened it (version %(number)s). "
        "What you typed is still here. Look at the changes first: saving again replaces them."
    )


class UnknownIndustry(Refusal):
    sentence = _("There is no industry with the code %(code)s.")


@transaction.atomic
def save_profile(
    city: City,
    *,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    industries: Iterable[str] | None = None,
    cooperations: Iterable[Row] | None = None,
    figures: Iterable[Row] | None = None,
    based_on: int | None = None,
    by: User | None,
    at: datetime | None = None,
) -> ProfileVersion | None:
    """Write what is given, in the shape of `ProfileVersion.content`; what is left out stays as it is.

    `based_on` is the number of the version the person saw: a part that somebody else has changed since
    is refused. Returns the version made, or None when nothing changed.
    """
    at = at or timezone.now()
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    require_may_write(by, city)
    given = {"texts": texts, "industries": industries, "cooperations": cooperations, "figures": figures}
    if based_on is not None:
        refuse_if_saved_meanwhile(city, [part for part in PARTS if given[part] is not None], based_on)
    return write_profile(city, given, by=by, at=at)


def require_may_write(by: User | None, city: City) -> None:
    """The city's officers and the secretariat; management, because an acceptance makes the first profile."""
    if by is not None and not (by.is_management or may_edit(by, city)):
        raise NotPermitted(_("Only the officers of this city and the secretariat keep its profile."))


def write_profile(
    city: City, given: Mapping[str, Any], *, by: User | None, at: datetime
) -> ProfileVersion | None:
    """Write the given parts of a locked city's profile, and keep a version if that changed anything."""
    profile, _created = Profile.objects.get_or_create(city=city, defaults={"edited_at": at, "edited_by": by})
    if given.get("texts") is not None:
        write_texts(profile, given["texts"])
    if given.get("industries") is not None:
        profile.industries.set(known_industries(given["industries"]))
    if given.get("cooperations") is not None:
        write_cooperations(city, given["cooperations"])
    if given.get("figures") is not None:
        write_figures(city, given["figures"], by=by, at=at)
    return keep_version(city, profile, by=by, at=at)


def content_of(city: City) -> dict[str, Any]:
    """Everything the profile says now, as a version keeps it."""
    profile = Profile.objects.filter(city=city).first()
    return {
        "texts": profile.texts_as_content() if profile else {},
        "figures": [figure.as_content() for figure in city.key_figures.all()],
        "cooperations": [row.as_content() for row in city.cooperations.all()],
        "industries": sorted(profile.industries.values_list("code", flat=True)) if profile else [],
    }


def refuse_if_saved_meanwhile(city: City, parts: Iterable[str], based_on: int) -> None:
    """Compare the parts about to be written with what the person saw when opening the form."""
    latest = city.profile_versions.select_related("made_by").first()
    if latest is None or latest.number <= based_on:
        return
    seen = city.profile_versions.filter(number=based_on).first()
    before: Mapping[str, Any] = seen.content if seen else {}
    if any(_said(latest.content.get(part)) != _said(before.get(part)) for part in parts):
        person = str(latest.made_by or _("Somebody else"))
        raise SavedMeanwhile(person=person, number=latest.number)


def write_texts(profile: Profile, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Section → language → text; other texts stay."""
    for section, row in texts.items():
        for language, text in row.items():
            setattr(profile, f"{section}_{language}", text.replace("\r\n", "\n").strip())
    profile.save()


def known_industries(codes: Iterable[str]) -> list[Industry]:
    """The sections and divisions of these codes; a city names nothing finer."""
    wanted = set(codes)
    found = {industry.code: industry for industry in Industry.objects.broad().filter(code__in=wanted)}
    if missing := wanted - set(found):
        raise UnknownIndustry(code=min(missing))
    return list(found.values())


def write_figures(city: City, rows: Iterable[Row], *, by: User | None, at: datetime) -> None:
    """Make the city's key figures these; a figure that stays the same keeps when and by whom it came."""
    kept = {_key(figure.as_content(), FIGURE_KEY): figure for figure in city.key_figures.all()}
    for row in rows:
        figure = kept.pop(_key(row, FIGURE_KEY), None) or KeyFigure(city=city)
        value = Decimal(str(row["value"]))
        wanted = {**_only(row, FIGURE_KEY + FIGURE_REST), "value": value}
        if figure.pk is None or _changed(figure, wanted):
            _write(figure, {**wanted, "recorded_at": at, "recorded_by": by})
    KeyFigure.objects.filter(pk__in=[figure.pk for figure in kept.values()]).delete()


def write_cooperations(city: City, rows: Iterable[Row]) -> None:
    """Make the city's present cooperations these."""
    kept = {_key(row.as_content(), COOPERATION_KEY): row for row in city.cooperations.all()}
    for row in rows:
        cooperation = kept.pop(_key(row, COOPERATION_KEY), None) or Cooperation(city=city)
        wanted = _only(row, COOPERATION_KEY + COOPERATION_REST)
        if cooperation.pk is None or _changed(cooperation, wanted):
            _write(cooperation, wanted)
    Cooperation.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()


def keep_version(city: City, profile: Profile, *, by: User | None, at: datetime) -> ProfileVersion | None:
    """Keep what the profile says now, unless the latest version says the same."""
    latest = city.profile_versions.first()
    content = content_of(city)
    if not _changed_content(latest.content if latest else {}, content):
        return None
    profile.edited_at, profile.edited_by = at, by
    profile.save(update_fields=["edited_at", "edited_by"])
    number = latest.number + 1 if latest else 1
    return ProfileVersion.objects.create(city=city, number=number, content=content, made_at=at, made_by=by)


def _changed_content(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(_said(before.get(part)) != _said(after.get(part)) for part in PARTS)


def _said(part: Any) -> Any:
    """A part without its empty texts: nothing written and an empty text are the same."""
    if not isinstance(part, Mapping):
        return part or None
    said = {name: _said(value) for name, value in part.items()}
    return {name: value for name, value in said.items() if value} or None


def _key(row: Row, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _only(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _changed(row: Any, wanted: Row) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def _write(row: Any, values: Row) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
