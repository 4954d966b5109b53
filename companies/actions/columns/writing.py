"""From a company to the texts of its cells; what is written here is read back as the same."""

from __future__ import annotations

from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext

from companies.actions.columns.kinds import Write
from companies.models import Company


def text(name: str) -> Write:
    """What the field says; nothing where nothing is known."""

    def write(company: Company) -> str:
        value = getattr(company, name)
        return "" if value is None else str(value)

    return write


def label(name: str, choices: type[Choices]) -> Write:
    """The label of a choice in the active language."""

    def write(company: Company) -> str:
        value = getattr(company, name)
        return str(choices(value).label) if value else ""

    return write


def labels(name: str, choices: type[Choices]) -> Write:
    """Labels of a list, in the order of our own list."""

    def write(company: Company) -> str:
        chosen = set(getattr(company, name))
        return "; ".join(str(choices(value).label) for value in choices.values if value in chosen)

    return write


def parts(name: str) -> Write:
    """Texts with semicolons between them; their own are marked."""

    def write(company: Company) -> str:
        return "; ".join(part.replace(";", "\\;") for part in getattr(company, name))

    return write


def yes_or_no(name: str) -> Write:
    def write(company: Company) -> str:
        return gettext("yes") if getattr(company, name) else gettext("no")

    return write


def day(name: str) -> Write:
    def write(company: Company) -> str:
        value: Any = getattr(company, name)
        return value if isinstance(value, str) else value.isoformat() if value else ""

    return write


def city(company: Company) -> str:
    return company.city.name


def industry(company: Company) -> str:
    return str(company.industry) if company.industry_id else ""
