"""Who was reached by a circular, when and how; and how long is waited for a mail to come back."""

from datetime import datetime

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.letters.models import Delivery
from cities.models import City
from membership.models.circular import KEEP, Circular
from membership.models.withdrawal import EFFECTIVE_BEFORE_ALL_TOLD, NOT_ALL_TOLD, TERMS_OF_ISSUE
from membership.querysets import NoticeTermsQuerySet
from membership.states import ToldWay

HOLDS_WITHDRAWAL = f"""
    IF EXISTS (
        SELECT 1 FROM membership_withdrawal withdrawal
        WHERE withdrawal.circular_id = OLD.circular_id AND withdrawal.state = 'effective'
            AND ({NOT_ALL_TOLD.format(withdrawal="withdrawal")})
    ) THEN {EFFECTIVE_BEFORE_ALL_TOLD} END IF;
    RETURN NULL;
"""
WAITING_HOURS = TERMS_OF_ISSUE.format(column="waiting_hours", issued_at="circular.issued_at", default=24)
RESTS_ON_ITS_COPY = f"""
    IF NOT EXISTS (
        SELECT 1 FROM letters_delivery delivery
        JOIN membership_circular circular ON circular.letter_id = delivery.letter_id
        JOIN membership_addressee addressee ON addressee.circular_id = circular.id
        JOIN cities_city city ON city.id = addressee.city_id AND city.slug = delivery.on_behalf_of
        WHERE delivery.id = NEW.delivery_id AND circular.id = NEW.circular_id AND city.id = NEW.city_id
            AND NEW.told_at >= circular.issued_at
            AND CASE NEW.way
                WHEN 'mail' THEN delivery.channel = 'mail' AND delivery.state IN ('accepted', 'bounced')
                    AND NEW.told_at = delivery.settled_at + {WAITING_HOURS} * interval '1 hour'
                    AND (delivery.bounced_at IS NULL OR delivery.bounced_at > NEW.told_at)
                WHEN 'inbox' THEN NEW.told_at = delivery.opened_at AND EXISTS (
                    SELECT 1 FROM cities_officer officer
                    WHERE officer.city_id = city.id AND officer.user_id = delivery.recipient_id
                        AND officer.state = 'confirmed' AND officer.level IN ('lead', 'deputy')
                )
                ELSE delivery.state = 'handed_over' AND delivery.channel = NEW.way
                    AND NEW.told_at <= delivery.settled_at
            END
    ) THEN
        RAISE EXCEPTION 'a city is told by a copy of the circular that reached it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'told_by_a_copy';
    END IF;
    RETURN NEW;
"""
NOT_BACKDATED = """
    IF EXISTS (SELECT 1 FROM membership_circular WHERE issued_at >= NEW.valid_from) THEN
        RAISE EXCEPTION 'terms of notice hold for circulars that are issued later'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_terms_hold_for_later';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Told(models.Model):
    """A city was told by a circular: from this moment on it counts as reached (docs/consent.md).

    Never changed: what happens to a letter later is shown and undoes nothing.
    """

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="told", verbose_name=_("circular"))
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))
    told_at = models.DateTimeField(_("told at"))
    way = models.CharField(_("way"), max_length=10, choices=ToldWay)
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="told", verbose_name=_("copy by which it was told")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("city reached")
        verbose_name_plural = _("cities reached")
        ordering = ["circular", "told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "city"], name="told_once"),
            models.CheckConstraint(condition=Q(way__in=ToldWay.values), name="told_way_is_known"),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=models.F("told_at")), name="told_before_it_is_recorded"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="told_is_kept", operation=KEEP),
            pgtrigger.Trigger(
                name="told_by_a_copy",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=RESTS_ON_ITS_COPY,
            ),
            pgtrigger.Trigger(
                name="told_holds_withdrawal",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=HOLDS_WITHDRAWAL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circular}: {self.city}"


@pghistory.track()
class NoticeTerms(models.Model):
    """How long a mail may take to come back, and how long after the last word a city is out.

    Dated rows; the newest one in force when a circular is issued holds for it.
    """

    valid_from = models.DateTimeField(_("valid from"), unique=True)
    waiting_hours = models.PositiveSmallIntegerField(
        _("waiting time in hours"), default=24, validators=[MaxValueValidator(720)]
    )
    notice_days = models.PositiveSmallIntegerField(
        _("notice period in days"), default=0, validators=[MaxValueValidator(730)]
    )
    set_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("set by")
    )

    objects = NoticeTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of notice")
        verbose_name_plural = _("terms of notice")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(waiting_hours__lte=720, notice_days__lte=730), name="notice_terms_in_bounds"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="notice_terms_are_kept", operation=KEEP),
            pgtrigger.Trigger(
                name="not_backdated",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NOT_BACKDATED,
            ),
        ]

    def __str__(self) -> str:
        moment: datetime = self.valid_from
        return f"{moment:%Y-%m-%d}"
