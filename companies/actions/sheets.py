"""A firm fills in its own sheet by a personal link; what it sends waits until an officer has compared it.

The link opens this one entry and nothing else, for thirty days, until it is taken back. Its token is
signed and kept nowhere; whether it is still taken is looked up each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.states import Language
from cities.models import Industry
from companies.actions import companies, sheet_letters
from companies.actions.merging import TOGETHER, survivor
from companies.actions.refusals import CompanyRefusal
from companies.actions.values import FIELDS, TRANSLATIONS, fill
from companies.actions.wordings import in_words
from companies.models import Company, SheetLink, SheetSubmission
from companies.models.sheet import LINK_VALID
from companies.states import CompanyState, SubmissionState

SIGNER = Signer(salt="companies.sheets", sep=".")  # no colon: it ends links in some mail programs
SHEET_FIELDS = tuple(field for field in FIELDS if field not in (*TRANSLATIONS, "visibility"))
"""What a firm fills in. Who sees the entry is for the city to say."""
TICKED = ("cooperation_forms", "languages")


class SheetRefused(CompanyRefusal):
    """The link does not lead to a sheet; the page says why and what to do."""

    status: ClassVar[int] = 410


class UnknownLink(SheetRefused):
    status = 404
    sentence = _(
        "This link is cut off or not known. Please copy the whole link from the mail, or ask the city "
        "that sent it."
    )


class LinkExpired(SheetRefused):
    sentence = _("This link has expired: it is valid for 30 days. Please ask the city for a new one.")


class LinkRevoked(SheetRefused):
    sentence = _(
        "This link was taken back, or replaced by a newer one. Please look for a newer mail or ask the city."
    )


class EntryArchived(SheetRefused):
    sentence = _("This entry is no longer kept in the company database. Please ask the city.")


class AddressRefused(CompanyRefusal):
    sentence = _("“%(email)s” is no e-mail address. Please check it.")


class DecidedAlready(CompanyRefusal):
    sentence = _("This sheet was dealt with already: %(state)s.")


class NothingChosen(CompanyRefusal):
    sentence = _("Please choose at least one value to take over, or do not take the sheet over.")


class ReasonForTheFirm(CompanyRefusal):
    sentence = _("Please tell the firm why its sheet is not taken over.")


@dataclass(frozen=True)
class Difference:
    """One field in which the firm says something else than the entry."""

    field: str
    label: str
    now: str
    proposed: str


@transaction.atomic
def send_link(
    company: Company, *, email: str, language: str, by: User | None, at: datetime | None = None
) -> SheetLink:
    """Mail the firm a link to its own sheet; an earlier link is taken back."""
    at = at or timezone.now()
    company = companies.kept_open(company, by=by, at=at)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise AddressRefused(email=email) from error
    company.sheet_links.filter(revoked_at=None).update(revoked_at=at, revoked_by=by)
    link = SheetLink.objects.create(
        company=company,
        email=email,
        language=language if language in Language.values else Language.ENGLISH,
        sent_at=at,
        sent_by=by,
        expires_at=at + LINK_VALID,
    )
    sheet_letters.send_link(link, token_of(link), by=by, at=at)
    return link


@transaction.atomic
def revoke(link: SheetLink, *, by: User | None, at: datetime | None = None) -> SheetLink:
    """Take a link back. A second time changes nothing."""
    at = at or timezone.now()
    companies.kept(link.company, by=by, at=at)
    link = SheetLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = at, by
        link.save(update_fields=["revoked_at", "revoked_by"])
    return link


def token_of(link: SheetLink) -> str:
    return SIGNER.sign_object([link.pk])


def opened(token: str, *, at: datetime | None = None) -> SheetLink:
    """The link behind a token, if it is taken now; looking changes nothing."""
    at = at or timezone.now()
    try:
        (key,) = SIGNER.unsign_object(token)
    except (BadSignature, ValueError) as error:
        raise UnknownLink from error
    link = SheetLink.objects.select_related("company__city", "company__industry").filter(pk=key).first()
    if link is None:
        raise UnknownLink
    if link.revoked_at is not None:
        raise LinkRevoked
    if not link.is_open(at):
        raise LinkExpired
    if link.company.state == CompanyState.ARCHIVED:
        raise EntryArchived
    return link


@transaction.atomic
def submit(token: str, values: Mapping[str, Any], *, at: datetime | None = None) -> SheetSubmission:
    """Keep what the firm filled in until somebody has looked at it; the entry stays as it is.

    Another one before that takes the place of the first; the same one again changes nothing.
    """
    at = at or timezone.now()
    link = SheetLink.objects.select_for_update().get(pk=opened(token, at=at).pk)
    link = opened(token, at=at)
    kept = as_kept(tried(link.company, values, at=at))
    waiting = link.submissions.select_for_update().filter(state=SubmissionState.WAITING).first()
    if waiting is not None and waiting.values == kept:
        return waiting
    if waiting is not None:
        waiting.replace(at=at)
        waiting.save()
    submission = SheetSubmission.objects.create(link=link, values=kept, submitted_at=at)
    sheet_letters.tell_submitted(submission, at=at)
    return submission


def tried(company: Company, values: Mapping[str, Any], *, at: datetime) -> Company:
    """The entry as it would be with these values, not saved; refused where they cannot be kept."""
    if unknown := values.keys() - set(SHEET_FIELDS):
        raise ValueError(f"Not for the firm to say: {sorted(unknown)}")
    wanted = copy(company)
    fill(wanted, values, at=at)
    return wanted


def as_kept(company: Company) -> dict[str, Any]:
    """The values of a sheet as they are kept: an industry by its code."""
    values = {field: getattr(company, field) for field in SHEET_FIELDS}
    return {**values, "industry": company.industry.code if company.industry else ""}


def values_of(submission: SheetSubmission) -> dict[str, Any]:
    """What the firm filled in, as actions take it."""
    values = {field: value for field, value in submission.values.items() if field in SHEET_FIELDS}
    code = values.get("industry")
    return {**values, "industry": Industry.objects.filter(code=code).first() if code else None}


def entry_of(submission: SheetSubmission) -> Company:
    """The entry that it is about, also if that was merged meanwhile."""
    return survivor(submission.link.company)


def differences(submission: SheetSubmission, company: Company | None = None) -> list[Difference]:
    """Where the firm says something else than the entry does now."""
    company, values = company or entry_of(submission), values_of(submission)
    return [
        Difference(field, label, in_words(company, field, now), in_words(company, field, values[field]))
        for field, label, now in entry_fields(company)
        if field in values and differs(field, values[field], now)
    ]


def differs(field: str, said: Any, now: Any) -> bool:
    """What is ticked is the same in any order."""
    return sorted(said) != sorted(now) if field in TICKED else bool(said != now)


def entry_fields(company: Company) -> Iterator[tuple[str, str, Any]]:
    for field in SHEET_FIELDS:
        known: Any = Company._meta.get_field(field)
        yield field, str(known.verbose_name), getattr(company, field)


@transaction.atomic
def take_over(
    submission: SheetSubmission,
    *,
    fields: Iterable[str] | None = None,
    by: User | None,
    at: datetime | None = None,
) -> SheetSubmission:
    """Put what the firm says into the entry: all that differs, or the fields chosen. The firm is told."""
    at = at or timezone.now()
    submission, company = waiting_one(submission, SubmissionState.TAKEN_OVER, by=by, at=at)
    if submission.state == SubmissionState.TAKEN_OVER:
        return submission
    differing = [one.field for one in differences(submission, company)]
    chosen = differing if fields is None else [field for field in differing if field in with_partners(fields)]
    if fields is not None and not chosen:
        raise NothingChosen
    values = values_of(submission)
    companies.change(company, values={field: values[field] for field in chosen}, by=by, at=at)
    submission.take_over(fields=chosen, by=by, at=at)
    submission.save()
    sheet_letters.tell_taken_over(submission, left=len(differing) - len(chosen), by=by, at=at)
    return submission


def with_partners(fields: Iterable[str]) -> set[str]:
    """A number goes with its kind, and a turnover with its currency."""
    wanted = set(fields)
    return wanted.union(*(group for group in TOGETHER if not wanted.isdisjoint(group)))


@transaction.atomic
def refuse(
    submission: SheetSubmission, *, reason: str, by: User | None, at: datetime | None = None
) -> SheetSubmission:
    """Leave the entry as it is, and tell the firm why."""
    at = at or timezone.now()
    submission, _company = waiting_one(submission, SubmissionState.REFUSED, by=by, at=at)
    if submission.state == SubmissionState.REFUSED:
        return submission
    if not reason.strip():
        raise ReasonForTheFirm
    submission.refuse(note=reason.strip(), by=by, at=at)
    submission.save()
    sheet_letters.tell_refused(submission, by=by, at=at)
    return submission


def waiting_one(
    submission: SheetSubmission, wanted: SubmissionState, *, by: User | None, at: datetime
) -> tuple[SheetSubmission, Company]:
    """The sheet, held, while it waits or has come to what is wanted; by who keeps the entry."""
    company = companies.kept(entry_of(submission), by=by, at=at)
    rows = SheetSubmission.objects.select_for_update(of=("self",)).select_related("link__company")
    submission = rows.get(pk=submission.pk)
    if submission.state not in (SubmissionState.WAITING, wanted):
        raise DecidedAlready(state=submission.get_state_display())
    return submission, company
