"""Institutions that work with the alliance, and their contacts."""

import pghistory
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import Invitation, User
from alliance.search import search_key
from cities.models.city import City, active_ending, in_active_language
from cities.querysets import InstitutionQuerySet
from cities.states import InstitutionKind


def institution_name_order() -> Lower:
    """The order of names in the active language, else in the first there is."""
    first = active_ending()
    endings = [first, *(ending for ending in ("en", "de", "zh") if ending != first)]
    return Lower(Coalesce(*(NullIf(f"name_{ending}", Value("")) for ending in endings)))


@pghistory.track(exclude=["search_key"])
class Institution(models.Model):
    """An investment promotion organisation, chamber, university or research institute."""

    kind = models.CharField(_("kind"), max_length=30, choices=InstitutionKind)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)
    name_de = models.CharField(_("name in German"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    seat = models.ForeignKey(City, models.PROTECT, related_name="institutions", verbose_name=_("seat"))
    website = models.URLField(_("web site"), blank=True)
    about_zh = models.TextField(_("description in Chinese"), blank=True)
    about_de = models.TextField(_("description in German"), blank=True)
    about_en = models.TextField(_("description in English"), blank=True)
    registered_at = models.DateTimeField(_("in the register since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    search_key = models.TextField(editable=False, default="")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name_en", "name_de", "name_zh", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=InstitutionKind.values), name="institution_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(name_zh="") | ~Q(name_de="") | ~Q(name_en=""), name="institution_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = search_key(self.name_zh, self.name_de, self.name_en)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("cities:institution", args=[self.pk])

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    @property
    def about(self) -> str:
        return in_active_language(self, "about")


@pghistory.track()
class InstitutionContact(models.Model):
    """A person who reads for an institution what is released, and receives editions."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="contacts", verbose_name=_("institution")
    )
    user = models.ForeignKey(
        User, models.PROTECT, related_name="institution_contacts", verbose_name=_("person")
    )
    function = models.CharField(_("function"), max_length=200)
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    class Meta:
        verbose_name = _("contact of an institution")
        verbose_name_plural = _("contacts of institutions")
        ordering = ["institution", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "user"],
                condition=Q(ended_at__isnull=True),
                name="contact_once_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="contact_ended_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.institution})"


@pghistory.track()
class ContactInvitation(models.Model):
    """What an invited person will be for an institution."""

    invitation = models.OneToOneField(
        Invitation, models.PROTECT, related_name="contact", verbose_name=_("invitation")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="invitations", verbose_name=_("institution")
    )
    function = models.CharField(_("function"), max_length=200)

    class Meta:
        verbose_name = _("invitation of a contact")
        verbose_name_plural = _("invitations of contacts")
        ordering = ["-invitation__invited_at"]

    def __str__(self) -> str:
        return f"{self.invitation} ({self.institution})"
