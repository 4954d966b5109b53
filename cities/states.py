from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Country(models.TextChoices):
    """The two sides of the alliance."""

    CHINA = "CN", _("China")
    GERMANY = "DE", _("Germany")


class CityKind(models.TextChoices):
    """What a member is in its country's administration; it is not always one municipality."""

    CITY = "city", _("City")
    DISTRICT = "district", _("City district")
    COUNTY = "county", _("County")
    REGION = "region", _("Region")


class OfficerLevel(models.TextChoices):
    """What an officer may do for the city: leads and deputies speak for it, editors keep its data."""

    LEAD = "lead", _("Lead")
    DEPUTY = "deputy", _("Deputy")
    EDITOR = "editor", _("Editor")


class OfficerState(models.TextChoices):
    """Whether the secretariat has made sure who the officer is."""

    REGISTERED = "registered", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


class InstitutionKind(models.TextChoices):
    INVESTMENT_PROMOTION = "investment_promotion", _("Investment promotion")
    CHAMBER = "chamber", _("Chamber")
    UNIVERSITY = "university", _("University")
    RESEARCH = "research", _("Research institute")


class Section(models.TextChoices):
    """The four headings of an application, from the paper: they are the sections of a profile too."""

    ECONOMIC = "economic", _("Economic key data")
    INDUSTRIAL = "industrial", _("Industrial characteristics")
    COOPERATIONS = "cooperations", _("Present cooperations")
    WISHES = "wishes", _("Cooperation wishes")


class TextLanguage(models.TextChoices):
    """Languages in which texts are kept, as the ending of their fields."""

    CHINESE = "zh", _("Chinese")
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")


class Indicator(models.TextChoices):
    """What a key figure measures."""

    GDP = "gdp", _("Gross domestic product")
    POPULATION = "population", _("Population")
    AREA = "area", _("Area")
    INDUSTRIAL_VALUE_ADDED = "industrial_value_added", _("Industrial value added")
    INDUSTRIAL_EMPLOYMENT = "industrial_employment", _("Employment in industry")
    INDUSTRIAL_COMPANIES = "industrial_companies", _("Industrial companies")
    EXPORTS = "exports", _("Exports")
    IMPORTS = "imports", _("Imports")
    FDI = "fdi", _("Foreign direct investment")
    UNEMPLOYMENT_RATE = "unemployment_rate", _("Unemployment rate")


class Unit(models.TextChoices):
    """Unit of a key figure; a sum of money also names its currency."""

    MILLION = "million", _("million")
    PERSONS = "persons", _("persons")
    COUNT = "count", _("number")
    SQUARE_KILOMETRES = "km2", _("km²")
    PERCENT = "percent", _("%")


UNITS: dict[str, str] = {
    Indicator.GDP: Unit.MILLION,
    Indicator.POPULATION: Unit.PERSONS,
    Indicator.AREA: Unit.SQUARE_KILOMETRES,
    Indicator.INDUSTRIAL_VALUE_ADDED: Unit.MILLION,
    Indicator.INDUSTRIAL_EMPLOYMENT: Unit.PERSONS,
    Indicator.INDUSTRIAL_COMPANIES: Unit.COUNT,
    Indicator.EXPORTS: Unit.MILLION,
    Indicator.IMPORTS: Unit.MILLION,
    Indicator.FDI: Unit.MILLION,
    Indicator.UNEMPLOYMENT_RATE: Unit.PERCENT,
}
"""The one unit in which each indicator is kept."""


class Currency(models.TextChoices):
    EURO = "EUR", _("euro")
    YUAN = "CNY", _("yuan")


class Concept(models.TextChoices):
    """Who is counted as population: 常住人口 or 户籍人口."""

    NONE = "", _("Not applicable")
    RESIDENT = "resident", _("Resident population")
    REGISTERED = "registered", _("Registered population")


class FigureStatus(models.TextChoices):
    """Status signs of official statistics."""

    FINAL = "", _("Final")
    PROVISIONAL = "p", _("Provisional")
    REVISED = "r", _("Revised")
    ESTIMATED = "s", _("Estimated")


class CooperationKind(models.TextChoices):
    TWINNING = "twinning", _("Town twinning")
    FRIENDSHIP = "friendship", _("Friendly relations")
    INDUSTRIAL_PARK = "industrial_park", _("Industrial park")
    COMPANY = "company", _("Cooperation of companies")
    UNIVERSITY = "university", _("Cooperation of universities")
    NETWORK = "network", _("Network")
    OTHER = "other", _("Other")


class IndustryLevel(models.TextChoices):
    """Levels of ISIC Rev. 4 that the register uses."""

    SECTION = "section", pgettext_lazy("industry", "Section")
    DIVISION = "division", _("Division")
    GROUP = "group", pgettext_lazy("industry", "Group")
    CLASS = "class", pgettext_lazy("industry", "Class")


class Scheme(models.TextChoices):
    """Classifications of industries whose codes the alliance meets."""

    ISIC4 = "isic4", "ISIC Rev. 4"
    NACE2 = "nace2", "NACE Rev. 2"
    NACE21 = "nace21", "NACE Rev. 2.1"
    WZ2008 = "wz2008", "WZ 2008"
    WZ2025 = "wz2025", "WZ 2025"
    GBT4754 = "gbt4754", "GB/T 4754"
