"""One copy: what happened to it, and what the secretariat does with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliance.letters import actions, parties
from alliance.letters.forms import HandOverForm, RedirectForm
from alliance.letters.models import Delivery, Letter
from alliance.letters.states import DeliveryState
from alliance.letters.views.facts import SecretariatOnly, StaffOnly, person, way_back
from alliance.letters.views.timeline import timeline_of
from alliance.pages.files import as_download
from alliance.pages.moments import day_text, moment_lines
from alliance.pages.refusals import Refusal
from alliance.pages.views import ActionFormView, ActionView, OfOneObject

FIELD_OF = {
    actions.AddressUnusable: "address",
    actions.AlreadyAddressed: "address",
    actions.NoteMissing: "note",
    actions.ForNobody: "on_behalf_of",
    actions.NotAWay: "channel",
    actions.HandedOverInFuture: "on",
    actions.HandedOverBeforeWritten: "on",
    actions.ProofOfHandingOverMissing: "proof",
}


class OfOneCopy:
    """Copies of a letter, for those who work for the alliance."""

    request: Any

    def visible_rows(self) -> QuerySet[Any]:
        rows = Delivery.objects.visible_to(person(self.request))
        return rows.select_related("letter", "recipient", "entered_by", "redirected_from")


class CopyPage(StaffOnly, OfOneCopy, OfOneObject, TemplateView):
    """One copy and its steps."""

    template_name = "letters/copy_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        copy: Delivery = self.object
        works = person(self.request).is_secretariat
        city = name_of_city(copy)
        return super().get_context_data(
            delivery=copy,
            letter=copy.letter,
            title=city if copy.handed_over_on else copy.addressed_to,
            crumbs=crumbs_of(copy.letter),
            facts=facts_of(copy, city),
            entries=timeline_of(copy),
            redirections=copy.redirections.order_by("pk"),
            may_send_again=works and copy.may_be_sent_again,
            may_redirect=works and copy.may_be_redirected,
            may_hand_over=works and copy.letter.may_be_handed_over and bool(copy.on_behalf_of),
            **kwargs,
        )


def crumbs_of(letter: Letter) -> list[tuple[str, str]]:
    return [
        (gettext("Letters"), reverse("letters:letters")),
        (letter.subject, letter.get_absolute_url()),
    ]


def name_of_city(copy: Delivery) -> str:
    return parties.names_of([copy.on_behalf_of]).get(copy.on_behalf_of, "")


def facts_of(copy: Delivery, city: str) -> list[dict[str, Any]]:
    """For whom it is, by which way, and how it stands."""
    facts: list[dict[str, Any]] = [
        {"label": gettext("State"), "value": copy.get_state_display(), "lines": _since(copy)},
        {"label": gettext("Way"), "value": copy.get_channel_display(), "lines": [copy.address]},
        {"label": gettext("Language"), "value": copy.get_language_display()},
    ]
    if city:
        facts.insert(0, {"label": gettext("For"), "value": city})
    if copy.redirected_from:
        first = {"value": copy.redirected_from.address, "url": copy_url(copy.redirected_from)}
        facts.append({"label": gettext("In place of"), **first})
    if copy.entered_by:
        facts.append({"label": gettext("Entered by"), "value": copy.entered_by, "lines": [copy.note]})
    if copy.attempts:
        facts.append({"label": gettext("Attempts"), "value": copy.attempts})
    return facts


def _since(copy: Delivery) -> list[str]:
    if copy.handed_over_on:
        return [day_text(copy.handed_over_on)]
    moment = copy.bounced_at or copy.settled_at
    return moment_lines(moment) if moment else []


def copy_url(copy: Delivery) -> str:
    return reverse("letters:delivery", args=[copy.letter_id, copy.pk])


class DeliveryResend(OfOneCopy, ActionView):
    """Send a copy again, now."""

    done = _("The mail to %(address)s is sent again.")

    def act(self, thing: Any) -> Any:
        return actions.requeue(thing, by=person(self.request))

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"address": self.object.address}

    def get_success_url(self, result: Any = None) -> str:
        return way_back(self.request, self.object.letter)

    def get_refused_url(self) -> str:
        return self.get_success_url()


class FormOfSecretariat(SecretariatOnly, ActionFormView):
    """A form for the secretariat, in which a refusal stands beside the field that it is about."""

    def form_valid(self, form: forms.BaseForm) -> HttpResponseBase:  # type: ignore[override]
        try:
            result = self.act(self.object, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(FIELD_OF.get(type(refusal)), refusal.sentence)
            return self.form_invalid(form)
        self.say_done(result)
        return redirect(self.get_success_url(result))


class DeliveryRedirect(OfOneCopy, FormOfSecretariat):
    """Send a copy of the same letter for the same city to another address."""

    template_name = "letters/copy_redirect.html"
    form_class = RedirectForm
    done = _("A copy for %(address)s is queued.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.object.language}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = way_back(self.request, copy_url(self.object))
        return form

    def act(self, thing: Any, data: dict[str, Any]) -> Any:
        return actions.redirect(thing, **data, by=person(self.request))

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"address": result.address}

    def get_success_url(self, result: Any = None) -> str:
        return way_back(self.request, self.object.letter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [*crumbs_of(self.object.letter), (self.object.addressed_to, copy_url(self.object))]
        return super().get_context_data(crumbs=crumbs, letter=self.object.letter, **kwargs)


class LetterHandOver(FormOfSecretariat):
    """Enter that a city got the letter by post, fax, WeChat or in person."""

    template_name = "letters/letter_hand_over.html"
    form_class = HandOverForm
    done = _("The handing over to %(city)s is entered.")

    def visible_rows(self) -> QuerySet[Any]:
        return Letter.objects.visible_to(person(self.request))

    @cached_property
    def cities(self) -> dict[str, str]:
        """The cities that the letter is for, those included to which nobody could be written."""
        with_copies = self.object.deliveries.order_by().values_list("on_behalf_of", flat=True).distinct()
        return parties.names_of([*parties.asked_by(self.object), *with_copies])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cities": self.cities}

    def get_initial(self) -> dict[str, Any]:
        return {"on_behalf_of": self.request.GET.get("for", ""), "on": timezone.localdate()}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = self.get_success_url()
        return form

    def act(self, thing: Any, data: dict[str, Any]) -> Any:
        return actions.hand_over(thing, **data, by=person(self.request))

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"city": self.cities.get(result.on_behalf_of, result.on_behalf_of)}

    def get_success_url(self, result: Any = None) -> str:
        return way_back(self.request, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=crumbs_of(self.object), letter=self.object, **kwargs)


class Proof(OfOneObject):
    """The proof of a handing over: for those who work for the alliance, and for the city that was told."""

    def visible_rows(self) -> QuerySet[Any]:
        user = person(self.request)
        rows = Delivery.objects.filter(state=DeliveryState.HANDED_OVER)
        return rows if user.is_staff else rows.filter(Q(on_behalf_of__in=parties.of_person(user)))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> FileResponse:
        """The file as it came."""
        return as_download(self.object)
