"""What every page has in common on which somebody works on an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.generic import FormView, View

from alliance.pages.refusals import Refusal
from alliance.pages.views import refusals_as_messages
from companies.actions.refusals import ChangedMeanwhile, ValuesRefused
from companies.views.company_page import OfOneCompany


class KeepersOnly(LoginRequiredMixin, OfOneCompany, View):  # type: ignore[misc]
    """For whoever does not keep the entry the page is not there."""

    request: Any
    done: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Visitors are asked to sign in; others who keep nothing here find nothing."""
        if request.user.is_authenticated and not self.keeps:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def say_done(self, **words: Any) -> None:
        messages.success(self.request, str(self.done) % {"company": self.company.name, **words})


class KeeperForm(KeepersOnly, FormView):  # type: ignore[misc, type-arg]
    """A form about one entry; a refusal stands beside the field that it is about."""

    title: str | Promise = ""
    template_name = "companies/work_form.html"
    beside: Mapping[type[Refusal], str] = {}

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: Any = super().get_form(form_class)
        form.cancel_url = self.company.get_absolute_url()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = str(self.title)
        return super().get_context_data(
            company=self.company, title=title, crumbs=self.crumbs(title), **kwargs
        )

    def act(self, data: dict[str, Any]) -> Any:
        """Call the action with what the form holds."""
        raise NotImplementedError

    def words(self, result: Any) -> dict[str, Any]:
        """What the message names besides the company."""
        return {}

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        """Call the action, and go back to the company."""
        with refusals_by_field(form, self.beside):
            self.say_done(**self.words(self.act(form.cleaned_data)))
            return redirect(self.company)
        return self.form_invalid(form)


class KeeperVerb(KeepersOnly):
    """One thing done with an entry by a button: POST, a message, back to the company."""

    http_method_names = ["post", "options"]

    def act(self) -> Any:
        """Call the action."""
        raise NotImplementedError

    def words(self, result: Any) -> dict[str, Any]:
        """What the message names besides the company."""
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Run the action; a refusal becomes a message."""
        with refusals_as_messages(request):
            self.say_done(**self.words(self.act()))
        return redirect(self.company)


@contextmanager
def refusals_by_field(
    form: forms.BaseForm, beside: Mapping[type[Refusal], str] | None = None
) -> Iterator[None]:
    """What an action refuses stands beside the field that it is about, else above the form."""
    try:
        yield
    except ChangedMeanwhile:
        raise
    except ValuesRefused as refusal:
        for field, sentences in refusal.errors.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
    except Refusal as refusal:
        form.add_error((beside or {}).get(type(refusal)), refusal.sentence)
