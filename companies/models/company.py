"""Companies as the database for investment cooperation knows them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from cities.models import City, Industry
from cities.models.city import in_active_language
from cities.states import Scheme
from companies.models.guards import GUARDS
from companies.models.names import derived_names, registered_as_read
from companies.querysets import CompanyQuerySet
from companies.states import (
    ArchiveReason,
    CompanyLanguage,
    CompanyState,
    CooperationForm,
    Currency,
    Experience,
    InvestmentBand,
    InvestmentDirection,
    LegalForm,
    Ownership,
    RegisterKind,
    TranslationState,
    TurnoverBand,
    Visibility,
)

S = CompanyState
ENDINGS = "zh", "de", "en"
LONGEST_NAME = 300
BY_STATEMENT = [
    event(level=pghistory.Statement)
    for event in (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
]
DERIVED = ["sort_name", "name_keys", "revision"]
NOT_MERGED = ["", *(reason for reason in ArchiveReason.values if reason != ArchiveReason.MERGED)]
NEXT_REVISION = "NEW.revision := OLD.revision + 1; RETURN NEW;"


def choices(field: type[models.TextChoices], *, blank: bool = True, **options: Any) -> models.CharField:
    return models.CharField(max_length=20, choices=field, blank=blank, **options)


def list_of(base: models.Field, label: Any) -> ArrayField:
    return ArrayField(base, default=list, blank=True, verbose_name=label)


def language_says_where_it_is_from(ending: str) -> models.CheckConstraint:
    """Where a language has a text, it says where the text comes from; otherwise it says nothing."""
    nothing = Q(**{f"name_{ending}": "", f"short_{ending}": "", f"long_{ending}": ""})
    return models.CheckConstraint(
        condition=(nothing & Q(**{f"translation_{ending}": ""}))
        | (~nothing & Q(**{f"translation_{ending}__in": TranslationState.values})),
        name=f"company_translation_{ending}_is_said",
    )


def known(field: str, values: Any, *, blank: bool = True) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values.values, *([""] if blank else [])]}),
        name=f"company_{field}_is_known",
    )


def all_known(field: str, values: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__contained_by": list(values.values)}), name=f"company_{field}_are_known"
    )


def together(*fields: str, name: str) -> models.CheckConstraint:
    """All of the fields are said, or none of them."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=none | every, name=name)


def is_not_merged(company: Any) -> bool:
    """What was merged stays with the entry that holds it now."""
    return company.merged_into_id is None


@pghistory.track(*BY_STATEMENT, exclude=DERIVED)
class Company(FSMModelMixin, models.Model):
    """A company of a member city, with what it offers and looks for in the other country.

    Its hub of classification is ISIC Rev. 4; `national_code` keeps the code that it came from.
    """

    registered_name = models.CharField(_("registered name"), max_length=LONGEST_NAME)
    latin_name = models.CharField(_("name in Latin letters"), max_length=LONGEST_NAME, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=LONGEST_NAME, blank=True)
    name_de = models.CharField(_("name in German"), max_length=LONGEST_NAME, blank=True)
    name_en = models.CharField(_("name in English"), max_length=LONGEST_NAME, blank=True)
    translation_zh = choices(TranslationState, verbose_name=_("Chinese texts are"))
    translation_de = choices(TranslationState, verbose_name=_("German texts are"))
    translation_en = choices(TranslationState, verbose_name=_("English texts are"))
    legal_form = choices(LegalForm, verbose_name=_("legal form"))
    register_kind = choices(RegisterKind, verbose_name=_("kind of register number"))
    register_number = models.CharField(_("register number"), max_length=100, blank=True)
    city = models.ForeignKey(City, models.PROTECT, related_name="companies", verbose_name=_("seat"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.URLField(_("web site"), max_length=300, blank=True)
    founded = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1000), MaxValueValidator(2100)]
    )
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    employees_year = models.PositiveSmallIntegerField(_("year of the employees"), null=True, blank=True)
    turnover_band = choices(TurnoverBand, verbose_name=_("turnover"))
    turnover_currency = models.CharField(
        _("currency of the turnover"), max_length=3, choices=Currency, blank=True
    )
    turnover_year = models.PositiveSmallIntegerField(_("year of the turnover"), null=True, blank=True)
    export_share = models.PositiveSmallIntegerField(
        _("export share in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    ownership = choices(Ownership, verbose_name=_("ownership"))
    industry = models.ForeignKey(
        Industry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="companies",
        verbose_name=_("industry"),
    )
    national_scheme = choices(Scheme, verbose_name=_("classification the code comes from"))
    national_code = models.CharField(_("code in that classification"), max_length=20, blank=True)
    products = list_of(models.CharField(max_length=200), _("products and services"))
    certificates = list_of(models.CharField(max_length=200), _("certificates"))
    languages = list_of(models.CharField(max_length=2, choices=CompanyLanguage), _("languages"))
    sites_abroad = list_of(models.CharField(max_length=200), _("sites abroad"))
    experience = choices(Experience, verbose_name=_("experience with the other country"))
    experience_note = models.CharField(_("which experience"), max_length=300, blank=True)
    investment_direction = choices(InvestmentDirection, verbose_name=_("investment interest"))
    investment_band = choices(InvestmentBand, verbose_name=_("size of the investment"))
    cooperation_forms = list_of(
        models.CharField(max_length=20, choices=CooperationForm), _("kinds of cooperation looked for")
    )
    short_zh = models.CharField(_("short text in Chinese"), max_length=300, blank=True)
    short_de = models.CharField(_("short text in German"), max_length=300, blank=True)
    short_en = models.CharField(_("short text in English"), max_length=300, blank=True)
    long_zh = models.TextField(_("long text in Chinese"), blank=True)
    long_de = models.TextField(_("long text in German"), blank=True)
    long_en = models.TextField(_("long text in English"), blank=True)
    state = FSMField(_("state"), choices=CompanyState, default=S.DRAFT, protected=True)
    visibility = choices(Visibility, blank=False, default=Visibility.MEMBERS, verbose_name=_("visible to"))
    released = models.BooleanField(
        _("released for passing on"),
        default=False,
        help_text=_("May be passed on to member cities and investment promotion organisations."),
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("checked by"),
    )
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("entered by"),
    )
    changed_at = models.DateTimeField(_("changed at"))
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    archive_reason = choices(ArchiveReason, verbose_name=_("reason for archiving"))
    archive_note = models.CharField(_("note on archiving"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    sort_name = models.CharField(max_length=LONGEST_NAME, editable=False)
    name_keys = ArrayField(models.CharField(max_length=LONGEST_NAME), editable=False, default=list)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="company_by_name"),
            models.Index(fields=["city", "state", "valid_until"], name="company_by_city"),
            models.Index(fields=["-entered_at", "-id"], name="company_by_entry"),
            models.Index(
                Coalesce("valid_until", Value(date.min)).desc(), F("id").desc(), name="company_by_validity"
            ),
            GinIndex(fields=["name_keys"], name="company_name_keys"),
        ]
        constraints = [
            known("state", S, blank=False),
            known("visibility", Visibility, blank=False),
            known("legal_form", LegalForm),
            known("turnover_band", TurnoverBand),
            known("turnover_currency", Currency),
            known("ownership", Ownership),
            known("experience", Experience),
            known("investment_direction", InvestmentDirection),
            known("investment_band", InvestmentBand),
            known("national_scheme", Scheme),
            all_known("languages", CompanyLanguage),
            all_known("cooperation_forms", CooperationForm),
            *map(language_says_where_it_is_from, ENDINGS),
            models.CheckConstraint(condition=~Q(registered_name=""), name="company_has_a_name"),
            models.CheckConstraint(
                condition=Q(register_kind="", register_number="")
                | (Q(register_kind__in=RegisterKind.values) & ~Q(register_number="")),
                name="company_register_number_has_a_kind",
            ),
            models.UniqueConstraint(
                fields=["register_number", "register_kind"],
                condition=~Q(register_number="") & Q(merged_into__isnull=True),
                name="company_register_number_once",
                violation_error_message=_("There is a company with this register number already."),
            ),
            models.CheckConstraint(
                condition=Q(national_scheme="", national_code="")
                | (~Q(national_scheme="") & ~Q(national_code="")),
                name="company_national_code_has_a_scheme",
            ),
            models.CheckConstraint(
                condition=Q(turnover_band="", turnover_currency="")
                | (~Q(turnover_band="") & ~Q(turnover_currency="")),
                name="company_turnover_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(export_share__isnull=True) | Q(export_share__lte=100),
                name="company_export_share_in_percent",
            ),
            together("checked_on", "checked_by", name="company_checked_pair"),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(state=S.ARCHIVED) | Q(valid_until__isnull=False),
                name="company_published_until",
            ),
            models.CheckConstraint(
                condition=(Q(state=S.ARCHIVED, archived_at__isnull=False) & ~Q(archive_reason=""))
                | (~Q(state=S.ARCHIVED) & Q(archived_at__isnull=True, archive_reason="")),
                name="company_archived_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, archive_reason__in=NOT_MERGED)
                | Q(merged_into__isnull=False, archive_reason=ArchiveReason.MERGED),
                name="company_merged_is_archived",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="company_not_merged_into_itself",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="next_revision", when=pgtrigger.Before, operation=pgtrigger.Update, func=NEXT_REVISION
            ),
            *GUARDS,
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        for field, value in derived_names(self.__dict__).items():
            setattr(self, field, value)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_name", "name_keys"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("companies:company", args=[self.pk])

    @property
    def name(self) -> str:
        """The company's name in the active language, else its registered one in that script, else any."""
        return registered_as_read(self) or in_active_language(self, "name") or self.registered_name

    @property
    def short_text(self) -> str:
        return in_active_language(self, "short")

    @property
    def long_text(self) -> str:
        return in_active_language(self, "long")

    def is_fresh(self, day: date) -> bool:
        """Whether others may rely on the entry on that day, and it may be passed on if released."""
        return self.state == S.PUBLISHED and self.valid_until is not None and self.valid_until >= day

    @transition(state, [S.DRAFT, S.STALE], S.PUBLISHED, custom={"label": _("Publish")})
    def publish(self, *, valid_until: date) -> None:
        """Others see the entry, and may rely on it until that day."""
        self.valid_until = valid_until

    @transition(state, [S.PUBLISHED, S.STALE], S.PUBLISHED, custom={"label": _("Confirm")})
    def confirm(self, *, valid_until: date) -> None:
        """What the entry says was looked at and still holds."""
        self.valid_until = valid_until

    @transition(state, S.PUBLISHED, S.STALE, custom={"label": _("Out of date: nobody confirmed it")})
    def expire(self) -> None:
        """Nobody has confirmed the entry by the day until which it was valid."""

    @transition(state, [S.PUBLISHED, S.STALE], S.DRAFT, custom={"label": _("Withdraw")})
    def withdraw(self) -> None:
        """The entry is not shown to others until it is published again."""

    @transition(state, [S.DRAFT, S.PUBLISHED, S.STALE], S.ARCHIVED, custom={"label": _("Archive")})
    def archive(self, *, at: Any, reason: ArchiveReason, note: str = "") -> None:
        self.archived_at, self.archive_reason, self.archive_note = at, reason, note

    @transition(state, S.ARCHIVED, S.DRAFT, conditions=[is_not_merged], custom={"label": _("Restore")})
    def restore(self) -> None:
        self.archived_at, self.archive_reason, self.archive_note = None, "", ""

    @transition(
        state,
        [S.DRAFT, S.PUBLISHED, S.STALE, S.ARCHIVED],
        S.ARCHIVED,
        conditions=[is_not_merged],
        custom={"label": _("Merge with another entry")},
    )
    def merge(self, *, into: Company, at: Any) -> None:
        """The other entry stands for the company now; this one leads there."""
        self.archived_at, self.archive_reason, self.archive_note = at, ArchiveReason.MERGED, ""
        self.merged_into = into
