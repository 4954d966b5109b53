"""How a company is told on pages: its names in both scripts, its freshness, what it looks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alliance.pages.marks import status
from alliance.pages.moments import day_text
from alliance.pages.templatetags.pages import script_language
from companies.models import Company
from companies.models.names import NAMES
from companies.states import CompanyState

SOON = timedelta(days=30)
Status = tuple[str, str]


def freshness(company: Company, day: date) -> Status:
    """Whether the entry can be relied on, as a word and its tone."""
    until = company.valid_until
    if company.state == CompanyState.ARCHIVED:
        return _("Archived"), "ended"
    if company.state == CompanyState.DRAFT or until is None:
        return _("Draft"), "waiting"
    if not company.is_fresh(day):
        return _("Out of date since %(day)s") % {"day": day_text(until)}, "warning"
    tone = "active" if until - day <= SOON else "done"
    return _("Valid until %(day)s") % {"day": day_text(until)}, tone


def freshness_mark(company: Company, day: date) -> SafeString:
    """The same as it stands on pages."""
    return status(*freshness(company, day))


def names_of(company: Company) -> list[str]:
    """All names of a company, each once."""
    return list(dict.fromkeys(name for field in NAMES if (name := getattr(company, field))))


def other_names(company: Company) -> list[str]:
    """Its other names, those in the other script first."""
    shown = company.name
    others = [name for name in names_of(company) if name != shown]
    return sorted(others, key=lambda name: is_chinese(name) == is_chinese(shown))


def is_chinese(text: str) -> bool:
    return script_language(text) == "zh-Hans"


def in_its_language(text: str) -> SafeString:
    """A name with the language that a screen reader is to read it in."""
    return format_html('<span lang="{}">{}</span>', script_language(text), text)


def wanted_words(company: Company) -> Iterator[str]:
    """What the company looks for, in few words: the direction, then the kinds of cooperation."""
    if company.investment_direction:
        yield str(company.get_investment_direction_display())
    yield from cooperation_words(company)


def cooperation_words(company: Company) -> list[str]:
    labels = dict(Company._meta.get_field("cooperation_forms").base_field.flatchoices)  # type: ignore[attr-defined]
    return [str(labels.get(form, form)) for form in company.cooperation_forms]


def language_words(company: Company) -> list[str]:
    labels = dict(Company._meta.get_field("languages").base_field.flatchoices)  # type: ignore[attr-defined]
    return [str(labels.get(code, code)) for code in company.languages]
