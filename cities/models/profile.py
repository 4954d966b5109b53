"""A city's profile: four sections after the paper, its present cooperations, and its kept versions."""

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from cities.models.city import City, in_active_language, language_shown
from cities.models.industry import Industry
from cities.states import CooperationKind, Section, TextLanguage

SECTION_TEXT_FIELDS = [
    f"{section}_{language}" for section in Section.values for language in TextLanguage.values
]
"""`economic_zh` … `wishes_en`: the twelve text fields of a profile or application."""


class SectionTexts(models.Model):
    """The texts of the four sections, each in at least one of three languages."""

    economic_zh = models.TextField(_("economic key data, in Chinese"), blank=True)
    economic_de = models.TextField(_("economic key data, in German"), blank=True)
    economic_en = models.TextField(_("economic key data, in English"), blank=True)
    industrial_zh = models.TextField(_("industrial characteristics, in Chinese"), blank=True)
    industrial_de = models.TextField(_("industrial characteristics, in German"), blank=True)
    industrial_en = models.TextField(_("industrial characteristics, in English"), blank=True)
    cooperations_zh = models.TextField(_("present cooperations, in Chinese"), blank=True)
    cooperations_de = models.TextField(_("present cooperations, in German"), blank=True)
    cooperations_en = models.TextField(_("present cooperations, in English"), blank=True)
    wishes_zh = models.TextField(_("cooperation wishes, in Chinese"), blank=True)
    wishes_de = models.TextField(_("cooperation wishes, in German"), blank=True)
    wishes_en = models.TextField(_("cooperation wishes, in English"), blank=True)

    class Meta:
        abstract = True

    def section_text(self, section: str) -> str:
        """A section's text in the active language, else in the first language it is written in."""
        return in_active_language(self, section)

    def section_language(self, section: str) -> str:
        """The language `section_text` is in: zh, de or en; empty when nothing is written."""
        return language_shown(self, section)

    def texts_as_content(self) -> dict[str, dict[str, str]]:
        """All texts as they stand in a kept version: section → language → text."""
        return {
            section: {language: getattr(self, f"{section}_{language}") for language in TextLanguage.values}
            for section in Section.values
        }


class CooperationFields(models.Model):
    """One present cooperation: with whom, of what kind, since when."""

    partner = models.CharField(_("partner"), max_length=200)
    partner_country = models.CharField(_("country of the partner"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CooperationKind)
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    description = models.CharField(_("description"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.partner

    def as_content(self) -> dict[str, Any]:
        return {
            "partner": self.partner,
            "partner_country": self.partner_country,
            "kind": self.kind,
            "since": self.since,
            "description": self.description,
        }


@pghistory.track()
class Profile(SectionTexts):
    """What a city says about itself, as it stands now."""

    city = models.OneToOneField(City, models.PROTECT, related_name="profile", verbose_name=_("city"))
    industries = models.ManyToManyField(
        Industry, blank=True, related_name="profiles", verbose_name=_("industries")
    )
    edited_at = models.DateTimeField(_("edited at"))
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("edited by")
    )

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.city)


# Which industries a profile names stands in a table of its own.
pghistory.track(obj_field=None, model_name="ProfileIndustryEvent")(Profile.industries.through)


@pghistory.track()
class Cooperation(CooperationFields):
    """A present cooperation of a city of the register."""

    city = models.ForeignKey(City, models.PROTECT, related_name="cooperations", verbose_name=_("city"))

    class Meta:
        verbose_name = _("present cooperation")
        verbose_name_plural = _("present cooperations")
        ordering = ["since", "partner", "pk"]
        constraints = [models.UniqueConstraint(fields=["city", "partner", "kind"], name="cooperation_once")]


@pghistory.track()
class ProfileVersion(models.Model):
    """A version of a city's profile and key figures, kept for ever so that any two can be compared.

    `content` is {"texts": section → language → text, "figures": [...], "cooperations": [...],
    "industries": [codes]}, the same shape as a version of an application.
    """

    city = models.ForeignKey(City, models.PROTECT, related_name="profile_versions", verbose_name=_("city"))
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("version of a profile")
        verbose_name_plural = _("versions of a profile")
        ordering = ["city", "-number"]
        constraints = [models.UniqueConstraint(fields=["city", "number"], name="profile_version_number_once")]
        triggers = [
            pgtrigger.Protect(name="version_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.number}"
