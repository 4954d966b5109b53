"""The facts of a company as its page shows them: how fresh, where, how large, who is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alliance.pages.bars import bar_line, ladder
from alliance.pages.charts import number
from alliance.pages.moments import day_text
from alliance.pages.phrases import enumerated, percentage
from companies.models import Company, CompanyDocument, Contact
from companies.states import InvestmentBand, SizeBand, TurnoverBand
from companies.views.words import freshness_mark, in_its_language, language_words, other_names

Fact = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """One figure: its picture, its value in words, and of which year it is."""

    label: str
    value: str
    picture: SafeString
    note: str = ""


def standing(company: Company, today: date, *, inside: bool, reads: bool) -> list[Fact]:
    """How far the entry can be relied on, and who sees it."""
    checked = company.checked_on
    rows: list[Fact] = [
        {"label": _("Entry"), "value": freshness_mark(company, today)},
        {"label": _("Checked"), "value": day_text(checked), "lines": checker(company) if inside else []},
    ]
    if reads:
        rows.append({"label": _("Passing on"), "value": passing_on(company, today)})
    if inside:
        rows.append({"label": _("Visible to"), "value": company.get_visibility_display()})
    return [row for row in rows if row["value"]]


def passing_on(company: Company, today: date) -> str:
    """Whether others may be given the entry; what is released waits until the entry can be relied on."""
    if not company.released:
        return _("not released for passing on")
    return (
        _("released for passing on")
        if company.is_fresh(today)
        else _("released, as soon as the entry is valid")
    )


def checker(company: Company) -> list[str]:
    return [_("by %(person)s") % {"person": company.checked_by.name}] if company.checked_by else []


def facts(company: Company) -> list[Fact]:
    """What the registers say of the company."""
    city, website = company.city, company.website
    seat = city.get_absolute_url() if city.is_public else ""
    further = [in_its_language(name) for name in other_names(company)[1:]]
    rows: list[Fact] = [
        {"label": _("Seat"), "value": city.name, "url": seat, "lines": [city.get_country_display()]},
        {"label": _("Address"), "value": company.address and in_its_language(company.address)},
        {"label": _("Web site"), "value": website.split("//")[-1].strip("/"), "url": website},
        {"label": _("Further names"), "value": "", "lines": further},
        {"label": _("Legal form"), "value": legal_form(company)},
        {"label": number_label(company), "value": company.register_number},
        {"label": _("Founded"), "value": str(company.founded or "")},
        {"label": _("Ownership"), "value": company.get_ownership_display()},
        {"label": _("Can be written to in"), "value": enumerated(language_words(company))},
        {"label": _("Sites abroad"), "value": "", "lines": company.sites_abroad},
        {"label": _("Certificates"), "value": "", "lines": company.certificates},
    ]
    return [row for row in rows if row["value"] or (row.get("lines") and not row.get("url"))]


def legal_form(company: Company) -> SafeString | str:
    return in_its_language(str(company.get_legal_form_display())) if company.legal_form else ""


def number_label(company: Company) -> str:
    return str(company.get_register_kind_display()) if company.register_kind else _("Register number")


def measures(company: Company) -> list[Measure]:
    """Its size in pictures and words, as far as it is known."""
    found = [employees(company), turnover(company), export_share(company)]
    return [one for one in found if one]


def employees(company: Company) -> Measure | None:
    band = SizeBand.of(company.employees)
    if band is None:
        return None
    picture = ladder(step_of(band, SizeBand), len(SizeBand))
    return Measure(_("Employees"), number(company.employees), picture, year(company.employees_year))


def turnover(company: Company) -> Measure | None:
    if not company.turnover_band:
        return None
    words = {"band": company.get_turnover_band_display(), "currency": currency(company.turnover_currency)}
    picture = ladder(step_of(company.turnover_band, TurnoverBand), len(TurnoverBand))
    value = _("%(band)s %(currency)s") % words
    return Measure(_("Turnover a year"), value, picture, year(company.turnover_year))


def currency(code: str) -> str:
    """The currency beside a band of turnover: by its code, in Chinese by its name."""
    names = {"CNY": pgettext("currency", "CNY"), "EUR": pgettext("currency", "EUR")}
    return names.get(code, code)


def export_share(company: Company) -> Measure | None:
    share = company.export_share
    if share is None:
        return None
    return Measure(_("Export share"), percentage(number(share)), bar_line(share, 100))


def investment(company: Company) -> Measure | None:
    """The size of the investment the company thinks of."""
    if not company.investment_band:
        return None
    picture = ladder(step_of(company.investment_band, InvestmentBand), len(InvestmentBand))
    return Measure(_("Size of the investment"), str(company.get_investment_band_display()), picture)


def step_of(value: str, bands: Any) -> int:
    return int(bands.values.index(value)) + 1


def year(value: int | None) -> str:
    return str(value or "")


def contact_line(contact: Contact, *, inside: bool) -> dict[str, Any]:
    """A person as the page shows her; who keeps the entry also sees what she is released for."""
    return {
        "contact": contact,
        "basis": contact.get_legal_basis_display() if inside else "",
        "releases": releases(contact) if inside else "",
    }


def releases(contact: Contact) -> str:
    """For whom the person is released."""
    granted = [
        (contact.for_members, _("member cities and institutions")),
        (contact.for_passing_on, _("passing on")),
        (contact.for_public, _("everybody")),
    ]
    names = [word for yes, word in granted if yes]
    return _("Released for: %(whom)s") % {"whom": enumerated(names)} if names else _("Not released")


def documents(company: Company, *, keeps: bool) -> list[dict[str, Any]]:
    """The documents of the company, for the list of files."""
    kept = company.documents.filter(removed_at=None, is_logo=False)
    return [document_line(document, keeps=keeps) for document in kept]


def document_line(document: CompanyDocument, *, keeps: bool) -> dict[str, Any]:
    place = [document.company_id, document.pk]
    return {
        "name": document.title or document.filename,
        "url": reverse("companies:document", args=place),
        "language": document.get_language_display() if document.language else "",
        "size": document.size,
        "remove_url": reverse("companies:document_remove", args=place) if keeps else "",
    }


def logo(company: Company) -> SafeString | str:
    """The company's logo, if there is one."""
    if not company.documents.filter(removed_at=None, is_logo=True).exists():
        return ""
    url = reverse("companies:logo", args=[company.pk])
    alt = _("Logo of %(company)s") % {"company": company.name}
    return format_html('<img class="logo" src="{}" alt="{}">', url, alt)
