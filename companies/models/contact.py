"""Persons through whom a company is reached: work channels only, each with a legal basis and releases."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from companies.models.company import Company
from companies.states import BASES_FOR_THE_PUBLIC, BASES_WITH_A_NOTE, LegalBasis


@pghistory.track()
class Contact(models.Model):
    """A person who can be reached at a company; without a release nobody but its city sees the person."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="contacts", verbose_name=_("company"))
    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=200)
    email = models.EmailField(_("e-mail address at work"), blank=True)
    phone = models.CharField(_("telephone at work"), max_length=50, blank=True)
    stated_as_work = models.BooleanField(
        _("is used for work"),
        default=False,
        help_text=_("Stated by who entered it; needed where the address is of a private mail service."),
    )
    legal_basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis)
    basis_note = models.CharField(_("note on the legal basis"), max_length=300, blank=True)
    for_members = models.BooleanField(
        _("released to member cities and institutions"),
        default=False,
    )
    for_passing_on = models.BooleanField(_("released for passing on"), default=False)
    for_public = models.BooleanField(_("released to everybody"), default=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact of a company")
        verbose_name_plural = _("contacts of companies")
        ordering = ["company", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_basis__in=LegalBasis.values), name="contact_has_a_basis"
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="company_contact_has_a_channel"
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis__in=BASES_WITH_A_NOTE) | ~Q(basis_note=""),
                name="contact_basis_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(for_public=False) | Q(legal_basis__in=BASES_FOR_THE_PUBLIC),
                name="contact_public_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
