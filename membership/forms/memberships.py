"""What is asked when a city becomes an observer or guest, and when it is one no longer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import ChoiceCards, FormHelperMixin, Text
from alliance.pages.templatetags.pages import both_scripts
from cities.models import City
from membership.models import MembershipCity
from membership.models.membership import alliance_day
from membership.states import MembershipKind

NOT_FULL = [choice for choice in MembershipKind.choices if choice[0] != MembershipKind.FULL]
HINTS: dict[Any, Text] = {
    MembershipKind.OBSERVER: _("Gets circulars for information and gives no statement."),
    MembershipKind.GUEST: _("Is welcome at events and gets no circulars."),
}


class CitiesWidget(forms.CheckboxSelectMultiple):
    hints = None


class CitiesField(forms.ModelMultipleChoiceField):
    """Cities that a search has found, to be ticked."""

    widget = CitiesWidget

    def label_from_instance(self, obj: Any) -> str:
        where = " · ".join(str(part) for part in (obj.region, obj.get_country_display()) if part)
        return format_html("{} · {}", both_scripts(obj), where)


def today() -> Any:
    return alliance_day(timezone.now())


class MembershipForm(FormHelperMixin, forms.Form):
    """Who comes as what, from which day on."""

    submit_label = _("Add to the alliance")
    submit_note = _("Several cities ticked together hold one place together.")

    cities = CitiesField(
        label=_("City"), queryset=City.objects.none(), error_messages={"required": _("Please tick a city.")}
    )
    kind = forms.ChoiceField(label=_("Comes as"), choices=NOT_FULL, widget=ChoiceCards(hints=HINTS))
    begins = forms.DateField(
        label=_("From"), initial=today, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, found: Sequence[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cities"]
        field.queryset = City.objects.filter(pk__in=[city.pk for city in found])


class PlaceEndForm(FormHelperMixin, forms.Form):
    """The first day on which the city is observer or guest no longer."""

    submit_label = _("Enter the end")
    danger = True

    ends = forms.DateField(
        label=_("No longer from"),
        help_text=_("On this day the place is over already."),
        initial=today,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, place: MembershipCity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = place.city.get_absolute_url()
