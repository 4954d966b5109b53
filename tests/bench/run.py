"""One run: make the alliances, count queries, put load on the pages, say what came of it."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from pathlib import Path

from django.utils import timezone

from alliance.pages.translations import ensure_compiled
from tests.bench import company_pages, imports, mails, papers, report, search, search_report
from tests.bench.consultation import Consultation, Issue, consult
from tests.bench.databases import database_of, name_of, running_postgres, tidy
from tests.bench.pages import BARE, MEASURED, NOBODY, SIZES, Measured, growing, looked_at, measure
from tests.bench.web import serving

ISSUED_TO = (20, 200, 2000)


def run(folder: Path) -> int:
    """0, or 1 when the number of queries depends on the number of members."""
    ensure_compiled()
    logging.disable(logging.INFO)  # of this process; the web servers write theirs to a file
    report.say("Making the databases …")
    with running_postgres():
        consultations = [made(members) for members in sorted({*SIZES, *ISSUED_TO})]
        pages = [found for one in consultations if one.issue.members in SIZES for found in pages_of(one)]
        report.say("Measuring the pages …")
        put_load_on(pages, folder)
        report.say("Sending mails …")
        sent = mails_sent()
        report.say(f"Loading and searching {search.COMPANIES:,} companies …")
        sizes = search.COMPANIES, search.FEW
        found = [searched(companies) for companies in sizes]
        lists = company_pages.measure_lists(sorted(sizes), folder)
        report.say("Importing companies …")
        brought = imports_made()
    report.say("Setting letters …")
    letters = papers.measure()
    issues = [one.issue for one in consultations if one.issue.members in ISSUED_TO]
    code = tell(sorted(pages, key=order), issues, letters, sent)
    report.say()
    search_report.searches(*found)
    report.say()
    report.company_lists(lists)
    report.say()
    report.imports(brought)
    return code


def run_search() -> int:
    """The search of companies alone."""
    ensure_compiled()
    logging.disable(logging.INFO)
    with running_postgres():
        found = searches_made()
    search_report.searches(*found)
    return 0


def searches_made() -> list[search.Searched]:
    report.say(f"Loading and searching {search.COMPANIES:,} companies …")
    return [searched(companies) for companies in (search.COMPANIES, search.FEW)]


def made(members: int) -> Consultation:
    with database_of(members, new=True):
        consultation = consult(members, now=timezone.now())
        tidy()
    return consultation


def pages_of(consultation: Consultation) -> list[Measured]:
    """The measured pages in an alliance of this size; the bare ones, which know no members, once."""
    bare = [NOBODY, BARE] if consultation.issue.members == SIZES[0] else []
    with database_of(consultation.issue.members):
        return [looked_at(page, consultation) for page in [*bare, *MEASURED]]


def put_load_on(pages: list[Measured], folder: Path) -> None:
    """A web server for each size, all at once; only one of them has something to do at a time."""
    with ExitStack() as stack:
        servers = {size: serving(name_of(size), folder / f"{size}.log") for size in SIZES}
        measure(pages, {size: stack.enter_context(server) for size, server in servers.items()})


def mails_sent() -> list[mails.Sent]:
    with database_of(0, new=True):
        tidy()
        return mails.measure_mails()


def imports_made() -> imports.Imports:
    with database_of(1, new=True):
        return imports.measure()


def searched(companies: int) -> search.Searched:
    with database_of(companies, new=True):
        return search.measure_search(companies)


def order(one: Measured) -> int:
    return [NOBODY, BARE, *MEASURED].index(one.page)


def tell(
    pages: list[Measured], issues: list[Issue], letters: list[papers.Paper], sent: list[mails.Sent]
) -> int:
    report.say()
    report.pages(pages)
    report.say()
    report.issues(issues)
    report.say()
    report.papers(letters)
    report.say()
    report.mails(sent)
    labels = [page.label for page in growing(pages)]
    if len({one.queries for one in issues}) > 1:
        labels.append("issuing a circular")
    for label in labels:
        report.say(f"\nFAILED: the number of queries of “{label}” depends on the number of members.")
    return 1 if labels else 0
