"""A city leaves: the written request, its communication to all members, and the end."""

from datetime import datetime

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from cities.models import City
from membership.models.application import FileFields
from membership.models.circular import Circular
from membership.models.membership import MembershipCity
from membership.querysets import WithdrawalQuerySet
from membership.states import OPEN_WITHDRAWAL, WithdrawalState

S = WithdrawalState
MUST_BE_TOLD = """
    membership_addressee addressee
    LEFT JOIN membership_told told
        ON told.circular_id = addressee.circular_id AND told.city_id = addressee.city_id
    WHERE addressee.circular_id = {withdrawal}.circular_id
        AND addressee.elector_id IS NOT NULL
        AND addressee.city_id <> (
            SELECT city_id FROM membership_membershipcity WHERE id = {withdrawal}.place_id
        )
"""
TERMS_OF_ISSUE = """
    COALESCE((
        SELECT terms.{column} FROM membership_noticeterms terms
        WHERE terms.valid_from <= {issued_at} ORDER BY terms.valid_from DESC LIMIT 1
    ), {default})
"""
NOTICE_DAYS = TERMS_OF_ISSUE.format(column="notice_days", issued_at="circular.issued_at", default=0)
NOT_ALL_TOLD = f"""
    EXISTS (SELECT 1 FROM {MUST_BE_TOLD} AND told.id IS NULL)
    OR {{withdrawal}}.effective_at IS DISTINCT FROM (
        SELECT GREATEST({{withdrawal}}.communicated_at, (SELECT max(told.told_at) FROM {MUST_BE_TOLD}))
            + {NOTICE_DAYS} * interval '24 hours'
        FROM membership_circular circular WHERE circular.id = {{withdrawal}}.circular_id
    )
"""
EFFECTIVE_BEFORE_ALL_TOLD = """
    RAISE EXCEPTION 'a withdrawal is effective once all member cities were told'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_effective_once_all_told';
"""
ENDS_THE_PLACE = """
    RAISE EXCEPTION 'an effective withdrawal ends the place of the city'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_ends_the_place';
"""
HOLDS_ITSELF = f"""
    IF {NOT_ALL_TOLD.format(withdrawal="NEW")} THEN {EFFECTIVE_BEFORE_ALL_TOLD} END IF;
    IF EXISTS (SELECT 1 FROM membership_membershipcity WHERE id = NEW.place_id AND upper_inf(period))
    THEN {ENDS_THE_PLACE} END IF;
    RETURN NULL;
"""
RESTS_ON_ITS_NOTICE = """
    IF NOT EXISTS (
        SELECT 1 FROM membership_withdrawal WHERE id = NEW.id AND state IN ('communicating', 'effective')
    ) THEN RETURN NULL; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM membership_circular circular
        WHERE circular.id = NEW.circular_id AND circular.kind = 'withdrawal_notice'
            AND circular.state IN ('issued', 'closed') AND circular.issued_at = NEW.communicated_at
    ) THEN
        RAISE EXCEPTION 'a withdrawal is communicated by its own notice, which stands'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_rests_on_its_notice';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state <> 'submitted' THEN RETURN NULL; END IF;
    END IF;
    IF EXISTS (
        SELECT 1 FROM membership_membershipcity place
        JOIN membership_circular circular ON circular.id = NEW.circular_id
        CROSS JOIN LATERAL (SELECT (circular.issued_at AT TIME ZONE 'UTC')::date AS day) issue
        WHERE place.kind = 'full' AND place.period @> daterange(issue.day - 1, issue.day + 2)
            AND NOT EXISTS (
                SELECT 1 FROM membership_addressee addressee
                WHERE addressee.circular_id = circular.id AND addressee.city_id = place.city_id
                    AND addressee.elector_id IS NOT NULL
            )
    ) THEN
        RAISE EXCEPTION 'a withdrawal is communicated to every member city'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_goes_to_all_members';
    END IF;
    RETURN NULL;
"""
NOBODY_GOT_IT = """
    IF NEW.circular_id IS NOT NULL AND (
        EXISTS (SELECT 1 FROM membership_circular WHERE id = NEW.circular_id AND state <> 'cancelled')
        OR EXISTS (
            SELECT 1 FROM letters_delivery delivery
            JOIN membership_circular circular ON circular.letter_id = delivery.letter_id
            WHERE circular.id = NEW.circular_id AND delivery.state <> 'called_back'
        )
    ) THEN
        RAISE EXCEPTION 'a withdrawal is not revoked once a notice went out'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_revoked_before_it_went_out';
    END IF;
    RETURN NULL;
"""
FIXED = "place_id", "circular_id", "communicated_at", "communicated_by_id", "reference", "file", "sha256"
FIXED_CHANGED = (
    "OLD.state <> 'submitted' AND ROW("
    + ", ".join(f"OLD.{column}" for column in FIXED)
    + ") IS DISTINCT FROM ROW("
    + ", ".join(f"NEW.{column}" for column in FIXED)
    + ")"
)


@pghistory.track()
class Withdrawal(FSMModelMixin, FileFields):
    """The written request of a city to leave; effective once every member city was told.

    `file` is the signed request.
    """

    reference = models.CharField(_("reference number"), max_length=20, unique=True)
    place = models.ForeignKey(
        MembershipCity, models.PROTECT, related_name="withdrawals", verbose_name=_("membership of the city")
    )
    state = FSMField(_("state"), choices=WithdrawalState, default=WithdrawalState.SUBMITTED, protected=True)
    reason = models.TextField(_("reason"), blank=True)
    wished_end = models.DateField(
        _("wished end"),
        null=True,
        blank=True,
        help_text=_("For information only: it is effective once all member cities were told."),
    )
    dated = models.DateField(_("date of the letter"))
    signed_by = models.CharField(_("who signed it"), max_length=200)
    on_behalf = models.BooleanField(
        _("filed by the secretariat"), default=False, help_text=_("From a letter that the city sent.")
    )
    filed_at = models.DateTimeField(_("filed at"))
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    circular = models.OneToOneField(
        Circular,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawal",
        verbose_name=_("circular"),
    )
    communicated_at = models.DateTimeField(_("communicated at"), null=True, blank=True)
    communicated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("communicated by")
    )
    effective_at = models.DateTimeField(_("effective at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revoke_reason = models.TextField(_("reason of the revocation"), blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="withdrawal_state_is_known"),
            models.CheckConstraint(condition=~Q(file=""), name="withdrawal_has_the_signed_request"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(state__in=OPEN_WITHDRAWAL), name="withdrawal_one_open_a_place"
            ),
            models.CheckConstraint(
                condition=Q(communicated_at__isnull=True, communicated_by__isnull=True, circular__isnull=True)
                | Q(communicated_at__isnull=False, communicated_by__isnull=False, circular__isnull=False),
                name="withdrawal_communicated_pair",
            ),
            models.CheckConstraint(
                condition=Q(state=S.SUBMITTED, communicated_at__isnull=True)
                | Q(state__in=[S.COMMUNICATING, S.EFFECTIVE], communicated_at__isnull=False)
                | Q(state=S.REVOKED),
                name="withdrawal_communicated_by_a_circular",
            ),
            models.CheckConstraint(
                condition=Q(state=S.EFFECTIVE, effective_at__isnull=False)
                | (~Q(state=S.EFFECTIVE) & Q(effective_at__isnull=True)),
                name="withdrawal_effective_pair",
            ),
            models.CheckConstraint(
                condition=Q(effective_at__isnull=True) | Q(effective_at__gte=F("communicated_at")),
                name="withdrawal_effective_after_communicated",
            ),
            models.CheckConstraint(
                condition=Q(state=S.REVOKED, revoked_at__isnull=False, revoked_by__isnull=False)
                | (~Q(state=S.REVOKED) & Q(revoked_at__isnull=True, revoked_by__isnull=True)),
                name="withdrawal_revoked_pair",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="effective_once_all_told",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.state = 'effective'"),
                func=HOLDS_ITSELF,
            ),
            pgtrigger.Trigger(
                name="rests_on_its_notice",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.state IN ('communicating', 'effective')"),
                func=RESTS_ON_ITS_NOTICE,
            ),
            pgtrigger.Trigger(
                name="revoked_before_it_went_out",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.state = 'revoked'"),
                func=NOBODY_GOT_IT,
            ),
            pgtrigger.Protect(
                name="communicated_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(FIXED_CHANGED),
            ),
            pgtrigger.Protect(
                name="effective_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('effective', 'revoked') AND OLD.* IS DISTINCT FROM NEW.*"
                ),
            ),
            pgtrigger.Protect(name="withdrawal_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.place.city}"

    def get_absolute_url(self) -> str:
        return reverse("membership:withdrawal", args=[self.pk])

    @property
    def city(self) -> City:
        return self.place.city

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_WITHDRAWAL

    @transition(
        state, source=S.SUBMITTED, target=S.COMMUNICATING, custom={"label": _("Communicate to the members")}
    )
    def communicate(self, *, circular: Circular, by: User, at: datetime) -> None:
        self.circular, self.communicated_by, self.communicated_at = circular, by, at

    @transition(
        state, source=S.COMMUNICATING, target=S.EFFECTIVE, custom={"label": _("Effective: all were told")}
    )
    def take_effect(self, *, at: datetime) -> None:
        """By itself, once all were told and the notice period has passed; nobody else may."""
        self.effective_at = at

    @transition(state, source=[S.SUBMITTED, S.COMMUNICATING], target=S.REVOKED, custom={"label": _("Revoke")})
    def revoke(self, *, reason: str, by: User, at: datetime) -> None:
        self.revoked_by, self.revoked_at, self.revoke_reason = by, at, reason
