"""What is asked when a city leaves: the signed request, the notice to the members, a revocation."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.pages.files import CheckedFileField
from alliance.pages.forms import FormHelperMixin
from cities.models import City
from cities.models.city import name_order
from membership.forms.circulars import LANGUAGES, TEXT_FIELDS, body_field, date_input, subject_field
from membership.forms.statements import ANY_LANGUAGE, LONGEST_TEXT, text_area
from membership.models import NoticeTerms


class FileForm(FormHelperMixin, forms.Form):
    """The signed request of a city to leave."""

    submit_label = _("File the withdrawal")
    submit_note = _("The secretariat is told. Nothing goes to the members yet.")
    danger = True

    city = forms.ModelChoiceField(
        label=_("City that leaves"), queryset=City.objects.none(), empty_label=_("Choose a city")
    )
    request = CheckedFileField(
        label=_("Signed request"),
        help_text=_("The letter with its signature, scanned. PDF, PNG, JPEG, DOCX or XLSX, up to 20 MB."),
    )
    dated = forms.DateField(label=_("Date of the letter"), widget=date_input())
    signed_by = forms.CharField(
        label=_("Signed by"), max_length=200, help_text=_("Name and function of the person who signed it.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(3, ANY_LANGUAGE),
        help_text=_("A city need not give one. It is read by the secretariat and by the city itself."),
    )
    wished_end = forms.DateField(
        label=_("Wished end"),
        required=False,
        widget=date_input(),
        help_text=_(
            "For information only: the withdrawal is effective once all member cities were told, "
            "not on a day that was wished for."
        ),
    )

    def __init__(self, *args: Any, cities: QuerySet[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["city"]
        field.queryset = cities.order_by(name_order(), "pk")
        chosen = list(cities[:2])
        if len(chosen) == 1:
            field.empty_label = None
            self.initial.setdefault("city", chosen[0].pk)

    def get_layout(self) -> Layout:
        return Layout(
            "city",
            Fieldset(_("The letter"), "request", Div("dated", "signed_by", css_class="form-columns")),
            Fieldset(_("If the city says so"), "reason", Div("wished_end", css_class="field-short")),
        )


class NoticeForm(FormHelperMixin, forms.Form):
    """The notice to the members in three languages."""

    submit_label = _("Send the notice to all member cities")
    submit_note = _(
        "It gets its number, is sealed and goes out. Once the first copy is out, nobody can revoke."
    )
    secondary_submit = ("preview", _("Preview"))
    danger = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, (tag, name) in LANGUAGES.items():
            self.fields[f"subject_{language}"] = subject_field(name, tag)
            self.fields[f"body_{language}"] = body_field(name, tag)

    def texts(self) -> dict[str, str]:
        """Subject and text in each language, as the action takes them."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}

    def get_layout(self) -> Layout:
        return Layout(
            *(
                Fieldset(
                    format_html('<span lang="{}">{}</span>', tag, name),
                    f"subject_{language}",
                    f"body_{language}",
                )
                for language, (tag, name) in LANGUAGES.items()
            )
        )


class RevokeForm(FormHelperMixin, forms.Form):
    """Why a city stays after all."""

    submit_label = _("Revoke the withdrawal")
    danger = True

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_TEXT, widget=text_area(3, ANY_LANGUAGE))


class NoticeTermsForm(FormHelperMixin, forms.ModelForm):  # type: ignore[type-arg]
    """How long a mail may take to come back, and how long after the last word a city is out."""

    submit_label = _("Set these terms")
    submit_note = _("They hold for circulars issued from now on. Those that are out keep theirs.")

    class Meta:
        model = NoticeTerms
        fields = ("waiting_hours", "notice_days")
        help_texts = {
            "waiting_hours": _(
                "A city told by e-mail counts as told when the mail server took the mail and it has not "
                "come back within this time. 0 to 720."
            ),
            "notice_days": _(
                "A withdrawal is effective this many days after the last member city was told; "
                "0 means at that very moment. 0 to 730."
            ),
        }

    def get_layout(self) -> Layout:
        return Layout(Div("waiting_hours", "notice_days", css_class="form-columns"))


def explained(terms: NoticeTerms) -> list[str]:
    """Terms in two sentences."""
    told = ngettext(
        "A mail that has not come back within %(count)d hour counts as told.",
        "A mail that has not come back within %(count)d hours counts as told.",
        terms.waiting_hours,
    ) % {"count": terms.waiting_hours}
    if not terms.notice_days:
        return [told, _now("A city is out in the moment in which the last member city counts as told.")]
    out = ngettext(
        "A city is out %(count)d day after the last member city counts as told.",
        "A city is out %(count)d days after the last member city counts as told.",
        terms.notice_days,
    )
    return [told, out % {"count": terms.notice_days}]
