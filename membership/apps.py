from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "membership"
    label = "membership"
    verbose_name = _("Membership")

    def ready(self) -> None:
        """What becomes of a copy may tell its city, in the same transaction."""
        from alliance.letters.signals import copy_bounced, copy_handed_over, copy_opened
        from membership.actions import told

        copy_opened.connect(told.when_opened, dispatch_uid="told_when_opened")
        copy_handed_over.connect(told.when_settled, dispatch_uid="told_when_handed_over")
        copy_bounced.connect(told.when_settled, dispatch_uid="told_when_bounced")
