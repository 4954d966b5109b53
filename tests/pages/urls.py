"""A list and state changes of cities, made only of the bases under test."""

import django_filters
from django import forms
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from alliance.pages.exports import Column
from alliance.pages.filters import ListFilters
from alliance.pages.refusals import Refusal
from alliance.pages.views import ActionFormView, ActionView, ListPage
from cities.models import City
from cities.states import Country


class NotInChina(Refusal):
    sentence = _("%(city)s lies in China.")


def close(city, *, by, reason="closed"):
    if city.country == Country.CHINA:
        raise NotInChina(city=city.name_en)
    city.postal_address = f"{reason} by {by.email if by.is_authenticated else 'a visitor'}"
    city.save()
    return city


class CityFilters(ListFilters):
    search_fields = ("name_en", "name_zh")
    country = django_filters.ChoiceFilter(label="Country", choices=Country.choices)
    since = django_filters.DateFilter(label="Since", field_name="registered_at", lookup_expr="date__gte")


class CityList(ListPage):
    title = "Cities"
    template_name = "pages/list.html"
    filterset_class = CityFilters
    columns = [
        Column("name", "City", lambda city: city.name_en),
        Column("since", "Since", lambda city: city.registered_at.date(), sort="date"),
        Column("slug", "Short name", numeric=True),
        Column("region", "Region", lambda city: "", in_files=False),
        Column("code", "Code", lambda city: city.official_code, on_page=False),
    ]
    orderings = {"name": "name_en", "date": ["registered_at", "-name_en"], "country": "country"}
    default_sort = "name"
    export_name = "cities"

    def visible_rows(self):
        return City.objects.exclude(confirmed_at=None)


class PartOfCityList(CityList):
    partial_template_name = "includes/table_head.html"


class PlainList(ListPage):
    template_name = "pages/list.html"

    def visible_rows(self):
        return City.objects.order_by("-name_en")


class CityClose(ActionView):
    done = "%(object)s is closed."

    def visible_rows(self):
        return City.objects.exclude(confirmed_at=None)

    def act(self, thing):
        return close(thing, by=self.request.user)


class CityCloseByVisitor(CityClose):
    sign_in_needed = False
    done = ""

    def get_success_url(self, result=None):
        return "/cities/"


class ReasonForm(forms.Form):
    reason = forms.CharField()


class CityCloseWithReason(ActionFormView):
    template_name = "includes/error_summary.html"
    form_class = ReasonForm
    done = "Closed: %(reason)s"

    def visible_rows(self):
        return City.objects.exclude(confirmed_at=None)

    def act(self, thing, data):
        return close(thing, by=self.request.user, reason=data["reason"])

    def done_values(self, result):
        return {"reason": result.postal_address}


cities = (
    [
        path("", CityList.as_view(), name="cities"),
        path("part/", PartOfCityList.as_view()),
        path("plain/", PlainList.as_view()),
        path("<slug:slug>/close/", CityClose.as_view()),
        path("<slug:slug>/close-by-visitor/", CityCloseByVisitor.as_view()),
        path("<slug:slug>/close-with-reason/", CityCloseWithReason.as_view()),
    ],
    "cities",
)
urlpatterns = [
    path("cities/", include(cities)),
    path("cities/<slug:slug>/", CityList.as_view(), name="city"),
    path("accounts/", include("allauth.urls")),
]
