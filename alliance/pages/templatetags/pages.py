"""Tags and filters of our pages; ``docs/pages.md`` lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alliance.pages import bars, changes, charts, kept, marks, moments, phrases

register = template.Library()

CHINESE = re.compile("[\u3400-\u9fff]")
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "zh-hans": "中文"}

register.tag("once", kept.once)
register.simple_tag(marks.status, name="status")
register.filter("answer_word", marks.answer_word)
register.filter("day", moments.day_text)
register.simple_tag(moments.day_html, name="day")
register.filter("moment", moments.moment_text)
register.simple_tag(moments.moment_html, name="moment")
register.simple_tag(moments.moment_lines, name="moment_lines")
register.simple_tag(marks.mark, name="mark")
register.filter("answer_items", marks.answer_items)
register.simple_tag(bars.ladder, name="ladder")
register.filter("enumerated", phrases.enumerated)
register.filter("percentage", phrases.percentage)
register.simple_tag(bars.bar_line, name="bar_line")


@register.simple_tag
def answer_mark(
    position: object = None, late: bool = False, contested: bool = False, label: str | Promise = ""
) -> SafeString:
    """The mark of an answer."""
    return marks.answer_mark(str(position or ""), late=bool(late), contested=bool(contested), label=label)


@register.simple_tag
def labelled(label: Any, text: Any) -> SafeString:
    """A label and what is said of it, with the colon of the reader's language."""
    return SafeString(phrases.labelled(conditional_escape(label or ""), conditional_escape(text)))


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """A number in the reader's notation."""
    return charts.number(value, decimals)


@register.inclusion_tag("includes/progress_line.html")
def progress_line(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The way of a thing, in steps."""
    return {"steps": steps}


@register.inclusion_tag("includes/figure_chart.html")
def figure_chart(
    figures: Iterable[Any],
    title: str = "",
    unit: str = "",
    kind: str = "bar",
    table: bool = True,
) -> dict[str, Any]:
    """One key figure over the years."""
    chart = charts.draw(figures, kind=kind)
    return {"chart": chart, "title": title, "unit": unit, "table": table}


@register.simple_tag
def compare(before: object, after: object) -> tuple[SafeString, SafeString]:
    """Two texts with their differences marked."""
    return changes.compare(str(before or ""), str(after or ""))


@register.simple_tag
def other_script(named: Any) -> SafeString | str:
    """The name of a city in the other script, with its language."""
    name = getattr(named, "other_script_name", "") or ""
    if not name or name == getattr(named, "name", ""):
        return ""
    return format_html('<span class="other-script" lang="{}">{}</span>', script_language(name), name)


@register.simple_tag
def both_scripts(named: Any) -> SafeString:
    """The name of a city in the reader's language and in the other script."""
    return format_html("{} {}", named.name, other_script(named)) if named else SafeString("")


@register.filter
def script_language(text: object) -> str:
    """The ``lang`` of a name: Chinese signs are Chinese; Latin letters on a Chinese page are not."""
    if CHINESE.search(str(text or "")):
        return "zh-Hans"
    active = get_language() or settings.LANGUAGE_CODE
    return "en" if active.startswith("zh") else html_lang()


@register.simple_tag
def html_lang() -> str:
    """The active language as HTML writes it."""
    code = get_language() or settings.LANGUAGE_CODE
    return {"zh-hans": "zh-Hans"}.get(code, code)


@register.simple_tag
def language_choices() -> list[dict[str, Any]]:
    """The languages of the site, each under its own name."""
    active = get_language()
    return [
        {
            "code": code,
            "label": LANGUAGE_NAMES.get(code, code),
            "lang": "zh-Hans" if code == "zh-hans" else code,
            "current": code == active,
        }
        for code, _name in settings.LANGUAGES
    ]


@register.filter
def alert_word(tone: str) -> str | Promise:
    """The word an alert of this tone begins with."""
    return marks.ALERT_WORDS.get(tone, marks.ALERT_WORDS["note"])


@register.filter
def message_tone(message: Any) -> str:
    """The tone of one of Django's messages."""
    return marks.MESSAGE_TONES.get(getattr(message, "level_tag", ""), "note")


@register.filter
def is_moment(value: object) -> bool:
    """Whether this has a time of day."""
    return isinstance(value, datetime)


@register.filter
def error_rows(form: Any) -> list[dict[str, Any]]:
    """Everything wrong with a form, in the order of its fields, with where to go for each."""
    rows = [{"error": error, "id": "", "label": ""} for error in form.non_field_errors()]
    for field in form:
        rows += [
            {"error": error, "id": _first_id(field), "label": "" if field.is_hidden else field.label}
            for error in field.errors
        ]
    return rows


def _first_id(field: Any) -> str:
    if field.is_hidden:
        return ""
    if field.use_fieldset:
        first = next(iter(field.subwidgets), None)
        return str(first.id_for_label) if first else str(field.auto_id)
    return str(field.id_for_label or field.auto_id)


@register.filter
def figure_status(status: str) -> str | Promise:
    """The status sign of a figure in words."""
    return charts.STATUS_WORDS.get(status, status)
