"""The page of one circular: the question, how it stands, what the person can do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliance.letters.actions import open_copies
from cities.models import City
from cities.states import OfficerLevel
from membership.actions.dossiers import has_ended
from membership.actions.outcomes import counting_deadline
from membership.forms.circulars import LANGUAGES, CancelForm, ExtendForm
from membership.forms.rules import meaning, rule_of
from membership.forms.statements import AnswerForm, ContestForm, QuestionForm, StatementForm
from membership.models import Circular, Decision, Elector, Question, Statement
from membership.permissions.applications import works_on
from membership.permissions.circulars import may_answer, sees_who_was_told
from membership.states import ApplicationState, CircularKind, CircularState
from membership.views import circulars_facts as words
from membership.views import circulars_letters as letters
from membership.views.circulars import RESULT_TONES, OfOneCircular, status_of
from membership.views.circulars_answers import (
    SERIES_SHOWN,
    Standing,
    Viewer,
    answers_panel,
    is_on_behalf,
    standing_of,
    statements_of,
)
from membership.views.circulars_further import further


class CircularPage(OfOneCircular, TemplateView):
    """What a member city, the applicant, an observer or the secretariat sees of a circular."""

    template_name = "membership/circular_page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To read the circular here is to open one's copies of it."""
        if request.method == "GET" and self.object.letter:
            open_copies(self.object.letter, by=self.request.user, at=self.now)
        return super().get(request, *args, **kwargs)

    @cached_property
    def viewer(self) -> Viewer:
        return Viewer.of(self.request.user, self.object, at=self.now)

    @cached_property
    def standing(self) -> Standing | None:
        """Nothing for circulars that ask for no statements."""
        if not self.object.rule_content:
            return None
        for_staff = sees_who_was_told(self.request.user)
        return standing_of(self.object, self.decision, at=self.now, for_staff=for_staff)

    @cached_property
    def applicants(self) -> list[City]:
        return list(self.object.application.cities.all()) if self.object.application else []

    @cached_property
    def decision(self) -> Decision | None:
        """The decision that stands; none while a postponed application is taken up again."""
        application = self.object.application
        if application is None or application.state == ApplicationState.IN_CONSULTATION:
            return None
        rows = Decision.objects.filter(circular=self.object).select_related("membership")
        return rows.order_by("-decided_at", "-pk").first()

    @cached_property
    def reach(self) -> list[letters.Reach]:
        """City by city, for those who see who was told."""
        if self.standing:
            return self.standing.reach
        return letters.reach_of(self.object) if sees_who_was_told(self.request.user) else []

    def bound(self, kind: str, key: int) -> forms.BaseForm | None:
        """A form that was just refused, to be shown as it was filled in."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        circular = self.object
        context = {
            "circular": circular,
            "applicants": self.applicants,
            "question": words.question(circular, self.applicants),
            "lead": words.lead(self.standing, self.applicants, self.decision),
            "status": status_of(circular),
            "crumbs": [(_("Circulars"), reverse("membership:circulars")), (circular.label, "")],
            "steps": words.progress(circular, self.decision),
            "decision": self.decision,
            "shows_reason": self.shows_reason(),
            "waits_for_decision": words.waits_for_decision(circular),
            "may_prepare_again": self.may_prepare_again(),
            "facts": list(self.facts()),
            "papers": papers_of(circular),
            "letter": letter_in(circular, self.request.GET.get("letter", "")),
            "attachments": attachments_of(circular),
            "questions": list(self.questions()),
            "viewer": self.viewer,
            **(self.consultation() if self.standing else {}),
            **(self.secretariat() if self.request.user.is_secretariat else {}),
            **further(self),
        }
        return super().get_context_data(**{**context, **kwargs})

    def shows_reason(self) -> bool:
        """The reason of a decision is told to the applicant."""
        user, application = self.request.user, self.object.application
        if self.decision is None or application is None:
            return False
        return user.is_staff or works_on(user, application)

    def facts(self) -> Any:
        if self.standing:
            yield from words.facts(self.standing, self.viewer)
        if self.reach and self.object.letter_id:
            yield letters.letters_fact(self.object, self.reach)

    def consultation(self) -> dict[str, Any]:
        """What belongs to a circular that asks for statements."""
        assert self.standing  # noqa: S101
        series = self.series()
        return {
            "answers": answers_panel(self.standing, self.viewer, now=self.now),
            "standing": self.standing,
            "result_status": result_status(self.standing),
            "rule": rule_of(self.object.rule_content or {}),
            "clauses": meaning(rule_of(self.object.rule_content or {})),
            "voices": [self.voice(elector) for elector in self.viewer.voices],
            "mute": [row for row in self.viewer.own if row.pk not in self.viewer.speaking],
            "series": [self.line(statement) for statement in series[:SERIES_SHOWN]],
            "more_statements": len(series) > SERIES_SHOWN,
            "is_over": self.is_over,
            "is_ended": not self.object.is_open,
        }

    @property
    def is_over(self) -> bool:
        """Whether a statement given now would come too late."""
        if self.object.state == CircularState.CLOSED:
            return True
        return self.object.state != CircularState.ISSUED or self.now > counting_deadline(self.object)

    def voice(self, elector: Elector) -> dict[str, Any]:
        """One member for which the person may speak: its answer so far, and the forms."""
        current = self.latest.get(elector.pk)
        return {
            "elector": elector,
            "is_lead": self.viewer.levels.get(elector.pk) == OfficerLevel.LEAD,
            "current": current,
            "contested": hasattr(current, "contestation"),
            "form": self.statement_form(elector, current),
            "question_form": None if self.is_over else self.question_form(elector),
        }

    @cached_property
    def latest(self) -> dict[int, Statement]:
        """The last statement of each of the person's members, counted or not."""
        rows = Statement.objects.filter(elector__in=[row.pk for row in self.viewer.own]).select_related(
            "contestation"
        )
        return {row.elector_id: row for row in rows.order_by("received_at", "pk")}

    def statement_form(self, elector: Elector, current: Statement | None) -> forms.BaseForm | None:
        if self.object.state not in (CircularState.ISSUED, CircularState.CLOSED) or self.decision:
            return None
        form = self.bound("statement", elector.pk) or StatementForm(
            elector=elector,
            note=_("%(city)s’s other officers get a copy.") % {"city": elector.name},
            initial={"position": current.position, "text": current.text}
            if current and not self.is_over
            else {},
        )
        form.form_action = self.verb("state")  # type: ignore[attr-defined]
        return form

    def question_form(self, elector: Elector) -> forms.BaseForm:
        form = self.bound("question", elector.pk) or QuestionForm(elector=elector)
        form.form_action = self.verb("ask")  # type: ignore[attr-defined]
        return form

    def verb(self, name: str, *more: Any) -> str:
        return reverse(f"membership:circular_{name}", args=[self.object.slug, *more])

    def questions(self) -> Any:
        """Questions to the applicant, with a form for whoever may answer."""
        rows = list(Question.objects.filter(circular=self.object).select_related("elector"))
        for question in rows:
            question.circular = self.object
        answering = bool(rows) and self.object.cancelled_at is None and may_answer(self.request.user, rows[0])
        for question in rows:
            form = self.answer_form(question) if answering and not question.answered_at else None
            yield {"question": question, "form": form}

    def answer_form(self, question: Question) -> forms.BaseForm:
        form = self.bound("answer", question.pk) or AnswerForm(auto_id=f"answer-{question.pk}-%s")
        form.form_action = reverse(  # type: ignore[attr-defined]
            "membership:question_answer", args=[self.object.slug, question.pk]
        )
        return form

    def series(self) -> list[Statement]:
        """The statements the person may read, newest first; one more than is shown."""
        if self.viewer.sees_all and self.standing:
            return self.standing.newest
        return list(readable_statements(self.object, self.viewer)[: SERIES_SHOWN + 1])

    def line(self, statement: Statement) -> dict[str, Any]:
        assert self.standing  # noqa: S101
        line = statement_line(self.object, statement, self.viewer)
        if self.viewer.is_of(statement.elector_id) and self.may_contest(statement):
            return {**line, "contest_form": self.contest_form(statement)}
        return {**line, "contest_form": None, "drawn": self.standing.drawn_line(line)}

    def may_contest(self, statement: Statement) -> bool:
        """What was entered counts until the decision, and can be contested until then."""
        counts = is_on_behalf(statement.channel) and not hasattr(statement, "contestation")
        undecided = self.object.cancelled_at is None and self.decision is None
        return counts and undecided and statement.elector_id in self.viewer.speaking

    def contest_form(self, statement: Statement) -> forms.BaseForm:
        form = self.bound("contest", statement.pk) or ContestForm(auto_id=f"contest-{statement.pk}-%s")
        form.form_action = reverse(  # type: ignore[attr-defined]
            "membership:statement_contest", args=[self.object.slug, statement.pk]
        )
        return form

    def may_prepare_again(self) -> bool:
        """A circular that was not carried, or cancelled, is followed by a new one."""
        circular = self.object
        if not self.request.user.is_secretariat or circular.application is None:
            return False
        carried = self.standing is not None and self.standing.outcome.carried
        ended = circular.state == CircularState.CANCELLED or (
            circular.state == CircularState.CLOSED and not carried
        )
        followed = Circular.objects.filter(application=circular.application_id, pk__gt=circular.pk)
        consulting = circular.application.state == ApplicationState.IN_CONSULTATION
        return ended and consulting and not followed.exists()

    def secretariat(self) -> dict[str, Any]:
        """What the secretariat may do with a circular that is out."""
        if not (self.object.is_open and self.standing):
            # The notice of a withdrawal is cancelled only by revoking the withdrawal.
            cancels = self.object.is_open and self.object.kind != CircularKind.WITHDRAWAL_NOTICE
            return {"extend_form": None, "cancel_form": self.cancel_form() if cancels else None}
        extended = hasattr(self.object, "extension")
        return {
            "work": True,
            "silent": [str(member) for member in self.standing.silent],
            "extend_form": None if extended or self.is_over else self.extend_form(),
            "extended": extended,
            "cancel_form": self.cancel_form(),
            "hindrances": [] if self.is_over else self.standing.hindrances,
        }

    def extend_form(self) -> forms.BaseForm:
        form = self.bound("extend", 0) or ExtendForm(circular=self.object)
        form.form_action = self.verb("extend")  # type: ignore[attr-defined]
        return form

    def cancel_form(self) -> forms.BaseForm:
        form = self.bound("cancel", 0) or CancelForm()
        form.form_action = self.verb("cancel")  # type: ignore[attr-defined]
        return form


def readable_statements(circular: Circular, viewer: Viewer) -> QuerySet[Statement]:
    """All statements, or those of the person's own member where the others are not shown."""
    rows = statements_of(circular)
    return rows if viewer.sees_all else rows.filter(elector__in=[row.pk for row in viewer.own])


def statement_line(circular: Circular, statement: Statement, viewer: Viewer) -> dict[str, Any]:
    """A statement of the series; names of people and proofs are for its own city and for staff."""
    close = viewer.user.is_staff or viewer.is_of(statement.elector_id)
    proof = reverse("membership:statement_proof", args=[circular.slug, statement.pk])
    return {
        "statement": statement,
        "contested": hasattr(statement, "contestation"),
        "on_behalf": is_on_behalf(statement.channel),
        "close": close,
        "proof_url": proof if close and statement.file else "",
    }


def result_status(standing: Standing) -> tuple[str, str]:
    return str(standing.result.label), RESULT_TONES[standing.result]


def papers_of(circular: Circular) -> dict[str, Any]:
    """Where the application stands that was asked about, and what had changed in it."""
    papers: dict[str, Any] = {"has_dossier": has_ended(circular)}
    version = circular.application_version
    if version is not None:
        application = circular.application_id
        papers["version"] = version.number
        papers["application_url"] = reverse(
            "membership:application_version", args=[application, version.number]
        )
        if version.number > 1:
            papers["earlier"] = version.number - 1
            papers["changes_url"] = reverse(
                "membership:application_changes", args=[application, version.number - 1, version.number]
            )
    return papers


def letter_in(circular: Circular, asked: str) -> dict[str, Any]:
    """The text of the circular in one language: the one asked for, else the reader's."""
    own = {"zh-hans": "zh"}.get(get_language() or "", get_language() or "en")
    language = next(code for code in (asked, own, "en") if code in LANGUAGES)
    return {
        "subject": getattr(circular, f"subject_{language}"),
        "body": getattr(circular, f"body_{language}"),
        "lang": LANGUAGES[language][0],
        "languages": [
            {"code": code, "lang": tag, "name": name, "current": code == language}
            for code, (tag, name) in LANGUAGES.items()
        ],
    }


def attachments_of(circular: Circular) -> list[dict[str, Any]]:
    return [
        {
            "name": row.filename,
            "url": reverse("membership:circular_attachment", args=[circular.slug, row.pk]),
            "language": row.get_language_display(),
            "size": row.size,
            "sha256": row.sha256,
        }
        for row in circular.attachments.all()
    ]
