"""What all editing forms have in common: one look, buttons that say what they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Helper(FormHelper):
    """crispy-forms' helper, without looking every action up as a name first: ours are addresses."""

    form_action = ""


class FormActions(LayoutObject):
    """The buttons at the end of a form, and the line that says what follows."""

    def __init__(self, form: FormHelperMixin) -> None:
        self.form = form
        self.fields: list[str] = []

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> str:
        """The row of buttons."""
        return render_to_string("includes/form_actions.html", {"actions": self.form})


class FormHelperMixin:
    """An editing form as ``{% crispy form %}`` shows it.

    ``submit_label`` says what the button does, ``submit_note`` what follows from it. A form that
    is only part of a larger one sets ``form_tag`` to False and has no buttons.
    """

    submit_label: Text = _("Save")
    submit_note: Text = ""
    secondary_submit: tuple[str, Text] | None = None
    cancel_url: str = ""
    form_action: str = ""
    form_tag: bool = True
    danger: bool = False
    quiet: bool = False
    fields: dict[str, forms.Field]

    # Django's own attribute: the browser's bubbles speak the browser's language, our sentences the page's.
    use_required_attribute = False

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms renders this form."""
        helper = Helper()
        helper.form_tag = self.form_tag
        helper.form_method = "post"
        helper.form_class = "form"
        helper.attrs = {"novalidate": True}
        helper.form_action = self.form_action
        helper.disable_csrf = not self.form_tag
        layout = self.get_layout()
        if self.form_tag:
            layout.append(FormActions(self))
        helper.layout = layout
        return helper

    def get_layout(self) -> Layout:
        """The fields in their order; override for fieldsets."""
        return Layout(*self.fields)


class ChoiceCards(forms.RadioSelect):
    """One of few choices as large cards, each with a line that says what it means."""

    def __init__(self, *args: Any, hints: Mapping[Any, Text] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints: Mapping[Any, Text] = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}
