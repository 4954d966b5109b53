"""After a new accession: taking up again what was archived because the membership had ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from alliance.pages.charts import number
from alliance.pages.moments import day_text
from alliance.pages.refusals import Refusal
from alliance.pages.views import ActionView, OfOneObject
from cities.models import City
from cities.querysets import CityQuerySet
from companies.actions import archiving, freshness, restoring
from companies.actions.refusals import ValidityOver, ValidityTooLong
from companies.forms.restoring import MOST, RestoreForm
from companies.models import Company
from companies.views.seeing import Seeing
from companies.views.work import refusals_by_field

BESIDE: dict[type[Refusal], str] = {ValidityOver: "publish_until", ValidityTooLong: "publish_until"}


class OfAKeptCity(Seeing, OfOneObject):
    """For whoever does not keep the city's companies there is nothing here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.keeps_all(self.object.pk):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def visible_rows(self) -> CityQuerySet:
        return City.objects.visible_to(self.request.user)

    def get_success_url(self, result: Any = None) -> str:
        return reverse("companies:city_companies", args=[self.object.slug])

    def get_refused_url(self) -> str:
        return self.get_success_url()


class RestoreAll(OfAKeptCity, ActionView):
    """All entries of a city at once, as drafts."""

    def act(self, thing: City) -> int:
        return archiving.restore_all(thing, **self.acting)

    def get_done_message(self, result: int) -> str:
        return done_words(result) if result else _("There was nothing to restore.")


class RestoreCompanies(OfAKeptCity, FormView):  # type: ignore[type-arg]
    """Some of them, as drafts or published; who was refused is named, and what was ticked stays ticked."""

    template_name = "companies/city_restore.html"
    form_class = RestoreForm

    @cached_property
    def page(self) -> Page[Company]:
        """Those that are offered together."""
        rows = archiving.restorable(self.object, at=self.now).select_related("industry")
        return Paginator(rows.order_by("sort_name", "pk"), MOST).get_page(self.request.GET.get("page"))

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Company.objects.filter(city=self.object)
        return {**super().get_form_kwargs(), "rows": rows, "offered": self.page.object_list}

    def get_initial(self) -> dict[str, Any]:
        ticked = [one.pk for one in self.page] if self.request.GET.get("tick") == "all" else []
        return {"companies": ticked, "publish_until": freshness.latest_validity(self.now)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        city, cancel_url = self.object, self.get_success_url()
        context = super().get_context_data(city=city, page_obj=self.page, **kwargs)
        context["form"].cancel_url = cancel_url
        way = [(_("Companies"), reverse("companies:companies")), (city.name, cancel_url), (_("Restore"), "")]
        return {**context, "crumbs": way}

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        """Restore what was ticked; what was refused is named above the list as it is now."""
        with refusals_by_field(form, BESIDE):
            chosen = form.cleaned_data["companies"].order_by("sort_name", "pk")
            result = restoring.restore_chosen(self.object, chosen, publish_until=form.until, **self.acting)
            if result.done:
                messages.success(self.request, done_words(len(result.done), form.until))
            del self.page
            if not result.refused:
                return redirect(self.request.path if self.page else self.get_success_url())
            return self.render_to_response(self.get_context_data(refused=result.refused))
        return self.form_invalid(form)


def done_words(count: int, until: date | None = None) -> str:
    """How many were restored, and as what."""
    if until is None:
        words = ngettext(
            "%(count)s company is restored as a draft. Please look at it and publish it.",
            "%(count)s companies are restored as drafts. Please look at them and publish them.",
            count,
        )
        return words % {"count": number(count)}
    words = ngettext(
        "%(count)s company is restored and published, valid until %(day)s.",
        "%(count)s companies are restored and published, valid until %(day)s.",
        count,
    )
    return words % {"count": number(count), "day": day_text(until)}
