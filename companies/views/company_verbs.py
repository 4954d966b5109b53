"""What is done with an entry: published, confirmed, withdrawn, archived, restored, sent to the firm."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alliance.accounts.states import Language
from alliance.pages.moments import day_text
from cities.states import Country
from companies.actions import companies, sheets
from companies.actions.refusals import NoteOnArchiving, ReasonForArchiving, ReasonNotByHand
from companies.forms.verbs import ArchiveForm, SendLinkForm
from companies.models import Company, SheetLink
from companies.permissions import contacts_seen_by
from companies.views.work import KeeperForm, KeeperVerb


class Publish(KeeperVerb):
    """Show the entry to others."""

    done = _("“%(company)s” is published, valid until %(day)s.")

    def act(self) -> Company:
        return companies.publish(self.company, **self.acting)

    def words(self, result: Company) -> dict[str, Any]:
        return {"day": day_text(result.valid_until)}


class Confirm(Publish):
    """Say that it still holds."""

    done = _("“%(company)s” is confirmed, valid until %(day)s.")

    def act(self) -> Company:
        return companies.confirm(self.company, **self.acting)


class Withdraw(KeeperVerb):
    """Take it back."""

    done = _("“%(company)s” is a draft again.")

    def act(self) -> Company:
        return companies.withdraw(self.company, **self.acting)


class Restore(KeeperVerb):
    """Take an archived entry up again."""

    done = _("“%(company)s” is taken up again as a draft.")

    def act(self) -> Company:
        return companies.restore(self.company, **self.acting)


class Archive(KeeperForm):
    """Kept for the record only, with the reason."""

    title = _("Archive the entry")
    form_class = ArchiveForm
    done = _("“%(company)s” is archived.")
    beside = {
        ReasonForArchiving: "reason",
        ReasonNotByHand: "reason",
        NoteOnArchiving: "note",
    }

    def act(self, data: dict[str, Any]) -> Company:
        return companies.archive(self.company, **data, **self.acting)


class SendLink(KeeperForm):
    """The firm gets a link to its own sheet."""

    title = _("Let the firm fill in its sheet")
    form_class = SendLinkForm
    done = _("The link is on its way to %(email)s.")
    beside = {sheets.AddressRefused: "email"}

    def get_initial(self) -> dict[str, Any]:
        china = self.company.city.country == Country.CHINA
        first = contacts_seen_by(self.sight, self.company).exclude(email="").first()
        return {
            "language": Language.CHINESE if china else Language.GERMAN,
            "email": first.email if first else "",
        }

    def act(self, data: dict[str, Any]) -> SheetLink:
        return sheets.send_link(self.company, **data, **self.acting)

    def words(self, result: SheetLink) -> dict[str, Any]:
        return {"email": result.email}
