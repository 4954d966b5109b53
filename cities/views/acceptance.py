"""Accepting an invitation by its link; opening the link changes nothing."""

from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from alliance.accounts.models import User
from alliance.pages.views import refusals_on_form
from cities.actions import invitations
from cities.actions.invitation_letters import what_for
from cities.forms.people import AcceptForm, JustAccept

NEAR_ZONES = {"de": "Europe/Berlin", "zh-hans": "Asia/Shanghai"}


@method_decorator([never_cache, sensitive_post_parameters("password", "password_again")], name="dispatch")
class AcceptInvitation(View):
    """The page behind the link of an invitation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.invitation = invitations.open_invitation(kwargs["token"])
        except invitations.LinkRefused as refusal:
            return refused(request, refusal)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(self.form(None))

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        form = self.form(request.POST)
        if form is None or not form.is_valid():
            return self.page(form)
        try:
            with refusals_on_form(form):
                return self.accept(token, form.cleaned_data)
        except invitations.LinkRefused as refusal:
            return refused(request, refusal)
        return self.page(form)

    def accept(self, token: str, data: dict[str, Any]) -> HttpResponseBase:
        user = self.request.user
        given = {name: data[name] for name in ("name", "password", "language", "time_zone") if name in data}
        by = user if user.is_authenticated else None
        person = invitations.accept(token, by=by, **given)
        with translation.override(person.language or get_language()):
            messages.success(self.request, _("You have accepted the invitation. Welcome!"))
        if by is not None:
            return redirect("desk")
        return perform_login(self.request, person, email_verification="none", redirect_url=reverse("desk"))

    def form(self, data: Any) -> AcceptForm | JustAccept | None:
        """What is to be filled in; nothing, as long as another account is in the way."""
        standing = self.standing()
        if standing == "own":
            return JustAccept(data)
        if standing == "new":
            return AcceptForm(data, email=self.invitation.email, initial=self.initial())
        return None

    def standing(self) -> str:
        """Who looks at the page: the invited person signed in, somebody else, or nobody."""
        user, email = self.request.user, self.invitation.email
        if user.is_authenticated:
            return "own" if user.email == email else "other"
        return "known" if User.objects.filter(email=email).exists() else "new"

    def initial(self) -> dict[str, str]:
        language = get_language() or self.invitation.language
        zone = NEAR_ZONES.get(self.invitation.language, "")
        return {"name": self.invitation.name, "language": language, "time_zone": zone}

    def page(self, form: AcceptForm | JustAccept | None) -> HttpResponse:
        subject, what = what_for(self.invitation)
        context = {
            "invitation": self.invitation,
            "subject": subject,
            "what": what,
            "form": form,
            "standing": self.standing(),
        }
        return TemplateResponse(self.request, "cities/invitation_accept.html", context)


def refused(request: HttpRequest, refusal: invitations.LinkRefused) -> HttpResponse:
    """Why the link leads nowhere, and what would help."""
    used = isinstance(refusal, invitations.UsedLink)
    context = {"sentence": refusal.sentence, "used": used}
    return TemplateResponse(request, "cities/invitation_refused.html", context, status=refusal.status)
