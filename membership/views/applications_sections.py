"""The four sections of an application as steps: their texts, and the rows that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from alliance.pages.phrases import labelled
from cities.forms.figures import CooperationFormSet, FigureForm, FigureFormSet
from cities.forms.rows import bound_rows
from cities.forms.sections import SectionTextForm, codes
from cities.models import City
from cities.models.contents import cooperation_words, figure_label, figure_value
from membership.actions import applications
from membership.forms.applications import IndustriesForm
from membership.views.applications_step import StepView


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
