"""Key figures, comparable only with unit, currency, year, territory, concept, status and source."""

from decimal import Decimal

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from cities.models.city import City
from cities.states import UNITS, Concept, Currency, FigureStatus, Indicator, Unit

MONEY = [indicator for indicator, unit in UNITS.items() if unit == Unit.MILLION]


def unit_words(unit: str, currency: str = "") -> str:
    """The unit in words, with its currency for a sum of money: “million yuan”."""
    if not currency:
        return str(Unit(unit).label)
    return gettext("%(unit)s %(currency)s") % {
        "unit": Unit(unit).label,
        "currency": Currency(currency).label,
    }


class FigureFields(models.Model):
    """What every key figure states, in the register and in an application alike."""

    indicator = models.CharField(_("indicator"), max_length=30, choices=Indicator)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )
    value = models.DecimalField(
        _("value"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, editable=False)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    territory = models.CharField(
        _("territory"),
        max_length=200,
        blank=True,
        help_text=_("If it is not the city's own: for example the county for which the figure is published."),
    )
    concept = models.CharField(_("concept"), max_length=12, choices=Concept, blank=True, default=Concept.NONE)
    status = models.CharField(
        _("status"), max_length=1, choices=FigureStatus, blank=True, default=FigureStatus.FINAL
    )
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__in=Indicator.values), name="%(class)s_indicator_is_known"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="%(class)s_is_not_negative"),
            models.CheckConstraint(
                condition=(Q(indicator__in=MONEY) & Q(currency__in=Currency.values))
                | (~Q(indicator__in=MONEY) & Q(currency="")),
                name="%(class)s_currency_for_money",
            ),
            models.CheckConstraint(
                condition=(Q(indicator=Indicator.POPULATION) & ~Q(concept=Concept.NONE))
                | (~Q(indicator=Indicator.POPULATION) & Q(concept=Concept.NONE)),
                name="%(class)s_concept_for_population",
            ),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        self.unit = UNITS[self.indicator]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def unit_words(self) -> str:
        return unit_words(self.unit, self.currency)

    def as_content(self) -> dict[str, str | int]:
        """The figure as it stands in a kept version."""
        return {
            "indicator": self.indicator,
            "year": self.year,
            "value": str(self.value),
            "unit": self.unit,
            "currency": self.currency,
            "territory": self.territory,
            "concept": self.concept,
            "status": self.status,
            "source": self.source,
        }


@pghistory.track()
class KeyFigure(FigureFields):
    """One figure of one city for one year, as published by its source."""

    city = models.ForeignKey(City, models.PROTECT, related_name="key_figures", verbose_name=_("city"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta(FigureFields.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["city", "indicator", "year", "concept", "territory"]
        constraints = [
            *FigureFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["city", "indicator", "year", "concept", "territory"], name="keyfigure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city} · {self.get_indicator_display()} {self.year}"
