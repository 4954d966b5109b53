"""Institutions of the register: the list, one institution, and what the secretariat does with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliance.accounts.models import User
from alliance.pages.exports import Column
from alliance.pages.orderings import Orderings
from alliance.pages.views import ActionFormView, ActionView, ListPage, OfOneObject, refusals_on_form
from cities.actions import institutions
from cities.filters.institutions import InstitutionFilters
from cities.forms.institutions import InstitutionForm
from cities.models import Institution, InstitutionContact
from cities.models.city import language_shown, name_order
from cities.models.institution import institution_name_order
from cities.permissions import may_keep_institutions, sees_contacts

HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}


class Institutions(ListPage):
    """Investment promotion, chambers, universities and research institutes that work with the alliance."""

    title = _("Institutions")
    template_name = "cities/institutions.html"
    filterset_class = InstitutionFilters
    default_sort = "name"
    export_name = "institutions"
    empty_message = _("No institution is in the register yet")
    columns: Sequence[Column] = [
        Column("name", _("Institution")),
        Column("kind", _("Kind"), lambda row: row.get_kind_display()),
        Column("seat", _("Seat"), lambda row: row.seat.name),
        Column("country", _("Country"), lambda row: row.seat.get_country_display()),
        Column("website", _("Web site"), on_page=False),
    ]

    @property
    def orderings(self) -> Orderings:  # type: ignore[override]
        name, seat = institution_name_order(), name_order("seat__")
        return {
            "name": name,
            "kind": ["kind", name],
            "seat": [seat, name],
            "country": ["seat__country", name],
        }

    def visible_rows(self) -> QuerySet[Any]:
        return Institution.objects.visible_to(self.request.user).select_related("seat")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_keep=may_keep_institutions(self.request.user), **kwargs)


class InstitutionPage(TemplateView):
    """One institution; its contacts only for the people of the alliance."""

    template_name = "cities/institution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = Institution.objects.visible_to(user).select_related("seat")
        institution = get_object_or_404(rows, pk=self.kwargs["pk"])
        insider = sees_contacts(user, institution)
        contacts = institution.contacts.filter(ended_at=None).select_related("user") if insider else []
        return super().get_context_data(
            institution=institution,
            about_lang=HTML_LANGUAGE.get(language_shown(institution, "about"), ""),
            facts=facts(institution),
            sees_contacts=insider,
            contacts=contacts,
            may_keep=may_keep_institutions(user) and institution.ended_at is None,
            **kwargs,
        )


def facts(institution: Institution) -> list[dict[str, Any]]:
    """What the register says about the institution."""
    website = institution.website
    rows: list[dict[str, Any]] = [
        {"label": _("Kind"), "value": institution.get_kind_display()},
        {"label": _("Seat"), "value": institution.seat.name, "url": institution.seat.get_absolute_url()},
        {"label": _("Country"), "value": institution.seat.get_country_display()},
        {"label": _("Other names"), "value": "", "lines": other_names(institution)},
        {"label": _("Web site"), "value": website.split("//")[-1].strip("/"), "url": website},
    ]
    return [row for row in rows if row["value"] or row.get("lines")]


def other_names(institution: Institution) -> list[str]:
    """Its names in the other languages, as far as they differ."""
    names: dict[str, str] = {}
    for ending, lang in HTML_LANGUAGE.items():
        names.setdefault(getattr(institution, f"name_{ending}"), lang)
    others = [(name, lang) for name, lang in names.items() if name and name != institution.name]
    return [format_html('<span lang="{}">{}</span>', lang, name) for name, lang in others]


class KeptBySecretariat(OfOneObject):
    """Only the secretariat keeps the register of institutions; others do not find these pages."""

    def visible_rows(self) -> QuerySet[Any]:
        rows = Institution.objects.current().select_related("seat")
        return rows if may_keep_institutions(self.request.user) else rows.none()

    @property
    def by(self) -> User:
        return cast(User, self.request.user)


class InstitutionNew(KeptBySecretariat, ActionFormView):
    """A new institution."""

    template_name = "cities/institution_new.html"
    form_class = InstitutionForm

    @cached_property
    def object(self) -> Any:
        if not may_keep_institutions(self.request.user):
            raise Http404
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object  # noqa: B018 (404 for others)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        self.object  # noqa: B018 (404 for others)
        with refusals_on_form(form):
            data = form.cleaned_data
            institution = institutions.add(
                kind=data["kind"], seat=data["seat"], texts=form.texts(), by=self.by
            )
            messages.success(self.request, _now("%(name)s is in the register.") % {"name": institution.name})
            return redirect(institution)
        return self.form_invalid(form)


class InstitutionEdit(KeptBySecretariat, ActionFormView):
    """What the register says about an institution, corrected."""

    template_name = "cities/institution_edit.html"
    form_class = InstitutionForm
    done = _("%(object)s is saved.")

    def get_initial(self) -> dict[str, Any]:
        return InstitutionForm.initial_of(self.object)

    def act(self, thing: Institution, data: dict[str, Any]) -> Institution:
        texts = {field: data[field] for field in institutions.TEXTS}
        return institutions.edit(thing, kind=data["kind"], seat=data["seat"], texts=texts, by=self.by)


class InstitutionEnd(KeptBySecretariat, ActionView):
    """It works with the alliance no longer."""

    done = _("%(object)s has ended; its contacts have ended with it.")

    def visible_rows(self) -> QuerySet[Any]:
        rows = Institution.objects.all()
        return rows if may_keep_institutions(self.request.user) else rows.none()

    def act(self, thing: Institution) -> Institution:
        return institutions.end(thing, by=self.by)


class ContactEnd(KeptBySecretariat, ActionView):
    """A contact reads for the institution no longer."""

    done = _("%(person)s is a contact no longer.")

    def visible_rows(self) -> QuerySet[Any]:
        rows = InstitutionContact.objects.select_related("institution", "user")
        return rows if may_keep_institutions(self.request.user) else rows.none()

    def act(self, thing: InstitutionContact) -> InstitutionContact:
        return institutions.end_contact(thing, by=self.by)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"person": str(self.object.user)}

    def get_success_url(self, result: Any = None) -> str:
        return self.object.institution.get_absolute_url()

    def get_refused_url(self) -> str:
        return self.get_success_url()
