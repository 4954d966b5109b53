"""A city registers itself: choose it or add it, say who you are, confirm the address."""

from typing import Any

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from alliance.letters.views.facts import person
from alliance.pages.exports import Column
from alliance.pages.views import ListPage, refusals_on_form
from cities.actions.registration import register_person, register_visitor
from cities.filters.people import CityChoice
from cities.forms.people_registration import (
    Registration,
    RegistrationWithCity,
    VisitorRegistration,
    VisitorRegistrationWithCity,
    is_free_mail,
)
from cities.models import City, Officer
from cities.views.acceptance import NEAR_ZONES


class ChooseCity(ListPage):
    """For which city: those without an officer, or whatever the search finds in the register."""

    title = _("Register your city")
    template_name = "cities/registration_choose.html"
    filterset_class = CityChoice
    columns = [
        Column("city", _("City"), lambda city: city.name, sort="name"),
        Column("region", _("Province or Land"), lambda city: city.region),
    ]
    orderings = {"name": "name_en"}
    default_sort = "name"
    export_name = "cities-without-officers"
    empty_message = _("Every city of the register has an officer. Search for yours, or add it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(exports=[], **kwargs)

    def visible_rows(self) -> QuerySet[Any]:
        leads = Officer.objects.leads().filter(city=OuterRef("pk"))
        rows = City.objects.public().annotate(has_lead=Exists(leads))
        return rows if self.request.GET.get("q", "").strip() else rows.filter(has_lead=False)


@method_decorator(sensitive_post_parameters("password", "password_again"), name="dispatch")
class Register(FormView):  # type: ignore[type-arg]
    """Somebody registers for a city of the register."""

    template_name = "cities/registration_form.html"
    form_for_visitor: type[VisitorRegistration] = VisitorRegistration
    form_for_person: type[Registration] = Registration

    @cached_property
    def city(self) -> City | None:
        return get_object_or_404(City.objects.public(), slug=self.kwargs["slug"])

    def get_form_class(self) -> Any:
        return self.form_for_person if self.request.user.is_authenticated else self.form_for_visitor

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "city": self.city}

    def get_initial(self) -> dict[str, Any]:
        language = get_language() or ""
        return {"language": language, "time_zone": NEAR_ZONES.get(language, "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(city=self.city, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        key = str(user.pk) if user.is_authenticated else form.cleaned_data["email"]
        if not consume(self.request, action="register", key=key):
            return respond_429(self.request)
        with refusals_on_form(form):
            return self.register_person(form) if user.is_authenticated else self.register_visitor(form)
        return self.form_invalid(form)

    def register_visitor(self, form: VisitorRegistration) -> HttpResponse:
        function, phone = form.office()
        register_visitor(form.new_person(), form.wanted(), function=function, phone=phone)
        if is_free_mail(form.cleaned_data["email"]):
            messages.warning(
                self.request,
                _now(
                    "Anybody can get an address with this mail provider. "
                    "The secretariat will therefore ask your city."
                ),
            )
        return redirect("cities:registered")

    def register_person(self, form: Registration) -> HttpResponse:
        function, phone = form.office()
        officer = register_person(person(self.request), form.wanted(), function=function, phone=phone)
        said = _now(
            "You are registered for %(city)s. The secretariat makes sure who you are and tells you by mail."
        )
        messages.success(self.request, said % {"city": officer.city.name})
        return redirect("account")


class RegisterNewCity(Register):
    """Somebody registers for a city that is not in the register yet."""

    form_for_visitor = VisitorRegistrationWithCity
    form_for_person = RegistrationWithCity

    @cached_property
    def city(self) -> City | None:
        return None


class Registered(TemplateView):
    """What happens next; the same page whatever is known of the address."""

    template_name = "cities/registration_sent.html"
