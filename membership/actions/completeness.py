"""What an application still lacks before it can be submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cities.models import City
from cities.states import Indicator, Section, TextLanguage
from membership.models import Application
from membership.models.contents import CONTACT_FIELDS
from membership.states import AttachmentKind

NOT_ECONOMIC = (Indicator.POPULATION, Indicator.AREA)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, and the step of the form where it is given."""

    step: str
    sentence: str


def missing(application: Application) -> list[Missing]:
    """Everything that keeps the application from being submitted, in the order of its steps."""
    return [
        *_economic(application),
        *_industrial(application),
        *_cooperations(application),
        *_wishes(application),
        *_contact(application),
        *_attachments(application),
    ]


def has_text(application: Application, section: Section) -> bool:
    """Whether a section is written in at least one of the three languages."""
    return any(getattr(application, f"{section}_{language}").strip() for language in TextLanguage.values)


def has_begun(application: Application, step: str) -> bool:
    """Whether anything stands in a step of the form yet."""
    rows: dict[str, Any] = {
        "economic": application.figures,
        "industrial": application.industries,
        "cooperations": application.cooperations,
        "attachments": application.attachments.filter(removed_at=None),
    }
    if step == "contact":
        return any(
            getattr(application, f"{group}_{name}")
            for group, names in CONTACT_FIELDS.items()
            for name in names
        )
    texts = application.texts_as_content().get(step, {})
    return any(texts.values()) or (step in rows and rows[step].exists())


def _economic(application: Application) -> Iterator[Missing]:
    figures = set(application.figures.values_list("city", "indicator"))
    for place in application.places.select_related("city"):
        city: City = place.city
        stated = {indicator for of_city, indicator in figures if of_city == city.pk}
        if Indicator.POPULATION not in stated:
            yield Missing(
                "economic", _("The population of %(city)s, with year and source.") % {"city": city.name}
            )
        if stated <= set(NOT_ECONOMIC):
            sentence = _("At least one economic figure of %(city)s, such as its gross domestic product.")
            yield Missing("economic", sentence % {"city": city.name})


def _industrial(application: Application) -> Iterator[Missing]:
    if not application.industries.exists():
        yield Missing("industrial", _("At least one industry that characterises the city."))
    if not has_text(application, Section.INDUSTRIAL):
        yield Missing("industrial", _("A text on the industrial characteristics, in at least one language."))


def _cooperations(application: Application) -> Iterator[Missing]:
    if not has_text(application, Section.COOPERATIONS) and not application.cooperations.exists():
        sentence = _(
            "The present cooperations: at least one in the list, or a text that says there are none."
        )
        yield Missing("cooperations", sentence)


def _wishes(application: Application) -> Iterator[Missing]:
    if not has_text(application, Section.WISHES):
        yield Missing("wishes", _("A text on the cooperation wishes, in at least one language."))


def _contact(application: Application) -> Iterator[Missing]:
    needed = {
        "contact_name": _("The name of the contact."),
        "contact_email": _("The e-mail address of the contact."),
        "signatory_name": _("The name of who signs the application."),
        "resolution_body": _("The body that resolved to apply."),
        "resolution_number": _("The number of the resolution."),
        "resolution_date": _("The date of the resolution."),
    }
    for field, sentence in needed.items():
        if not getattr(application, field):
            yield Missing("contact", sentence)


def _attachments(application: Application) -> Iterator[Missing]:
    kept = application.attachments.filter(removed_at=None)
    if not kept.filter(kind=AttachmentKind.RESOLUTION).exists():
        yield Missing("attachments", _("The resolution as a signed file."))
