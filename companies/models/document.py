"""Logos and documents of companies."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.files import JPEG, PNG
from companies.models.company import Company
from companies.states import CompanyLanguage
from membership.models.application import FileFields

CONTENT_CHANGED = (
    "ROW(OLD.file, OLD.filename, OLD.media_type, OLD.size, OLD.sha256)"
    " IS DISTINCT FROM ROW(NEW.file, NEW.filename, NEW.media_type, NEW.size, NEW.sha256)"
)


@pghistory.track()
class CompanyDocument(FileFields):
    """A logo or document of a company; taken out it is kept, with the day."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="documents", verbose_name=_("company"))
    is_logo = models.BooleanField(_("logo"), default=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=CompanyLanguage, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of a company")
        verbose_name_plural = _("documents of companies")
        ordering = ["company", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(is_logo=True, removed_at__isnull=True),
                name="company_one_logo",
            ),
            models.CheckConstraint(
                condition=Q(is_logo=False) | Q(media_type__in=[PNG, JPEG]), name="company_logo_is_a_picture"
            ),
            models.UniqueConstraint(
                fields=["company", "sha256"],
                condition=Q(removed_at__isnull=True, is_logo=False),
                name="company_document_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="company_document_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="company_document_stays_as_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(CONTENT_CHANGED),
            ),
        ]
