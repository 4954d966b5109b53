"""Consent rules in words, and the form that makes one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance.pages.forms import ChoiceCards, FormHelperMixin, Text
from alliance.pages.phrases import sentences
from cities.models.contents import comma
from membership.consent import EXPLANATIONS, InvalidRule, check_pair
from membership.consent import Silence as PureSilence
from membership.consent import Threshold as PureThreshold
from membership.models import ConsentRule
from membership.states import Silence, Threshold, Visibility

FRACTION = re.compile(r"(\d{1,6})(?:/(\d{1,6}))?", re.ASCII)
LARGEST_SHARE_PART = 32_767
ZONES = {
    "Asia/Shanghai": gettext_lazy("China (Foshan)"),
    "Europe/Berlin": gettext_lazy("Germany (Berlin)"),
}
SHARES = ("share", "share_cn", "share_de")


@dataclass(frozen=True)
class Clause:
    """One option of a rule: what it governs, what was chosen, and what that means."""

    label: str
    choice: str
    text: str

    @property
    def term(self) -> str:
        return _("%(label)s: %(choice)s") % {"label": self.label, "choice": self.choice}


def rule_of(content: dict[str, Any]) -> ConsentRule:
    """The copy that a circular carries, as a rule to be read."""
    return ConsentRule(**content)


def share_of(rule: ConsentRule, share: str = "share") -> Fraction:
    return Fraction(getattr(rule, f"{share}_numerator"), getattr(rule, f"{share}_denominator"))


def threshold_choice(rule: ConsentRule) -> str:
    """The threshold with its share, where it has one."""
    label = str(rule.get_threshold_display())
    if rule.threshold == Threshold.SHARE:
        return comma().join([label, str(share_of(rule))])
    if rule.threshold == Threshold.BOTH_SIDES:
        shares = {"cn": share_of(rule, "share_cn"), "de": share_of(rule, "share_de")}
        return _("%(threshold)s, %(cn)s and %(de)s") % {"threshold": label, **shares}
    return label


def quorum_text(rule: ConsentRule) -> str:
    if not rule.quorum_percent:
        return _("However few answer, the answers decide.")
    return str(EXPLANATIONS["quorum"])


def reminder_text(rule: ConsentRule) -> str:
    if not rule.reminder_days:
        return _("Nobody is reminded by itself; the secretariat can remind by hand.")
    return str(EXPLANATIONS["reminder_days"])


def days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def meaning(rule: ConsentRule) -> list[Clause]:
    """A rule in plain words, option by option, in the active language."""
    early = EXPLANATIONS["early_close"] if rule.early_close else _("It closes at the deadline, never before.")
    return [
        Clause(_("Threshold"), threshold_choice(rule), str(EXPLANATIONS[f"threshold.{rule.threshold}"])),
        Clause(_("Silence"), str(rule.get_silence_display()), str(EXPLANATIONS[f"silence.{rule.silence}"])),
        Clause(
            _("Quorum"), f"{rule.quorum_percent} %" if rule.quorum_percent else _("none"), quorum_text(rule)
        ),
        Clause(_("Period"), days(rule.period_days), str(EXPLANATIONS["period_days"])),
        Clause(_("Deadline"), str(ZONES.get(rule.zone, rule.zone)), str(EXPLANATIONS["zone"])),
        Clause(_("Early close"), _("possible") if rule.early_close else _("not possible"), str(early)),
        Clause(
            _("Who sees the answers"),
            str(rule.get_visibility_display()),
            str(EXPLANATIONS[f"visibility.{rule.visibility}"]),
        ),
        Clause(
            _("Reminders"),
            comma().join(days(count) for count in rule.reminder_days) or _("none"),
            reminder_text(rule),
        ),
        Clause(_("Wait before a new application"), days(rule.wait_days), str(EXPLANATIONS["wait_days"])),
    ]


def short_meaning(rule: ConsentRule) -> str:
    """What decides, in two or three sentences: for the place where a rule is chosen."""
    parts = [EXPLANATIONS[f"threshold.{rule.threshold}"], EXPLANATIONS[f"silence.{rule.silence}"]]
    if rule.quorum_percent:
        quorum = _("At least %(percent)d %% of the members must answer.") % {"percent": rule.quorum_percent}
        parts.append(quorum)  # type: ignore[arg-type]
    parts.append(_("Period: %(days)s.") % {"days": days(rule.period_days)})  # type: ignore[arg-type]
    return sentences(parts)


def hints_of(option: str, values: list[str]) -> dict[str, Text]:
    return {value: EXPLANATIONS[f"{option}.{value}"] for value in values}


class ShareField(forms.Field):
    """An exact fraction such as 2/3; never a decimal number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.TextInput, **kwargs})

    def to_python(self, value: Any) -> Fraction | None:
        """The fraction, or nothing where nothing was written."""
        text = "".join(str(value or "").split())
        if not text:
            return None
        written = FRACTION.fullmatch(text)
        parts = [int(part) for part in written.groups("1")] if written else [0, 1]
        if not 0 < parts[0] <= parts[1] <= LARGEST_SHARE_PART:
            raise ValidationError(_("Please write a fraction above 0 and at most 1, such as 2/3."))
        return Fraction(*parts)


class RuleForm(FormHelperMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The next version of a rule; with `key`, a rule of its own."""

    submit_label = gettext_lazy("Make this version")
    submit_note = gettext_lazy(
        "A version is never changed. Circulars that are out keep the rule they were issued with."
    )

    share = ShareField(
        label=gettext_lazy("Share of answers"),
        help_text=gettext_lazy("For the threshold “Share of answers”."),
    )
    share_cn = ShareField(
        label=gettext_lazy("Chinese side"), help_text=gettext_lazy("For the threshold “Both sides”.")
    )
    share_de = ShareField(
        label=gettext_lazy("German side"), help_text=gettext_lazy("For the threshold “Both sides”.")
    )
    zone = forms.ChoiceField(label=gettext_lazy("The last day ends in"), choices=list(ZONES.items()))
    reminder_days = SimpleArrayField(
        forms.IntegerField(min_value=0, max_value=364),
        label=gettext_lazy("Reminders, days before the deadline"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Separated by commas, for example 14, 3."),
    )

    class Meta:
        model = ConsentRule
        fields = (
            "name_en", "name_de", "name_zh", "threshold", "silence", "quorum_percent", "period_days", "zone",
            "early_close", "visibility", "reminder_days", "wait_days",
        )  # fmt: skip
        widgets = {
            "threshold": ChoiceCards(hints=hints_of("threshold", Threshold.values)),
            "silence": ChoiceCards(hints=hints_of("silence", Silence.values)),
            "visibility": ChoiceCards(hints=hints_of("visibility", Visibility.values)),
        }
        help_texts = {
            "quorum_percent": EXPLANATIONS["quorum"],
            **{name: EXPLANATIONS[name] for name in ("period_days", "early_close", "wait_days")},
        }

    began_with = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: ConsentRule | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **(initial_of(rule) if rule else first_values()),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        for name in ("threshold", "silence", "visibility"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]

    def validate_constraints(self) -> None:
        """Left to `clean`, which says the same beside the field, in words of its own."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("threshold") and data.get("silence"):
            try:
                check_pair(PureThreshold(data["threshold"]), PureSilence(data["silence"]))
            except InvalidRule as refusal:
                self.add_error(refusal.field, str(refusal))
        self._clean_shares(data)
        self._clean_reminders(data)
        return data

    def _clean_shares(self, data: dict[str, Any]) -> None:
        needed = {Threshold.SHARE: ("share",), Threshold.BOTH_SIDES: ("share_cn", "share_de")}
        for share in needed.get(data.get("threshold"), ()):  # type: ignore[call-overload, arg-type]
            if data.get(share) is None and share not in self.errors:
                self.add_error(share, _("This threshold needs a share, such as 2/3."))

    def _clean_reminders(self, data: dict[str, Any]) -> None:
        wanted = sorted(set(data.get("reminder_days") or []), reverse=True)
        if wanted and data.get("period_days") and wanted[0] >= data["period_days"]:
            self.add_error("reminder_days", _("A reminder lies within the period."))
        data["reminder_days"] = wanted

    def values(self) -> dict[str, Any]:
        """What the form holds, under the names of the model's fields."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        for share in SHARES:
            if (fraction := self.cleaned_data.get(share)) is not None:
                data |= {
                    f"{share}_numerator": fraction.numerator,
                    f"{share}_denominator": fraction.denominator,
                }
        return data

    def get_layout(self) -> Layout:
        return Layout(
            "began_with",
            Fieldset(_("Names"), *(["key"] if "key" in self.fields else []), "name_en", "name_de", "name_zh"),
            "threshold",
            Div("share", "share_cn", "share_de", css_class="form-columns"),
            "silence",
            "quorum_percent",
            Fieldset(
                _("Time"),
                Div("period_days", "zone", css_class="form-columns"),
                "early_close",
                "reminder_days",
                "wait_days",
            ),
            "visibility",
        )


class NewRuleForm(RuleForm):
    """A rule of its own, with the short name under which its versions are kept."""

    submit_label = gettext_lazy("Make this rule")

    key = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("In addresses: small letters and hyphens, for example two-thirds."),
    )

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].lower()
        if key == "new":
            raise ValidationError(_("This name is kept for the page on which rules are made."))
        if ConsentRule.objects.filter(key=key).exists():
            raise ValidationError(_("There is a rule of this name already. Open it to make a new version."))
        return key


def initial_of(rule: ConsentRule) -> dict[str, Any]:
    """A new version begins as the one before it."""
    shares = {share: str(share_of(rule, share)) for share in SHARES}
    values = {name: getattr(rule, name) for name in RuleForm.Meta.fields}
    return {**values, **shares, "began_with": rule.version}


def first_values() -> dict[str, Any]:
    return {"share": "2/3", "share_cn": "2/3", "share_de": "2/3", "period_days": 42, "reminder_days": [14, 3]}
