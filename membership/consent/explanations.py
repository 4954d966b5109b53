"""What each option of a consent rule means, in a sentence, for the place where it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

EXPLANATIONS: Mapping[str, StrPromise] = {
    "threshold.all_expressly": _(
        "Carried when every member that is counted consents in so many words, at least one of them. "
        "An abstention stands in the way just as an objection does."
    ),
    "threshold.no_objection": _(
        "Carried when no member objects and at least one consents. Abstentions do no harm."
    ),
    "threshold.share": _(
        "Carried when consents are at least the chosen share of consents and objections together, "
        "exactly counted: two thirds of three is two. Abstentions are not counted; "
        "without any consent or objection it fails."
    ),
    "threshold.two_thirds_and_a_quarter": _(
        "Carried when at least two thirds of consents and objections are consents, and objections are at "
        "most a quarter of all answers, abstentions included. Without any consent or objection it fails."
    ),
    "threshold.both_sides": _(
        "Carried when the Chinese and the German members each reach their own share of consents, with at "
        "least one consent on each side. A side on which no member is asked is left out."
    ),
    "silence.blocks": _("If a single member has not answered by the deadline, the circular fails."),
    "silence.consent": _(
        "Whoever has not answered by the deadline counts as consenting, but not towards the quorum."
    ),
    "silence.abstention": _(
        "Whoever has not answered by the deadline counts as abstaining, but not towards the quorum."
    ),
    "silence.ignored": _(
        "Whoever has not answered by the deadline is left out of the count; only the answers decide."
    ),
    "quorum": _(
        "At least this share of the members asked must answer; consents, objections and abstentions all "
        "count for it, silence never does. Otherwise there is no quorum and the circular is not carried."
    ),
    "share": _("The share of consents among consents and objections, as an exact fraction such as 2/3."),
    "share_cn": _("The share of consents that the Chinese members need among themselves."),
    "share_de": _("The share of consents that the German members need among themselves."),
    "early_close": _(
        "The circular may close before the deadline once it is certain to be carried, whatever the members "
        "that have not answered still do; never towards a failure, and not while a question to the "
        "applicant is unanswered."
    ),
    "visibility.secretariat": _(
        "Until the circular closes, only the secretariat sees who has answered how; "
        "each member sees its own answer."
    ),
    "visibility.members": _("All members see at any time who has answered how."),
    "period_days": _(
        "The deadline is the end of the day that many days after the day of issue, in the zone of the rule."
    ),
    "zone": _("The time zone in which the last day ends; the deadline is shown for both sides."),
    "reminder_days": _("So many days before the deadline, those that have not answered are reminded."),
    "wait_days": _("So many days after it was declined, a city may apply again; 0 means at once."),
}
"""By option: `threshold.<value>`, `silence.<value>`, `visibility.<value>`, or the name of the field."""
