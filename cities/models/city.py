"""Cities as the register knows them, and what is known about the register itself."""

from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.search import search_key
from cities.querysets import CityQuerySet
from cities.states import CityKind, Country

GERMAN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def active_ending() -> str:
    """The active language as the ending of a field: zh, de or en."""
    return {"zh-hans": "zh", "de": "de"}.get(get_language() or "", "en")


def language_shown(row: Any, field: str) -> str:
    """The active language if `<field>_zh`, `_de`, `_en` has a text in it, else the first there is."""
    wanted = active_ending()
    order = [wanted, *(ending for ending in ("en", "de", "zh") if ending != wanted)]
    return next((ending for ending in order if getattr(row, f"{field}_{ending}")), "")


def in_active_language(row: Any, field: str) -> str:
    """A text kept as `<field>_zh`, `_de`, `_en`: in the active language, else in the first there is."""
    if text := getattr(row, f"{field}_{active_ending()}"):
        return str(text)
    ending = language_shown(row, field)
    return getattr(row, f"{field}_{ending}") if ending else ""


def name_order(prefix: str = "") -> Func:
    """The order of names as a reader expects it: Chinese by pinyin, Latin letters without their marks."""
    field = {"zh": "pinyin", "de": "name_de"}.get(active_ending(), "name_en")
    name = Coalesce(NullIf(f"{prefix}{field}", Value("")), F(f"{prefix}name_en"))
    marked, plain = Value("äöüéèêáàâóôíîñçåø"), Value("aoueeeaaaooiincao")
    return Func(Lower(name), marked, plain, function="TRANSLATE", output_field=models.TextField())


@pghistory.track(exclude=["search_key"])
class City(models.Model):
    """A municipality, district, county or region that is, was or may become a member."""

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    kind = models.CharField(_("kind"), max_length=10, choices=CityKind, default=CityKind.CITY)
    name_zh = models.CharField(_("name in Chinese"), max_length=100)
    name_de = models.CharField(_("name in German"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    pinyin = models.CharField(_("pinyin"), max_length=100, blank=True)
    region_zh = models.CharField(_("province or Land in Chinese"), max_length=100, blank=True)
    region_de = models.CharField(_("province or Land in German"), max_length=100, blank=True)
    region_en = models.CharField(_("province or Land in English"), max_length=100, blank=True)
    official_code = models.CharField(
        _("official code"), max_length=12, blank=True, help_text=_("AGS in Germany, GB/T 2260 in China.")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    website = models.URLField(_("web site"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    mailbox = models.EmailField(_("official mailbox"), blank=True)
    registered_at = models.DateTimeField(_("in the register since"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    search_key = models.TextField(editable=False, default="")

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name_en", "pk"]
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="city_search")]
        constraints = [
            models.CheckConstraint(condition=Q(country__in=Country.values), name="city_country_is_known"),
            models.CheckConstraint(condition=Q(kind__in=CityKind.values), name="city_kind_is_known"),
            models.UniqueConstraint(
                fields=["country", "official_code"],
                condition=~Q(official_code=""),
                name="city_official_code_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="city_confirmed_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.free_slug()
        self.search_key = search_key(self.name_zh, self.name_de, self.name_en, self.pinyin)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "slug", "search_key"}
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """Pinyin, or German with ae, oe, ue; a clash adds the region, then a number."""
        own = self.pinyin if self.country == Country.CHINA else self.name_de
        base = slugify((own or self.name_en).translate(GERMAN_LETTERS))
        region = slugify(self.region_en.translate(GERMAN_LETTERS))
        wanted = [base, f"{base}-{region}", *(f"{base}-{region}-{n}" for n in range(2, 100))]
        taken = set(
            City.objects.filter(slug__startswith=base).exclude(pk=self.pk).values_list("slug", flat=True)
        )
        return next(slug for slug in wanted if slug not in taken)

    def get_absolute_url(self) -> str:
        return reverse("city", args=[self.slug])

    @property
    def name(self) -> str:
        """The city's name in the active language."""
        return in_active_language(self, "name")

    @property
    def region(self) -> str:
        return in_active_language(self, "region")

    @property
    def other_script_name(self) -> str:
        """The Chinese name beside a Latin one, and the other way round."""
        latin = self.name_de if self.country == Country.GERMANY else self.name_en
        return latin if get_language() == "zh-hans" else self.name_zh

    @property
    def is_public(self) -> bool:
        return self.confirmed_at is not None


@pghistory.track()
class RegisterNote(models.Model):
    """Something a reader of the register must know, such as sources that contradict each other."""

    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("city"),
        help_text=_("Empty: it concerns the register as a whole."),
    )
    key = models.SlugField(_("short name"), unique=True)
    text_zh = models.TextField(_("text in Chinese"))
    text_de = models.TextField(_("text in German"))
    text_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("note on the register")
        verbose_name_plural = _("notes on the register")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> str:
        return in_active_language(self, "text")


@pghistory.track()
class RegisterNoteSource(models.Model):
    """Where a statement of a note comes from, and what that source says."""

    note = models.ForeignKey(RegisterNote, models.CASCADE, related_name="sources", verbose_name=_("note"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("source"), max_length=300)
    says_zh = models.TextField(_("what it says, in Chinese"))
    says_de = models.TextField(_("what it says, in German"))
    says_en = models.TextField(_("what it says, in English"))

    class Meta:
        verbose_name = _("source of a note")
        verbose_name_plural = _("sources of a note")
        ordering = ["note", "order"]
        constraints = [models.UniqueConstraint(fields=["note", "order"], name="note_source_order_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def says(self) -> str:
        return in_active_language(self, "says")
