"""Keeping the consent rules: a version is never changed, a new one takes its place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.refusals import Refusal
from membership import consent
from membership.actions.outcomes import rule_of
from membership.models import ConsentRule
from membership.models.rule import FROZEN


class RuleIsThere(Refusal):
    """A short name stands for one rule."""

    sentence = _(
        "There is a rule “%(key)s” already. Please make a new version of it, or choose another name."
    )


class Superseded(Refusal):
    """Somebody has made a newer version."""

    sentence = _("There is a newer version of this rule. Please start from that one.")


class NothingChanged(Refusal):
    """A version differs from the one before."""

    sentence = _("Nothing was changed, so there is no need for a new version.")


class RuleWithoutMeaning(Refusal):
    """The parts of the rule do not go together, or one of them is out of its bounds."""

    sentence = _("%(field)s: %(message)s")


@transaction.atomic
def make(key: str, *, by: User | None, at: datetime | None = None, **content: Any) -> ConsentRule:
    """Keep a rule of its own, in its first version; `content` holds the fields of `ConsentRule`."""
    at = at or timezone.now()
    require_secretariat(by)
    if ConsentRule.objects.filter(key=key).exists():
        raise RuleIsThere(key=key)
    return kept(ConsentRule(key=key, version=1, made_at=at, made_by=by, **content))


@transaction.atomic
def new_version(
    rule: ConsentRule, *, by: User | None, at: datetime | None = None, **changes: Any
) -> ConsentRule:
    """Keep a changed rule as its next version; circulars that carry the former one stay as they are."""
    at = at or timezone.now()
    require_secretariat(by)
    rule = ConsentRule.objects.select_for_update().get(pk=rule.pk)
    if rule.superseded_at is not None:
        raise Superseded
    content = {**rule.as_content(), **changes, "key": rule.key, "version": rule.version + 1}
    if all(content[field] == getattr(rule, field) for field in FROZEN if field != "version"):
        raise NothingChanged
    rule.superseded_at, rule.superseded_by = at, by
    rule.save(update_fields=["superseded_at", "superseded_by"])
    return kept(ConsentRule(**content, made_at=at, made_by=by))


def kept(rule: ConsentRule) -> ConsentRule:
    """Save a rule that has a meaning; say what is wrong with one that has none."""
    try:
        rule.full_clean(validate_unique=False, validate_constraints=False)
        rule_of(rule.as_content())
    except consent.InvalidRule as wrong:
        raise RuleWithoutMeaning(field=named(wrong.field), message=str(wrong.message)) from wrong
    except ZeroDivisionError as wrong:
        raise RuleWithoutMeaning(
            field=named("share"), message=_("This is no fraction such as 2/3.")
        ) from wrong
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise RuleWithoutMeaning(field=named(field), message=" ".join(messages)) from wrong
    rule.reminder_days = sorted(set(rule.reminder_days), reverse=True)
    rule.save()
    return rule


def named(field: str) -> str:
    """What a field is called."""
    names = {model_field.name: model_field for model_field in ConsentRule._meta.get_fields()}
    return str(getattr(names.get(field), "verbose_name", _("Share")))
