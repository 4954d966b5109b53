"""Keeping a city's profile and key figures, and looking at what was kept."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from alliance.pages.views import OfOneObject
from cities.actions.profiles import SavedMeanwhile, save_profile
from cities.forms.figures import CooperationFormSet, FigureForm, FigureFormSet
from cities.forms.rows import RowFormSet, bound_rows
from cities.forms.sections import IndustriesField, SectionTextForm, codes
from cities.models import City, Profile, ProfileVersion
from cities.permissions import may_edit
from cities.states import Indicator


class IndustriesForm(forms.Form):
    """The industries of a city."""

    industries = IndustriesField()


class EditPart(OfOneObject, TemplateView):
    """A part of the profile as a form; who saves over somebody else's work is told so first."""

    def visible_rows(self) -> QuerySet[Any]:
        return City.objects.visible_to(self.request.user)

    @cached_property
    def city(self) -> City:
        city: City = self.object
        if not may_edit(self.request.user, city):
            raise Http404
        return city

    def empty_forms(self) -> dict[str, Any]:
        """The forms as they stand before anything was typed."""
        raise NotImplementedError

    def sent_forms(self) -> dict[str, Any]:
        """The forms with what was typed."""
        raise NotImplementedError

    def parts(self, forms: dict[str, Any]) -> dict[str, Any]:
        """What the forms say, as `save_profile` takes it."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self.empty_forms(), self.latest_number())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save and go to the city's page; whatever is refused is shown again as it was typed."""
        self.city  # noqa: B018 (404 before anything is looked at)
        sent = self.sent_forms()
        if any(getattr(form, "silent", False) for form in sent.values()):
            return self.page(sent, self.number_seen())
        valid = [form.is_valid() for form in sent.values()]
        if not all(valid):
            return self.page(sent, self.number_seen(), wrong=wrong_forms(sent))
        return self.save(sent)

    def save(self, sent: dict[str, Any]) -> HttpResponseBase:
        """Call the action; a refusal stands above the form."""
        seen, user = self.number_seen(), cast(User, self.request.user)
        try:
            version = save_profile(self.city, **self.parts(sent), based_on=seen, by=user)
        except SavedMeanwhile as refusal:
            latest = self.latest_number()
            changes = reverse("cities:changes", args=[self.city.slug, seen, latest]) if seen else ""
            return self.page(sent, latest, refusal=refusal, changes_url=changes)
        except Refusal as refusal:
            return self.page(sent, seen, refusal=refusal)
        messages.success(self.request, saved_sentence(version))
        return redirect(self.city)

    def number_seen(self) -> int:
        """The version on which the person's work is based."""
        sent = self.request.POST.get("version", "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0

    def latest_number(self) -> int:
        latest = self.city.profile_versions.first()
        return latest.number if latest else 0

    def page(self, forms: dict[str, Any], version: int, **context: Any) -> HttpResponse:
        return self.render_to_response({**forms, "city": self.city, "version": version, **context})


class ProfileEdit(EditPart):
    """The four sections in three languages, the industries and the present cooperations."""

    template_name = "cities/profile_edit.html"

    @cached_property
    def profile(self) -> Profile | None:
        return Profile.objects.filter(city=self.city).first()

    def empty_forms(self) -> dict[str, Any]:
        industries = codes(self.profile.industries.all()) if self.profile else []
        cooperations = [row.as_content() for row in self.city.cooperations.all()]
        return {
            "texts": SectionTextForm(initial=SectionTextForm.initial_of(self.profile)),
            "industries": IndustriesForm(initial={"industries": industries}),
            "cooperations": CooperationFormSet(initial=cooperations, prefix="cooperations"),
        }

    def sent_forms(self) -> dict[str, Any]:
        return {
            "texts": SectionTextForm(self.request.POST),
            "industries": IndustriesForm(self.request.POST),
            "cooperations": bound_rows(CooperationFormSet, self.request.POST, "cooperations"),
        }

    def parts(self, forms: dict[str, Any]) -> dict[str, Any]:
        return {
            "texts": forms["texts"].texts(),
            "industries": codes(forms["industries"].cleaned_data["industries"]),
            "cooperations": forms["cooperations"].rows(),
        }


class FiguresEdit(EditPart):
    """The key figures, each comparable by unit, currency, year, territory, concept, status and source."""

    template_name = "cities/figures_edit.html"

    def empty_forms(self) -> dict[str, Any]:
        order = list(Indicator.values)
        kept = sorted(self.city.key_figures.all(), key=lambda figure: order.index(figure.indicator))
        figures = [FigureForm.initial_of(figure) for figure in kept]
        return {"figures": FigureFormSet(initial=figures, prefix="figures")}

    def sent_forms(self) -> dict[str, Any]:
        return {"figures": bound_rows(FigureFormSet, self.request.POST, "figures")}

    def parts(self, forms: dict[str, Any]) -> dict[str, Any]:
        return {"figures": forms["figures"].rows()}


def wrong_forms(sent: dict[str, Any]) -> list[Any]:
    """Every form and row that is wrong, for the summary on top."""
    wrong: list[Any] = []
    for form in sent.values():
        wrong += form.wrong() if isinstance(form, RowFormSet) else [form] if form.errors else []
    return wrong


def saved_sentence(version: ProfileVersion | None) -> str:
    if version is None:
        return _("Nothing was changed, so no new version was made.")
    return _("Saved as version %(number)s.") % {"number": version.number}
