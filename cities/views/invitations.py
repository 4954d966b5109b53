"""Invitations: inviting, the list of all, and accepting by the link."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from alliance.accounts.models import Invitation
from alliance.accounts.states import InvitationState
from alliance.letters.views.facts import SignedIn, StaffOnly, person
from alliance.pages.exports import Column
from alliance.pages.views import ActionFormView, ActionView, ListPage, refusals_on_form
from cities.actions import invitations
from cities.actions.invitation_letters import what_for
from cities.filters.people import InvitationFilters
from cities.forms.people import InviteContactForm, InviteOfficerForm, InviteStaffForm
from cities.models import City, Institution
from cities.permissions import may_manage_officers
from cities.states import Country

TONES = {
    InvitationState.OPEN: "waiting",
    InvitationState.ACCEPTED: "done",
    InvitationState.EXPIRED: "warning",
    InvitationState.REVOKED: "ended",
}


def state_of(invitation: Invitation) -> str:
    return str(invitation.state(timezone.now()).label)


class InvitationList(StaffOnly, ListPage):
    """Whom the alliance has invited, and what became of it."""

    title = _("Invitations")
    template_name = "cities/invitation_list.html"
    filterset_class = InvitationFilters
    columns = [
        Column("person", _("Person"), lambda invitation: invitation.name, sort="person"),
        Column("email", _("E-mail address"), on_page=False),
        Column("purpose", _("For"), lambda invitation: what_for(invitation)[0]),
        Column("invited", _("Invited"), lambda invitation: invitation.invited_at, sort="date"),
        Column("by", _("Invited by"), lambda invitation: str(invitation.invited_by), on_page=False),
        Column("until", _("Valid until"), lambda invitation: invitation.expires_at, sort="until"),
        Column("state", _("State"), state_of),
    ]
    orderings = {"person": "name", "date": "invited_at", "until": "expires_at"}
    default_sort = "-date"
    export_name = "invitations"
    empty_message = _("Nobody has been invited yet.")

    def visible_rows(self) -> QuerySet[Any]:
        rows = Invitation.objects.visible_to(person(self.request))
        return rows.select_related("invited_by", "officer__city", "contact__institution")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        now, user = timezone.now(), self.request.user
        context["rows"] = [
            {
                "invitation": row,
                "purpose": what_for(row)[0],
                "state": row.state(now).label,
                "tone": TONES[row.state(now)],
                "movable": not (row.accepted_at or row.revoked_at) and may_move(user, row),
            }
            for row in context["rows"]
        ]
        return context


def may_move(user: Any, invitation: Invitation) -> bool:
    return user.is_administrator if invitation.role else may_manage_officers(user)


class InvitationMove(StaffOnly, ActionView):
    """Send again or take back; the list is the page of every invitation."""

    def visible_rows(self) -> QuerySet[Any]:
        return Invitation.objects.visible_to(person(self.request))

    def get_success_url(self, result: Any = None) -> str:
        return reverse("cities:invitations")

    def get_refused_url(self) -> str:
        return reverse("cities:invitations")

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"email": result.email}


class InvitationResend(InvitationMove):
    done = _("%(email)s gets a new link, valid for 14 days; the old one no longer works.")

    def act(self, invitation: Invitation) -> Invitation:
        return invitations.resend(invitation, by=person(self.request))


class InvitationRevoke(InvitationMove):
    done = _("The invitation of %(email)s is taken back; its link no longer works.")

    def act(self, invitation: Invitation) -> Invitation:
        return invitations.revoke(invitation, by=person(self.request))


class Invite(ActionFormView):
    """A form that sends an invitation; for others than the secretariat there is nothing here."""

    template_name = "cities/invitation_invite.html"
    done = _("%(email)s is invited.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = self.object.get_absolute_url()
        return form

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"email": result.email}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("cities:invitations")


class InviteOfficer(Invite):
    form_class = InviteOfficerForm

    def visible_rows(self) -> QuerySet[Any]:
        return City.objects.all() if may_manage_officers(self.request.user) else City.objects.none()

    def get_initial(self) -> dict[str, Any]:
        level = "deputy" if self.object.officers.leads().exists() else "lead"
        language = "zh-hans" if self.object.country == Country.CHINA else "de"
        return {"language": language, "level": level}

    def act(self, city: City, data: dict[str, Any]) -> Invitation:
        return invitations.invite_officer(city, by=person(self.request), **data)


class InviteContact(Invite):
    form_class = InviteContactForm

    def visible_rows(self) -> QuerySet[Any]:
        found = Institution.objects.current()
        return found if may_manage_officers(self.request.user) else found.none()

    def act(self, institution: Institution, data: dict[str, Any]) -> Invitation:
        return invitations.invite_contact(institution, by=person(self.request), **data)


class InviteStaff(SignedIn, FormView):  # type: ignore[type-arg]
    """Somebody is to work for the alliance; only administrators invite for that."""

    template_name = "cities/invitation_staff.html"
    form_class = InviteStaffForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_administrator:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def form_valid(self, form: InviteStaffForm) -> HttpResponseBase:  # type: ignore[override]
        with refusals_on_form(form) as outcome:
            outcome.result = invitations.invite_staff(by=person(self.request), **form.cleaned_data)
            messages.success(self.request, _("%(email)s is invited.") % {"email": outcome.result.email})
            return redirect("cities:invitations")
        return self.form_invalid(form)  # type: ignore[return-value]
