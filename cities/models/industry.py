"""Industries by ISIC Rev. 4."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from alliance.search import search_key
from cities.models.city import in_active_language
from cities.querysets import IndustryQuerySet
from cities.states import IndustryLevel


def industry_key(name_zh: str, name_de: str, name_en: str) -> str:
    """The search key of an industry; the pinyin of the whole label too, for words from its middle (taoci)."""
    pinyin = "".join(lazy_pinyin(name_zh, errors="ignore"))
    return search_key(name_zh, name_de, name_en, pinyin)


@pghistory.track(exclude=["search_key"])
class Industry(models.Model):
    """A section, division, group or class of ISIC Rev. 4; reference data, loaded by migrations."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=IndustryLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    name_de = models.CharField(_("name in German"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    search_key = models.TextField(editable=False, default="")

    objects = IndustryQuerySet.as_manager()

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=IndustryLevel.SECTION, parent__isnull=True, code__regex=r"^[A-U]$")
                | Q(level=IndustryLevel.DIVISION, parent__isnull=False, code__regex=r"^[0-9]{2}$")
                | Q(level=IndustryLevel.GROUP, parent__isnull=False, code__regex=r"^[0-9]{3}$")
                | Q(level=IndustryLevel.CLASS, parent__isnull=False, code__regex=r"^[0-9]{4}$"),
                name="industry_parent_by_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Names are found in every spelling, so the key follows them."""
        self.search_key = industry_key(self.name_zh, self.name_de, self.name_en)
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    @property
    def path(self) -> list["Industry"]:
        """From the section down to this industry; without further queries after `with_path()`."""
        upwards: list[Industry] = []
        industry: Industry | None = self
        while industry is not None:
            upwards.append(industry)
            industry = industry.parent
        return upwards[::-1]
