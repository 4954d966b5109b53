"""A company's sheet on paper: what the person sees of it, as a PDF in her language."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import View

from alliance.letters.paper import Fact, Section, Sheet, typeset
from alliance.pages.files import PDF
from alliance.pages.moments import day_text
from companies.models import Company, Contact
from companies.permissions import contacts_seen_by
from companies.states import CompanyState
from companies.views import company_facts, company_texts
from companies.views.company_page import OfOneCompany
from companies.views.words import freshness, other_names
from membership.models.membership import alliance_day


class CompanyPaper(OfOneCompany, View):
    """The sheet as a PDF; it holds what the page shows this person, and nothing more."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The PDF."""
        contacts = list(contacts_seen_by(self.sight, self.company))
        sheet = sheet_of(self.company, contacts, day=alliance_day(self.now), inside=self.reads)
        response = HttpResponse(typeset("letter", sheet.as_data(), at=self.now), content_type=PDF)
        name = slugify(self.company.sort_name)[:60] or "company"
        response["Content-Disposition"] = f'inline; filename="{name}-{self.company.pk}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response


def sheet_of(company: Company, contacts: list[Contact], *, day: Any, inside: bool) -> Sheet:
    """What stands on it, in the active language."""
    address = f"{settings.SITE_URL}{company.get_absolute_url()}"
    sections = [interest(company), figures(company), offer(company), register(company), people(contacts)]
    text = company_texts.text_of(company, "short").text
    return Sheet(
        title=company.name,
        text=text,
        addressed=" · ".join(other_names(company)[:1]),
        dated=_("As of %(day)s") % {"day": day_text(day)},
        reference=_("Company of %(city)s · %(freshness)s")
        % {"city": company.city.name, "freshness": freshness(company, day)[0]},
        sections=[section for section in sections if section.facts or section.rows or section.paragraphs],
        footer=" · ".join(filter(None, [address, company_facts.passing_on(company, day) if inside else ""])),
        mark=_("Draft") if company.state == CompanyState.DRAFT else "",
    )


def interest(company: Company) -> Section:
    """What it looks for."""
    said = company_texts.interest(company)
    band = company_facts.investment(company)
    rows = [
        (_("Investment interest"), [str(said["direction"])]),
        (_("Kinds of cooperation looked for"), said["forms"]),
        (_("Size of the investment"), [band.value] if band else []),
        (_("Experience with the other country"), [str(said["experience"]), said["experience_note"]]),
    ]
    return Section(_("What it looks for"), facts=list(filled(rows)))


def figures(company: Company) -> Section:
    """How large it is."""
    rows = [
        (one.label, [" · ".join(filter(None, [one.value, one.note]))])
        for one in company_facts.measures(company)
    ]
    return Section(_("Size"), facts=list(filled(rows)))


def offer(company: Company) -> Section:
    """What it does."""
    said = company_texts.offer(company)
    text = said["long"]
    rows = [
        (_("Products and services"), company.products),
        (_("Industry"), [f"{one['code']}  {one['name']}" for one in said["path"]]),
        (said["national"] and _("National code"), [said["national"]]),
    ]
    return Section(_("What it does"), paragraphs=[text.text] if text.text else [], facts=list(filled(rows)))


def register(company: Company) -> Section:
    """What the registers say."""
    rows = [
        (str(fact["label"]), [plain(fact["value"]), *map(plain, fact.get("lines") or [])])
        for fact in company_facts.facts(company)
    ]
    return Section(_("Register data"), facts=list(filled(rows)))


def people(contacts: list[Contact]) -> Section:
    """Who can be reached."""
    rows = [
        (contact.name, [contact.function, " · ".join(filter(None, [contact.email, contact.phone]))])
        for contact in contacts
    ]
    return Section(_("Contacts"), facts=list(filled(rows)))


def filled(rows: list[tuple[Any, Any]]) -> Iterator[Fact]:
    """The facts of which something is known."""
    for label, lines in rows:
        said = [str(line) for line in lines if line]
        if label and said:
            yield Fact(str(label), said)


def plain(value: Any) -> str:
    """What stands as HTML on pages, as text."""
    return unescape(strip_tags(str(value or "")))
