"""What pages of other apps show of letters."""

from __future__ import annotations

from typing import Any

from django import template

from alliance.letters import parties
from alliance.letters.models import Delivery

register = template.Library()


@register.inclusion_tag("letters/handed_over.html", takes_context=True)
def handed_over(context: dict[str, Any], letter_id: int | None) -> dict[str, Any]:
    """For officers: that a letter was handed over to their city otherwise than by e-mail, with the proof."""
    user = context["request"].user
    if letter_id is None or not user.is_authenticated or user.is_staff:
        return {"handed_over": []}
    copies = list(Delivery.objects.handed_over().filter(letter=letter_id))
    own = parties.of_person(user) if copies else set()
    return {"handed_over": [copy for copy in copies if copy.on_behalf_of in own]}
