"""Persons at companies: reached at work only, each with a legal basis and released purpose by purpose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from companies.actions.companies import kept, kept_open
from companies.actions.refusals import CompanyRefusal, ValuesRefused
from companies.actions.values import tidy
from companies.models import Company, Contact
from companies.states import BASES_FOR_THE_PUBLIC, BASES_WITH_A_NOTE, LegalBasis

FIELDS = (
    *("name", "function", "email", "phone", "stated_as_work", "legal_basis", "basis_note"),
    *("for_members", "for_passing_on", "for_public"),
)
PRIVATE_SERVICES = frozenset(
    (
        *("126.com", "139.com", "163.com", "189.cn", "aliyun.com", "foxmail.com", "qq.com", "sina.com"),
        *("sina.cn", "sohu.com", "vip.163.com", "vip.qq.com", "yeah.net"),
        *("aol.com", "freenet.de", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com"),
        *("hotmail.com", "hotmail.de", "icloud.com", "live.com", "live.de", "mail.de", "me.com", "msn.com"),
        *("online.de", "outlook.com", "outlook.de", "posteo.de", "proton.me", "protonmail.com"),
        *("t-online.de", "web.de", "yahoo.com", "yahoo.de"),
    )
)
"""Mail services for private persons; many Chinese firms do work with theirs, so they are not refused."""


class ContactRefusal(CompanyRefusal):
    """A contact that cannot be kept like this."""


class NoChannel(ContactRefusal):
    sentence = _("Please enter an e-mail address or a telephone number at work: one of the two is needed.")


class NotStatedAsWork(ContactRefusal):
    """Perhaps a private address; only who enters it can know."""

    sentence = _(
        "“%(email)s” is an address of a mail service for private persons. Only work contacts are kept here: "
        "please confirm that it is used for work, or enter another address."
    )


class BasisMissing(ContactRefusal):
    sentence = _("Please choose the legal basis on which this person's contact is kept.")


class BasisUnexplained(ContactRefusal):
    sentence = _(
        "Please add a note on the legal basis: when and how the person consented, or which interest it is."
    )


class NotForThePublic(ContactRefusal):
    sentence = _(
        "A person is shown to everybody only if she consented or the company itself publishes the contact. "
        "Please release it to members only, or correct the legal basis."
    )


class ContactThere(ContactRefusal):
    sentence = _("“%(name)s” is a contact of this company already. Please change that entry.")


class ContactOver(ContactRefusal):
    sentence = _("“%(name)s” is no contact of this company any more. Please enter the person again.")


def is_private_service(email: str) -> bool:
    """Whether the address is of a well-known mail service for private persons."""
    return email.rpartition("@")[2].lower() in PRIVATE_SERVICES


@transaction.atomic
def add(
    company: Company, *, values: Mapping[str, Any], by: User | None, at: datetime | None = None
) -> Contact:
    """Enter a person through whom the company is reached; released to nobody unless said."""
    at = at or timezone.now()
    company = kept_open(company, by=by, at=at)
    contact = Contact(company=company, entered_at=at, entered_by=by)
    fill(contact, values)
    if company.contacts.filter(ended_at=None, name=contact.name, email__iexact=contact.email).exists():
        raise ContactThere(name=contact.name)
    contact.save()
    return contact


@transaction.atomic
def change(
    contact: Contact, *, values: Mapping[str, Any], by: User | None, at: datetime | None = None
) -> Contact:
    """Change a contact, its legal basis or its releases; only what differs is written."""
    at = at or timezone.now()
    kept_open(company_of(contact), by=by, at=at)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.ended_at is not None:
        raise ContactOver(name=contact.name)
    if fill(contact, values):
        contact.save()
    return contact


@transaction.atomic
def end(contact: Contact, *, by: User | None, at: datetime | None = None) -> Contact:
    """The person is no contact any more. A second time changes nothing."""
    at = at or timezone.now()
    kept(company_of(contact), by=by, at=at)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.ended_at is None:
        contact.ended_at = at
        contact.save(update_fields=["ended_at"])
    return contact


def company_of(contact: Contact) -> Company:
    """The company as it stands now: a merge moves contacts."""
    return Company.objects.get(contacts=contact.pk)


def fill(contact: Contact, values: Mapping[str, Any]) -> list[str]:
    """Put values into a contact that is not saved yet, and check them; which fields changed."""
    if unknown := values.keys() - set(FIELDS):
        raise ValueError(f"Not for entering: {sorted(unknown)}")
    before = {field: getattr(contact, field) for field in FIELDS}
    for field, value in values.items():
        setattr(contact, field, tidy(value))
    refuse(contact)
    try:
        contact.clean_fields(exclude=["company", "entered_at", "entered_by", "ended_at"])
    except ValidationError as refused:
        raise ValuesRefused(refused.message_dict) from refused
    return [field for field in FIELDS if getattr(contact, field) != before[field]]


def refuse(contact: Contact) -> None:
    if not contact.email and not contact.phone:
        raise NoChannel
    if is_private_service(contact.email) and not contact.stated_as_work:
        raise NotStatedAsWork(email=contact.email)
    if contact.legal_basis not in LegalBasis.values:
        raise BasisMissing
    if contact.legal_basis in BASES_WITH_A_NOTE and not contact.basis_note:
        raise BasisUnexplained
    if contact.for_public and contact.legal_basis not in BASES_FOR_THE_PUBLIC:
        raise NotForThePublic
