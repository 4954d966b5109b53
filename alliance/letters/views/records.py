"""The record of a letter: every copy and what became of it, as a list and as a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.letters.models import Delivery, Letter
from alliance.letters.paper import Fact, Section, Sheet, typeset
from alliance.letters.views.reach import Reach
from alliance.pages.exports import Column
from alliance.pages.moments import day_text, moment_lines, moment_text

WIDTHS = (2.2, 2.6, 1.1, 3, 3.4, 2)


def record_columns(cities: Mapping[str, str]) -> Sequence[Column]:
    """What is recorded of each copy; on the page the copy itself shows most of it."""
    return [
        Column("name", _("Addressee"), sort="name"),
        Column("address", _("Address"), on_page=False),
        Column("city", _("For"), lambda one: cities.get(one.on_behalf_of, one.on_behalf_of), on_page=False),
        Column("way", _("Way"), lambda one: one.get_channel_display(), on_page=False),
        Column("language", _("Language"), lambda one: one.get_language_display()),
        Column("state", _("State"), lambda one: one.get_state_display(), sort="state"),
        Column("attempts", _("Attempts"), sort="attempts", numeric=True),
        Column("answer", _("Server's answer"), lambda one: one.answer_in_words, on_page=False),
        Column("settled", _("Accepted or failed at"), lambda one: one.settled_at, on_page=False),
        Column("bounced", _("Came back at"), lambda one: one.bounced_at, on_page=False),
        Column("bounce", _("What the returned mail says"), on_page=False),
        Column("next", _("Next attempt"), lambda one: one.next_attempt_at, on_page=False),
        Column("possibly_twice", _("Possibly received twice"), on_page=False),
        Column("opened", _("Opened in the inbox"), lambda one: one.opened_at, on_page=False),
        Column("handed_over", _("Handed over on"), lambda one: one.handed_over_on, on_page=False),
        Column("entered_by", _("Entered by"), lambda one: str(one.entered_by or ""), on_page=False),
        Column("note", _("Note"), on_page=False),
        Column("proof", _("Checksum of the proof"), lambda one: one.sha256, on_page=False),
        Column("instead_of", _("In place of"), lambda one: first_address(one), on_page=False),
        Column("message_id", _("Message-ID"), on_page=False),
    ]


def first_address(copy: Delivery) -> str:
    return copy.redirected_from.address if copy.redirected_from else ""


def record_as_pdf(letter: Letter, reach: Sequence[Reach], copies: Iterable[Delivery]) -> HttpResponse:
    """The record as a paper, in the reader's language, with the day on which it was drawn up."""
    sheet = sheet_of(letter, reach, copies)
    response = HttpResponse(
        typeset("record", sheet.as_data(), at=timezone.now()), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="deliveries.pdf"'
    return response


def sheet_of(letter: Letter, reach: Sequence[Reach], copies: Iterable[Delivery]) -> Sheet:
    cities = {row.slug: row.name for row in reach}
    title = gettext("Delivery record")
    return Sheet(
        title=title,
        text=letter.subject,
        reference=letter.reference,
        sections=[about(letter, reach), by_city(reach), by_copy(cities, copies)],
        footer=" · ".join(filter(None, [title, letter.reference])),
        description=f"{title}: {letter.subject}",
    )


def about(letter: Letter, reach: Sequence[Reach]) -> Section:
    """What the letter is, and how far it came."""
    facts = [
        Fact(gettext("Kind"), [str(letter.get_kind_display())]),
        Fact(gettext("Written"), moment_lines(letter.written_at)),
        Fact(gettext("Written by"), [str(letter.written_by or gettext("the system"))]),
        Fact(gettext("As recorded at"), moment_lines(timezone.now())),
    ]
    if reach:
        counts = {"reached": sum(row.is_reached for row in reach), "total": len(reach)}
        facts.append(Fact(gettext("Cities reached"), [gettext("%(reached)d of %(total)d") % counts]))
    return Section(facts=facts)


def by_city(reach: Sequence[Reach]) -> Section:
    rows = [(row.name, str(row.word)) for row in reach]
    heads = (gettext("City"), gettext("State"))
    return Section(gettext("Cities"), heads=heads, rows=rows, columns=(1, 1)) if rows else Section()


def by_copy(cities: Mapping[str, str], copies: Iterable[Delivery]) -> Section:
    rows = [
        (
            copy.addressed_to,
            copy.address or copy.note,
            cities.get(copy.on_behalf_of, copy.on_behalf_of),
            " · ".join(filter(None, [copy.get_state_display(), moment_of(copy)])),
            copy.bounce[:300] or copy.answer_in_words or copy.filename,
            remarks(copy),
        )
        for copy in copies
    ]
    heads = (
        gettext("Addressee"),
        gettext("Address or note"),
        gettext("For"),
        gettext("State"),
        gettext("Server's answer or proof"),
        gettext("Remarks"),
    )
    return Section(gettext("Copies"), heads=heads, rows=rows, columns=WIDTHS)


def moment_of(copy: Delivery) -> str:
    if copy.handed_over_on:
        return day_text(copy.handed_over_on)
    return moment_text(copy.bounced_at or copy.settled_at)


def remarks(copy: Delivery) -> str:
    """What else is known of it."""
    opened = gettext("Opened in the inbox: %(moment)s") % {"moment": moment_text(copy.opened_at)}
    return " · ".join(
        filter(
            None,
            [
                opened if copy.opened_at else "",
                gettext("Possibly received twice") if copy.possibly_twice else "",
                f"{gettext('In place of')} {first_address(copy)}" if copy.redirected_from else "",
                f"{gettext('Entered by')} {copy.entered_by}" if copy.entered_by else "",
            ],
        )
    )
