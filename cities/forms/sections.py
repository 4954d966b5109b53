"""Texts of the four sections in three languages, and industries: for profile and application."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin
from cities.models import Industry, SectionTexts
from cities.models.city import active_ending
from cities.states import IndustryLevel, Section, TextLanguage

LONGEST_TEXT = 20_000
HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}


class ProseField(forms.CharField):
    """A text of several paragraphs; line ends are the same whatever browser sent them."""

    def __init__(self, *, language: str, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 8, "lang": HTML_LANGUAGE[language]})
        super().__init__(widget=widget, max_length=LONGEST_TEXT, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class LanguageText:
    """One text area of a section: closed as long as it is neither needed nor wrong."""

    field: Any
    language: str
    label: Any
    written: bool
    open: bool


@dataclass(frozen=True)
class SectionGroup:
    """One section with its text in each language, the reader's language first."""

    section: str
    label: Any
    texts: list[LanguageText]


class SectionTextForm(FormHelperMixin, forms.Form):
    """Texts of some or all sections; shown by `cities/section_texts.html`.

    `SectionTextForm(data, sections=["economic"], initial=SectionTextForm.initial_of(profile))`;
    `cleaned_data` holds `economic_zh`, `economic_de`, `economic_en` …
    """

    form_tag = False

    def __init__(self, *args: Any, sections: Sequence[str] = tuple(Section.values), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = [Section(section) for section in sections]
        for section in self.sections:
            for language in TextLanguage:
                label = _("%(section)s, in %(language)s") % {
                    "section": section.label,
                    "language": language.label,
                }
                self.fields[f"{section}_{language}"] = ProseField(language=language, label=label)

    @staticmethod
    def initial_of(texts: SectionTexts | None) -> dict[str, str]:
        """What stands in the form of a kept profile or application."""
        content = texts.texts_as_content() if texts else {}
        return {
            f"{section}_{language}": text
            for section, row in content.items()
            for language, text in row.items()
        }

    def texts(self) -> dict[str, dict[str, str]]:
        """The texts as a kept version has them: section → language → text."""
        return {
            section: {
                language: self.cleaned_data[f"{section}_{language}"] for language in TextLanguage.values
            }
            for section in self.sections
        }

    def groups(self) -> list[SectionGroup]:
        """The sections as the page shows them."""
        return [SectionGroup(section, section.label, list(self._texts(section))) for section in self.sections]

    def _texts(self, section: Section) -> Iterator[LanguageText]:
        first = active_ending()
        for language in sorted(TextLanguage, key=lambda language: language != first):
            field = self[f"{section}_{language}"]
            written = bool(field.value())
            shown = language == first or bool(field.errors)
            yield LanguageText(field, HTML_LANGUAGE[language], language.label, written, shown)


class IndustryBoxes(forms.CheckboxSelectMultiple):
    """The divisions of ISIC Rev. 4 under their sections; sections without a choice stay closed."""

    template_name = "cities/industry_boxes.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["groups"] = [
            {"label": label, "options": options, "chosen": sum(option["selected"] for option in options)}
            for label, options, _index in groups
        ]
        return context


class IndustriesField(forms.ModelMultipleChoiceField):
    """Sections and divisions of ISIC Rev. 4; sent and kept by code."""

    widget = IndustryBoxes

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {"label": _("Industries"), "required": False, **kwargs}
        super().__init__(queryset=Industry.objects.broad(), to_field_name="code", **given)
        self.iterator = IndustriesBySection

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class IndustriesBySection(forms.models.ModelChoiceIterator):
    """The choices in their groups, read with one query."""

    def __iter__(self) -> Iterator[Any]:
        industries: list[Industry] = list(self.queryset)
        for section in industries:
            if section.level == IndustryLevel.SECTION:
                divisions = [row for row in industries if row.parent_id == section.pk]
                whole = (section.code, _("%(section)s as a whole") % {"section": section.name})
                yield str(section), [whole, *((row.code, str(row)) for row in divisions)]


def codes(industries: Iterable[Industry] | QuerySet[Industry]) -> list[str]:
    """The codes of industries, in order."""
    return sorted(industry.code for industry in industries)
