"""What a circular's seal stands for, kept word for word."""

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.circular import KEEP, Circular, frozen_with_circular


@pghistory.track()
class SealedManifest(models.Model):
    """The manifest whose SHA-256 is the seal: kept so that what was changed later can be named."""

    circular = models.OneToOneField(
        Circular, models.PROTECT, related_name="manifest", verbose_name=_("circular")
    )
    content = models.TextField(_("content"), help_text=_("Canonical JSON; its SHA-256 is the seal."))

    class Meta:
        verbose_name = _("sealed manifest")
        verbose_name_plural = _("sealed manifests")
        triggers = [
            pgtrigger.Protect(name="manifest_is_kept", operation=KEEP),
            frozen_with_circular("manifest", "manifest_frozen", pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return str(self.circular)
