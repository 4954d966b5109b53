"""Persons through whom a company is reached: entered, changed, ended."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal
from companies.actions import contacts
from companies.forms.contacts import ContactForm
from companies.models import Contact
from companies.views.work import KeeperForm, KeeperVerb

BESIDE: dict[type[Refusal], str] = {
    contacts.NoChannel: "email",
    contacts.NotStatedAsWork: "stated_as_work",
    contacts.BasisMissing: "legal_basis",
    contacts.BasisUnexplained: "basis_note",
    contacts.NotForThePublic: "for_public",
    contacts.ContactThere: "name",
}


class OfOneContact:
    """A current contact of the company."""

    company: Any
    kwargs: Any

    @cached_property
    def contact(self) -> Contact:
        return get_object_or_404(self.company.contacts.filter(ended_at=None), pk=self.kwargs["contact"])


class ContactNew(KeeperForm):
    """A new contact."""

    title = _("New contact")
    form_class = ContactForm
    done = _("%(person)s is a contact of “%(company)s” now.")
    beside = BESIDE

    def act(self, data: dict[str, Any]) -> Contact:
        return contacts.add(self.company, values=data, **self.acting)

    def words(self, result: Contact) -> dict[str, Any]:
        return {"person": result.name}


class ContactEdit(OfOneContact, KeeperForm):
    """A contact, changed."""

    title = _("Contact")
    template_name = "companies/contact_edit.html"
    form_class = ContactForm
    done = _("%(person)s is saved.")
    beside = BESIDE

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.contact}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contact=self.contact, **kwargs)

    def act(self, data: dict[str, Any]) -> Contact:
        return contacts.change(self.contact, values=data, **self.acting)

    def words(self, result: Contact) -> dict[str, Any]:
        return {"person": result.name}


class ContactEnd(OfOneContact, KeeperVerb):
    """The person is no contact any more."""

    done = _("%(person)s is no contact of “%(company)s” any more.")

    def act(self) -> Contact:
        return contacts.end(self.contact, **self.acting)

    def words(self, result: Contact) -> dict[str, Any]:
        return {"person": result.name}
