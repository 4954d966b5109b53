"""An import in words and pictures: where it stands, what its rows mean, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance.pages.bars import bar_line
from alliance.pages.charts import number
from alliance.pages.exports import Column
from alliance.pages.moments import moment_lines
from alliance.pages.phrases import enumerated
from companies.models import Import
from companies.states import IN_THE_WORKS, ImportState, Verdict
from companies.views.words import in_its_language

S = ImportState
TONES = {
    S.UPLOADED: "waiting",
    S.CHECKING: "active",
    S.CHECKED: "waiting",
    S.CARRYING_OUT: "active",
    S.DONE: "done",
    S.FAILED: "warning",
    S.CANCELLED: "ended",
    S.UNDOING: "active",
    S.UNDONE: "ended",
}
VERDICT_TONES = {
    Verdict.NEW: "done",
    Verdict.CHANGED: "active",
    Verdict.UNCHANGED: "neutral",
    Verdict.DUPLICATE: "waiting",
    Verdict.MISTAKE: "warning",
}
ORDER = [Verdict.MISTAKE, Verdict.DUPLICATE, Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED]
COUNTED = {
    Verdict.NEW: gettext_lazy("New"),
    Verdict.CHANGED: gettext_lazy("Changed"),
    Verdict.MISTAKE: gettext_lazy("Mistakes"),
}
OPEN = [Verdict.MISTAKE, Verdict.DUPLICATE]
STEP_OF = {
    S.UPLOADED: 1,
    S.CHECKING: 2,
    S.CHECKED: 3,
    S.FAILED: 2,
    S.CANCELLED: 2,
    S.CARRYING_OUT: 4,
    S.DONE: 5,
    S.UNDOING: 5,
    S.UNDONE: 5,
}


def crumbs(label: str = "") -> list[tuple[str, str]]:
    """The way back from the list of imports, or from a page below it."""
    way = [(_("Companies"), reverse("companies:companies"))]
    imports = (_("Imports"), reverse("companies:imports") if label else "")
    return [*way, imports, (in_its_language(label), "")] if label else [*way, imports]


def crumbs_below(run: Import, label: str) -> list[tuple[str, str]]:
    """The way back from a page below that of one import."""
    file = in_its_language(run.filename)
    return [*crumbs(run.filename)[:-1], (file, run.get_absolute_url()), (label, "")]


def count_column(verdict: Verdict) -> Column:
    """The column of the list that counts rows of a kind."""
    return Column(verdict.value, COUNTED[verdict], lambda run: run.counts.get(verdict.value, 0), numeric=True)


def place_of(run: Import) -> str:
    return run.city.name if run.city else _("Several cities")


def status_of(run: Import) -> tuple[str, str]:
    """Where an import stands, as a word and its tone."""
    return str(run.get_state_display()), TONES[S(run.state)]


def open_rows(run: Import) -> int:
    """Rows that keep it from being carried out."""
    return sum(run.counts.get(verdict, 0) for verdict in OPEN)


def rows_to_write(run: Import) -> int:
    return run.counts.get(Verdict.NEW, 0) + run.counts.get(Verdict.CHANGED, 0)


def heading_of(run: Import) -> str:
    """The question that the page answers now."""
    if run.state == S.UPLOADED:
        return _("What does each column say?")
    if run.state == S.CHECKED:
        return _("What needs you?") if open_rows(run) else _("Shall the import be carried out?")
    return {
        S.CHECKING: _("The file is being checked"),
        S.CARRYING_OUT: _("The import is being carried out"),
        S.DONE: _("The import is carried out"),
        S.FAILED: _("The import has failed"),
        S.CANCELLED: _("The import is cancelled"),
        S.UNDOING: _("The import is being undone"),
        S.UNDONE: _("The import is undone"),
    }[S(run.state)]


def lead_of(run: Import) -> str:
    """The answer in one sentence."""
    if run.state == S.CHECKED:
        return sentence_of_checked(run)
    if run.state == S.DONE:
        words = {
            "new": number(run.counts.get(Verdict.NEW, 0)),
            "changed": number(run.counts.get(Verdict.CHANGED, 0)),
        }
        return _("Entered: %(new)s. Changed: %(changed)s.") % words
    return {
        S.UPLOADED: _("Please say which column of the file is which. Nothing has been written."),
        S.CHECKING: _("You can leave this page and come back. Nothing is written yet."),
        S.CARRYING_OUT: _("You can leave this page and come back. All of it is written at once, or nothing."),
        S.FAILED: _("Nothing was written. Please bring the file again, or tell the secretariat."),
        S.CANCELLED: _("Nothing was written."),
        S.UNDOING: _("You can leave this page and come back."),
        S.UNDONE: _("Everything is as it was before; the new companies are gone."),
    }[S(run.state)]  # fmt: skip


def sentence_of_checked(run: Import) -> str:
    if waiting := open_rows(run):
        return ngettext(
            "%(count)s row keeps the import from being carried out: correct it, or leave it out.",
            "%(count)s rows keep the import from being carried out: correct them, or leave them out.",
            waiting,
        ) % {"count": number(waiting)}
    if writes := rows_to_write(run):
        return ngettext(
            "%(count)s row will be written, all others stay as they are.",
            "%(count)s rows will be written, all others stay as they are.",
            writes,
        ) % {"count": number(writes)}
    return _("No row of the file would change anything.")


def counts_of(run: Import) -> list[dict[str, Any]]:
    """How many rows there are of each kind, with a bar to compare them by."""
    kinds = {verdict: run.counts.get(verdict, 0) for verdict in ORDER}
    left_out = run.counts.get("left_out", 0)
    most = max([*kinds.values(), left_out, 1])
    rows = reverse("companies:import_rows", args=[run.pk])
    lines = [
        line(str(verdict.label), VERDICT_TONES[verdict], kinds[verdict], most, f"{rows}?kind={verdict}")
        for verdict in ORDER
    ]
    if left_out:
        lines.append(line(_("Left out"), "ended", left_out, most, f"{rows}?kind=left_out"))
    return [one for one in lines if one["count"]]


def line(label: str, tone: str, count: int, most: int, url: str) -> dict[str, Any]:
    return {"label": label, "tone": tone, "count": count, "bar": bar_line(count, most), "url": url}


def steps_of(run: Import) -> list[dict[str, str]]:
    """The way of a file in steps."""
    at = STEP_OF[S(run.state)]
    labels = [_("Uploaded"), _("Columns"), _("Checked"), _("Corrected"), _("Carried out")]
    states = ["done" if place < at else "current" if place == at else "todo" for place in range(5)]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def facts_of(run: Import) -> list[dict[str, Any]]:
    return list(told(run))


def told(run: Import) -> Iterator[dict[str, Any]]:
    file = in_its_language(run.filename)
    yield {"label": _("File"), "value": file, "url": reverse("companies:import_file", args=[run.pk])}
    yield {"label": _("Companies of"), "value": place_of(run)}
    for label, moment, person in [
        (_("Brought"), run.begun_at, run.begun_by),
        (_("Carried out"), run.done_at, run.asked_by),
        (_("Undone"), run.undone_at, run.asked_by),
        (_("Ended"), run.ended_at, None),
    ]:
        if moment:
            lines = moment_lines(moment)
            yield {
                "label": label,
                "value": lines[0],
                "lines": [*lines[1:], *([str(person)] if person else [])],
            }


def failure_of(run: Import) -> str:
    """Why it has failed, or was stopped, in a sentence."""
    if run.state in IN_THE_WORKS:
        return ""
    if meanwhile := run.report.get("meanwhile"):
        words = {"rows": enumerated(meanwhile[:20])}
        return (
            _("Others have changed companies of these rows since the check; nothing was written: %(rows)s.")
            % words
        )
    return str(run.report.get("failure", ""))
