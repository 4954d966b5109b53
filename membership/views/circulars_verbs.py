"""What the secretariat does with a circular that is out: remind, extend, cancel, close, begin anew."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.pages.views import ActionFormView, ActionView
from membership.actions import circulars
from membership.forms.circulars import CancelForm, ExtendForm
from membership.models import Circular
from membership.views.circulars import OfOneCircular
from membership.views.circulars_page import CircularPage


class FormOnPage(ActionFormView):
    """A verb whose form stands on a page with others; refused, the page shows it as it was filled in."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]
    form_kind = ""
    refused: forms.BaseForm | None = None
    is_shown = False

    def form_key(self) -> int:
        """Which of several forms of a kind this is."""
        return 0

    def bound(self, kind: str, key: int) -> forms.BaseForm | None:
        """The refused form, in the place of the fresh one."""
        if (kind, key) != (self.form_kind, self.form_key()):
            return None
        self.is_shown = True
        return self.refused

    def page_url(self) -> str:
        """The page on which the form stands."""
        return str(self.object.get_absolute_url())

    def form_invalid(self, form: forms.BaseForm) -> Any:  # type: ignore[override]
        """The page with the form as it was filled in; where it has gone meanwhile, a message says why."""
        self.refused = form
        context = self.get_context_data(form=form)
        if self.is_shown:
            return self.render_to_response(context)
        for error in form.non_field_errors():
            messages.error(self.request, str(error))
        return redirect(self.page_url())


class VerbOnPage(FormOnPage, CircularPage):  # type: ignore[misc]
    """A verb on the page of a circular."""

    def get_success_url(self, result: Any = None) -> str:
        return self.page_url()


class ForSecretariat(OfOneCircular):
    """Verbs that only the secretariat has: for others they are not there."""

    def visible_rows(self) -> QuerySet[Circular]:
        rows = super().visible_rows()
        return rows if self.request.user.is_secretariat else rows.none()


class CircularRemind(ForSecretariat, ActionView):
    """A reminder by hand, to those who have not answered."""

    def act(self, circular: Circular) -> Any:
        return circulars.remind(circular, by=self.request.user, at=self.now)

    def get_success_url(self, result: Any = None) -> str:
        return self.object.get_absolute_url()

    def get_done_message(self, result: Any) -> str:
        count = result.electors.count() if result else 0
        return ngettext("%(count)d member is reminded.", "%(count)d members are reminded.", count) % {
            "count": count
        }


class CircularExtend(ForSecretariat, VerbOnPage):
    """A later deadline, once."""

    form_class = ExtendForm
    form_kind = "extend"
    done = _("The deadline is extended; everybody asked is told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "circular": self.object}

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return circulars.extend(
            circular,
            new_deadline=data["new_deadline"],
            reason=data["reason"],
            by=self.request.user,
            at=self.now,
        )


class CircularCancel(ForSecretariat, VerbOnPage):
    """The end without a result."""

    form_class = CancelForm
    form_kind = "cancel"
    done = _("The circular is cancelled; everybody asked is told.")

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return circulars.cancel(circular, reason=data["reason"], by=self.request.user, at=self.now)


class CircularClose(ForSecretariat, ActionView):
    """The close: at the deadline, or before it where the rule allows."""

    def act(self, circular: Circular) -> Any:
        return circulars.close(circular, by=self.request.user, at=self.now)

    def get_success_url(self, result: Any = None) -> str:
        return self.object.get_absolute_url()

    def get_done_message(self, result: Any) -> str:
        if not result.result:
            return str(_("The circular is closed."))
        return _("The circular is closed: %(result)s.") % {"result": result.get_result_display()}


class CircularAgain(ForSecretariat, ActionView):
    """A new circular on the same application, after one that was not carried or was cancelled."""

    done = _("A new circular is being prepared.")

    def visible_rows(self) -> QuerySet[Circular]:
        return super().visible_rows().filter(application__isnull=False)

    def act(self, circular: Any) -> Any:
        return circulars.draft_for(circular.application, by=self.request.user, at=self.now)
