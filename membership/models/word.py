"""What cities say to a circular besides giving their statement."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from cities.models import City
from membership.models.circular import KEEP, Circular
from membership.states import Channel


@pghistory.track()
class Acknowledgement(models.Model):
    """A city confirms that it took note of an information circular."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="acknowledgements", verbose_name=_("circular")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))
    channel = models.CharField(_("channel"), max_length=15, choices=Channel, default=Channel.SIGNED_IN)
    made_at = models.DateTimeField(_("acknowledged at"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("acknowledged by"))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "city"], name="acknowledged_once"),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="acknowledgement_channel_is_known"
            ),
        ]
        triggers = [pgtrigger.Protect(name="acknowledgement_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return str(self.city)


@pghistory.track()
class ObserverComment(models.Model):
    """An observer's word on an accession: shown to all who were asked, and no vote."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="observer_comments", verbose_name=_("circular")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))
    text = models.TextField(_("comment"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))

    class Meta:
        verbose_name = _("comment of an observer")
        verbose_name_plural = _("comments of observers")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="observer_comment_has_a_text")
        ]
        triggers = [pgtrigger.Protect(name="observer_comment_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class RevokedLink(models.Model):
    """The personal link of a person to a circular is no longer taken."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="revoked_links", verbose_name=_("circular")
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    revoked_at = models.DateTimeField(_("revoked at"))
    revoked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("revoked by"))

    class Meta:
        verbose_name = _("revoked personal link")
        verbose_name_plural = _("revoked personal links")
        ordering = ["revoked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["circular", "user"], name="link_revoked_once")]
        triggers = [pgtrigger.Protect(name="revoked_link_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return f"{self.circular}: {self.user}"
