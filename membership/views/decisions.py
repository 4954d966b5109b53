"""What management decides on an application once its circular has closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from alliance.pages.views import ActionView, OfOneObject
from membership.actions import decisions
from membership.actions.outcomes import outcome_of
from membership.consent import Outcome
from membership.forms.decisions import AcceptForm, DeclineForm, PostponeForm
from membership.models import Application, Circular, Decision
from membership.models.membership import alliance_day
from membership.states import ApplicationState, CircularState, Result
from membership.views.circulars import RESULT_TONES, status_of
from membership.views.circulars_verbs import FormOnPage

VERBS = {"accept": AcceptForm, "decline": DeclineForm, "postpone": PostponeForm}


class OfOneDecision(OfOneObject):
    """A view for the management, of an application that was passed on to the members."""

    request: Any

    def visible_rows(self) -> QuerySet[Application]:
        rows = Application.objects.filter(passed_on_at__isnull=False)
        return rows if self.request.user.is_management else rows.none()

    @cached_property
    def now(self) -> Any:
        """One moment for everything that is computed for this request."""
        return timezone.now()

    def get_success_url(self, result: Any = None) -> str:
        return self.object.get_absolute_url()


class DecisionPage(OfOneDecision, TemplateView):
    """What the members said, and the three ways to decide."""

    template_name = "membership/decision_page.html"

    @cached_property
    def circular(self) -> Circular | None:
        """The circular that counts: the last one that was not cancelled."""
        rows = self.object.circulars.exclude(state__in=[CircularState.CANCELLED, CircularState.DRAFT])
        return rows.select_related("extension").order_by("-pk").first()

    @cached_property
    def outcome(self) -> Outcome | None:
        """On the record as it stands now: the decision rests on it."""
        closed = self.circular is not None and self.circular.state == CircularState.CLOSED
        return outcome_of(self.circular, at=self.now) if closed and self.circular else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, circular = self.object, self.circular
        open_now = application.state == ApplicationState.IN_CONSULTATION
        closed = self.outcome is not None
        context = {
            "application": application,
            "cities": list(application.cities.all()),
            "circular": circular,
            "status": self.status(),
            "outcome": self.outcome,
            "crumbs": [
                (_("Applications"), reverse("membership:applications")),
                (application.reference, application.get_absolute_url()),
                (_("Decision"), ""),
            ],
            "waits": open_now and not closed,
            "forms": self.forms_offered() if open_now and closed else {},
            "may_take_up": application.state == ApplicationState.POSTPONED,
            "decisions": Decision.objects.filter(application=application).select_related("decided_by"),
        }
        return super().get_context_data(**{**context, **kwargs})

    def status(self) -> tuple[str, str] | None:
        if self.outcome:
            result = Result(self.outcome.result.value)
            return str(result.label), RESULT_TONES[result]
        return status_of(self.circular) if self.circular else None

    def forms_offered(self) -> dict[str, forms.BaseForm]:
        """Accepting is offered only where the members have consented."""
        carried = self.outcome is not None and self.outcome.carried
        return {name: self.form_for(name) for name in VERBS if carried or name != "accept"}

    def bound(self, kind: str, key: int) -> forms.BaseForm | None:
        """A form that was just refused, to be shown as it was filled in."""
        return None

    def form_for(self, name: str) -> forms.BaseForm:
        initial = {"member_from": alliance_day(self.now)} if name == "accept" else {}
        form: Any = self.bound(name, 0) or VERBS[name](initial=initial)
        form.form_action = reverse(f"membership:application_{name}", args=[self.object.pk])
        return form


class Decide(FormOnPage, DecisionPage):  # type: ignore[misc]
    """One of the three ways."""

    def page_url(self) -> str:
        return reverse("membership:application_decide", args=[self.object.pk])

    def get_success_url(self, result: Any = None) -> str:
        return str(self.object.get_absolute_url())


class ApplicationAccept(Decide):
    """The accession is accepted; only when the members have consented."""

    form_class = AcceptForm
    form_kind = "accept"
    done = gettext_lazy("The accession is accepted. The applicant and all members are told.")

    def act(self, application: Application, data: dict[str, Any]) -> Any:
        return decisions.accept(application, **data, by=self.request.user, at=self.now)


class ApplicationDecline(Decide):
    """The application is declined, with a reason."""

    form_class = DeclineForm
    form_kind = "decline"
    done = gettext_lazy("The application is declined. The applicant is told the reason.")

    def act(self, application: Application, data: dict[str, Any]) -> Any:
        return decisions.decline(application, reason=data["reason"], by=self.request.user, at=self.now)


class ApplicationPostpone(Decide):
    """The decision is postponed, with a reason."""

    form_class = PostponeForm
    form_kind = "postpone"
    done = gettext_lazy("The decision is postponed. The applicant is told the reason.")

    def act(self, application: Application, data: dict[str, Any]) -> Any:
        return decisions.postpone(application, reason=data["reason"], by=self.request.user, at=self.now)


class ApplicationTakeUp(OfOneDecision, ActionView):
    """A postponed application is taken up again."""

    done = gettext_lazy("The application is taken up again.")

    def act(self, application: Application) -> Any:
        return decisions.take_up_again(application, by=self.request.user, at=self.now)
