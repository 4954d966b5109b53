"""Entering a company and changing an entry."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import FormView

from cities.models import City
from cities.models.city import name_order
from companies.actions import companies, duplicates
from companies.actions.refusals import ChangedMeanwhile
from companies.actions.values import TRANSLATIONS
from companies.actions.wordings import in_words
from companies.forms.companies import KEPT, CompanyEntryForm, CompanyForm, SecretariatEntryForm
from companies.models import Company
from companies.views.seeing import Seeing
from companies.views.work import KeeperForm, refusals_by_field


class CompanyNew(Seeing, LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """A new entry. Entries that may be the same company are named first, with what speaks for it."""

    request: Any
    template_name = "companies/company_new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever keeps no city's companies the page is not there."""
        if request.user.is_authenticated and not self.keeps_some:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def cities(self) -> QuerySet[City]:
        """The cities whose companies the person keeps; the secretariat names any city."""
        return City.objects.filter(pk__in=self.sight.kept_cities).order_by(name_order())

    def get_form_class(self) -> type[CompanyForm]:
        return SecretariatEntryForm if self.request.user.is_secretariat else CompanyEntryForm

    def get_initial(self) -> dict[str, Any]:
        slug = self.request.GET.get("city", "")
        city = City.objects.public().filter(slug=slug).first() if slug else None
        return {"city": city or self.cities.first()}

    def get_form_kwargs(self) -> dict[str, Any]:
        cities = {} if self.request.user.is_secretariat else {"cities": self.cities}
        return {**super().get_form_kwargs(), **cities}

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: Any = super().get_form(form_class)
        form.cancel_url = reverse("companies:companies")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [(_("Companies"), reverse("companies:companies")), (_("New company"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def alike(self, values: dict[str, Any], city: City) -> list[duplicates.Candidate]:
        """Entries that may be the same company, as far as the person sees them."""
        return duplicates.candidates(values, city=city, sight=self.sight)

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        """Enter it, unless it looks like one that is there already."""
        city, values = form.cleaned_data["city"], form.values()
        found = [] if form.cleaned_data["different"] else self.alike(values, city)
        if found:
            return self.render_to_response(self.get_context_data(form=form, alike=found))
        with refusals_by_field(form):
            entered = companies.enter(city, values=values, **self.acting)
            messages.success(
                self.request, _("“%(company)s” is entered as a draft.") % {"company": entered.name}
            )
            return redirect(entered)
        return self.form_invalid(form)


class CompanyEdit(KeeperForm):
    """An entry, changed; who saves over somebody else's work is shown first what differs."""

    title = _lazy("Edit")
    template_name = "companies/company_edit.html"
    form_class = CompanyForm
    done = _lazy("“%(company)s” is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        initial = {name: getattr(self.company, name) for name in KEPT}
        return {**kwargs, "initial": {**initial, "revision": self.company.revision}}

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        """Save it; what was changed meanwhile by others is shown beside what was typed."""
        try:
            with refusals_by_field(form):
                return self.save(form)
        except ChangedMeanwhile as refusal:
            return self.differing(form, refusal)
        return self.form_invalid(form)

    def save(self, form: Any) -> HttpResponseBase:
        revision = form.cleaned_data["revision"] or 0
        changed = companies.change(self.company, values=form.values(), revision=revision, **self.acting)
        self.say_done()
        return redirect(changed)

    def differing(self, form: Any, refusal: ChangedMeanwhile) -> HttpResponse:
        """The form as it was typed, to be sent again knowingly: it now knows the newest revision."""
        now = Company.objects.select_related("industry").get(pk=self.company.pk)
        form.data = form.data.copy()
        form.data["revision"] = str(now.revision)
        return self.render_to_response(
            self.get_context_data(form=form, refusal=refusal, differences=differences(now, form.values()))
        )


def differences(now: Company, typed: dict[str, Any]) -> list[dict[str, str]]:
    """Each field that says something else in the entry than in the form."""
    rows = []
    for name, value in typed.items():
        if name in TRANSLATIONS and not value:
            continue  # what is not said follows by itself
        before, after = in_words(now, name, getattr(now, name)), in_words(now, name, value)
        if before != after:
            field: Any = Company._meta.get_field(name)
            label = capfirst(str(field.verbose_name))
            rows.append({"label": label, "before": before, "after": after})
    return rows
