"""The tables that `make bench` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from tests.bench.company_pages import times_slower
from tests.bench.consultation import Issue
from tests.bench.imports import Imports
from tests.bench.imports_report import lines_of, table_of
from tests.bench.mails import AIM as AIM_MAILS
from tests.bench.mails import Sent
from tests.bench.pages import AIM_P95, AIM_RATE, BARE, NOBODY, Measured
from tests.bench.papers import AIM_MS, Paper


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def table(rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as they need to be; the first to the left, the others to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        say("  ".join([first.ljust(widths[0]), *cells]).rstrip())


def pages(measured: Sequence[Measured]) -> None:
    """Each page beside the bare signed-in page of the same rounds."""
    bare = next(one for one in measured if one.page == BARE)
    heads = ["page", "members", "queries", "requests/s", "p95 ms", "of hello", "p95 × hello", "aim"]
    say("Pages: 2 processes, 8 connections; medians over interleaved rounds")
    table([heads, *(row(one, bare) for one in measured)])
    say(f"Aim: at least {AIM_RATE} of the requests/s of “{BARE.label}”, p95 at most {AIM_P95} times its p95.")
    say("Figures differ from machine to machine and from hour to hour; ratios within one run less.")


def company_lists(measured: Sequence[Measured]) -> None:
    """The list of companies, small and large, beside the bare page."""
    bare = next(one for one in measured if one.page == BARE)
    heads = ["page", "companies", "queries", "requests/s", "p95 ms", "of hello", "p95 × hello", "aim"]
    say("The list of companies: 2 processes, 8 connections")
    table([heads, *(row(one, bare) for one in measured)])
    for label, times in times_slower(measured).items():
        say(f"{label}: {times:.1f} times longer with the most companies (aim: at most 2)")


def row(one: Measured, bare: Measured) -> list[str]:
    rate, p95 = one.beside(bare)
    figures = [str(one.queries), f"{one.rate:.0f}", f"{one.p95:.1f}", f"{rate:.2f}", f"{p95:.1f}"]
    if one.page in (NOBODY, BARE):
        return [one.page.label, "", *figures, ""]
    kept = rate >= AIM_RATE and p95 <= AIM_P95
    return [one.page.label, str(one.members), *figures, "kept" if kept else "missed"]


def issues(made: Sequence[Issue]) -> None:
    say("Issuing a circular, letters and trail included")
    heads = ["members", "queries", "ms", "ms a member"]
    table([heads, *(issue_row(one) for one in made)])


def issue_row(one: Issue) -> list[str]:
    ms = one.seconds * 1000
    return [str(one.members), str(one.queries), f"{ms:.0f}", f"{ms / one.members:.2f}"]


def papers(made: Sequence[Paper]) -> None:
    say("A letter as PDF, two pages; processor time")
    heads = ["language", "kB", "ms", "ms with a fresh compiler", "aim"]
    table([heads, *(paper_row(one) for one in made)])


def paper_row(one: Paper) -> list[str]:
    aim = "kept" if one.kept <= AIM_MS else "missed"
    return [one.language, f"{one.size / 1000:.0f}", f"{one.kept:.1f}", f"{one.fresh:.0f}", aim]


def imports(found: Imports) -> None:
    before, after = lines_of(found)
    say(before)
    table(table_of(found))
    say(after)


def mails(sent: Sequence[Sent]) -> None:
    one = sent[0]
    say(f"Mails: {one.mails} copies of a circular, {one.size / 1000:.0f} kB each, one connection a worker")
    table([["workers", "mails/s", "smtplib alone", "of it", "ms a lasting write"], *map(mail_row, sent)])
    kept = "kept" if one.ratio >= AIM_MAILS else "missed"
    say(f"Aim: one worker at least {AIM_MAILS} of smtplib alone with the same bytes: {kept}.")


def mail_row(one: Sent) -> list[str]:
    figures = [f"{one.rate:.0f}", f"{one.bare_rate:.0f}", f"{one.ratio:.2f}", f"{one.ms_a_write:.2f}"]
    return [str(one.workers), *figures]
