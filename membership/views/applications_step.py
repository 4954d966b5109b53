"""One step of filling in an application: where it stands among the others, its forms, the way on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from alliance.pages.views import refusals_on_form
from cities.models import City
from cities.states import Section
from membership.actions import applications
from membership.actions.completeness import has_begun
from membership.models import Application
from membership.permissions.applications import speaking_offices, speaks_for_applicant
from membership.views.applications import OfOneApplication

STEPS = ("cities", *Section.values, "contact", "attachments", "summary")
LABELS = {
    **dict(Section.choices),
    "cities": gettext_lazy("Cities"),
    "contact": gettext_lazy("Contact and resolution"),
    "attachments": gettext_lazy("Attachments"),
    "summary": gettext_lazy("Summary"),
}


def step_url(application: Application, step: str) -> str:
    """The page of a step."""
    return reverse("membership:application_step", args=[application.pk, step])


class StepView(OfOneApplication, TemplateView):
    """One step: its forms, and the way to the next."""

    step: ClassVar[str]
    lead: ClassVar[Any] = ""
    save_label: ClassVar[Any] = gettext_lazy("Save and continue")
    leave_label: ClassVar[Any] = gettext_lazy("Save and continue later")

    def visible_rows(self) -> QuerySet[Application]:
        """Only those who fill it in see the steps."""
        return Application.objects.of(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What was submitted is read on its page."""
        if request.user.is_authenticated and not self.object.is_editable:
            messages.info(request, _("This application cannot be changed now; this is how it stands."))
            return redirect(self.object)
        return super().dispatch(request, *args, **kwargs)

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        """The forms of this step by their name in the template."""
        raise NotImplementedError

    def save(self, parts: dict[str, Any]) -> Any:
        """Call the action with what the forms hold."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self.parts())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save and go on; or show again what was typed, with errors or with more rows."""
        parts = self.parts(request.POST, request.FILES)
        if any(getattr(form, "silent", False) for form in forms_in(parts)):
            return self.page(parts)
        refused = [form for form in forms_in(parts) if not form.is_valid()]
        if not refused:
            with refusals_on_form(main_form(parts)) as outcome:
                self.save(parts)
                return redirect(self.next_url())
            if isinstance(outcome.refusal, applications.SavedMeanwhile):
                return self.page(parts, saved_meanwhile=True)
        return self.page(parts)

    def next_url(self) -> str:
        """The next step, or the application's page for those who go on later."""
        if "leave" in self.request.POST:
            messages.success(self.request, _("Saved. You can go on at any time."))
            return self.object.get_absolute_url()
        return step_url(self.object, STEPS[STEPS.index(self.step) + 1])

    def page(self, parts: dict[str, Any], *, saved_meanwhile: bool = False) -> HttpResponse:
        """The step; who was told of another's work has now seen it."""
        wrong = [form for part in forms_in(parts) for form in wrong_in(part)]
        seen = "" if saved_meanwhile else self.based_on()
        return self.render_to_response(
            self.get_context_data(
                **parts,
                wrong=wrong,
                saved_meanwhile=saved_meanwhile,
                based_on=seen or applications.digest_of_step(self.object, self.step),
            )
        )

    def based_on(self) -> str:
        """What the step said when the person opened it."""
        return self.request.POST.get("based_on", "")

    def get_template_names(self) -> list[str]:
        return [f"membership/application_step_{self.step}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = STEPS.index(self.step)
        context = {
            "application": self.object,
            "cities": self.cities,
            "step_label": LABELS[self.step],
            "lead": self.lead,
            "crumbs": self.crumbs((str(LABELS[self.step]), "")),
            "steps": self.steps(),
            "comments": self.comments(),
            "confirmed": speaks_for_applicant(self.request.user, self.object)
            or not self.speaks_unconfirmed(),
            "previous_url": step_url(self.object, STEPS[place - 1]) if place else "",
            "actions": {
                "submit_label": self.save_label,
                "secondary_submit": ("leave", self.leave_label) if self.leave_label else None,
            },
        }
        return super().get_context_data(**{**context, **kwargs})

    def speaks_unconfirmed(self) -> bool:
        """Whether the person would speak for a city, once confirmed."""
        return speaking_offices(self.request.user).filter(city__in=self.cities).exists()

    @cached_property
    def cities(self) -> list[City]:
        return [place.city for place in self.object.places.select_related("city")]

    @cached_property
    def gaps(self) -> list[applications.Missing]:
        return applications.missing(self.object)

    def steps(self) -> list[dict[str, Any]]:
        """All steps, each complete, lacking something, or not begun."""
        return [
            {
                "label": LABELS[step],
                "url": step_url(self.object, step),
                "state": self.state_of(step),
                "current": step == self.step,
            }
            for step in STEPS
        ]

    def state_of(self, step: str) -> str:
        lacking = self.gaps if step == "summary" else [gap for gap in self.gaps if gap.step == step]
        if not lacking:
            return "done"
        return "missing" if step != "summary" and has_begun(self.object, step) else "todo"

    def comments(self) -> list[Any]:
        """What the secretariat asked to correct in this step."""
        if self.object.state != "returned":
            return []
        about = {"cities": [""], "summary": [""]}.get(self.step, [self.step])
        latest = self.object.versions.latest("number")
        return list(latest.comments.filter(section__in=about))


def forms_in(parts: dict[str, Any]) -> list[Any]:
    """Every form and set of rows of a step."""
    rows = [row["formset"] for row in parts.get("rows", [])]
    return [*(form for name, form in parts.items() if name.endswith("form")), *rows]


def main_form(parts: dict[str, Any]) -> Any:
    """The form that shows a refusal."""
    return next(form for name, form in parts.items() if name.endswith("form"))


def wrong_in(part: Any) -> list[Any]:
    """What is wrong in a form, or in the rows of a set."""
    if hasattr(part, "wrong"):
        return part.wrong()
    return [part] if part.is_bound and part.errors else []
