"""What the database refuses, in words: a correction breaks a rule that triggers or constraints keep."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import DatabaseError, DataError, IntegrityError, InternalError, connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Sentences = Mapping[str, "str | Promise"]
REFUSALS = (IntegrityError, InternalError, DataError)
TRIGGER = re.compile(r"function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")


def check_deferred_rules() -> None:
    """Let rules that the database checks at the end speak now, while a refusal can still be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def broken_rule(error: DatabaseError) -> str:
    """The name of the constraint or trigger that refused; empty when the database does not say."""
    answer = getattr(error.__cause__, "diag", None)
    if answer is None:
        return ""
    if answer.constraint_name:
        return str(answer.constraint_name)
    found = TRIGGER.search(answer.context or "")
    return found.group(1) if found else ""


def sentence_for(error: DatabaseError, sentences: Sentences) -> str:
    """Why the database refused: in the words kept for the rule, else by the rule's name."""
    rule = broken_rule(error)
    if rule in sentences:
        return str(sentences[rule])
    if rule:
        return _("The database keeps the rule “%(rule)s” and refuses this. Nothing was changed.") % {
            "rule": rule
        }
    return _("The database refuses this value. Nothing was changed.")
