"""Logos and documents of companies: checked by what is in them; taken out, they are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.files import JPEG, MEBIBYTE, PNG, shown_name, stored_fields
from companies.actions.companies import kept_open
from companies.actions.refusals import CompanyRefusal
from companies.models import Company, CompanyDocument

PICTURES = (PNG, JPEG)
LARGEST_LOGO = 2 * MEBIBYTE
MOST_DOCUMENTS = 20


class NotAPicture(CompanyRefusal):
    sentence = _("A logo is a PNG or JPEG file; “%(name)s” is not. Please choose a picture.")


class LogoTooLarge(CompanyRefusal):
    sentence = _("The logo “%(name)s” is larger than 2 MB. Please choose a smaller picture.")


class TooManyDocuments(CompanyRefusal):
    sentence = _("A company can have 20 documents. Please take one out first.")


class SameDocument(CompanyRefusal):
    sentence = _("This file is among the documents already, as “%(name)s”.")


@transaction.atomic
def set_logo(
    company: Company, upload: File[Any], *, by: User | None, at: datetime | None = None
) -> CompanyDocument:
    """Give the company a logo; the one it had is taken out. The same picture again changes nothing."""
    at = at or timezone.now()
    company = kept_open(company, by=by, at=at)
    fields = stored_fields(upload)
    if fields["media_type"] not in PICTURES:
        raise NotAPicture(name=shown_name(upload))
    if fields["size"] > LARGEST_LOGO:
        raise LogoTooLarge(name=shown_name(upload))
    current = logo_of(company)
    if current is not None and current.sha256 == fields["sha256"]:
        return current
    remove_current_logo(company, at)
    return CompanyDocument.objects.create(company=company, is_logo=True, added_at=at, added_by=by, **fields)


def logo_of(company: Company) -> CompanyDocument | None:
    return company.documents.filter(is_logo=True, removed_at=None).first()


def documents_of(company: Company) -> list[CompanyDocument]:
    """The documents without the logo, as they were added."""
    return list(company.documents.filter(is_logo=False, removed_at=None).order_by("pk"))


@transaction.atomic
def remove_logo(company: Company, *, by: User | None, at: datetime | None = None) -> None:
    """Take the logo out. Without one nothing changes."""
    at = at or timezone.now()
    company = kept_open(company, by=by, at=at)
    remove_current_logo(company, at)


def remove_current_logo(company: Company, at: datetime) -> None:
    company.documents.filter(is_logo=True, removed_at=None).update(removed_at=at)


@transaction.atomic
def add(
    company: Company,
    upload: File[Any],
    *,
    title: str = "",
    language: str = "",
    by: User | None,
    at: datetime | None = None,
) -> CompanyDocument:
    """Add a document, after checking what is in it."""
    at = at or timezone.now()
    company = kept_open(company, by=by, at=at)
    fields = stored_fields(upload)
    documents = documents_of(company)
    if same := next((one for one in documents if one.sha256 == fields["sha256"]), None):
        raise SameDocument(name=same.title or same.filename)
    if len(documents) >= MOST_DOCUMENTS:
        raise TooManyDocuments
    return CompanyDocument.objects.create(
        company=company, title=title.strip(), language=language, added_at=at, added_by=by, **fields
    )


@transaction.atomic
def remove(document: CompanyDocument, *, by: User | None, at: datetime | None = None) -> CompanyDocument:
    """Take a document out. A second time changes nothing."""
    at = at or timezone.now()
    kept_open(Company.objects.get(documents=document.pk), by=by, at=at)
    document = CompanyDocument.objects.select_for_update().get(pk=document.pk)
    if document.removed_at is None:
        document.removed_at = at
        document.save(update_fields=["removed_at"])
    return document
