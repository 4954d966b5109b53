"""The words of a circular: the first draft from a template, and what its placeholders stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from alliance.pages.moments import day_text, moment_text
from alliance.pages.phrases import sentences
from cities.models.city import in_active_language
from membership import consent
from membership.consent.reasons import listed
from membership.models import Application, Circular
from membership.states import CircularKind

LANGUAGES = {"zh": "zh-hans", "de": "de", "en": "en"}
"""Ending of a field, and the language it is written in."""
PLACEHOLDER = re.compile(r"\{[^{}\s]*\}")
KNOWN_PLACEHOLDERS = ("{number}", "{deadline}", "{rule}")
"""What may stand in a draft; each is put in when the circular is previewed or issued."""


class Preview(NamedTuple):
    """A circular's text in one language, exactly as its members get it."""

    language: str
    subject: str
    body: str


def draft_texts(application: Application) -> dict[str, str]:
    """Subject and text in three languages, from the template, by field."""
    texts = {}
    for ending, language in LANGUAGES.items():
        with override(language):
            written = render_to_string(f"membership/letters/circular_{ending}.txt", _names(application))
        subject, _blank, body = written.partition("\n\n")
        texts[f"subject_{ending}"], texts[f"body_{ending}"] = subject.strip(), body.strip()
    return texts


def _names(application: Application) -> dict[str, Any]:
    cities = [place.city for place in application.places.select_related("city")]
    return {
        "names": listed([city.name for city in cities]),
        "many": len(cities) > 1,
        "reference": application.reference,
        "received": day_text(application.submitted_at),
    }


def texts_of(circular: Circular) -> dict[str, str]:
    """All texts by field, with the placeholders put in."""
    texts = {}
    for ending, language in LANGUAGES.items():
        with override(language):
            for field in (f"subject_{ending}", f"body_{ending}"):
                texts[field] = put_in(getattr(circular, field), circular)
    return texts


def preview(circular: Circular) -> list[Preview]:
    """The letter in each language as it would go out, or went out."""
    texts = texts_of(circular)
    previews = []
    for ending, language in LANGUAGES.items():
        with override(language):
            body = letter_body(circular, texts[f"body_{ending}"])
        previews.append(Preview(language, texts[f"subject_{ending}"], body))
    return previews


def put_in(text: str, circular: Circular) -> str:
    """A text in the active language with what its placeholders stand for, as far as that is known."""
    values = {
        "{number}": circular.label or "{number}",
        "{deadline}": moment_text(circular.deadline) or "{deadline}",
        "{rule}": rule_in_words(rule_content(circular)) or "{rule}",
    }
    return PLACEHOLDER.sub(lambda found: values.get(found[0], found[0]), text)


def unknown_placeholders(texts: Mapping[str, str]) -> list[str]:
    """What stands in braces and means nothing; a misspelt placeholder goes to no member."""
    found = (word for text in texts.values() for word in PLACEHOLDER.findall(text))
    return list(dict.fromkeys(word for word in found if word not in KNOWN_PLACEHOLDERS))


def rule_content(circular: Circular) -> Mapping[str, Any]:
    """The copy of the rule that the circular carries; of a draft, the rule that is chosen."""
    if circular.rule_content:
        return circular.rule_content
    return circular.rule.as_content() if circular.rule else {}


def rule_in_words(content: Mapping[str, Any]) -> str:
    """A rule by its name, and what it means, in the active language."""
    if not content:
        return ""
    parts = [
        _("“%(name)s”.") % {"name": rule_name(content)},
        str(consent.EXPLANATIONS[f"threshold.{content['threshold']}"]),
        *_shares(content),
        str(consent.EXPLANATIONS[f"silence.{content['silence']}"]),
        *_quorum(content),
    ]
    return sentences(parts)


def rule_name(content: Mapping[str, Any]) -> str:
    """The name of a kept rule in the active language; empty for no rule."""
    return in_active_language(SimpleNamespace(**content), "name") if content else ""


def _shares(content: Mapping[str, Any]) -> list[str]:
    def share(name: str) -> str:
        return f"{content[f'{name}_numerator']}/{content[f'{name}_denominator']}"

    if content["threshold"] == consent.Threshold.SHARE:
        return [_("The share is %(share)s.") % {"share": share("share")}]
    if content["threshold"] == consent.Threshold.BOTH_SIDES:
        sides = {"china": share("share_cn"), "germany": share("share_de")}
        return [_("The share is %(china)s on the Chinese side and %(germany)s on the German side.") % sides]
    return []


def _quorum(content: Mapping[str, Any]) -> list[str]:
    if not content["quorum_percent"]:
        return []
    return [_("At least %(percent)d %% of the members must answer.") % {"percent": content["quorum_percent"]}]


def letter_body(circular: Circular, text: str) -> str:
    """A circular's text with the facts that stand on every copy, in the active language."""
    deadline, rule = moment_text(circular.deadline), rule_name(rule_content(circular))
    facts = [
        _("Circular %(number)s") % {"number": circular.label} if circular.label else "",
        _deadline_fact(circular) % {"deadline": deadline} if deadline else "",
        _("Rule: %(rule)s") % {"rule": rule} if rule else "",
        _("Seal: %(seal)s") % {"seal": circular.seal} if circular.seal else "",
        _("Observers receive this circular for their information."),
    ]
    return "\n\n".join([text, "\n".join(fact for fact in facts if fact)])


def _deadline_fact(circular: Circular) -> str:
    if circular.kind == CircularKind.INFORMATION:
        return _("Please acknowledge by %(deadline)s.")
    return _("Deadline: %(deadline)s")
