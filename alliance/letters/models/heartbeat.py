"""Signs of life of the workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.letters.querysets import HeartbeatQuerySet


class Heartbeat(models.Model):
    """The last sign of life of a worker; a late one is shown to staff and at /healthz."""

    worker = models.CharField(_("worker"), max_length=100, unique=True)
    beat_at = models.DateTimeField(_("last sign of life"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign of life of a worker")
        verbose_name_plural = _("signs of life of workers")
        ordering = ["-beat_at"]

    def __str__(self) -> str:
        return self.worker
