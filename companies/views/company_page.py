"""One company: what it does, what it looks for, who can be reached, and what can be done with its entry."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from companies.actions import merging
from companies.models import Company
from companies.permissions import contacts_seen_by
from companies.querysets.sight import Sight
from companies.states import CompanyState, Visibility
from companies.views import company_facts, company_texts, doings, histories, waiting
from companies.views.seeing import Seeing
from companies.views.words import freshness_mark, in_its_language, other_names
from membership.models.membership import alliance_day


class OfOneCompany(Seeing):
    """What every page of one company needs: the person's sight, and the company within it."""

    kwargs: Any

    @cached_property
    def company(self) -> Company:
        """The company of the address, if the person may see it."""
        found = seen(self.sight, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def keeps(self) -> bool:
        """Whether the person keeps the companies of this city."""
        return self.keeps_all(self.company.city_id)

    @cached_property
    def belongs(self) -> bool:
        """Whether the person works for the alliance or the company's own city."""
        return self.sight.everything or self.company.city_id in self.sight.own_cities

    @property
    def reads(self) -> bool:
        """Whether the person reads what member cities and institutions read."""
        return self.belongs or Visibility.MEMBERS in self.sight.visibilities

    def crumbs(self, last: str = "") -> list[tuple[str, str]]:
        """The way back: all companies, those of the city, this one."""
        company = self.company
        own = [(company.name, company.get_absolute_url() if last else "")]
        return [
            (_("Companies"), reverse("companies:companies")),
            (company.city.name, reverse("companies:city_companies", args=[company.city.slug])),
            *own,
            *([(last, "")] if last else []),
        ]


def seen(sight: Sight, pk: int) -> Company | None:
    rows = Company.objects.seen_by(sight).select_related(
        "city", "industry__parent__parent__parent", "checked_by", "merged_into"
    )
    return rows.filter(pk=pk).first()


def survivor(sight: Sight, pk: int) -> Company | None:
    """The entry with which this one was merged in the end, if the person may see that."""
    merged = Company.objects.filter(pk=pk, merged_into__isnull=False).first()
    return seen(sight, merging.survivor(merged).pk) if merged else None


class CompanyPage(OfOneCompany, TemplateView):
    """Everything the database knows of one company, as far as this person may see it."""

    template_name = "companies/company.html"

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The page; that of the surviving entry where this one was merged with another."""
        if found := survivor(self.sight, self.kwargs["pk"]):
            return redirect(found)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        company, today = self.company, alliance_day(self.now)
        contacts = list(contacts_seen_by(self.sight, company))
        context = {
            "company": company,
            "crumbs": self.crumbs(),
            "status": freshness_mark(company, today),
            "other_names": [in_its_language(name) for name in other_names(company)[:1]],
            "notice": notice(company, today) if self.belongs or self.reads else None,
            "standing": company_facts.standing(company, today, inside=self.belongs, reads=self.reads),
            "facts": company_facts.facts(company),
            "measures": company_facts.measures(company),
            "offer": company_texts.offer(company),
            "interest": company_texts.interest(company),
            "contacts": [company_facts.contact_line(contact, inside=self.belongs) for contact in contacts],
            "documents": company_facts.documents(company, keeps=self.keeps),
            "logo": company_facts.logo(company),
            "keeps": self.keeps,
            "belongs": self.belongs,
            "waits": list(waiting.on(company, self.sight)) if self.keeps else [],
            "doings": doings.doings_of(company, self.request.user, at=self.now) if self.belongs else [],
            "history": histories.of_company(company) if self.belongs else [],
        }
        return super().get_context_data(**context, **kwargs)


def notice(company: Company, today: Any) -> dict[str, str] | None:
    """What a reader must know before relying on the entry."""
    if company.state == CompanyState.ARCHIVED:
        why = str(company.get_archive_reason_display())
        text = " · ".join(filter(None, [why, company.archive_note]))
        return {
            "tone": "note",
            "title": _("This entry is archived and kept for the record only"),
            "text": text,
        }
    if company.state == CompanyState.DRAFT:
        return {
            "tone": "note",
            "title": _("This entry is a draft"),
            "text": _("Only officers of %(city)s and the alliance’s staff see it until it is published.")
            % {"city": company.city.name},
        }
    if not company.is_fresh(today):
        return {
            "tone": "warning",
            "title": _("Nobody has confirmed this entry lately"),
            "text": _("What it says may have changed. It is not passed on until it is confirmed."),
        }
    return None
