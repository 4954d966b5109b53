"""What members say to a circular, what the secretariat enters for them, questions and answers."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.pages.files import CheckedFileField
from alliance.pages.forms import ChoiceCards, FormHelperMixin, Text
from membership.models import Elector
from membership.states import ON_BEHALF, Position

LONGEST_TEXT = 20_000
NEEDS_WORDS: dict[str, Text] = {
    Position.OBJECTION: _("Please give the reason of the objection, so that the applicant can answer it."),
    Position.CONSENT_WITH_COMMENT: _("Please write the comment, or choose “We consent”."),
}
ANSWERS: dict[str, Text] = {
    Position.CONSENT: _("We consent"),
    Position.CONSENT_WITH_COMMENT: _("We consent, with a comment"),
    Position.OBJECTION: _("We object"),
    Position.ABSTENTION: _("We abstain"),
}
HINTS: dict[str, Text] = {
    Position.CONSENT_WITH_COMMENT: _(
        "The comment goes to the applicant and all members; it counts the same."
    ),
    Position.OBJECTION: _("Please give the reason; the applicant may answer it."),
}
CONFIRM_BOTH = _("An answer entered for a city needs both confirmations.")
ANY_LANGUAGE = _("In German, Chinese or English")


def text_area(rows: int, placeholder: Text = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "placeholder": placeholder} if placeholder else {"rows": rows})


class WordsForPosition(forms.Form):
    """A position and the words that belong to it: an objection has a reason, a comment is one."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        position, text = data.get("position"), data.get("text", "")
        if position == Position.CONSENT and text:
            data["position"] = Position.CONSENT_WITH_COMMENT.value
        if position in NEEDS_WORDS and not text and "text" not in self.errors:
            self.add_error("text", str(NEEDS_WORDS[position]))
        return data


class OwnAnswer(FormHelperMixin, WordsForPosition):
    """What the lead or deputy of a member answers, whichever way."""

    position = forms.ChoiceField(
        label=_("Your answer"), choices=list(ANSWERS.items()), widget=ChoiceCards(hints=HINTS)
    )
    text = forms.CharField(
        label=_("Comment or reason"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(3, ANY_LANGUAGE),
    )


class StatementForm(OwnAnswer):
    """The statement of a member, given signed in."""

    submit_label = _("Send the statement")

    elector = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, elector: Elector, note: Text = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"statement-{elector.pk}-%s")
        kwargs["initial"] = {"elector": elector.pk, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.submit_note = note


class QuestionForm(FormHelperMixin, forms.Form):
    """A question to the applicant; it is no answer and ends no silence."""

    submit_label = _("Send the question")
    submit_note = _(
        "The applicant and all members see question and answer. It does not replace your statement."
    )

    elector = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Question"), max_length=LONGEST_TEXT, widget=text_area(2, ANY_LANGUAGE))

    def __init__(self, *args: Any, elector: Elector, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"question-{elector.pk}-%s")
        kwargs["initial"] = {"elector": elector.pk, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class AnswerForm(FormHelperMixin, forms.Form):
    """The applicant's answer to a question; given once."""

    submit_label = _("Send the answer")
    submit_note = _("All members see it. It cannot be changed afterwards.")

    text = forms.CharField(label=_("Answer"), max_length=LONGEST_TEXT, widget=text_area(3, ANY_LANGUAGE))


class ContestForm(FormHelperMixin, forms.Form):
    """A member's word that a statement entered for it was not its own."""

    submit_label = _("Contest this statement")
    submit_note = _("It stays in the record and no longer counts. You can give your own statement above.")
    danger = True

    reason = forms.CharField(
        label=_("Why it is not your city’s statement"),
        max_length=LONGEST_TEXT,
        widget=text_area(2, ANY_LANGUAGE),
    )


class EntryForm(FormHelperMixin, WordsForPosition):
    """A statement that came by mail, letter or telephone, entered by the secretariat with its proof."""

    submit_label = _("Enter the statement")
    submit_note = _("The city is told at once and can contest it.")

    elector = forms.ModelChoiceField(
        label=_("Member"), queryset=Elector.objects.none(), empty_label=_("Choose a member")
    )
    position = forms.ChoiceField(
        label=_("Its answer"),
        choices=Position.choices,
        widget=ChoiceCards(hints={Position.OBJECTION: _("Needs the reason as the city gave it.")}),
    )
    text = forms.CharField(
        label=_("Comment or reason, in the city’s words"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(3),
    )
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(channel.value, channel.label) for channel in ON_BEHALF]
    )
    given_by = forms.CharField(
        label=_("Given by"),
        max_length=200,
        help_text=_("Name and function of the person who spoke for the city."),
    )
    dated = forms.DateField(
        label=_("Date it bears"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    received_at = forms.DateTimeField(
        label=_("Received at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(2),
        help_text=_("For a telephone call: who called whom, and what was said."),
    )
    proof = CheckedFileField(
        label=_("Letter or mail as a file"),
        required=False,
        help_text=_("PDF, PNG, JPEG, DOCX or XLSX, up to 20 MB. A file or a note is needed as proof."),
    )
    as_given = forms.BooleanField(
        label=_("I have compared answer and words with what the city said or wrote: they are the same."),
        error_messages={"required": CONFIRM_BOTH},
    )
    may_speak = forms.BooleanField(
        label=_("The person named has spoken for the city, and all its leads and deputies may be told so."),
        error_messages={"required": CONFIRM_BOTH},
    )

    def __init__(self, *args: Any, electors: QuerySet[Elector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elector"].queryset = electors  # type: ignore[attr-defined]
        self.fields["received_at"].help_text = _(
            "By the clocks of %(zone)s. What came by the deadline counts, whenever it is entered."
        ) % {"zone": timezone.get_current_timezone_name()}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("note") or data.get("proof") or "proof" in self.errors):
            self.add_error(
                "proof", str(_("Please add the file that came, or write a note: one of them is the proof."))
            )
        return data

    def get_layout(self) -> Layout:
        return Layout(
            Div("elector", "channel", css_class="form-columns"),
            "position",
            "text",
            "given_by",
            Div("dated", "received_at", css_class="form-columns"),
            "proof",
            "note",
            Fieldset(str(_("Please confirm both")), "as_given", "may_speak"),
        )

    def entered(self) -> dict[str, Any]:
        """What the action takes: everything but the confirmations."""
        confirmations = ("as_given", "may_speak")
        return {name: value for name, value in self.cleaned_data.items() if name not in confirmations}
