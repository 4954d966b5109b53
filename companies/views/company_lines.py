"""One company as a line of a list, with the matching words marked in whichever script they matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from html import unescape
from typing import Any

from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from alliance.pages.charts import number
from alliance.pages.phrases import labelled
from alliance.pages.templatetags.pages import script_language
from alliance.search.marking import marked
from cities.actions.industries import label_texts
from companies.models import Company
from companies.views.words import freshness_mark, other_names, wanted_words

MARK = "<mark>"
ROUND_THE_MATCH = 60
LONGEST_SHORT = 200
ENDINGS = "zh", "de", "en"
PRODUCTS = gettext_lazy("Products and services")
INDUSTRY = gettext_lazy("Industry")
SEAT = gettext_lazy("Seat")
TEXT = gettext_lazy("Text")
NUMBER = gettext_lazy("Register number")
MORE = gettext_lazy("Further")


def line_of(company: Company, q: str, day: date) -> dict[str, Any]:
    """What the list shows of one company."""
    name, other = names(company, q)
    short = company.short_text[:LONGEST_SHORT]
    line = {
        "url": company.get_absolute_url(),
        "name": name,
        "other": other,
        "short": show(short, q) if short else "",
        "city": show(company.city.name, q),
        "industry": show(company.industry.name, q) if company.industry else "",
        "employees": number(company.employees),
        "wants": " · ".join(wanted_words(company)),
        "state": freshness_mark(company, day),
    }
    if q and not any(MARK in str(line[part]) for part in ("name", "other", "short", "city", "industry")):
        line["found_in"] = next(found_in(company, q), "")
    return line


@lru_cache(maxsize=5000)
def marked_again(text: str, q: str) -> SafeString:
    """The same few names of cities and industries stand on every page of a search."""
    return marked(text, q)


def marks_in(text: str, q: str) -> SafeString:
    return marked_again(text, q) if len(text) <= LONGEST_SHORT else marked(text, q)


def show(text: str, q: str) -> SafeString:
    """A text with its language where that is not the page's, and its matching words marked."""
    inner = marks_in(text, q) if q else escape(text)
    return format_html('<span lang="{}">{}</span>', script_language(text), inner)


def names(company: Company, q: str) -> tuple[SafeString, SafeString | str]:
    """The name in the reader's language, and another: the one that matched, else one in the other script."""
    shown = show(company.name, q)
    others = [show(name, q) for name in other_names(company)]
    if not others:
        return shown, ""
    if q and MARK not in shown:
        return shown, next((other for other in others if MARK in other), others[0])
    return shown, others[0]


def found_in(company: Company, q: str) -> Iterator[SafeString]:
    """Where else the words stand: products, labels and names in other languages, longer texts."""
    for label, text in elsewhere(company):
        inner = marks_in(text, q)
        if MARK in inner:
            piece = around(inner)
            told = format_html('<span lang="{}">{}</span>', script_language(text), piece)
            yield SafeString(labelled(escape(label), told))


def elsewhere(company: Company) -> Iterator[tuple[Any, str]]:
    yield from ((PRODUCTS, text) for text in company.products)
    if company.industry:
        yield from ((INDUSTRY, text) for text in label_texts().get(company.industry.code, ()))
    yield from ((SEAT, text) for text in in_all_languages(company.city, "name"))
    yield from ((TEXT, text) for text in in_all_languages(company, "short"))
    yield from ((TEXT, text) for text in in_all_languages(company, "long"))
    yield from ((NUMBER, company.register_number),)
    yield from ((MORE, text) for text in (*company.certificates, *company.sites_abroad, company.address))


def in_all_languages(row: Any, field: str) -> Iterable[str]:
    return filter(None, (getattr(row, f"{field}_{ending}") for ending in ENDINGS))


def around(inner: SafeString) -> SafeString:
    """A long text as far as it is near the first match."""
    before, mark, rest = inner.partition(MARK)
    word, end, after = rest.partition("</mark>")
    head, tail = plain(before), plain(after)
    head = head if len(head) <= ROUND_THE_MATCH else "… " + head[-ROUND_THE_MATCH:].lstrip()
    tail = tail if len(tail) <= ROUND_THE_MATCH else tail[:ROUND_THE_MATCH].rstrip() + " …"
    return mark_safe(escape(head) + mark + word + end + escape(tail))


def plain(inner: str) -> str:
    """The text of a piece of HTML in which nothing but words are marked."""
    return unescape(strip_tags(inner))
