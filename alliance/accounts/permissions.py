"""Refusals by person, and who counts as what."""

from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal


class NotPermitted(Refusal):
    """The person's role does not allow this."""

    sentence = _("Your role does not allow this. Please ask the secretariat.")


def require_secretariat(by: User | None) -> None:
    if by is not None and not by.is_secretariat:
        raise NotPermitted(_("Only the secretariat can do this."))


def require_management(by: User | None) -> None:
    if by is not None and not by.is_management:
        raise NotPermitted(_("Only the management can do this."))
