"""The steps in which an application is filled in; each is saved by itself, complete or not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership.actions import applications
from membership.forms.applications import AttachmentForm, CitiesForm, ContactForm
from membership.models import Application
from membership.permissions.applications import speaks_for_applicant
from membership.views.applications import cities_offered
from membership.views.applications_sections import CooperationsStep, EconomicStep, IndustrialStep, WishesStep
from membership.views.applications_step import LABELS, STEPS, StepView, step_url


class CitiesStep(StepView):
    step = "cities"
    lead = gettext_lazy("One city, or several cities of one country that want to be one member together.")

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        own, others = cities_offered(self.request.user, self.object)
        initial = {"cities": self.cities, "others": self.cities}
        return {"form": CitiesForm(data, own=own, others=others, initial=initial)}

    def save(self, parts: dict[str, Any]) -> Any:
        return applications.save_cities(
            self.object, parts["form"].chosen, based_on=self.based_on(), by=self.request.user
        )


class ContactStep(StepView):
    step = "contact"
    lead = gettext_lazy("Whom the secretariat may ask, who signs, and the resolution behind the application.")

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        # A copy: a form fills its instance even when it refuses.
        return {"form": ContactForm(data, instance=Application.objects.get(pk=self.object.pk))}

    def save(self, parts: dict[str, Any]) -> Any:
        return applications.save_contact(
            self.object, parts["form"].cleaned_data, based_on=self.based_on(), by=self.request.user
        )


class AttachmentsStep(StepView):
    step = "attachments"
    lead = gettext_lazy("The signed resolution is needed; other papers are welcome.")
    save_label = gettext_lazy("Attach the file")
    leave_label = ""

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        language = self.request.user.language
        initial = {"kind": "" if self.has_resolution() else "resolution", "language": language}
        return {"form": AttachmentForm(data, files, initial=initial)}

    def has_resolution(self) -> bool:
        return not any(gap.step == "attachments" for gap in self.gaps)

    def save(self, parts: dict[str, Any]) -> Any:
        data = dict(parts["form"].cleaned_data)
        file = applications.attach(self.object, data.pop("file"), by=self.request.user, **data)
        messages.success(self.request, _("“%(name)s” is attached.") % {"name": file.filename})
        return file

    def next_url(self) -> str:
        return step_url(self.object, self.step)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = [
            {
                "name": file.filename,
                "url": reverse("membership:application_attachment", args=[self.object.pk, file.pk]),
                "remove_url": reverse(
                    "membership:application_attachment_remove", args=[self.object.pk, file.pk]
                ),
                "kind": file.get_kind_display(),
                "language": file.get_language_display(),
                "date": file.date,
                "reference": file.reference,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in self.object.attachments.filter(removed_at=None)
        ]
        return super().get_context_data(files=files, next_step_url=step_url(self.object, "summary"), **kwargs)


class SummaryStep(StepView):
    """Everything at a glance: what is there, what is missing, and the button that submits."""

    step = "summary"

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect(step_url(self.object, self.step))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = [
            {
                "label": LABELS[step],
                "url": step_url(self.object, step),
                "gaps": [gap.sentence for gap in self.gaps if gap.step == step],
            }
            for step in STEPS[1:-1]
        ]
        submits = speaks_for_applicant(self.request.user, self.object)
        return super().get_context_data(overview=overview, gaps=self.gaps, submits=submits, **kwargs)


STEP_VIEWS: dict[str, type[StepView]] = {
    view.step: view
    for view in (
        CitiesStep,
        EconomicStep,
        IndustrialStep,
        CooperationsStep,
        WishesStep,
        ContactStep,
        AttachmentsStep,
        SummaryStep,
    )
}


def application_step(request: HttpRequest, pk: str, step: str) -> HttpResponseBase:
    """The page of a step, by its name in the address."""
    return STEP_VIEWS[step].as_view()(request, pk=pk)
