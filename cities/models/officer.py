"""The people who act for a city."""

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import Invitation, User
from cities.models.city import City
from cities.querysets import OfficerQuerySet
from cities.states import OfficerLevel, OfficerState

KEEP_A_LEAD = """
    IF OLD.level = 'lead' AND OLD.state = 'confirmed' AND NOT EXISTS (
        SELECT 1 FROM cities_officer
        WHERE city_id = OLD.city_id AND level = 'lead' AND state = 'confirmed'
    ) THEN
        RAISE EXCEPTION 'city % would be left without a lead officer', OLD.city_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'city_keeps_a_lead';
    END IF;
    RETURN NULL;
"""


@pghistory.track()
class Officer(FSMModelMixin, models.Model):
    """A user who acts for a city, confirmed by the secretariat; rows are ended, never deleted."""

    city = models.ForeignKey(City, models.PROTECT, related_name="officers", verbose_name=_("city"))
    user = models.ForeignKey(User, models.PROTECT, related_name="officers", verbose_name=_("person"))
    level = models.CharField(_("level"), max_length=10, choices=OfficerLevel)
    function = models.CharField(_("function"), max_length=200)
    phone = models.CharField(_("work telephone"), max_length=50, blank=True)
    state = FSMField(_("state"), choices=OfficerState, default=OfficerState.REGISTERED, protected=True)
    registered_at = models.DateTimeField(_("registered at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    ended_at = models.DateTimeField(_("ended or refused at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended or refused by")
    )
    end_reason = models.CharField(_("reason of the end or refusal"), max_length=500, blank=True)
    address_changed_at = models.DateTimeField(
        _("e-mail address changed at"),
        null=True,
        blank=True,
        help_text=_("When the person last changed the address; the secretariat is told then."),
    )

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ["city", "level", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "user"],
                condition=Q(state__in=[OfficerState.REGISTERED, OfficerState.CONFIRMED]),
                name="officer_once_a_city",
            ),
            models.UniqueConstraint(
                fields=["city"],
                condition=Q(state=OfficerState.CONFIRMED, level=OfficerLevel.LEAD),
                name="officer_one_lead_a_city",
            ),
            models.CheckConstraint(condition=Q(state__in=OfficerState.values), name="officer_state_is_known"),
            models.CheckConstraint(condition=Q(level__in=OfficerLevel.values), name="officer_level_is_known"),
            models.CheckConstraint(
                condition=~Q(state=OfficerState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="officer_confirmed_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[OfficerState.REFUSED, OfficerState.ENDED], ended_at__isnull=False)
                | Q(state__in=[OfficerState.REGISTERED, OfficerState.CONFIRMED], ended_at__isnull=True),
                name="officer_ended_pair",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="city_keeps_a_lead",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=KEEP_A_LEAD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.city})"

    def get_absolute_url(self) -> str:
        return reverse("cities:officer", args=[self.pk])

    @property
    def speaks(self) -> bool:
        """Whether this officer may give the city's voice."""
        return self.state == OfficerState.CONFIRMED and self.level in (OfficerLevel.LEAD, OfficerLevel.DEPUTY)

    @transition(
        state, source=OfficerState.REGISTERED, target=OfficerState.CONFIRMED, custom={"label": _("Confirm")}
    )
    def confirm(self, *, by: User | None, at: Any) -> None:
        self.confirmed_by, self.confirmed_at = by, at

    @transition(
        state, source=OfficerState.REGISTERED, target=OfficerState.REFUSED, custom={"label": _("Refuse")}
    )
    def refuse(self, *, by: User, at: Any, reason: str) -> None:
        self.ended_by, self.ended_at, self.end_reason = by, at, reason

    @transition(state, source=OfficerState.CONFIRMED, target=OfficerState.ENDED, custom={"label": _("End")})
    def end(self, *, by: User, at: Any, reason: str) -> None:
        self.ended_by, self.ended_at, self.end_reason = by, at, reason


@pghistory.track()
class OfficerInvitation(models.Model):
    """What an invited person will be for a city."""

    invitation = models.OneToOneField(
        Invitation, models.PROTECT, related_name="officer", verbose_name=_("invitation")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="invitations", verbose_name=_("city"))
    level = models.CharField(_("level"), max_length=10, choices=OfficerLevel)
    function = models.CharField(_("function"), max_length=200)

    class Meta:
        verbose_name = _("invitation of an officer")
        verbose_name_plural = _("invitations of officers")
        ordering = ["-invitation__invited_at"]

    def __str__(self) -> str:
        return f"{self.invitation} ({self.city})"
