"""A spreadsheet of companies on its way into the database: its rows, and what is to become of them."""

from __future__ import annotations

from datetime import datetime

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from cities.models import City
from companies.models.company import Company
from companies.querysets.imports import ImportQuerySet, ImportRowQuerySet
from companies.states import IN_HAND, IN_THE_WORKS, ImportState, Verdict
from membership.models.application import FileFields

S = ImportState
PASSING = ["progress", "progress_of", "leased_by", "leased_until"]


def moment_by_state(field: str, *states: ImportState) -> models.CheckConstraint:
    """The moment is known in these states, and in no other."""
    said = Q(**{f"{field}__isnull": False})
    return models.CheckConstraint(
        condition=(Q(state__in=states) & said) | (~Q(state__in=states) & ~said),
        name=f"import_{field}_by_state",
    )


@pghistory.track(exclude=PASSING)
class Import(FSMModelMixin, FileFields):
    """One file of companies, from the upload to what came of it.

    `city` is the city whose officer brings the file; the secretariat's files may be of many cities.
    Who works on it holds a lease: when its worker is killed, another takes the import up again.
    """

    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="company_imports",
        verbose_name=_("companies of"),
    )
    state = FSMField(_("state"), choices=ImportState, default=S.UPLOADED, protected=True)
    heads = ArrayField(models.CharField(max_length=300, blank=True), default=list, verbose_name=_("heads"))
    mapping = ArrayField(
        models.CharField(max_length=40, blank=True),
        default=list,
        blank=True,
        verbose_name=_("columns"),
        help_text=_("Which of our columns each column of the file is; empty where it is left out."),
    )
    publish_until = models.DateField(
        _("new companies are valid until"),
        null=True,
        blank=True,
        help_text=_(
            "New companies are published at once and valid until this day; without it they are drafts."
        ),
    )
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    progress = models.PositiveIntegerField(_("rows dealt with"), default=0)
    progress_of = models.PositiveIntegerField(_("rows to deal with"), default=0)
    leased_by = models.CharField(_("worker"), max_length=100, blank=True)
    leased_until = models.DateTimeField(_("worker's until"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun at"))
    begun_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("begun by")
    )
    asked_at = models.DateTimeField(_("work asked for at"), null=True, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("work asked for by")
    )
    done_at = models.DateTimeField(_("carried out at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of companies")
        verbose_name_plural = _("imports of companies")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="import_state_is_known"),
            moment_by_state("done_at", S.DONE, S.UNDOING, S.UNDONE),
            moment_by_state("undone_at", S.UNDONE),
            moment_by_state("ended_at", S.FAILED, S.CANCELLED),
            models.CheckConstraint(
                condition=Q(state__in=IN_THE_WORKS) | Q(leased_by="", leased_until__isnull=True),
                name="import_leased_in_the_works",
            ),
        ]
        triggers = [pgtrigger.Protect(name="import_is_kept", operation=pgtrigger.Delete)]

    def get_absolute_url(self) -> str:
        return reverse("companies:import", args=[self.pk])

    @property
    def is_in_hand(self) -> bool:
        """Whether something can still become of it."""
        return self.state in IN_HAND

    def is_waiting(self, at: datetime) -> bool:
        """Whether work was asked for, and no worker is at it."""
        return self.state in IN_THE_WORKS and (self.leased_until is None or self.leased_until < at)

    @transition(state, [S.UPLOADED, S.CHECKED], S.CHECKING)
    def ask_for_check(self, *, by: User | None, at: datetime) -> None:
        self._asked(by, at)

    @transition(state, S.CHECKING, S.CHECKED)
    def finish_check(self) -> None:
        self._let_go()

    @transition(state, S.CHECKED, S.CARRYING_OUT)
    def ask_to_carry_out(self, *, by: User | None, at: datetime) -> None:
        self._asked(by, at)

    @transition(state, S.CARRYING_OUT, S.CHECKED)
    def stop(self) -> None:
        """Others have changed rows since they were looked at: nothing was written."""
        self._let_go()

    @transition(state, S.CARRYING_OUT, S.DONE)
    def finish(self, *, at: datetime) -> None:
        self.done_at = at
        self._let_go()

    @transition(state, S.DONE, S.UNDOING)
    def ask_to_undo(self, *, by: User | None, at: datetime) -> None:
        self._asked(by, at)

    @transition(state, S.UNDOING, S.DONE)
    def keep(self) -> None:
        """Others have changed companies since: it cannot be undone any more."""
        self._let_go()

    @transition(state, S.UNDOING, S.UNDONE)
    def finish_undoing(self, *, at: datetime) -> None:
        self.undone_at = at
        self._let_go()

    @transition(state, [S.CHECKING, S.CARRYING_OUT], S.FAILED)
    def fail(self, *, at: datetime) -> None:
        self.ended_at = at
        self._let_go()

    @transition(state, [S.UPLOADED, S.CHECKING, S.CHECKED, S.CARRYING_OUT], S.CANCELLED)
    def cancel(self, *, at: datetime) -> None:
        self.ended_at = at
        self._let_go()

    def _asked(self, by: User | None, at: datetime) -> None:
        self.asked_by, self.asked_at = by, at
        self.progress = 0

    def _let_go(self) -> None:
        self.leased_by, self.leased_until = "", None


class ImportRow(models.Model):
    """One row of the file: what it says, what it means for the database, and what is wrong with it."""

    run = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", db_index=False, verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("row"))
    texts = models.JSONField(_("texts"), default=dict)
    """What the cells say, by column; kept where it cannot be told from the values."""
    values = models.JSONField(_("values"), default=dict)
    """What the row says about the company, by field; what it says nothing about is left out.

    Of a row that raises no question nothing is kept here: its line or the file says it.
    """
    line = models.TextField(editable=False, blank=True, default="")
    """A new company as it will be entered."""
    city_id = models.BigIntegerField(null=True, editable=False)
    register_kind = models.CharField(max_length=20, editable=False, blank=True, default="")
    register_number = models.CharField(max_length=100, editable=False, blank=True, default="")
    digest = models.BigIntegerField(default=0, editable=False)
    """Tells whether the row comes again as it is."""
    sort_name = models.CharField(max_length=300, editable=False, blank=True)
    name_keys = ArrayField(models.CharField(max_length=300), editable=False, default=list)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    mistakes = models.JSONField(_("mistakes"), default=list)
    company = models.ForeignKey(
        Company,
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("company"),
    )
    """The entry the row is about; a new one will get this number."""
    revision = models.PositiveIntegerField(_("revision seen"), default=0)
    differences = models.JSONField(_("differences"), default=dict)
    """By field what the entry says, before and after."""
    candidates = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Entries that may be the same company."""
    settled = models.BooleanField(_("settled"), default=False)
    """Somebody said which company the row is about."""
    left_out = models.BooleanField(_("left out"), default=False)
    corrected = models.BooleanField(_("corrected"), default=False)
    changed_meanwhile = models.BooleanField(_("changed meanwhile"), default=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="import_row_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ColumnMemory(models.Model):
    """Which column a head meant the last time a city brought a file."""

    city = models.ForeignKey(
        City, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("city")
    )
    head = models.CharField(_("head"), max_length=300)
    key = models.CharField(_("column"), max_length=40, blank=True)
    remembered_at = models.DateTimeField(_("remembered at"))

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        ordering = ["city", "head"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "head"], nulls_distinct=False, name="column_remembered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head}: {self.key}"
