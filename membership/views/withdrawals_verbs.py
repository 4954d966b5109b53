"""What is done with a withdrawal: the notice to all member cities, and its revocation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.pages.views import ActionFormView
from membership.actions import withdrawals
from membership.actions.texts import preview
from membership.forms.withdrawals import NoticeForm, RevokeForm
from membership.models import Circular, NoticeTerms, Withdrawal
from membership.models.membership import alliance_day
from membership.permissions.withdrawals import may_communicate, may_revoke
from membership.states import CircularKind, WithdrawalState
from membership.views.drafts import HTML_TAGS, LANGUAGE_NAMES, what_follows
from membership.views.withdrawals import OfOneWithdrawal
from membership.views.withdrawals_page import is_revocable, notice_sentence


class WithdrawalCommunicate(OfOneWithdrawal, ActionFormView):
    """What the withdrawal touches, the notice in three languages, and the step that cannot be undone."""

    template_name = "membership/withdrawal_communicate.html"
    form_class = NoticeForm

    def visible_rows(self) -> QuerySet[Withdrawal]:
        rows = super().visible_rows()
        return rows if may_communicate(self.request.user) else rows.none()

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """What is under way already has its own page."""
        if self.object.state != WithdrawalState.SUBMITTED:
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    @cached_property
    def drafted(self) -> dict[str, str]:
        return withdrawals.draft_texts(self.object, at=self.now)

    def get_initial(self) -> dict[str, Any]:
        return dict(self.drafted)

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: Any = super().get_form(form_class)
        form.cancel_url = self.object.get_absolute_url()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        withdrawal, day = self.object, alliance_day(self.now)
        context = {
            "withdrawal": withdrawal,
            "city": withdrawal.city,
            "crumbs": self.crumbs(_("Notice")),
            "touched": withdrawals.touches(withdrawal, at=self.now),
            "follows": what_follows(day),
            "notice": notice_sentence(NoticeTerms.objects.at(self.now)),
            "previews": previews(self.drafted),
        }
        return super().get_context_data(**{**context, **kwargs})

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        """Shown as it would go out first, if that is what was asked for."""
        if "preview" in self.request.POST:
            seen = self.get_context_data(form=form, previews=previews(form.texts()), previewed=True)
            return self.render_to_response(seen)
        return super().form_valid(form)

    def act(self, withdrawal: Withdrawal, data: dict[str, Any]) -> Any:
        return withdrawals.communicate(withdrawal, texts=data, by=self.request.user, at=self.now)

    def get_done_message(self, result: Any) -> str:
        words = {"number": result.circular.label, "city": result.city.name}
        return _("Circular %(number)s tells all member cities that %(city)s leaves.") % words


def previews(texts: dict[str, str]) -> list[dict[str, Any]]:
    """The notice in each language, exactly as members will get it."""
    draft = Circular(kind=CircularKind.WITHDRAWAL_NOTICE, **texts)
    return [
        {
            "text": text,
            "lang": HTML_TAGS.get(text.language, text.language),
            "name": LANGUAGE_NAMES[text.language],
        }
        for text in preview(draft)
    ]


class WithdrawalRevoke(OfOneWithdrawal, ActionFormView):
    """The city stays after all; possible until the first notice went out."""

    template_name = "membership/withdrawal_revoke.html"
    form_class = RevokeForm
    done = gettext_lazy("The withdrawal is revoked.")

    @cached_property
    def object(self) -> Withdrawal:
        """The withdrawal; for those who may not revoke it the page is not there."""
        withdrawal = get_object_or_404(self.visible_rows(), pk=self.kwargs["pk"])
        if not may_revoke(self.request.user, withdrawal):
            raise Http404
        return withdrawal

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: Any = super().get_form(form_class)
        form.cancel_url = self.object.get_absolute_url()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            withdrawal=self.object,
            city=self.object.city,
            possible=is_revocable(self.object),
            crumbs=self.crumbs(_("Revoke")),
            **kwargs,
        )

    def act(self, withdrawal: Withdrawal, data: dict[str, Any]) -> Any:
        return withdrawals.revoke(withdrawal, reason=data["reason"], by=self.request.user, at=self.now)
