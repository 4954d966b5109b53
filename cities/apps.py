from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "cities"
    label = "cities"
    verbose_name = _("Register of cities")

    def ready(self) -> None:
        """Who changes an address may be an officer."""
        from allauth.account.signals import email_changed

        email_changed.connect(note_changed_address, dispatch_uid="officer_has_another_address")


def note_changed_address(
    *, user: Any, from_email_address: Any = None, to_email_address: Any, **more: Any
) -> None:
    """The link sent to the new address was opened."""
    from cities.actions import officers

    if from_email_address and from_email_address.email != to_email_address.email:
        officers.note_changed_address(user, before=from_email_address.email)
