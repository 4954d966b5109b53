"""Two entries of one company become one: nothing that either said is lost, and the old address leads on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from companies.actions import duplicates, indexing
from companies.actions.refusals import ArchivedIsKept, CompanyRefusal, MergedForGood
from companies.actions.values import TEXTS, translation_states
from companies.models import Company, DuplicatePair
from companies.models.company import ENDINGS
from companies.permissions import require_keeper
from companies.states import DuplicateState

TOGETHER = (
    ("register_kind", "register_number"),
    ("employees", "employees_year"),
    ("turnover_band", "turnover_currency", "turnover_year"),
    ("national_scheme", "national_code"),
    ("experience", "experience_note"),
    ("investment_direction",),
    ("investment_band",),
)
"""Fields that are taken over as one: a number without its kind says nothing."""

ALONE = (
    *("latin_name", "name_zh", "name_de", "name_en", "legal_form", "address", "website", "founded"),
    *("export_share", "ownership", "industry_id", "products", "certificates", "languages", "sites_abroad"),
    *("cooperation_forms", *TEXTS),
)
WAY = """
    WITH RECURSIVE way AS (
        SELECT id, merged_into_id FROM companies_company WHERE id = %s
        UNION
        SELECT company.id, company.merged_into_id
        FROM way JOIN companies_company company ON company.id = way.merged_into_id
    )
    SELECT id FROM way WHERE merged_into_id IS NULL
"""


class SameEntry(CompanyRefusal):
    sentence = _("An entry cannot be merged with itself. Please choose another one.")


class OtherNumber(CompanyRefusal):
    """One company has one register number of a kind."""

    sentence = _(
        "“%(company)s” and “%(into)s” have different register numbers, so they are two companies. "
        "If one of the numbers is wrong, please correct it first."
    )


@transaction.atomic
def merge(company: Company, *, into: Company, by: User | None, at: datetime | None = None) -> Company:
    """Merge an entry into another that stands for the company from now on; gives back that one.

    What the other does not say is filled in; contacts and documents move there. The same a second time
    changes nothing.
    """
    at = at or timezone.now()
    company, into = both_locked(company, into)
    for one in (company, into):
        require_keeper(by, one.city_id, at=at)
    if company.merged_into_id == into.pk:
        return into
    refuse(company, into)
    company.merge(into=into, at=at)
    fill_empty(into, company)
    for one in (company, into):
        one.changed_at = at
        one.save()
    move_contacts(company, into, at)
    move_documents(company, into, at)
    company.sheet_links.filter(revoked_at=None).update(revoked_at=at, revoked_by=by)
    settle_pairs(company, into, by=by, at=at)
    indexing.index([company.pk, into.pk])
    into.refresh_from_db(fields=["revision"])
    return into


def survivor(company: Company) -> Company:
    """The entry that stands for the company now, however often it was merged."""
    return Company.objects.raw(f"SELECT * FROM companies_company WHERE id = ({WAY})", [company.pk])[0]  # noqa: S608


def both_locked(company: Company, into: Company) -> tuple[Company, Company]:
    """Both entries, held in the order of their numbers: two merges at once do not wait for each other."""
    if company.pk == into.pk:
        raise SameEntry
    wanted = Company.objects.filter(pk__in=[company.pk, into.pk]).order_by("pk")
    rows = {row.pk: row for row in wanted.select_for_update()}
    return rows[company.pk], rows[into.pk]


def refuse(company: Company, into: Company) -> None:
    for one in (company, into):
        if one.merged_into is not None:
            raise MergedForGood(company=one.name, into=one.merged_into.name)
    if into.archived_at is not None:
        raise ArchivedIsKept(company=into.name)
    known = company.register_number and company.register_kind == into.register_kind
    if known and company.register_number != into.register_number:
        raise OtherNumber(company=company.name, into=into.name)


def fill_empty(into: Company, company: Company) -> None:
    """What one entry does not say, the other may."""
    for fields in (*TOGETHER, *((field,) for field in ALONE)):
        if not any(getattr(into, field) not in (None, "", []) for field in fields):
            for field in fields:
                setattr(into, field, getattr(company, field))
    said: dict[str, Any] = dict(into.__dict__)
    for ending in ENDINGS:
        field = f"translation_{ending}"
        said[field] = getattr(into, field) or getattr(company, field)
    for field, state in translation_states(said, into.city.country).items():
        setattr(into, field, state)


def move_contacts(company: Company, into: Company, at: datetime) -> None:
    """All contacts go along; a person whom the other entry has already is ended once."""
    known = set(into.contacts.filter(ended_at=None).values_list("name", "email"))
    for contact in company.contacts.select_for_update().order_by("pk"):
        if contact.ended_at is None and (contact.name, contact.email) in known:
            contact.ended_at = at
        contact.company = into
        contact.save()


def move_documents(company: Company, into: Company, at: datetime) -> None:
    """All documents go along; a second logo and a file that is there already are taken out."""
    kept = into.documents.filter(removed_at=None)
    known, has_logo = set(kept.values_list("sha256", flat=True)), kept.filter(is_logo=True).exists()
    for document in company.documents.select_for_update().order_by("pk"):
        is_double = has_logo if document.is_logo else document.sha256 in known
        if document.removed_at is None and is_double:
            document.removed_at = at
        document.company = into
        document.save()


def settle_pairs(company: Company, into: Company, *, by: User | None, at: datetime) -> None:
    """Questions about the merged entry are settled; those about others are asked of the one that stays."""
    own = DuplicatePair.objects.filter(Q(first=company) | Q(second=company))
    different = []
    for pair in own.exclude(state=DuplicateState.MERGED).select_for_update().order_by("pk"):
        if pair.state == DuplicateState.DIFFERENT:
            different.append((other_of(pair, company), pair.decided_by, pair.decided_at, pair.note))
        pair.merge(by=by, at=at)
        pair.save()
    duplicates.note([into.pk], at=at)
    for other, decided_by, decided_at, words in different:
        still_different(into, other, by=decided_by, at=decided_at, note=words)


def other_of(pair: DuplicatePair, company: Company) -> int:
    return pair.second_id if pair.first_id == company.pk else pair.first_id


def still_different(into: Company, other: int, *, by: User | None, at: datetime | None, note: str) -> None:
    """Whom the merged entry was told apart from, the one that stays is told apart from too."""
    first, second = sorted((into.pk, other))
    pair = DuplicatePair.objects.open().filter(first=first, second=second).first()
    if pair is not None:
        pair.tell_apart(by=by, at=at, note=note)
        pair.save()
