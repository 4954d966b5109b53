"""Preparing a circular, and what the secretariat may still do with one that is out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.accounts.states import Language
from alliance.pages.files import CheckedFileField
from alliance.pages.forms import ChoiceCards, FormHelperMixin
from alliance.pages.moments import moment_text
from membership.actions.deadlines import end_of_day
from membership.forms.rules import short_meaning
from membership.forms.statements import ANY_LANGUAGE, LONGEST_TEXT, text_area
from membership.models import Circular, ConsentRule

LANGUAGES = {"zh": ("zh-Hans", "中文"), "de": ("de", "Deutsch"), "en": ("en", "English")}
TEXT_FIELDS = [f"{part}_{language}" for language in LANGUAGES for part in ("subject", "body")]


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DraftForm(FormHelperMixin, forms.Form):
    """The texts of a circular in three languages, its rule and its deadline."""

    submit_label = gettext_lazy("Save the draft")
    submit_note = gettext_lazy("Nothing is sent yet.")

    rule = forms.ModelChoiceField(
        label=gettext_lazy("By which rule is the consent computed?"),
        queryset=ConsentRule.objects.none(),
        empty_label=None,
        widget=ChoiceCards,
    )
    deadline = forms.DateField(label=gettext_lazy("Last day for statements"), widget=date_input())

    def __init__(self, *args: Any, circular: Circular, **kwargs: Any) -> None:
        self.circular = circular
        kwargs["initial"] = {**initial_of(circular), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for language, (tag, name) in LANGUAGES.items():
            self.fields[f"subject_{language}"] = subject_field(name, tag)
            self.fields[f"body_{language}"] = body_field(name, tag)
        self._offer_rules()

    def _offer_rules(self) -> None:
        rules = ConsentRule.objects.filter(superseded_at__isnull=True).order_by("pk")
        field: Any = self.fields["rule"]
        field.queryset = rules
        field.label_from_instance = lambda rule: rule.name
        field.widget.hints = {str(rule.pk): short_meaning(rule) for rule in rules}
        if self.circular.deadline and self.circular.rule:
            self.fields["deadline"].help_text = deadline_help(self.circular.deadline)

    def values(self) -> dict[str, Any]:
        """As the action takes it: the deadline is the end of the day, in the rule's zone."""
        data = dict(self.cleaned_data)
        data["deadline"] = end_of_day(data["deadline"], data["rule"].zone)
        return data

    def get_layout(self) -> Layout:
        texts = [
            Fieldset(
                format_html('<span lang="{}">{}</span>', tag, name), f"subject_{language}", f"body_{language}"
            )
            for language, (tag, name) in LANGUAGES.items()
        ]
        return Layout("rule", Div("deadline", css_class="field-short"), *texts)


def subject_field(language: str, tag: str) -> forms.CharField:
    label = _("Subject, %(language)s") % {"language": language}
    return forms.CharField(label=label, max_length=300, widget=forms.TextInput(attrs={"lang": tag}))


def body_field(language: str, tag: str) -> forms.CharField:
    label = _("Text, %(language)s") % {"language": language}
    widget = forms.Textarea(attrs={"rows": 12, "lang": tag})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget)


def initial_of(circular: Circular) -> dict[str, Any]:
    zone = circular.rule.zone if circular.rule else "Asia/Shanghai"
    deadline = circular.deadline.astimezone(ZoneInfo(zone)).date() if circular.deadline else None
    texts = {name: getattr(circular, name) for name in TEXT_FIELDS}
    return {**texts, "rule": circular.rule_id, "deadline": deadline}


def deadline_help(deadline: datetime) -> str:
    """The saved deadline on both sides."""
    return _("As saved, the last minute is %(moment)s.") % {"moment": moment_text(deadline)}


class AttachForm(FormHelperMixin, forms.Form):
    """A file that goes with the circular."""

    submit_label = gettext_lazy("Add the file")
    quiet = True

    upload = CheckedFileField(label=gettext_lazy("File"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)

    def get_layout(self) -> Layout:
        return Layout(Div("upload", "language", css_class="form-columns"))


class ExtendForm(FormHelperMixin, forms.Form):
    """A later deadline; once, before the first has passed."""

    submit_label = gettext_lazy("Extend the deadline")
    submit_note = gettext_lazy("Everybody asked is told at once. It can be extended only once.")

    deadline = forms.DateField(label=gettext_lazy("New last day"), widget=date_input())
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_TEXT, widget=text_area(2, ANY_LANGUAGE)
    )

    def __init__(self, *args: Any, circular: Circular, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "extend-%s")
        super().__init__(*args, **kwargs)
        self.circular = circular

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        current = self.circular.current_deadline
        if "deadline" in data and current:
            zone = (self.circular.rule_content or {}).get("zone", "Asia/Shanghai")
            data["new_deadline"] = end_of_day(data["deadline"], zone)
            # A second extension is the action's to judge: it knows the same form sent twice.
            if data["new_deadline"] <= current and not hasattr(self.circular, "extension"):
                self.add_error(
                    "deadline",
                    _("The new deadline lies after the present one, %(moment)s.")
                    % {"moment": moment_text(current)},
                )
        return data


class CancelForm(FormHelperMixin, forms.Form):
    """The end of a circular without a result."""

    submit_label = gettext_lazy("Cancel the circular")
    submit_note = gettext_lazy("Everybody asked is told the reason. The number stays used and shown.")
    danger = True

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_TEXT, widget=text_area(2, ANY_LANGUAGE)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "cancel-%s")
        super().__init__(*args, **kwargs)
