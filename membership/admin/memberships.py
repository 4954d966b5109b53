"""Memberships, the cities that hold them, and series of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from alliance.pages.admin import Move, MoveForm, RowAdmin
from membership.actions import memberships
from membership.models import Membership, MembershipCity, NumberSeries
from membership.states import Ending


class EndForm(MoveForm):
    """When and by what a city's place ends."""

    ends = forms.DateField(
        label=_("Ends on"), widget=AdminDateWidget, help_text=_("The first day on which it is no member.")
    )
    ending = forms.ChoiceField(label=_("Ended by"), choices=[(Ending.ENDED, Ending.ENDED.label)])

    def arguments(self) -> Mapping[str, Any]:
        return {"ends": self.cleaned_data["ends"], "ending": Ending(self.cleaned_data["ending"])}


def is_keeper(user: Any, row: Any) -> bool:
    return bool(user.is_secretariat or user.is_management)


@admin.register(Membership)
class MembershipAdmin(RowAdmin):
    correctable = ["name_zh", "name_de", "name_en", "certificate_number"]
    needed = ["recorded_by"]
    needed_many = ["places__city", "cities"]
    folded = ["cities__search_key"]
    list_display = ["__str__", "kind", "beginning", "ending", "certificate_number", "recorded_at"]
    list_filter = ["kind", "beginning", "ending"]
    search_fields = ["name_zh", "name_de", "name_en", "certificate_number"]
    date_hierarchy = "recorded_at"


@admin.register(MembershipCity)
class MembershipCityAdmin(RowAdmin):
    """Periods never overlap for one city and kind: the database keeps that."""

    correctable = ["period"]
    refusals = {
        "city_once_of_a_kind_at_a_time": _("The city has another membership of this kind at that time.")
    }
    needed = ["membership", "city"]
    needed_many = ["membership__places__city"]
    folded = ["city__search_key"]
    moves = [
        Move(
            "end",
            _("End the place"),
            memberships.end_place,
            _("With its last city the membership ends, and leaves the electorate of every open circular."),
            EndForm,
            is_keeper,
            lambda place: place.period.upper is None,
        )
    ]
    list_display = ["city", "kind", "membership", "period"]
    list_filter = ["kind", "city__country"]
    search_fields = ["city__slug"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(RowAdmin):
    """Numbers run without gaps: nobody sets them by hand."""

    list_display = ["series", "year", "last"]
    list_filter = ["series"]
    search_fields = ["series"]
