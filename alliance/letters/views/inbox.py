"""The inbox: every letter to a person, whatever became of the mail."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliance.letters.actions import mark_opened
from alliance.letters.filters import InboxFilters
from alliance.letters.models import Delivery
from alliance.letters.views.facts import SignedIn, facts_of_letter, person
from alliance.pages.exports import Column
from alliance.pages.moments import moment_lines
from alliance.pages.views import ListPage, OfOneObject


class Inbox(SignedIn, ListPage):
    """My letters, the newest first."""

    title = _("Inbox")
    template_name = "letters/inbox_list.html"
    filterset_class = InboxFilters
    columns = [
        Column("subject", _("Subject"), lambda delivery: delivery.letter.subject),
        Column("kind", _("Kind"), lambda delivery: delivery.letter.get_kind_display(), sort="kind"),
        Column("reference", _("Reference"), lambda delivery: delivery.letter.reference, sort="reference"),
        Column("written", _("Written"), lambda delivery: delivery.letter.written_at, sort="date"),
        Column("opened", _("Opened"), lambda delivery: delivery.opened_at, on_page=False),
    ]
    orderings = {"date": "letter__written_at", "kind": "letter__kind", "reference": "letter__reference"}
    default_sort = "-date"
    export_name = "inbox"
    empty_message = _("No letters to you yet.")

    def visible_rows(self) -> QuerySet[Any]:
        return Delivery.objects.in_inbox_of(person(self.request)).select_related("letter")


class InboxLetter(OfOneObject, TemplateView):
    """One letter to me; to open this page is to open the letter."""

    template_name = "letters/inbox_letter.html"

    def visible_rows(self) -> QuerySet[Any]:
        return Delivery.objects.in_inbox_of(person(self.request)).select_related("letter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery, letter = self.object, self.object.letter
        if delivery.opened_at is None and self.request.method == "GET":
            delivery.opened_at = mark_opened(delivery, by=person(self.request)).opened_at
        handed_over = letter.deliveries.handed_over().filter(on_behalf_of=delivery.on_behalf_of)
        mail = {
            "label": gettext("By mail"),
            "value": delivery.get_state_display(),
            "lines": [delivery.address, *(moment_lines(delivery.settled_at) if delivery.settled_at else [])],
        }
        return super().get_context_data(
            delivery=delivery,
            letter=letter,
            handed_over=handed_over if delivery.on_behalf_of else [],
            crumbs=[(gettext("Inbox"), reverse_lazy("letters:inbox"))],
            facts=[*facts_of_letter(letter), mail],
            **kwargs,
        )
