"""Companies, their contacts and files in the admin: corrections with a reason, moves through the actions."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.pages.admin import Move, MoveForm, RowAdmin, secretariat
from companies.actions import companies, contacts, documents
from companies.actions.companies import BY_HAND
from companies.actions.values import FIELDS
from companies.models import Company, CompanyDocument, Contact

KEEPER = _("The secretariat does this as the city’s officers do on the page of the company.")


class ArchiveForm(MoveForm):
    """Why an entry is kept for the record only."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(reason.value, reason.label) for reason in BY_HAND]
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


@admin.register(Company)
class CompanyAdmin(RowAdmin):
    """What the entry says can be corrected; its state follows from what is done with it."""

    correctable = FIELDS
    refusals = {
        "company_register_number_once": _("There is a company with this register number already."),
        "company_register_number_has_a_kind": _("A register number has a kind, and a kind has a number."),
        "company_turnover_has_a_currency": _("Turnover and its currency are given together."),
        "company_national_code_has_a_scheme": _("A national code and its classification are given together."),
        **{
            f"company_translation_{ending}_is_said": _(
                "Where a language has a text, it says where the text comes from; otherwise it says nothing."
            )
            for ending in ("zh", "de", "en")
        },
    }
    needed = ["city", "industry", "checked_by", "entered_by", "merged_into"]
    moves = [
        Move("publish", _("Publish"), companies.publish, KEEPER, may=secretariat),
        Move("confirm", _("Confirm"), companies.confirm, KEEPER, may=secretariat),
        Move("withdraw", _("Withdraw"), companies.withdraw, KEEPER, may=secretariat),
        Move("archive", _("Archive"), companies.archive, KEEPER, ArchiveForm, secretariat),
        Move("restore", _("Restore"), companies.restore, KEEPER, may=secretariat),
    ]
    list_display = ["name", "city", "industry", "state", "visibility", "valid_until"]
    list_filter = ["state", "visibility", "released", "city__country"]
    search_fields = ["=register_number", "^sort_name", "^registered_name"]
    folded = ["city__search_key"]
    show_full_result_count = False

    @admin.display(description=_("company"))
    def name(self, company: Company) -> str:
        return company.name


@admin.register(Contact)
class ContactAdmin(RowAdmin):
    """Work contacts; releases are corrected here only when they were entered by mistake."""

    correctable = contacts.FIELDS
    refusals = {
        "contact_has_a_basis": _("A contact has a legal basis."),
        "company_contact_has_a_channel": _("A contact has an e-mail address or a telephone number at work."),
        "contact_basis_is_explained": _("This legal basis needs a note."),
        "contact_public_by_consent": _("A person is shown to everybody only on a basis that allows it."),
    }
    needed = ["company__city", "entered_by"]
    moves = [
        Move(
            "end",
            _("End the contact"),
            contacts.end,
            _("Nobody sees the person any more; the record stays."),
            may=secretariat,
            possible=lambda contact: contact.ended_at is None,
        )
    ]
    list_display = ["name", "company", "function", "legal_basis", "for_members", "for_public", "ended_at"]
    list_filter = ["legal_basis", "for_members", "for_passing_on", "for_public"]
    search_fields = ["name", "email", "company__register_number"]


@admin.register(CompanyDocument)
class CompanyDocumentAdmin(RowAdmin):
    """Files stay as they were brought; what they are called can be corrected."""

    correctable = ["title", "language"]
    needed = ["company__city", "added_by"]
    moves = [
        Move(
            "remove",
            _("Take the file out"),
            documents.remove,
            KEEPER,
            may=secretariat,
            possible=lambda document: document.removed_at is None,
        )
    ]
    list_display = ["filename", "company", "is_logo", "title", "added_at", "removed_at"]
    list_filter = ["is_logo", "language"]
    search_fields = ["filename", "title", "sha256"]
