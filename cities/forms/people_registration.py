"""What people fill in who register themselves, and their city if it is not in the register."""

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.accounts.forms import LanguageFields, PasswordFields
from alliance.pages.forms import FormHelperMixin
from alliance.pages.refusals import Refusal
from cities.actions.cities import OWN_NAME, check_code, pinyin_of
from cities.actions.registration import NewPerson, Wanted
from cities.models import City
from cities.states import CityKind, Country

FREE_MAIL = {
    *("163.com", "126.com", "qq.com", "foxmail.com", "sina.com", "sohu.com", "aliyun.com"),
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com"),
    *("yahoo.com", "yahoo.de", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de"),
}


def is_free_mail(email: str) -> bool:
    """Whether anybody can get an address there; in China authorities use some of them all the same."""
    return email.rpartition("@")[2].lower() in FREE_MAIL


def beside(*names: str) -> Div:
    """Fields beside one another where there is room."""
    return Div(*names, css_class="form-columns")


class OfficeFields(forms.Form):
    """What the person does in the city's administration."""

    function = forms.CharField(
        label=_("Your function in the city's administration"),
        max_length=200,
        help_text=_("For example: head of economic promotion."),
    )
    phone = forms.CharField(
        label=_("Work telephone"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )


class PersonFields(PasswordFields, LanguageFields):
    """The account of somebody who has none yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Work e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link there to confirm it."),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class CityFields(forms.Form):
    """A city that is to be added to the register."""

    country = forms.ChoiceField(label=_("Country"), choices=Country.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Kind"), choices=CityKind.choices, initial=CityKind.CITY)
    name_zh = forms.CharField(
        label=_("Name in Chinese"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"lang": "zh-Hans"}),
        help_text=_("Needed for a city in China."),
    )
    name_de = forms.CharField(
        label=_("Name in German"),
        max_length=100,
        required=False,
        help_text=_("Needed for a city in Germany."),
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    pinyin = forms.CharField(
        label=_("Pinyin"),
        max_length=100,
        required=False,
        help_text=_("Of a Chinese city. Left empty, it is made from the Chinese name."),
    )
    region = forms.CharField(
        label=_("Province or Land"),
        max_length=100,
        required=False,
        help_text=_("In the country's own language."),
    )
    official_code = forms.CharField(
        label=_("Official code"),
        max_length=12,
        required=False,
        help_text=_("AGS in Germany (8 digits), GB/T 2260 in China (6 digits)."),
    )
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")

    def clean_official_code(self) -> str:
        return self.cleaned_data["official_code"].replace(" ", "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        country = data.get("country")
        if country:
            self._check_name(country)
            self._check_code(country, data.get("official_code", ""))
        return data

    def _check_name(self, country: str) -> None:
        own = OWN_NAME[Country(country)]
        if own not in self.errors and not self.cleaned_data.get(own, "").strip():
            self.add_error(own, _("A city needs its name in its own language."))

    def _check_code(self, country: str, code: str) -> None:
        try:
            check_code(country, code)
        except Refusal as refusal:
            self.add_error("official_code", refusal.sentence)
            return
        taken = City.objects.public().filter(country=country, official_code=code).first() if code else None
        if taken is not None:
            self.add_error(
                "official_code",
                ValidationError(
                    _("%(city)s has this code and is in the register: choose it there."),
                    params={"city": taken.name},
                ),
            )

    def city_data(self) -> dict[str, Any]:
        """The city as the register enters it."""
        data = {name: self.cleaned_data[name] for name in CityFields.base_fields if name != "region"}
        region = self.cleaned_data["region"].strip()
        if data["country"] == Country.GERMANY:
            return {**data, "region_de": region, "region_en": region}
        latin = pinyin_of(region) if region else ""
        return {**data, "region_zh": region, "region_de": latin, "region_en": latin}


class Registration(FormHelperMixin, OfficeFields):
    """Somebody with an account registers for one more city of the register."""

    submit_label = _("Register")
    submit_note = _("The secretariat makes sure who you are; until then nothing you send counts.")

    def __init__(self, *args: Any, city: City | None = None, **kwargs: Any) -> None:
        self.city = city
        super().__init__(*args, **kwargs)

    def get_layout(self) -> Layout:
        return Layout("function", "phone")

    def wanted(self) -> Wanted:
        return Wanted(city=self.city)

    def office(self) -> tuple[str, str]:
        """Function and work telephone."""
        return self.cleaned_data["function"], self.cleaned_data["phone"]


class VisitorRegistration(PersonFields, Registration):
    """Somebody without an account registers for a city of the register."""

    def get_layout(self) -> Layout:
        office, account = beside("email", "phone"), beside("language", "time_zone")
        return Layout("name", "function", office, "password", "password_again", account)

    def new_person(self) -> NewPerson:
        names = ("email", "name", "password", "language", "time_zone")
        return NewPerson(**{name: self.cleaned_data[name] for name in names})


class WithNewCity(CityFields):
    """A registration that adds the city too."""

    def get_layout(self) -> Layout:
        pairs = [("kind", "region"), ("name_en", "pinyin"), ("official_code", "website")]
        single = ["country", "name_zh", "name_de"]
        of_city = [*single, *(beside(*pair) for pair in pairs)]
        return Layout(Fieldset(_("Your city"), *of_city), Fieldset(_("Yourself"), *super().get_layout()))  # type: ignore[misc]

    def wanted(self) -> Wanted:
        return Wanted(new=self.city_data())


class RegistrationWithCity(WithNewCity, Registration):
    """Somebody with an account registers for a city that is not in the register."""


class VisitorRegistrationWithCity(WithNewCity, VisitorRegistration):
    """Somebody without an account registers for a city that is not in the register."""
