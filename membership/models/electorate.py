"""Who was asked by a circular, frozen when it was issued, and who left since."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cities.models import City
from cities.models.city import in_active_language
from cities.states import Country
from membership.models.circular import KEEP, Circular, frozen_with_circular
from membership.models.membership import Membership


@pghistory.track()
class Elector(models.Model):
    """A full membership that was asked: one voice in the frozen electorate of a circular."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="electors", verbose_name=_("circular")
    )
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="electors", verbose_name=_("membership")
    )
    side = models.CharField(_("side"), max_length=2, choices=Country)
    name_zh = models.CharField(_("name in Chinese"), max_length=300)
    name_de = models.CharField(_("name in German"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)

    class Meta:
        verbose_name = _("member asked")
        verbose_name_plural = _("members asked")
        ordering = ["circular", "side", "name_en", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "membership"], name="elector_once"),
            models.UniqueConstraint(fields=["id", "circular"], name="elector_circular_key"),
            models.CheckConstraint(condition=Q(side__in=Country.values), name="elector_side_is_known"),
        ]
        triggers = [
            pgtrigger.Protect(name="elector_is_frozen", operation=KEEP),
            frozen_with_circular("electors", "electorate_frozen", pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(self, "name")


@pghistory.track()
class Addressee(models.Model):
    """A city to which a circular went: every city of every member asked, and observers for information."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="addressees", verbose_name=_("circular")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))
    elector = models.ForeignKey(
        Elector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="addressees",
        verbose_name=_("member asked"),
        help_text=_("Empty for observers, who get it for information."),
    )

    class Meta:
        verbose_name = _("city told")
        verbose_name_plural = _("cities told")
        ordering = ["circular", "pk"]
        constraints = [models.UniqueConstraint(fields=["circular", "city"], name="addressee_once")]
        triggers = [
            pgtrigger.Protect(name="addressee_is_frozen", operation=KEEP),
            frozen_with_circular("addressees", "addressees_frozen", pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return str(self.city)


@pghistory.track()
class ElectorateExit(models.Model):
    """A member that left the electorate because its membership ended while the circular was open."""

    elector = models.OneToOneField(
        Elector, models.PROTECT, related_name="exit", verbose_name=_("member asked")
    )
    left_at = models.DateTimeField(_("left at"))

    class Meta:
        verbose_name = _("exit from the electorate")
        verbose_name_plural = _("exits from the electorate")
        triggers = [pgtrigger.Protect(name="exit_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return str(self.elector)
