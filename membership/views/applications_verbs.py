"""What is done with an application: submit, return, pass on, retract."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.pages.views import ActionFormView, ActionView
from membership.actions import applications
from membership.forms.applications import RetractForm, ReturnForm, sections_to_comment
from membership.models import Application, Attachment, Circular
from membership.permissions.applications import Reader
from membership.states import CircularState
from membership.views.applications import OfOneApplication
from membership.views.applications_reading import facts_of, sections_of
from membership.views.applications_step import step_url


class ApplicationSubmit(OfOneApplication, ActionView):
    done = gettext_lazy(
        "The application %(object)s is with the secretariat. You will hear from it by letter."
    )

    def act(self, thing: Application) -> Application:
        return applications.submit(thing, by=self.request.user)

    def get_refused_url(self) -> str:
        if self.reader == Reader.APPLICANT and self.object.is_editable:
            return step_url(self.object, "summary")
        return self.object.get_absolute_url()


class ApplicationPassOn(OfOneApplication, ActionView):
    done = gettext_lazy(
        "The application is complete. This is the draft of the circular to the member cities."
    )

    def act(self, thing: Application) -> Circular:
        return applications.pass_on(thing, by=self.request.user)


class ApplicationReturn(OfOneApplication, ActionFormView):
    """Return with comments: each section stands above the field for what is to be corrected in it."""

    template_name = "membership/application_return.html"
    form_class = ReturnForm
    done = gettext_lazy(
        "The application %(object)s is returned; the applicant gets a letter with the comments."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For applicants and members there is no such page."""
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sections": sections_to_comment()}

    def act(self, thing: Application, data: dict[str, Any]) -> Application:
        comments = {"" if name == "general" else name: text for name, text in data.items()}
        return applications.send_back(thing, comments=comments, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.versions[0].content
        context = {
            "application": self.object,
            "cities": self.way.cities,
            "crumbs": self.crumbs((_("Return for correction"), "")),
            "facts": facts_of(content, self.object, self.reader),
            "sections": sections_of(content),
        }
        return super().get_context_data(**{**context, **kwargs})


class ApplicationRetract(OfOneApplication, ActionFormView):
    """Taking an application back is asked for once more, with room for a reason."""

    template_name = "membership/application_retract.html"
    form_class = RetractForm
    done = gettext_lazy("The application %(object)s is retracted.")

    def visible_rows(self) -> Any:
        return Application.objects.of(self.request.user)

    def act(self, thing: Application, data: dict[str, Any]) -> Application:
        return applications.retract(thing, reason=data["reason"], by=self.request.user)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = self.object.get_absolute_url()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.object.circulars.filter(state=CircularState.ISSUED).first()
        context = {"application": self.object, "cities": self.way.cities, "asked": asked}
        crumbs = self.crumbs((_("Retract"), ""))
        return super().get_context_data(**{**context, "crumbs": crumbs, **kwargs})


class AttachmentRemove(OfOneApplication, ActionView):
    """Take a file out of a draft."""

    def visible_rows(self) -> Any:
        return Application.objects.of(self.request.user).filter(pk=self.kwargs["pk"])

    @property
    def object(self) -> Any:
        application = get_object_or_404(self.visible_rows())
        return get_object_or_404(application.attachments, pk=self.kwargs["attachment"])

    def act(self, thing: Attachment) -> Attachment:
        return applications.remove_attachment(thing, by=self.request.user)

    def get_done_message(self, result: Attachment) -> str:
        return _("“%(name)s” is removed.") % {"name": result.filename}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("membership:application_step", args=[self.kwargs["pk"], "attachments"])

    get_refused_url = get_success_url
