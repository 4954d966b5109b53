"""The steps in which an application is filled in; each is saved by itself, complete or not."""

from __future__ import annotations

from collections.abc import Sequence
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

from alliance.pages.phrases import labelled
from alliance.pages.views import refusals_on_form
from cities.forms.figures import CooperationFormSet, FigureForm, FigureFormSet
from cities.forms.rows import bound_rows
from cities.forms.sections import SectionTextForm, codes
from cities.models import City
from cities.models.contents import cooperation_words, figure_label, figure_value
from cities.states import Section
from membership.actions import applications
from membership.actions.completeness import has_begun
from membership.forms.applications import AttachmentForm, CitiesForm, ContactForm, IndustriesForm
from membership.models import Application
from membership.permissions.applications import speaking_offices, speaks_for_applicant
from membership.views.applications import OfOneApplication, cities_offered

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


class SectionStep(StepView):
    """One of the four sections: its text, and the rows that belong to it."""

    formset: ClassVar[Any] = None
    rows_name: ClassVar[str] = ""

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        initial = SectionTextForm.initial_of(self.object)
        parts: dict[str, Any] = {
            "texts_form": SectionTextForm(data, sections=[self.step], initial=initial),
        }
        if self.formset:
            parts["rows"] = [{"city": city, "formset": self.rows(city, data)} for city in self.cities]
            for row in parts["rows"]:
                self.name_rows(row["formset"])
        return parts

    def name_rows(self, formset: Any) -> None:
        """Rows that say something stand closed, named by what they say."""
        for form in formset.forms:
            values = form.initial
            if form.is_bound:
                form.full_clean()
                values = {} if form._errors or form.is_empty else form.cleaned_data
            form.words = self.words_of(values) if values else ""

    def words_of(self, values: dict[str, Any]) -> str:
        """What a row says, in one line."""
        raise NotImplementedError

    def rows(self, city: City, data: Any) -> Any:
        """The rows of one city."""
        prefix = f"{self.rows_name}-{city.slug}"
        if data is not None:
            return bound_rows(self.formset, data, prefix)
        kept = getattr(self.object, self.rows_name).filter(city=city)
        return self.formset(initial=[self.initial_of(row) for row in kept], prefix=prefix)

    def initial_of(self, row: Any) -> dict[str, Any]:
        return row.as_content()

    def save(self, parts: dict[str, Any]) -> Any:
        texts = parts["texts_form"].texts()[self.step]
        return applications.save_section(
            self.object,
            self.step,
            texts=texts,
            based_on=self.based_on(),
            by=self.request.user,
            **self.more(parts),
        )

    def more(self, parts: dict[str, Any]) -> dict[str, Any]:
        """Rows of all cities."""
        if not self.formset:
            return {}
        rows: Sequence[dict[str, Any]] = [
            {**row, "city": of_city["city"]} for of_city in parts["rows"] for row in of_city["formset"].rows()
        ]
        return {self.rows_name: rows}


class EconomicStep(SectionStep):
    step, rows_name, formset = "economic", "figures", FigureFormSet
    lead = gettext_lazy(
        "Figures that can be compared: with year, source, and for whom they are published. "
        "Population and one economic figure are needed; several years make a better picture."
    )

    def initial_of(self, row: Any) -> dict[str, Any]:
        return FigureForm.initial_of(row)

    def words_of(self, values: dict[str, Any]) -> str:
        return labelled(figure_label(values), figure_value(values))


class IndustrialStep(SectionStep):
    step = "industrial"
    lead = gettext_lazy("What industry stands for in your city: branches, leading companies, research.")

    def parts(self, data: Any = None, files: Any = None) -> dict[str, Any]:
        chosen = {"industries": codes(self.object.industries.all())}
        return {**super().parts(data), "industries_form": IndustriesForm(data, initial=chosen)}

    def more(self, parts: dict[str, Any]) -> dict[str, Any]:
        return {"industries": parts["industries_form"].cleaned_data["industries"]}


class CooperationsStep(SectionStep):
    step, rows_name, formset = "cooperations", "cooperations", CooperationFormSet
    lead = gettext_lazy("Partner cities, parks, networks and projects that exist today.")

    def words_of(self, values: dict[str, Any]) -> str:
        return labelled(values["partner"], cooperation_words(values))


class WishesStep(SectionStep):
    step = "wishes"
    lead = gettext_lazy("What you hope for from the other member cities and their companies.")


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
