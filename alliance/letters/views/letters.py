"""All letters and what became of each copy, for those who work for the alliance."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.accounts.states import Language
from alliance.letters.actions import requeue
from alliance.letters.filters import DeliveryFilters, LetterFilters
from alliance.letters.models import Delivery, Letter
from alliance.letters.sending import link_to
from alliance.letters.views.facts import StaffOnly, facts_of_letter, person
from alliance.pages.exports import Column
from alliance.pages.views import ActionView, ListPage


class LetterList(StaffOnly, ListPage):
    """Every letter with how many of its copies were accepted, are on the way, failed."""

    title = _("Letters")
    template_name = "letters/letter_list.html"
    filterset_class = LetterFilters
    columns = [
        Column("subject", _("Subject")),
        Column("kind", _("Kind"), lambda letter: letter.get_kind_display(), sort="kind"),
        Column("reference", _("Reference"), sort="reference", on_page=False),
        Column("written", _("Written"), lambda letter: letter.written_at, sort="date"),
        Column("copies", _("Copies"), sort="copies", numeric=True),
        Column("state", _("What became of them"), sort="failed", in_files=False),
        Column("accepted", _("Accepted"), on_page=False),
        Column("waiting", _("On the way"), on_page=False),
        Column("failed", _("Not deliverable"), on_page=False),
    ]
    orderings = {
        "date": "written_at",
        "kind": "kind",
        "reference": "reference",
        "copies": "copies",
        "failed": "failed",
    }
    default_sort = "-date"
    export_name = "letters"
    empty_message = _("No letters have been written yet.")

    def visible_rows(self) -> QuerySet[Any]:
        return Letter.objects.visible_to(person(self.request)).with_counts()


class LetterPage(StaffOnly, ListPage):
    """One letter: its text, and the record of its copies."""

    template_name = "letters/letter_page.html"
    filterset_class = DeliveryFilters
    columns = [
        Column("name", _("Addressee"), sort="name"),
        Column("address", _("Address"), on_page=False),
        Column("on_behalf_of", _("For"), on_page=False),
        Column("language", _("Language"), lambda delivery: delivery.get_language_display()),
        Column("state", _("State"), lambda delivery: delivery.get_state_display(), sort="state"),
        Column("attempts", _("Attempts"), sort="attempts", numeric=True),
        Column("answer", _("Server's answer"), lambda delivery: delivery.answer_in_words, on_page=False),
        Column("settled", _("Accepted or failed at"), lambda delivery: delivery.settled_at, on_page=False),
        Column("next", _("Next attempt"), lambda delivery: delivery.next_attempt_at, on_page=False),
        Column("possibly_twice", _("Possibly received twice"), on_page=False),
        Column("opened", _("Opened in the inbox"), lambda delivery: delivery.opened_at, on_page=False),
        Column("message_id", _("Message-ID"), on_page=False),
    ]
    orderings = {"name": "name", "state": "state", "attempts": "attempts"}
    default_sort = "name"
    export_name = "deliveries"
    empty_message = _("This letter goes to nobody.")

    @cached_property
    def letter(self) -> Letter:
        """The letter of this page, with its counts."""
        letters = Letter.objects.visible_to(person(self.request)).with_counts().select_related("written_by")
        return get_object_or_404(letters, pk=self.kwargs["pk"])

    def visible_rows(self) -> QuerySet[Any]:
        return Delivery.objects.filter(letter=self.letter).select_related("letter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = {
            "label": gettext("Written by"),
            "value": self.letter.written_by or gettext("the system"),
        }
        return super().get_context_data(
            letter=self.letter,
            title=self.letter.subject,
            other_languages=self._other_languages(),
            link=link_to(self.letter.path) if self.letter.is_readable else "",
            may_send_again=person(self.request).is_secretariat,
            crumbs=[(gettext("Letters"), reverse("letters:letters"))],
            facts=[*facts_of_letter(self.letter), by],
            **kwargs,
        )

    def _other_languages(self) -> list[dict[str, str]]:
        texts = [
            {
                "code": "zh-Hans" if code == Language.CHINESE else code,
                "label": label,
                "subject": self.letter.in_language("subject", code),
                "body": self.letter.in_language("body", code),
            }
            for code, label in Language.choices
        ]
        return [text for text in texts if text["body"] != self.letter.body]


class DeliveryResend(ActionView):
    """Send a copy again, now."""

    done = _("The mail to %(address)s is sent again.")

    def visible_rows(self) -> QuerySet[Any]:
        return Delivery.objects.visible_to(person(self.request)).select_related("letter")

    def act(self, thing: Any) -> Any:
        return requeue(thing, by=person(self.request))

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"address": self.object.address}

    def get_success_url(self, result: Any = None) -> str:
        return self.object.letter.get_absolute_url()

    def get_refused_url(self) -> str:
        return self.get_success_url()
