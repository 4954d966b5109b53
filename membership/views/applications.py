"""Applications: their list, the beginning of one, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from alliance.pages.exports import Column
from alliance.pages.orderings import Orderings
from alliance.pages.views import ListPage, OfOneObject, refusals_on_form
from cities.models import City
from cities.models.city import name_order
from membership.actions import applications
from membership.filters.applications import ApplicationFilters
from membership.forms.applications import CitiesForm
from membership.models import Application, ApplicationVersion, MembershipCity
from membership.models.contents import content_of
from membership.models.membership import alliance_day, open_period
from membership.permissions.applications import (
    Reader,
    cities_to_apply_for,
    may_retract,
    reader_of,
    speaking_offices,
    speaks_for_applicant,
)
from membership.states import ApplicationState, CircularState, MembershipKind
from membership.views.applications_reading import facts_of, files_of, sections_of
from membership.views.applications_way import Way, question, status_of


class ApplicationList(LoginRequiredMixin, ListPage):
    """For staff all applications ever submitted, for officers those of their cities."""

    request: Any
    title = gettext_lazy("Applications")
    template_name = "membership/application_list.html"
    filterset_class = ApplicationFilters
    empty_message = gettext_lazy("No application yet")
    columns: Sequence[Column] = [
        Column("reference", gettext_lazy("Reference")),
        Column("city", gettext_lazy("City"), lambda row: row.name),
        Column(
            "country", gettext_lazy("Country"), lambda row: row.places.all()[0].city.get_country_display()
        ),
        Column("state", gettext_lazy("State"), lambda row: status_of(row, plain=False)[0]),
        Column("submitted", gettext_lazy("Submitted"), lambda row: row.submitted_at),
        Column("edited", gettext_lazy("Last change"), lambda row: row.edited_at, on_page=False),
    ]
    orderings: Orderings = {
        "reference": ["reference"],
        "city": "first_name",
        "country": "country",
        "state": "state",
        "submitted": "submitted_at",
        "edited": "edited_at",
    }
    default_sort = "-edited"
    export_name = "applications"

    def visible_rows(self) -> QuerySet[Any]:
        """With name and country of the first city, for order and filter."""
        user = self.request.user
        rows = Application.objects.visible_to(user) if user.is_staff else Application.objects.of(user)
        first = City.objects.filter(application_places__application=OuterRef("pk")).order_by(
            "application_places"
        )
        return rows.annotate(
            country=Subquery(first.values("country")[:1]),
            first_name=Subquery(first.annotate(name_key=name_order()).values("name_key")[:1]),
        ).prefetch_related("places__city", "cities")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plain = not self.request.user.is_staff
        context = super().get_context_data(**kwargs)
        rows = list(context["rows"])
        for row in rows:
            row.status = status_of(row, plain=plain)
        may_begin = bool(cities_to_apply_for(self.request.user))
        return {**context, "rows": rows, "may_begin": may_begin}


class ApplicationBegin(LoginRequiredMixin, TemplateView):
    """Choose the city or cities that apply."""

    request: Any
    template_name = "membership/application_new.html"

    def form(self, data: Any = None) -> CitiesForm:
        """The person's cities; one that stands alone is chosen already."""
        own, others = cities_offered(self.request.user)
        initial = {"cities": own if own.count() == 1 else []}
        return CitiesForm(data, own=own, others=others, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Begin, and go on with the first step that has something to fill in."""
        form = self.form(request.POST)
        if form.is_valid():
            with refusals_on_form(form):
                application = applications.begin(form.chosen, by=request.user)
                return redirect("membership:application_step", application.pk, "economic")
        return self.page(form)

    def page(self, form: CitiesForm) -> HttpResponse:
        crumbs = [(_("Applications"), reverse("membership:applications")), (_("New application"), "")]
        own = cities_to_apply_for(self.request.user)
        return self.render_to_response(self.get_context_data(form=form, crumbs=crumbs, own=own))


def cities_offered(
    user: Any, application: Application | None = None
) -> tuple[QuerySet[City], QuerySet[City]]:
    """Own cities, and others that may join in: those of the own countries that are no full members."""
    own = City.objects.filter(pk__in=speaking_offices(user).values("city"))
    from_today = open_period(alliance_day(timezone.now()))
    members = MembershipCity.objects.filter(kind=MembershipKind.FULL, period__overlap=from_today)
    others = City.objects.visible_to(user).filter(country__in=own.values("country"))
    others = others.exclude(pk__in=own.values("pk")).exclude(pk__in=members.values("city"))
    if application is not None:
        others = City.objects.filter(Q(pk__in=others.values("pk")) | Q(applications=application)).distinct()
        others = others.exclude(pk__in=own.values("pk"))
    elif not user.officers.speaking().exists():
        others = others.none()
    return own, others


class OfOneApplication(OfOneObject):
    """Whatever concerns one application the person may see."""

    request: Any

    def visible_rows(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.request.user)

    @cached_property
    def reader(self) -> Reader:
        return reader_of(self.request.user, self.object)

    @cached_property
    def way(self) -> Way:
        return Way.of(self.object, at=timezone.now())

    @cached_property
    def versions(self) -> list[ApplicationVersion]:
        """The versions this reader may see: members see those up to the one they were asked about."""
        rows = self.object.versions.select_related("submitted_by").prefetch_related("comments")
        if self.reader == Reader.MEMBER:
            asked = self.object.circulars.issued().values("application_version__number")
            rows = rows.filter(number__lte=max(row["application_version__number"] or 0 for row in asked))
        return list(rows)

    def crumbs(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """The way back."""
        crumbs = [(self.object.reference, self.object.get_absolute_url() if more else ""), *more]
        if self.reader == Reader.MEMBER:
            return crumbs
        return [(_("Applications"), reverse("membership:applications")), *crumbs]


class ApplicationPage(OfOneApplication, TemplateView):
    """Where an application stands and what it says; for applicant, staff, and members that were asked."""

    template_name = "membership/application_page.html"

    @property
    def content(self) -> dict[str, Any]:
        """Applicants see what stands now, everybody else what was submitted."""
        if self.reader == Reader.APPLICANT:
            return content_of(self.object)
        return self.versions[0].content

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, content, plain = self.object, self.content, self.reader == Reader.APPLICANT
        context = {
            "application": application,
            "cities": self.way.cities,
            "question": question(self.way, plain=plain),
            "sentence": self.way.sentence(),
            "steps": self.way.steps(),
            "status": status_of(application, plain=plain),
            "crumbs": self.crumbs(),
            "reader": self.reader.value,
            "facts": facts_of(content, application, self.reader),
            "sections": sections_of(content),
            "files": files_of(content, application),
            "versions": self.version_links(),
            "changes_url": next((row["compare_url"] for row in self.version_links()), ""),
            "comments": self.comments(),
            **self.possible(),
        }
        return super().get_context_data(**{**context, **kwargs})

    def comments(self) -> list[Any]:
        """What the secretariat asked to correct: of the last return, while it is corrected and checked."""
        correcting = self.object.state in (ApplicationState.RETURNED, ApplicationState.SUBMITTED)
        if self.reader == Reader.MEMBER or not (correcting and self.object.returned_at):
            return []
        place = 0 if self.object.state == ApplicationState.RETURNED else 1
        return list(self.versions[place].comments.all())

    def version_links(self) -> list[dict[str, Any]]:
        pk, number = self.object.pk, {version.number for version in self.versions}
        return [
            {
                "label": _("Version %(number)d") % {"number": version.number},
                "url": reverse("membership:application_version", args=[pk, version.number]),
                "at": version.submitted_at,
                "by": str(version.submitted_by) if self.reader != Reader.MEMBER else "",
                "compare_url": reverse(
                    "membership:application_changes", args=[pk, version.number - 1, version.number]
                )
                if version.number - 1 in number
                else "",
            }
            for version in self.versions
        ]

    def possible(self) -> dict[str, Any]:
        """What this person can do now."""
        user, application, state = self.request.user, self.object, self.object.state
        applicant = self.reader == Reader.APPLICANT
        open_ = application.is_open
        circular = self.way.circular
        return {
            "edits": applicant and application.is_editable,
            "gaps": applications.missing(application) if applicant and application.is_editable else [],
            "speaks": applicant and speaks_for_applicant(user, application),
            "may_retract": applicant and open_ and may_retract(user, application),
            "checks": user.is_secretariat and state == ApplicationState.SUBMITTED,
            "circular": circular if self.shows_circular(circular) else None,
            "decides": user.is_management
            and state in (ApplicationState.IN_CONSULTATION, ApplicationState.POSTPONED)
            and circular is not None
            and circular.state == CircularState.CLOSED,
        }

    def shows_circular(self, circular: Any) -> bool:
        """Drafts of circulars are the staff's business."""
        if circular is None:
            return False
        return self.request.user.is_staff or circular.state != CircularState.DRAFT
