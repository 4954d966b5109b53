"""What is written about a withdrawal; each text is composed once in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from alliance.accounts.models import User
from alliance.accounts.states import StaffRole
from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind
from alliance.pages.moments import day_text, moment_text
from membership.actions.addressees import electors_voices, voices_of
from membership.actions.application_letters import staff
from membership.actions.texts import LANGUAGES
from membership.models import NoticeTerms, Withdrawal
from membership.models.membership import alliance_day

Compose = Callable[[], tuple[str, str]]


def draft_texts(withdrawal: Withdrawal, *, at: datetime | None = None) -> dict[str, str]:
    """Subject and text of the notice in three languages, from the template: subject_zh … body_en."""
    at = at or timezone.now()
    days = NoticeTerms.objects.at(at).notice_days
    texts = {}
    for ending, language in LANGUAGES.items():
        with override(language):
            words = {**names_of(withdrawal), "days": days, "shared": shares_its_place(withdrawal)}
            written = render_to_string(f"membership/letters/withdrawal_{ending}.txt", words)
        subject, _blank, body = written.partition("\n\n")
        texts[f"subject_{ending}"], texts[f"body_{ending}"] = subject.strip(), body.strip()
    return texts


def shares_its_place(withdrawal: Withdrawal) -> bool:
    """Whether other cities hold the membership on without it."""
    others = withdrawal.place.membership.places.exclude(pk=withdrawal.place_id)
    return others.filter(period__endswith__isnull=True).exists()


def tell_filed(withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
    """The secretariat and the management learn of it, the city that it has arrived."""

    def to_staff() -> tuple[str, str]:
        words = names_of(withdrawal)
        return _("Withdrawal %(reference)s: %(city)s") % words, _paragraphs(
            _("%(city)s wants to leave the alliance. The request is dated %(dated)s.") % words,
            withdrawal.reason,
            _("Please look at what it touches, and communicate it to all member cities."),
        )

    def to_city() -> tuple[str, str]:
        words = names_of(withdrawal)
        return _("Your withdrawal %(reference)s has arrived") % words, _paragraphs(
            _("The secretariat has received the request of %(city)s to leave the alliance.") % words,
            _("It is effective once it was communicated to all member cities; its date follows from that."),
            _("Until the first notice goes out, it can be revoked on its page."),
        )

    roles = (StaffRole.SECRETARIAT, StaffRole.MANAGEMENT)
    _send(withdrawal, LetterKind.NOTICE, to_staff, staff(*roles), by=by, at=at)
    _send(withdrawal, LetterKind.CONFIRMATION, to_city, voices_of([withdrawal.city]), by=by, at=at)


def tell_revoked(withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
    """Staff and the city learn that it no longer stands; the members never heard of it."""

    def compose() -> tuple[str, str]:
        words = {**names_of(withdrawal), "reason": withdrawal.revoke_reason}
        return _("Withdrawal %(reference)s is revoked") % words, _paragraphs(
            _("The withdrawal of %(city)s no longer stands; its membership goes on.") % words,
            _("Reason: %(reason)s") % words,
        )

    def to() -> Iterator[Addressee]:
        yield from voices_of([withdrawal.city])
        yield from staff(StaffRole.SECRETARIAT, StaffRole.MANAGEMENT)

    _send(withdrawal, LetterKind.CONFIRMATION, compose, to(), by=by, at=at)


def tell_effective(withdrawal: Withdrawal, *, at: datetime) -> None:
    """The city and all members that were told of the withdrawal learn from which day on it is out."""
    assert withdrawal.circular is not None  # noqa: S101 - held by the database once it is communicated

    def to_members() -> tuple[str, str]:
        words = effect_of(withdrawal)
        return _("%(city)s has left the alliance") % words, _paragraphs(*facts_of(words))

    def to_city() -> tuple[str, str]:
        words = effect_of(withdrawal)
        return _("Your withdrawal %(reference)s is effective") % words, _paragraphs(
            *facts_of(words),
            _("Your officers can still read everything in your own file."),
        )

    own = voices_of([withdrawal.city])
    others = electors_voices(withdrawal.circular)
    slug = withdrawal.city.slug
    members = (one for one in others if one.on_behalf_of != slug)
    _send(withdrawal, LetterKind.CONFIRMATION, to_city, own, by=None, at=at)
    _send(withdrawal, LetterKind.CONFIRMATION, to_members, members, by=None, at=at)


def facts_of(words: Mapping[str, str]) -> tuple[str, ...]:
    """What city and members are told alike."""
    return (
        _("All member cities were told of the withdrawal (circular %(circular)s).") % words,
        _("It became effective on %(moment)s.") % words,
        _("From %(day)s on, %(city)s is no member any more.") % words,
    )


def effect_of(withdrawal: Withdrawal) -> dict[str, str]:
    """When it became effective, and the first day on which the city is no member."""
    circular, moment = withdrawal.circular, withdrawal.effective_at
    assert circular is not None  # noqa: S101 - held by the database once it is communicated
    assert moment is not None  # noqa: S101 - held by the database once it is effective
    withdrawal.place.refresh_from_db(fields=["period"])
    return {
        **names_of(withdrawal),
        "circular": circular.label,
        "moment": moment_text(moment),
        "day": day_text(withdrawal.place.ends or alliance_day(moment)),
    }


def names_of(withdrawal: Withdrawal) -> dict[str, str]:
    return {
        "reference": withdrawal.reference,
        "city": withdrawal.city.name,
        "dated": day_text(withdrawal.dated),
    }


def _send(
    withdrawal: Withdrawal,
    kind: LetterKind,
    compose: Compose,
    to: Iterable[Addressee],
    *,
    by: User | None,
    at: datetime,
) -> None:
    path = f"/withdrawals/{withdrawal.pk}/"
    write(kind, compose, to, by=by, at=at, reference=withdrawal.reference, path=path)


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
