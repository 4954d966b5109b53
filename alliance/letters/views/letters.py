"""All letters and what became of each copy, for those who work for the alliance."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alliance.accounts.states import Language
from alliance.letters.filters import DeliveryFilters, LetterFilters
from alliance.letters.models import Delivery, Letter
from alliance.letters.sending import link_to
from alliance.letters.views.facts import StaffOnly, facts_of_letter, person
from alliance.letters.views.reach import SHOWN_AT_ONCE, Reach, reach_of
from alliance.letters.views.records import record_as_pdf, record_columns
from alliance.pages.exports import Column
from alliance.pages.views import ListPage


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
        Column("accepted", pgettext_lazy("letter", "Accepted"), on_page=False),
        Column("handed_over", _("Handed over"), on_page=False),
        Column("waiting", _("On the way"), on_page=False),
        Column("failed", _("In trouble"), on_page=False),
        Column("called_back", _("Called back"), on_page=False),
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
    orderings = {"name": "name", "state": "state", "attempts": "attempts"}
    default_sort = "name"
    export_name = "deliveries"
    empty_message = _("This letter goes to nobody.")

    def get_columns(self) -> Sequence[Column]:
        return record_columns(self.cities)

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The page, or the record of its copies as a file; as PDF too."""
        if request.GET.get("format") == "pdf":
            return record_as_pdf(self.letter, self.reach, self.rows)
        return super().get(request, *args, **kwargs)

    @cached_property
    def filters(self) -> DeliveryFilters:
        return DeliveryFilters(
            self.request.GET, self.visible_rows(), request=self.request, cities=self.cities
        )

    @cached_property
    def reach(self) -> list[Reach]:
        return reach_of(self.letter)

    @cached_property
    def cities(self) -> dict[str, str]:
        """The names of those that the letter is for."""
        return {row.slug: row.name for row in self.reach}

    @cached_property
    def letter(self) -> Letter:
        """The letter of this page, with its counts."""
        letters = Letter.objects.visible_to(person(self.request)).with_counts().select_related("written_by")
        return get_object_or_404(letters, pk=self.kwargs["pk"])

    def visible_rows(self) -> QuerySet[Any]:
        rows = Delivery.objects.filter(letter=self.letter)
        return rows.select_related("letter", "entered_by", "redirected_from")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        works = person(self.request).is_secretariat
        pdf = ("pdf", self.address(format="pdf", page=None))
        return {
            **context,
            "rows": [self._named(copy) for copy in context["rows"]],
            "exports": [*context["exports"], pdf],
            "letter": self.letter,
            "title": self.letter.subject,
            "other_languages": self._other_languages(),
            "link": link_to(self.letter.path) if self.letter.is_readable else "",
            "may_send_again": works,
            "may_hand_over": works and self.letter.may_be_handed_over and bool(self.reach),
            "crumbs": [(gettext("Letters"), reverse("letters:letters"))],
            "facts": self._facts(),
            **self._cities(),
        }

    def _named(self, copy: Delivery) -> Delivery:
        copy.city = self.cities.get(copy.on_behalf_of, "")  # type: ignore[attr-defined]
        return copy

    def _cities(self) -> dict[str, Any]:
        """One mark for each city; where there are many, those that were reached stand apart."""
        reached = [row for row in self.reach if row.is_reached]
        others = [row for row in self.reach if not row.is_reached]
        apart = len(self.reach) > SHOWN_AT_ONCE
        return {
            "reach": others if apart else self.reach,
            "reached_apart": reached if apart else [],
            "reached": len(reached),
            "cities_total": len(self.reach),
            "troubled": sum(row.needs_work for row in self.reach),
        }

    def _facts(self) -> list[dict[str, Any]]:
        by = {"label": gettext("Written by"), "value": self.letter.written_by or gettext("the system")}
        return [*facts_of_letter(self.letter), by]

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
