"""Filling in an application: each step is saved as it is, complete or not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from cities.models import City, Industry
from cities.states import Section
from membership.actions.applicants import place_cities, refuse_cities
from membership.models import Application, ApplicationCooperation, ApplicationFigure
from membership.models.contents import CONTACT_FIELDS
from membership.permissions import applications as permissions

Row = Mapping[str, Any]
FIGURE_KEY = ("city_id", "indicator", "year", "concept", "territory")
COOPERATION_KEY = ("city_id", "partner", "kind")
CONTACT_NAMES = frozenset(f"{group}_{name}" for group, names in CONTACT_FIELDS.items() for name in names)


class NotEditable(Refusal):
    """What was submitted stands as it is."""

    sentence = _(
        "The application %(reference)s is “%(state)s” and cannot be changed now. "
        "The secretariat can return it for correction."
    )


class SavedMeanwhile(Refusal):
    """The step says something else than when the person opened it."""

    sentence = _(
        "Somebody else has saved this step since you opened it. What you typed is still here. "
        "Look first at what is saved now: saving again replaces it."
    )


def editable(application: Application, *, by: User) -> Application:
    """The application, locked, if this person may change it now."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    permissions.require_editor(by, application)
    if not application.is_editable:
        raise NotEditable(reference=application.reference, state=application.get_state_display())
    return application


@transaction.atomic
def save_cities(
    application: Application,
    cities: Sequence[City],
    *,
    based_on: str = "",
    by: User,
    at: datetime | None = None,
) -> Application:
    """Say which cities apply together; what was stated for a city that is left out goes with it."""
    at = at or timezone.now()
    application, cities = editable(application, by=by), list(dict.fromkeys(cities))
    refuse_cities(cities, at=at, application=application)
    permissions.require_beginner(by, cities)
    with unless_saved_meanwhile(application, "cities", based_on):
        for rows in (application.figures, application.cooperations, application.places):
            rows.exclude(city__in=cities).delete()
        placed = set(application.places.values_list("city", flat=True))
        place_cities(application, (city for city in cities if city.pk not in placed))
    return edited(application, at)


@transaction.atomic
def save_section(
    application: Application,
    section: str,
    *,
    texts: Mapping[str, str],
    figures: Iterable[Row] | None = None,
    industries: Iterable[Industry] | None = None,
    cooperations: Iterable[Row] | None = None,
    based_on: str = "",
    by: User,
    at: datetime | None = None,
) -> Application:
    """Keep one of the four sections: texts by language, and the rows that belong to it.

    Rows that are given stand instead of those that were there; rows that are not given stay.
    """
    at = at or timezone.now()
    application = editable(application, by=by)
    with unless_saved_meanwhile(application, section, based_on):
        for language, text in texts.items():
            setattr(application, f"{section}_{language}", text.replace("\r\n", "\n").strip())
        _write_rows(application, figures, industries, cooperations)
    return edited(application, at)


def _write_rows(
    application: Application,
    figures: Iterable[Row] | None,
    industries: Iterable[Industry] | None,
    cooperations: Iterable[Row] | None,
) -> None:
    if figures is not None:
        wanted = [ApplicationFigure(application=application, **row) for row in figures]
        _replace(application.figures.all(), wanted, FIGURE_KEY)
    if industries is not None:
        application.industries.set(industries)
    if cooperations is not None:
        stated = [ApplicationCooperation(application=application, **row) for row in cooperations]
        _replace(application.cooperations.all(), stated, COOPERATION_KEY)


@transaction.atomic
def save_contact(
    application: Application,
    values: Mapping[str, Any],
    *,
    based_on: str = "",
    by: User,
    at: datetime | None = None,
) -> Application:
    """Keep the contact, who signs, and the resolution behind the application."""
    at = at or timezone.now()
    application = editable(application, by=by)
    with unless_saved_meanwhile(application, "contact", based_on):
        for name in CONTACT_NAMES & set(values):
            setattr(application, name, values[name])
    return edited(application, at)


def digest_of_step(application: Application, step: str) -> str:
    """What a step says now, as a short text: who saves names the one on which the work is based."""
    text = json.dumps(_said_in(application, step), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _said_in(application: Application, step: str) -> Any:
    if step == "cities":
        return sorted(application.places.values_list("city", flat=True))
    if step == "contact":
        return {name: getattr(application, name) for name in CONTACT_NAMES}
    if step not in Section.values:
        return []
    said: dict[str, Any] = {"texts": application.texts_as_content().get(step)}
    if step == Section.ECONOMIC:
        said["figures"] = [(row.city_id, _as_kept(row)) for row in application.figures.all()]
    if step == Section.INDUSTRIAL:
        said["industries"] = sorted(application.industries.values_list("pk", flat=True))
    if step == Section.COOPERATIONS:
        said["cooperations"] = [(row.city_id, row.as_content()) for row in application.cooperations.all()]
    return said


@contextmanager
def unless_saved_meanwhile(application: Application, step: str, based_on: str) -> Iterator[None]:
    """Refuse what is written inside if it replaces what the person has not seen; the same again may pass."""
    before = digest_of_step(application, step)
    yield
    if based_on and based_on != before and digest_of_step(application, step) != before:
        raise SavedMeanwhile


def edited(application: Application, at: datetime) -> Application:
    """The application, saved, with the moment of its last change."""
    application.edited_at = at
    application.save()
    return application


def _replace(there: Iterable[Any], wanted: Iterable[Any], names: tuple[str, ...]) -> None:
    """Bring kept rows in line with those wanted, touching only what differs."""
    kept = {tuple(getattr(row, name) for name in names): row for row in there}
    for row in wanted:
        same = kept.pop(tuple(getattr(row, name) for name in names), None)
        if same is None or _as_kept(same) != _as_kept(row):
            row.pk = same.pk if same else None
            row.save(force_insert=same is None)
    for row in kept.values():
        row.delete()


def _as_kept(row: Any) -> dict[str, Any]:
    content = row.as_content()
    value = content.get("value")
    # As the database will keep it: a unit follows the indicator, and numbers have two decimals.
    return {**content, "unit": "", "value": value and str(Decimal(value).quantize(Decimal("0.01")))}
