"""What a dossier says in words, in the three languages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from alliance.pages.moments import day_text, moment_text
from membership import consent
from membership.actions import texts, verification
from membership.actions.outcomes import closing_outcome, outcome_of
from membership.models import Circular, Decision
from membership.models.membership import alliance_day
from membership.states import CircularState, Position, Result


def of(circular: Circular) -> Iterator[tuple[str, str]]:
    """Every text with its path."""
    for ending, language in texts.LANGUAGES.items():
        with override(language):
            yield f"circular/text-{ending}.txt", letter_text(circular, ending)
            yield f"outcome/outcome-{ending}.txt", outcome_text(circular)
    yield "verification.txt", verification_text(circular)


def joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def letter_text(circular: Circular, ending: str) -> str:
    return joined(getattr(circular, f"subject_{ending}"), getattr(circular, f"body_{ending}"))


def readme(circular: Circular) -> str:
    """What this is and how to check it, in each language."""
    parts = []
    for language in texts.LANGUAGES.values():
        with override(language):
            parts.append(joined(_about(circular), _checks()))
    return "\n".join(parts)


def _about(circular: Circular) -> str:
    words = {"number": circular.label, "subject": circular.subject}
    return (
        _(
            "Dossier of the circular %(number)s, “%(subject)s”: the circular with its attachments, all "
            "statements with their proofs, late and contested ones included, questions, letters and their "
            "delivery, the outcome and the decision. Moments in tables are in UTC."
        )
        % words
        + " "
        + _("In tables, a text that begins like a formula has an apostrophe before it.")
    )


def _checks() -> str:
    return _(
        "SHA256SUMS holds the checksum of every file (check with: sha256sum --check SHA256SUMS). The SHA-256 "
        "of circular/sealed.json is the seal that is printed on every copy of the circular."
    )


def outcome_text(circular: Circular) -> str:
    """How it ended and why, and each member's position."""
    title = _("Circular %(number)s: %(subject)s") % {"number": circular.label, "subject": circular.subject}
    if circular.state == CircularState.CANCELLED:
        cancelled = _("Cancelled on %(moment)s.") % {"moment": moment_text(circular.cancelled_at)}
        return joined(title, cancelled, _("Reason: %(reason)s") % {"reason": circular.cancel_reason})
    outcome = closing_outcome(circular)
    if outcome is None:
        return joined(title, _ended(circular), _("This circular asked for no consent."))
    return joined(
        title,
        _ended(circular),
        texts.rule_in_words(circular.rule_content or {}),
        *_computation(outcome, str(circular.get_result_display())),
        *_since(circular, outcome),
        *[_decision(row) for row in circular.decisions.order_by("pk")],
    )


def _ended(circular: Circular) -> str:
    if circular.closed_at is None:
        return ""
    return _("Closed on %(moment)s.") % {"moment": moment_text(circular.closed_at)}


def _computation(outcome: consent.Outcome, result: str) -> Iterator[str]:
    yield _("Result: %(result)s. %(reasons)s") % {"result": result, "reasons": outcome.text()}
    yield _(
        "Consents: %(consents)d. Objections: %(objections)d. Abstentions: %(abstentions)d. "
        "No answer: %(silent)d."
    ) % {
        "consents": outcome.consents,
        "objections": outcome.objections,
        "abstentions": outcome.abstentions,
        "silent": outcome.silent,
    }
    yield "\n".join(
        _("%(member)s: %(position)s")
        % {"member": member, "position": _position(outcome.positions[member.key])}
        for member in outcome.members
    )


def _position(position: consent.Position | None) -> str:
    return str(Position(position.value).label) if position else pgettext("answer", "No answer")


def _since(circular: Circular, at_close: consent.Outcome) -> Iterator[str]:
    """What was received in time and recorded or contested after the close counts until the decision."""
    assert circular.closed_at  # noqa: S101
    now = outcome_of(circular, at=circular.closed_at)
    if (now.result, now.positions) != (at_close.result, at_close.positions):
        yield _("With what was recorded or contested after the close:")
        yield from _computation(now, str(Result(now.result.value).label))


def _decision(decision: Decision) -> str:
    words = {"decision": decision.get_kind_display(), "day": day_text(alliance_day(decision.decided_at))}
    sentence = _("Decision of %(day)s: %(decision)s.") % words
    if decision.member_from:
        sentence += " " + _("Member from %(day)s.") % {"day": day_text(decision.member_from)}
    if decision.reason:
        sentence += " " + _("Reason: %(reason)s") % {"reason": decision.reason}
    return sentence


def verification_text(circular: Circular) -> str:
    """Whether the record is as it was sealed, in English."""
    found = [str(difference) for difference in verification.differences(circular)]
    return joined(f"Circular {circular.label}, seal {circular.seal}", *(found or ["As it was sealed."]))
