"""Reasons: sentences that say why, put into the reader's language when they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from alliance.pages import phrases
from membership.consent.electorate import Member
from membership.consent.rules import Side, Threshold

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NAMES_IN_FULL = 5
"""So many names are written out; of more, all but one of these, and the rest as a number."""


@dataclass(frozen=True)
class Reason:
    """One sentence: its code, and what fills it in. The words come when it is shown, in that language."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def text(self) -> str:
        """The sentence in the active language."""
        return str(SENTENCES[self.code] % {key: _shown(value) for key, value in self.params.items()})

    def __str__(self) -> str:
        return self.text()


def about(code: str, members: Sequence[Member], **params: Any) -> tuple[Reason, ...]:
    """A sentence about some members; none if there are none."""
    if not members:
        return ()
    return (Reason(code, {"count": len(members), "names": tuple(members), **params}),)


def sentences(reasons: Iterable[Reason]) -> str:
    """Several reasons as running text in the active language."""
    return phrases.sentences(reason.text() for reason in reasons)


def listed(names: Sequence[object]) -> str:
    """Names as a list in the active language: the first few, then how many more there are."""
    words = [str(name) for name in names[:NAMES_IN_FULL]]
    if len(words) <= 1:
        return "".join(words)
    comma = str(pgettext_lazy("between two names of a list", ", "))
    if len(names) <= NAMES_IN_FULL:
        return _("%(names)s and %(last)s") % {"names": comma.join(words[:-1]), "last": words[-1]}
    shown = words[: NAMES_IN_FULL - 1]
    return _("%(names)s and %(count)d more") % {
        "names": comma.join(shown),
        "count": len(names) - len(shown),
    }


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return listed(value)
    if isinstance(value, Side):
        return SIDES[value]
    return THRESHOLDS[value] if isinstance(value, Threshold) else value


SIDES: Mapping[Side, StrPromise] = {Side.CN: _("Chinese side"), Side.DE: _("German side")}

THRESHOLDS: Mapping[Threshold, StrPromise] = {
    Threshold.ALL_EXPRESSLY: _("all members consent expressly"),
    Threshold.NO_OBJECTION: _("no objection"),
    Threshold.SHARE: _("a share of the answers"),
    Threshold.TWO_THIRDS_AND_A_QUARTER: _("two thirds, and at most a quarter against"),
    Threshold.BOTH_SIDES: _("both sides"),
}

_NEEDS: dict[str, StrPromise] = {
    "nobody_asked": _("No member is asked, so there is no quorum."),
    "needs_quorum": ngettext_lazy(
        "The quorum of %(percent)d %% needs one answer; there are %(has)d.",
        "The quorum of %(percent)d %% needs %(needed)d answers; there are %(has)d.",
        "needed",
    ),
    "needs_consents": ngettext_lazy(
        "Needs one consent; has %(has)d.", "Needs %(needed)d consents; has %(has)d.", "needed"
    ),
    "needs_consents_of_side": ngettext_lazy(
        "%(side)s: needs one consent; has %(has)d.",
        "%(side)s: needs %(needed)d consents; has %(has)d.",
        "needed",
    ),
    "side_left_out": _("%(side)s: no member is asked, so this side is left out."),
    "share_basis": ngettext_lazy(
        "The measure is %(share)s of one consent or objection.",
        "The measure is %(share)s of the %(count)d consents and objections together.",
        "count",
    ),
    "nobody_decided": _("Nobody has consented or objected."),
    "quarter": ngettext_lazy(
        "Of one answer at most a quarter may be objections, that is %(allowed)d; there are %(has)d.",
        "Of %(count)d answers at most a quarter may be objections, that is %(allowed)d; there are %(has)d.",
        "count",
    ),
    "no_objection": _("Needs no objection; has none."),
    "needs_no_objection": ngettext_lazy(
        "Needs no objection; has one.", "Needs no objection; has %(count)d.", "count"
    ),
}

_STILL_NEEDS: dict[str, StrPromise] = {
    "still_needs_quorum": ngettext_lazy(
        "Needs one answer for the quorum, has %(has)d.",
        "Needs %(needed)d answers for the quorum, has %(has)d.",
        "needed",
    ),
    "still_needs_answers": ngettext_lazy(
        "Needs the answer of the one member, has %(has)d.",
        "Needs the answers of all %(needed)d members, has %(has)d.",
        "needed",
    ),
    "still_needs_consents": ngettext_lazy(
        "Needs one consent, has %(has)d.", "Needs %(needed)d consents, has %(has)d.", "needed"
    ),
    "still_needs_consents_of_side": ngettext_lazy(
        "%(side)s: needs one consent, has %(has)d.",
        "%(side)s: needs %(needed)d consents, has %(has)d.",
        "needed",
    ),
    "still_needs_no_objection": ngettext_lazy(
        "Needs no objection, has one.", "Needs no objection, has %(count)d.", "count"
    ),
    "still_over_a_quarter": ngettext_lazy(
        "At most a quarter of the answers may be objections: of one answer %(allowed)d, has %(has)d.",
        "At most a quarter of the answers may be objections: of %(count)d answers %(allowed)d, has %(has)d.",
        "count",
    ),
    "enough_consents": ngettext_lazy(
        "Enough so far: needs one consent, has %(has)d.",
        "Enough so far: needs %(needed)d consents, has %(has)d.",
        "needed",
    ),
    "enough_consents_of_side": ngettext_lazy(
        "%(side)s, enough so far: needs one consent, has %(has)d.",
        "%(side)s, enough so far: needs %(needed)d consents, has %(has)d.",
        "needed",
    ),
    "enough_without_objection": ngettext_lazy(
        "Enough so far: one consent and no objection.",
        "Enough so far: %(count)d consents and no objection.",
        "count",
    ),
}

_WHO: dict[str, StrPromise] = {
    "objections": ngettext_lazy(
        "One objection with reason: %(names)s.", "%(count)d objections with reasons: %(names)s.", "count"
    ),
    "abstentions_in_the_way": ngettext_lazy(
        "One abstention, which stands in the way under this rule: %(names)s.",
        "%(count)d abstentions, which stand in the way under this rule: %(names)s.",
        "count",
    ),
    "abstentions_neither_way": ngettext_lazy(
        "One abstention, which counts neither for nor against: %(names)s.",
        "%(count)d abstentions, which count neither for nor against: %(names)s.",
        "count",
    ),
    "silent": ngettext_lazy(
        "One member did not answer: %(names)s.", "%(count)d members did not answer: %(names)s.", "count"
    ),
    "silent_blocks": ngettext_lazy(
        "One member did not answer, and silence stands in the way: %(names)s.",
        "%(count)d members did not answer, and silence stands in the way: %(names)s.",
        "count",
    ),
    "silent_consent": ngettext_lazy(
        "One member did not answer, and silence counts as consent: %(names)s.",
        "%(count)d members did not answer, and silence counts as consent: %(names)s.",
        "count",
    ),
    "silent_abstention": ngettext_lazy(
        "One member did not answer, and silence counts as abstention: %(names)s.",
        "%(count)d members did not answer, and silence counts as abstention: %(names)s.",
        "count",
    ),
    "silent_ignored": ngettext_lazy(
        "One member did not answer, and silence is not counted: %(names)s.",
        "%(count)d members did not answer, and silence is not counted: %(names)s.",
        "count",
    ),
}

_STILL_WHO: dict[str, StrPromise] = {
    "still_objecting_in_the_way": ngettext_lazy(
        "%(names)s objects: under “%(rule)s” that stands in the way.",
        "%(names)s object: under “%(rule)s” that stands in the way.",
        "count",
    ),
    "still_objecting_against": ngettext_lazy(
        "%(names)s objects: under “%(rule)s” that is weighed against the consents.",
        "%(names)s object: under “%(rule)s” that is weighed against the consents.",
        "count",
    ),
    "still_abstaining_in_the_way": ngettext_lazy(
        "%(names)s abstains: under “%(rule)s” that stands in the way.",
        "%(names)s abstain: under “%(rule)s” that stands in the way.",
        "count",
    ),
    "still_abstaining_neither_way": ngettext_lazy(
        "%(names)s abstains: under “%(rule)s” that counts neither for nor against.",
        "%(names)s abstain: under “%(rule)s” that counts neither for nor against.",
        "count",
    ),
    "still_silent_blocks": ngettext_lazy(
        "One member has not answered, and silence would stand in the way: %(names)s.",
        "%(count)d members have not answered, and silence would stand in the way: %(names)s.",
        "count",
    ),
    "still_silent_consent": ngettext_lazy(
        "One member has not answered; at the deadline silence counts as consent: %(names)s.",
        "%(count)d members have not answered; at the deadline silence counts as consent: %(names)s.",
        "count",
    ),
    "still_silent_abstention": ngettext_lazy(
        "One member has not answered; at the deadline silence counts as abstention: %(names)s.",
        "%(count)d members have not answered; at the deadline silence counts as abstention: %(names)s.",
        "count",
    ),
    "still_silent_ignored": ngettext_lazy(
        "One member has not answered; at the deadline silence is not counted: %(names)s.",
        "%(count)d members have not answered; at the deadline silence is not counted: %(names)s.",
        "count",
    ),
}

_EARLY: dict[str, StrPromise] = {
    "early_not_allowed": _("The rule does not allow closing before the deadline."),
    "early_deadline_passed": _("The deadline has passed; the circular closes by it, not early."),
    "early_questions": ngettext_lazy(
        "One question to the applicant is unanswered.",
        "%(count)d questions to the applicant are unanswered.",
        "count",
    ),
    "early_not_carried": _("Closed now, it would not be carried; it never closes early towards a failure."),
    "early_if_silent": ngettext_lazy(
        "It would not be carried if the one member that has not answered stayed silent: %(names)s.",
        "It would not be carried if the %(count)d members that have not answered stayed silent: %(names)s.",
        "count",
    ),
    "early_if_objecting": ngettext_lazy(
        "It would not be carried if the one member that has not answered objected: %(names)s.",
        "It would not be carried if the %(count)d members that have not answered objected: %(names)s.",
        "count",
    ),
}

SENTENCES: Mapping[str, StrPromise] = {**_NEEDS, **_STILL_NEEDS, **_WHO, **_STILL_WHO, **_EARLY}
"""Every sentence of the consent rule by its code."""
