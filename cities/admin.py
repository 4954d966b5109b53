"""The register in the admin, and the invitations by which its people come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import Invitation, User
from alliance.accounts.states import InvitationState, StaffRole
from alliance.pages.admin import Move, MoveForm, ReasonForm, RowAdmin, secretariat
from cities.actions import cities, invitations, officers
from cities.actions.profiles import keep_version
from cities.models import (
    City,
    ContactInvitation,
    Cooperation,
    Industry,
    Institution,
    InstitutionContact,
    KeyFigure,
    Officer,
    OfficerInvitation,
    Profile,
    ProfileVersion,
    RegisterNote,
    RegisterNoteSource,
)
from cities.models.profile import SECTION_TEXT_FIELDS
from cities.states import OfficerLevel, OfficerState

TOLD = _("The person is told the reason.")
IN_THREE = ("zh", "de", "en")
FIGURE = ["indicator", "year", "value", "currency", "territory", "concept", "status", "source"]
COOPERATION = ["partner", "partner_country", "kind", "since", "description"]


def in_three(*fields: str) -> list[str]:
    return [f"{field}_{language}" for field in fields for language in IN_THREE]


class LevelForm(MoveForm):
    """What an officer may do for the city."""

    level = forms.ChoiceField(label=_("Level"), choices=OfficerLevel)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["level"].initial = row.level


@admin.register(City)
class CityAdmin(RowAdmin):
    correctable = [
        "country", "kind", *in_three("name"), "pinyin", *in_three("region"), "official_code", "latitude",
        "longitude", "website", "postal_address", "mailbox",
    ]  # fmt: skip
    needed = ["confirmed_by"]
    folded = ["search_key"]
    moves = [
        Move(
            "confirm",
            _("Confirm"),
            cities.confirm,
            _("The city is shown to everybody."),
            may=secretariat,
            possible=lambda city: city.confirmed_at is None,
        )
    ]
    list_display = ["__str__", "name_zh", "name_de", "country", "kind", "official_code", "confirmed_at"]
    list_filter = ["country", "kind", ("confirmed_at", admin.EmptyFieldListFilter)]
    search_fields = ["slug", "official_code"]


@admin.register(RegisterNote)
class RegisterNoteAdmin(RowAdmin):
    correctable = ["city", *in_three("text")]
    needed = ["city"]
    folded = ["city__search_key"]
    list_display = ["key", "city", "text_en"]
    search_fields = ["key", *in_three("text")]


@admin.register(RegisterNoteSource)
class RegisterNoteSourceAdmin(RowAdmin):
    correctable = ["order", "title", *in_three("says")]
    needed = ["note"]
    list_display = ["title", "note", "order"]
    search_fields = ["title", "note__key"]


@admin.register(Industry)
class IndustryAdmin(RowAdmin):
    correctable = in_three("name")
    needed = ["parent"]
    list_display = ["code", "level", "name_zh", "name_de", "name_en"]
    list_filter = ["level"]
    search_fields = ["code", *in_three("name")]
    folded = ["search_key"]


class InProfileAdmin(RowAdmin):
    """What a city says about itself: a correction makes a new version of its profile, as on the pages."""

    def profile_of(self, row: Any) -> Profile | None:
        return Profile.objects.select_related("city").filter(city=row.city_id).first()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if profile := self.profile_of(form.instance):
            City.objects.select_for_update(no_key=True).get(pk=profile.city_id)
            by = User.objects.get(pk=request.user.pk)
            keep_version(profile.city, profile, by=by, at=timezone.now())


class BroadIndustries:
    """A city or an application names sections and divisions, nothing finer."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        broad = {"queryset": Industry.objects.broad()}
        return super().formfield_for_manytomany(db_field, request, **{**broad, **kwargs})  # type: ignore[misc]


@admin.register(Profile)
class ProfileAdmin(BroadIndustries, InProfileAdmin):
    correctable = [*SECTION_TEXT_FIELDS, "industries"]
    needed = ["city", "edited_by"]
    folded = ["city__search_key"]
    list_display = ["city", "edited_at", "edited_by"]
    search_fields = ["city__slug"]
    date_hierarchy = "edited_at"


@admin.register(KeyFigure)
class KeyFigureAdmin(InProfileAdmin):
    correctable = FIGURE
    needed = ["city", "recorded_by"]
    folded = ["city__search_key"]
    list_display = ["city", "indicator", "year", "value", "unit", "currency", "status", "source"]
    list_filter = ["indicator", "status", "city__country"]
    search_fields = ["city__slug", "source"]


@admin.register(Cooperation)
class CooperationAdmin(InProfileAdmin):
    correctable = COOPERATION
    needed = ["city"]
    folded = ["city__search_key"]
    list_display = ["partner", "city", "kind", "partner_country", "since"]
    list_filter = ["kind", "city__country"]
    search_fields = ["partner", "city__slug"]


@admin.register(ProfileVersion)
class ProfileVersionAdmin(RowAdmin):
    needed = ["city", "made_by"]
    folded = ["city__search_key"]
    list_display = ["city", "number", "made_at", "made_by"]
    search_fields = ["city__slug"]
    date_hierarchy = "made_at"


@admin.register(Officer)
class OfficerAdmin(RowAdmin):
    """Level and state are moved by actions: once a city has a lead it keeps one."""

    correctable = ["function", "phone"]
    refusals = {
        "city_keeps_a_lead": _("Once a city has a lead it keeps one. Make another officer the lead first.")
    }
    needed = ["city", "user", "confirmed_by", "ended_by"]
    folded = ["city__search_key"]
    moves = [
        Move(
            "confirm",
            _("Confirm"),
            officers.confirm,
            _(
                "You have made sure who this person is. The person is told; a present lead becomes deputy"
                " if you choose “Lead”."
            ),
            form=LevelForm,
            may=secretariat,
        ),
        Move("refuse", _("Refuse"), officers.refuse, TOLD, ReasonForm, secretariat),
        Move(
            "level",
            _("Change the level"),
            officers.change_level,
            _("A present lead becomes deputy if you choose “Lead”."),
            form=LevelForm,
            may=secretariat,
            possible=lambda officer: officer.state == OfficerState.CONFIRMED,
        ),
        Move("end", _("End"), officers.end, TOLD, ReasonForm, secretariat),
    ]  # fmt: skip
    list_display = ["user", "city", "level", "function", "state", "registered_at"]
    list_filter = ["state", "level", "city__country"]
    search_fields = ["user__name", "user__email", "city__slug"]
    date_hierarchy = "registered_at"


@admin.register(Institution)
class InstitutionAdmin(RowAdmin):
    correctable = ["kind", *in_three("name"), "seat", "website", *in_three("about")]
    needed = ["seat"]
    folded = ["search_key", "seat__search_key"]
    list_display = ["__str__", "kind", "seat", "registered_at", "ended_at"]
    list_filter = ["kind", "seat__country"]
    search_fields = in_three("name")


@admin.register(InstitutionContact)
class InstitutionContactAdmin(RowAdmin):
    correctable = ["function"]
    needed = ["institution", "user", "ended_by"]
    folded = ["institution__search_key"]
    list_display = ["user", "institution", "function", "since", "ended_at"]
    search_fields = ["user__name", "user__email"]
    date_hierarchy = "since"


def is_unsettled(invitation: Invitation) -> bool:
    """Whether an invitation can still be taken back or sent again."""
    return invitation.state(timezone.now()) in (InvitationState.OPEN, InvitationState.EXPIRED)


def may_invite(user: Any, invitation: Invitation) -> bool:
    return bool(user.is_administrator if invitation.role else user.is_secretariat)


@admin.register(Invitation)
class InvitationAdmin(RowAdmin):
    """Kept as sent; the secretary sends a new link or takes it back. The link itself nobody knows."""

    secret = ["token_digest"]
    needed = ["invited_by", "accepted_by", "revoked_by"]
    moves = [
        Move(
            "resend",
            _("Send a new link"),
            invitations.resend,
            _("The old link no longer works."),
            may=may_invite,
            possible=is_unsettled,
        ),
        Move(
            "revoke",
            _("Take back"),
            invitations.revoke,
            _("The link no longer works."),
            may=may_invite,
            possible=is_unsettled,
        ),
    ]
    list_display = [
        "name",
        "email",
        "role",
        "invited_at",
        "invited_by",
        "expires_at",
        "accepted_at",
        "revoked_at",
    ]
    list_filter = ["role", ("accepted_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "email"]
    date_hierarchy = "invited_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Invitations to work for the alliance itself only administrators see, as on the pages."""
        seen = Invitation.objects.visible_to(request.user)  # type: ignore[arg-type]
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))

    def trail_events(self, request: HttpRequest, row: Any = None) -> QuerySet[Any]:
        events = super().trail_events(request, row)
        seen = request.user.is_administrator  # type: ignore[union-attr]
        return events if seen else events.filter(role=StaffRole.NONE)


@admin.register(OfficerInvitation)
class OfficerInvitationAdmin(RowAdmin):
    needed = ["invitation", "city"]
    folded = ["city__search_key"]
    list_display = ["invitation", "city", "level", "function"]
    list_filter = ["level"]
    search_fields = ["invitation__email", "invitation__name", "city__slug"]
    date_hierarchy = "invitation__invited_at"


@admin.register(ContactInvitation)
class ContactInvitationAdmin(RowAdmin):
    needed = ["invitation", "institution"]
    folded = ["institution__search_key"]
    list_display = ["invitation", "institution", "function"]
    search_fields = ["invitation__email", "invitation__name"]
    date_hierarchy = "invitation__invited_at"
