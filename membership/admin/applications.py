"""Applications and all that belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliance.pages.admin import Move, MoveForm, ReasonForm, RowAdmin, management, secretariat
from cities.admin import BroadIndustries
from cities.models.profile import SECTION_TEXT_FIELDS
from cities.states import Section
from membership.actions import applications, decisions
from membership.models import (
    Application,
    ApplicationCity,
    ApplicationCooperation,
    ApplicationFigure,
    ApplicationVersion,
    Attachment,
    ReturnComment,
)
from membership.permissions.applications import may_retract, speaks_for_applicant

TOLD = _("The applicant is told the reason.")
FIGURE = ["indicator", "year", "value", "currency", "territory", "concept", "status", "source"]
COOPERATION = ["partner", "partner_country", "kind", "since", "description"]
CONTACT = [
    "contact_name", "contact_function", "contact_email", "contact_phone", "signatory_name",
    "signatory_function", "resolution_body", "resolution_number", "resolution_date",
]  # fmt: skip


class CommentsForm(MoveForm):
    """A comment for each part that is to be corrected."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        contact = ("contact", _("Contact and resolution"))
        parts = [*Section.choices, contact, ("attachments", _("Attachments")), ("general", _("General"))]
        for name, label in parts:
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=20_000, widget=AdminTextareaWidget({"rows": 3})
            )

    def arguments(self) -> Mapping[str, Any]:
        comments = dict(self.cleaned_data)
        return {"comments": {**comments, "": comments.pop("general", "")}}


class AcceptForm(MoveForm):
    """The day on which the membership begins, and the occasion."""

    member_from = forms.DateField(
        label=_("Member from"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("The day of the decision, or a later one such as the next plenary."),
    )
    occasion = forms.CharField(label=_("Occasion"), required=False, max_length=200)

    def arguments(self) -> Mapping[str, Any]:
        member_from: date | None = self.cleaned_data["member_from"]
        return {"member_from": member_from, "occasion": self.cleaned_data["occasion"]}


class OptionalReasonForm(ReasonForm):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=AdminTextareaWidget({"rows": 4})
    )


class OfApplicationAdmin(RowAdmin):
    """Drafts that nobody has submitted yet are the applicant's business: staff see them no more here than
    on the pages, administrators do."""

    application = "application"

    def seen(self, request: HttpRequest, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
        if request.user.is_administrator:  # type: ignore[union-attr]
            return rows
        seen = Application.objects.visible_to(request.user)  # type: ignore[arg-type]
        return rows.filter(**{f"{path}__in": seen.values("pk")})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.seen(request, super().get_queryset(request), self.application)

    def trail_events(self, request: HttpRequest, row: Any = None) -> QuerySet[Any]:
        path = "pgh_obj" if self.application == "pk" else "application"
        return self.seen(request, super().trail_events(request, row), path)


@admin.register(Application)
class ApplicationAdmin(BroadIndustries, OfApplicationAdmin):
    application = "pk"
    correctable = [*CONTACT, *SECTION_TEXT_FIELDS, "industries"]
    needed = ["begun_by", "submitted_by", "returned_by", "passed_on_by", "retracted_by"]
    needed_many = ["cities"]
    moves = [
        Move(
            "submit",
            _("Submit"),
            applications.submit,
            _("The secretariat is told."),
            may=speaks_for_applicant,
        ),
        Move(
            "send_back",
            _("Return for correction"),
            applications.send_back,
            _("The applicant is told what is to be corrected."),
            CommentsForm,
            secretariat,
        ),
        Move(
            "pass_on",
            _("Pass on"),
            applications.pass_on,
            _("The application is complete; a draft of the circular follows from it."),
            may=secretariat,
        ),
        Move(
            "accept",
            _("Accept"),
            decisions.accept,
            _("The membership begins, and the applicant and all members are told."),
            AcceptForm,
            management,
        ),
        Move("decline", _("Decline"), decisions.decline, TOLD, ReasonForm, management),
        Move("postpone", _("Postpone"), decisions.postpone, TOLD, ReasonForm, management),
        Move(
            "take_up_again",
            _("Take up again"),
            decisions.take_up_again,
            _("The application is in consultation again."),
            may=management,
        ),
        Move(
            "retract",
            _("Retract"),
            applications.retract,
            _("A circular about it is cancelled, and everybody asked is told."),
            OptionalReasonForm,
            may_retract,
        ),
    ]
    list_display = ["reference", "name", "state", "contact_name", "submitted_at", "decided_at"]
    list_filter = ["state"]
    search_fields = ["reference", "contact_name", "contact_email"]
    folded = ["cities__search_key"]
    date_hierarchy = "begun_at"

    @admin.display(description=_("cities"))
    def name(self, application: Application) -> str:
        return application.name


@admin.register(ApplicationCity)
class ApplicationCityAdmin(OfApplicationAdmin):
    needed = ["application", "city"]
    folded = ["city__search_key"]
    list_display = ["city", "application", "is_open"]
    list_filter = ["is_open", "city__country"]
    search_fields = ["application__reference", "city__slug"]


@admin.register(ApplicationFigure)
class ApplicationFigureAdmin(OfApplicationAdmin):
    correctable = FIGURE
    needed = ["application", "city"]
    folded = ["city__search_key"]
    list_display = ["application", "city", "indicator", "year", "value", "unit", "currency", "status"]
    list_filter = ["indicator", "status"]
    search_fields = ["application__reference", "city__slug", "source"]


@admin.register(ApplicationCooperation)
class ApplicationCooperationAdmin(OfApplicationAdmin):
    correctable = COOPERATION
    needed = ["application", "city"]
    folded = ["city__search_key"]
    list_display = ["partner", "application", "city", "kind", "since"]
    list_filter = ["kind"]
    search_fields = ["partner", "application__reference", "city__slug"]


@admin.register(Attachment)
class AttachmentAdmin(OfApplicationAdmin):
    """The file itself is read on the application's page, by who may read the application."""

    correctable = ["kind", "language", "date", "reference"]
    needed = ["application", "uploaded_by"]
    list_display = ["filename", "application", "kind", "language", "size", "uploaded_at", "removed_at"]
    list_filter = ["kind", "language"]
    search_fields = ["filename", "reference", "application__reference", "sha256"]
    date_hierarchy = "uploaded_at"


@admin.register(ApplicationVersion)
class ApplicationVersionAdmin(OfApplicationAdmin):
    needed = ["application", "submitted_by"]
    list_display = ["application", "number", "submitted_at", "submitted_by"]
    search_fields = ["application__reference"]
    date_hierarchy = "submitted_at"


@admin.register(ReturnComment)
class ReturnCommentAdmin(RowAdmin):
    needed = ["version__application"]
    list_display = ["version", "section", "text"]
    list_filter = ["section"]
    search_fields = ["version__application__reference", "text"]
