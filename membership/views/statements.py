"""Statements of the members, entered or given; questions to the applicant and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.pages.exports import Column
from alliance.pages.files import as_download
from alliance.pages.views import ActionFormView, ListPage
from membership.actions import questions, statements
from membership.filters.circulars import StatementFilters
from membership.forms.statements import AnswerForm, ContestForm, EntryForm, QuestionForm, StatementForm
from membership.models import Circular, Elector, Question, Statement
from membership.permissions.circulars import may_answer, sees_proof
from membership.views.circulars import OfOneCircular, by_number
from membership.views.circulars_answers import Viewer
from membership.views.circulars_page import readable_statements, statement_line
from membership.views.circulars_verbs import ForSecretariat, VerbOnPage


class OfOneVoice(VerbOnPage):
    """A verb for a member in whose name the person may speak; others are not found."""

    @cached_property
    def elector(self) -> Elector:
        asked = self.request.POST.get("elector", "")
        for elector in self.viewer.voices:
            if str(elector.pk) == asked:
                return elector
        raise Http404

    def form_key(self) -> int:
        return self.elector.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "elector": self.elector}


class CircularState(OfOneVoice):
    """The statement of a member, given by its lead or deputy."""

    form_class = StatementForm
    form_kind = "statement"

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return statements.state(
            circular,
            elector=self.elector,
            position=data["position"],
            text=data["text"],
            by=self.request.user,
            at=self.now,
        )

    def get_done_message(self, result: Any) -> str:
        if result.late:
            return _("The statement of %(city)s is recorded as late; it is not counted.") % {
                "city": self.elector.name
            }
        return _("The statement of %(city)s is recorded.") % {"city": self.elector.name}


class CircularAsk(OfOneVoice):
    """A question of a member to the applicant."""

    form_class = QuestionForm
    form_kind = "question"
    done = gettext_lazy("Your question is with the applicant.")

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return questions.ask(
            circular, elector=self.elector, text=data["text"], by=self.request.user, at=self.now
        )


class QuestionAnswer(VerbOnPage):
    """The applicant's answer."""

    form_class = AnswerForm
    form_kind = "answer"
    done = gettext_lazy("Your answer is visible to all members.")

    @cached_property
    def question(self) -> Question:
        question = get_object_or_404(Question, circular=self.object, pk=self.kwargs["pk"])
        if not may_answer(self.request.user, question):
            raise Http404
        return question

    def form_key(self) -> int:
        return self.question.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "auto_id": f"answer-{self.question.pk}-%s"}

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return questions.answer(self.question, text=data["text"], by=self.request.user, at=self.now)


class StatementContest(VerbOnPage):
    """A member's word that a statement entered for it was not its own."""

    form_class = ContestForm
    form_kind = "contest"
    done = gettext_lazy("The statement is contested and no longer counts.")

    @cached_property
    def statement(self) -> Statement:
        own = Statement.objects.filter(elector__in=self.viewer.speaking)
        return get_object_or_404(own, circular=self.object, pk=self.kwargs["pk"])

    def form_key(self) -> int:
        return self.statement.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "auto_id": f"contest-{self.statement.pk}-%s"}

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return statements.contest(self.statement, reason=data["reason"], by=self.request.user, at=self.now)


class StatementNew(ForSecretariat, ActionFormView):
    """The page on which the secretariat enters an answer that came by mail, letter or telephone."""

    template_name = "membership/statement_new.html"
    form_class = EntryForm

    def visible_rows(self) -> QuerySet[Circular]:
        return super().visible_rows().filter(rule_content__isnull=False)

    def get_form_kwargs(self) -> dict[str, Any]:
        left = self.object.electors.filter(exit__left_at__lte=self.now).values("pk")
        electors = self.object.electors.exclude(pk__in=left).order_by("side", "name_en", "pk")
        return {**super().get_form_kwargs(), "electors": electors}

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form = super().get_form(form_class)
        form.cancel_url = self.object.get_absolute_url()
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(circular=self.object, crumbs=crumbs(self.object), **kwargs)

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return statements.enter(circular, **self.form.entered(), by=self.request.user, at=self.now)

    def form_valid(self, form: Any) -> Any:
        self.form = form
        return super().form_valid(form)

    def get_success_url(self, result: Any = None) -> str:
        return self.object.get_absolute_url()

    def get_done_message(self, result: Any) -> str:
        if result.late:
            return _("The statement of %(city)s is recorded as late; it is not counted.") % {
                "city": result.elector
            }
        return _("The statement of %(city)s is recorded; the city is told.") % {"city": result.elector}


class StatementProof(OfOneCircular):
    """The letter or mail behind a statement that was entered."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> FileResponse:
        kept = Statement.objects.exclude(file="")
        statement = get_object_or_404(kept, circular=self.object, pk=kwargs["pk"])
        if not sees_proof(request.user, statement, at=self.now):
            raise Http404
        return as_download(statement)


class StatementList(LoginRequiredMixin, ListPage):
    """The whole series of statements to one circular, as far as the person may read them."""

    request: Any
    title = gettext_lazy("Statements")
    template_name = "membership/statement_list.html"
    filterset_class = StatementFilters
    export_name = "statements"
    empty_message = gettext_lazy("No statement yet")
    columns: Sequence[Column] = [
        Column("received", gettext_lazy("Received"), lambda row: row.received_at),
        Column("member", gettext_lazy("Member"), lambda row: row.elector.name),
        Column("position", gettext_lazy("Answer"), lambda row: row.get_position_display()),
        Column("text", gettext_lazy("Comment or reason")),
        Column("channel", gettext_lazy("Channel"), lambda row: row.get_channel_display()),
        Column("dated", gettext_lazy("Dated"), on_page=False),
        Column("recorded", gettext_lazy("Recorded"), lambda row: row.recorded_at, on_page=False),
        Column("late", gettext_lazy("Late"), on_page=False),
        Column(
            "contested", gettext_lazy("Contested"), lambda row: hasattr(row, "contestation"), on_page=False
        ),
    ]
    orderings = {
        "received": "received_at",
        "member": "elector__name_en",
        "position": "position",
    }
    default_sort = "-received"

    @cached_property
    def circular(self) -> Circular:
        visible = Circular.objects.issued().visible_to(self.request.user).select_related("extension")
        return by_number(visible, self.kwargs["slug"])

    @cached_property
    def viewer(self) -> Viewer:
        return Viewer.of(self.request.user, self.circular, at=timezone.now())

    def visible_rows(self) -> QuerySet[Statement]:
        return readable_statements(self.circular, self.viewer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            circular=self.circular, viewer=self.viewer, crumbs=crumbs(self.circular), **kwargs
        )
        context["lines"] = [statement_line(self.circular, row, self.viewer) for row in context["rows"]]
        return context


def crumbs(circular: Circular) -> list[tuple[str, str]]:
    return [
        (_("Circulars"), reverse("membership:circulars")),
        (circular.label, circular.get_absolute_url()),
        (_("Statements"), ""),
    ]
