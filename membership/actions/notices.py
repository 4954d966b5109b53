"""What is written about circulars; each text is composed once in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.accounts.models import User
from alliance.letters.actions import Addressee, Enclosure, write
from alliance.letters.models import Letter
from alliance.letters.states import LetterKind
from alliance.pages.moments import moment_text
from membership import consent
from membership.actions.calendar_files import deadline_file
from membership.actions.texts import letter_body
from membership.models import Circular, Contestation, DeadlineExtension, Question, Statement
from membership.states import ON_BEHALF, Channel, CircularKind

Compose = Callable[[], tuple[str, str]]
ASKING = (LetterKind.CIRCULAR, LetterKind.REMINDER)
ANSWERED_BY_LINK = (CircularKind.ACCESSION, CircularKind.INFORMATION)


def page_of(circular: Circular) -> str:
    """The lasting address of an issued circular, as it stands on letters."""
    return f"/circulars/{circular.slug}/"


def tell(
    circular: Circular,
    kind: LetterKind,
    compose: Compose,
    to: Iterable[Addressee],
    *,
    by: User | None,
    at: datetime,
    enclosures: Iterable[Enclosure] = (),
) -> Letter:
    """Write a letter about a circular; where it asks for an answer, with each addressee's personal link."""
    asks = kind in ASKING and circular.kind in ANSWERED_BY_LINK
    return write(
        kind,
        compose,
        to,
        by=by,
        at=at,
        reference=circular.label,
        path=page_of(circular),
        enclosures=enclosures,
        personal_path=f"{page_of(circular)}answer/{{token}}/" if asks else "",
    )


def tell_if_any(
    circular: Circular, compose: Compose, to: Sequence[Addressee], *, by: User | None, at: datetime
) -> None:
    """A notice for those to whom it may concern, if there is anybody."""
    if to:
        tell(circular, LetterKind.NOTICE, compose, to, by=by, at=at)


def with_deadline(circular: Circular) -> list[Enclosure]:
    """The deadline for the calendar, where there is one."""
    return list(filter(None, [deadline_file(circular)]))


def the_circular(circular: Circular) -> Compose:
    """The circular itself."""
    return lambda: (_titled(circular, circular.subject), letter_body(circular, circular.body))


def reminder(circular: Circular) -> Compose:
    """A word to those who have not answered."""

    if circular.kind == CircularKind.INFORMATION:
        return reminder_to_acknowledge(circular)

    def compose() -> tuple[str, str]:
        return _titled(circular, _("your answer is still missing")), _paragraphs(
            _("“%(subject)s”: your city has not answered yet.") % {"subject": circular.subject},
            _("Please answer by %(deadline)s.") % {"deadline": moment_text(circular.current_deadline)},
            _("If the answer is on its way by mail or letter, there is nothing to do."),
        )

    return compose


def reminder_to_acknowledge(circular: Circular) -> Compose:
    """A word to those who have not acknowledged what they were told."""

    def compose() -> tuple[str, str]:
        return _titled(circular, _("your acknowledgement is still missing")), _paragraphs(
            _("“%(subject)s”: your city has not acknowledged this circular yet.")
            % {"subject": circular.subject},
            _("Please acknowledge it by %(deadline)s.")
            % {"deadline": moment_text(circular.current_deadline)},
        )

    return compose


def extended(circular: Circular, extension: DeadlineExtension) -> Compose:
    """The deadline has moved."""

    def compose() -> tuple[str, str]:
        deadlines = {
            "new": moment_text(extension.new_deadline),
            "old": moment_text(circular.deadline),
        }
        return _titled(circular, _("more time to answer")), _paragraphs(
            _("The deadline of the circular “%(subject)s” is extended.") % {"subject": circular.subject},
            _("New deadline: %(new)s. Until now: %(old)s.") % deadlines,
            _("Reason: %(reason)s") % {"reason": extension.reason},
            _("Answers that were given stay valid and can be changed until the new deadline."),
        )

    return compose


def cancelled(circular: Circular) -> Compose:
    """The question is withdrawn."""

    def compose() -> tuple[str, str]:
        return _titled(circular, _("cancelled")), _paragraphs(
            _("The circular “%(subject)s” is cancelled; it needs no answer any more.")
            % {"subject": circular.subject},
            _("Reason: %(reason)s") % {"reason": circular.cancel_reason},
        )

    return compose


def closed(circular: Circular, outcome: consent.Outcome) -> Compose:
    """How it ended, and what follows."""

    def compose() -> tuple[str, str]:
        answered = ngettext(
            "Of one member asked, %(answered)d answered.",
            "Of %(size)d members asked, %(answered)d answered.",
            outcome.size,
        ) % {"size": outcome.size, "answered": outcome.answered}
        follows = (
            _("The members have consented. The management now decides on the accession.")
            if outcome.carried
            else _("The accession cannot be accepted on this circular; a new circular would be the way.")
        )
        return _titled(circular, circular.get_result_display()), _paragraphs(
            _("The circular “%(subject)s” is closed.") % {"subject": circular.subject},
            _("Result: %(result)s. %(answered)s")
            % {"result": circular.get_result_display(), "answered": answered},
            outcome.text(),
            follows,
        )

    return compose


def closed_for_information(circular: Circular, outcome: consent.Outcome) -> Compose:
    """How it ended, for those who were not asked: without who answered what."""

    def compose() -> tuple[str, str]:
        follows = (
            _("The members have consented. The management now decides on the accession.")
            if outcome.carried
            else _("The accession cannot be accepted on this circular; a new circular would be the way.")
        )
        return _titled(circular, circular.get_result_display()), _paragraphs(
            _("The circular “%(subject)s”, which you got for information, is closed.")
            % {"subject": circular.subject},
            _("Result: %(result)s.") % {"result": circular.get_result_display()},
            follows,
        )

    return compose


def stated(statement: Statement, replaced: Statement | None) -> Compose:
    """What was answered for a city: the copy for its other officers, or the word that it was entered."""

    def compose() -> tuple[str, str]:
        circular = statement.circular
        return _titled(circular, _("the answer of %(city)s") % {"city": statement.elector.name}), _paragraphs(
            _entered_words(statement) if statement.channel in ON_BEHALF else _given_words(statement),
            _("Answer: %(position)s.") % {"position": statement.get_position_display()},
            f"“{statement.text}”" if statement.text else "",
            _replaced_words(replaced),
            _("It came after the deadline: it is kept and shown, and does not count.")
            if statement.late
            else _("It can be changed until the deadline."),
        )

    return compose


def _given_words(statement: Statement) -> str:
    words = {
        "person": statement.entered_by,
        "subject": statement.circular.subject,
        "city": statement.elector.name,
    }
    if statement.channel == Channel.PERSONAL_LINK:
        return (
            _("The personal link of %(person)s was used to answer the circular “%(subject)s” for %(city)s.")
            % words
        )
    return _("%(person)s has answered the circular “%(subject)s” for %(city)s.") % words


def _entered_words(statement: Statement) -> str:
    words = {
        "person": statement.given_by,
        "channel": statement.get_channel_display(),
        "subject": statement.circular.subject,
        "city": statement.elector.name,
    }
    return _paragraphs(
        _("The secretariat has entered an answer to the circular “%(subject)s” for %(city)s.") % words,
        _("Given by: %(person)s (%(channel)s).") % words,
        _("If this is not your city's answer, contest it on the circular's page; then it does not count."),
    )


def _replaced_words(replaced: Statement | None) -> str:
    if replaced is None:
        return ""
    return _("It takes the place of the answer “%(position)s” that %(person)s gave on %(moment)s.") % {
        "position": replaced.get_position_display(),
        "person": replaced.given_by or replaced.entered_by,
        "moment": moment_text(replaced.received_at),
    }


def contested(contestation: Contestation) -> Compose:
    """A city does not know the answer that was entered for it."""

    def compose() -> tuple[str, str]:
        statement = contestation.statement
        names = {"city": statement.elector.name, "person": contestation.contested_by}
        told = _("%(person)s contests the answer that was entered for %(city)s; it does not count any more.")
        return _titled(statement.circular, _("%(city)s contests an answer") % names), _paragraphs(
            told % names,
            _("Answer: %(position)s.") % {"position": statement.get_position_display()},
            _("Reason: %(reason)s") % {"reason": contestation.reason},
            _reopened_words(statement.circular, contestation.contested_at),
        )

    return compose


def _reopened_words(circular: Circular, at: datetime) -> str:
    if not circular.is_open or circular.current_deadline is None or at > circular.current_deadline:
        return ""
    deadline = {"deadline": moment_text(circular.current_deadline)}
    return _("The city can give its own answer until %(deadline)s.") % deadline


def asked(question: Question) -> Compose:
    """A member wants to know something of the applicant."""

    def compose() -> tuple[str, str]:
        names = {"city": question.elector.name}
        return _titled(question.circular, _("%(city)s asks you a question") % names), _paragraphs(
            _("%(city)s has a question about your application:") % names,
            question.text,
            _("Please answer on the circular's page. All members see the question and your answer."),
        )

    return compose


def answered(question: Question) -> Compose:
    """The applicant's answer."""

    def compose() -> tuple[str, str]:
        return _titled(question.circular, _("the applicant has answered your question")), _paragraphs(
            _("You asked: %(question)s") % {"question": question.text},
            _("The answer: %(answer)s") % {"answer": question.answer},
        )

    return compose


def _titled(circular: Circular, subject: str) -> str:
    return _("Circular %(number)s: %(subject)s") % {"number": circular.label, "subject": subject}


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
