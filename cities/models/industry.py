"""Industries by ISIC Rev. 4."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cities.models.city import in_active_language
from cities.states import IndustryLevel


@pghistory.track()
class Industry(models.Model):
    """A section or division of ISIC Rev. 4; reference data, loaded by a migration."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=IndustryLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    name_de = models.CharField(_("name in German"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=IndustryLevel.SECTION, parent__isnull=True)
                | Q(level=IndustryLevel.DIVISION, parent__isnull=False),
                name="industry_parent_by_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return in_active_language(self, "name")
