"""What stands on a circular's page besides the statements: acknowledgements, comments, one's own link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.pages.moments import moment_text
from cities.models import City
from cities.states import Country
from membership.actions import personal_links
from membership.actions.acknowledgements import cities_asked
from membership.consent.reasons import SIDES
from membership.forms.words import CommentForm, RevokeForm
from membership.models import Acknowledgement, Addressee, Circular, MembershipCity
from membership.models.membership import alliance_day
from membership.states import CircularKind, CircularState, MembershipKind
from membership.views.circulars_letters import short_day

if TYPE_CHECKING:
    from membership.views.circulars_page import CircularPage

SIDE_NAMES = {side.value.upper(): name for side, name in SIDES.items()}


def further(page: CircularPage) -> dict[str, Any]:
    """The parts of the page that depend on the kind of the circular, and on the person's own link."""
    circular, user = page.object, page.request.user
    parts = {}
    if circular.kind == CircularKind.INFORMATION:
        parts = information(page)
    elif circular.kind == CircularKind.ACCESSION:
        parts = comments(page)
    link_out = not user.is_staff and personal_links.has_link(circular, user, at=page.now)
    return {**parts, "link_out": link_out, "revoke_form": revoke_form(page), "calendar": has_deadline(page)}


def has_deadline(page: CircularPage) -> bool:
    """A deadline that is still ahead can be put into a calendar."""
    deadline = page.object.current_deadline
    return page.object.is_open and deadline is not None and page.now <= deadline


def revoke_form(page: CircularPage) -> RevokeForm | None:
    """For the secretariat: whose link is to be taken back."""
    if not page.request.user.is_secretariat or personal_links.is_over(page.object, page.now):
        return None
    form = page.bound("revoke", 0) or RevokeForm(people=personal_links.people_with_link(page.object))
    form.form_action = reverse("membership:link_revoke", args=[page.object.slug])  # type: ignore[attr-defined]
    return form  # type: ignore[return-value]


def information(page: CircularPage) -> dict[str, Any]:
    """Who has taken note, what the person may do about it, and what the secretariat may do."""
    circular, user = page.object, page.request.user
    asked = list(cities_asked(circular, at=page.now).select_related("city"))
    made = {row.city_id: row for row in circular.acknowledgements.all()}
    own = set(user.officers.confirmed().values_list("city", flat=True))
    speaking = set(user.officers.speaking().values_list("city", flat=True))
    shown = asked if user.is_staff else [row for row in asked if row.city_id in own]
    done = sum(row.city_id in made for row in asked)
    return {
        "lead": information_lead(circular),
        "informs": True,
        "acknowledged_line": ngettext(
            "Acknowledged by %(done)d of %(count)d city.",
            "Acknowledged by %(done)d of %(count)d cities.",
            len(asked),
        )
        % {"done": done, "count": len(asked)},
        "acknowledged_sides": sides(shown, made),
        "to_acknowledge": [
            row.city
            for row in asked
            if row.city_id in speaking and row.city_id not in made and circular.is_open
        ],
        **(information_work(page, [row.city for row in asked if row.city_id not in made])),
    }


def information_lead(circular: Circular) -> str:
    if circular.state == CircularState.CANCELLED:
        return _("This circular was cancelled.")
    if circular.is_open and circular.current_deadline:
        return _("For information; no consent is asked for. Please acknowledge it by %(deadline)s.") % {
            "deadline": moment_text(circular.current_deadline)
        }
    return _("For information; no consent is asked for.")


def sides(asked: Iterable[Addressee], made: dict[int, Acknowledgement]) -> list[dict[str, Any]]:
    """City by city, each side for itself."""
    found: dict[str, list[dict[str, Any]]] = {Country.CHINA.value: [], Country.GERMANY.value: []}
    for addressee in asked:
        note = made.get(addressee.city_id)
        word = _("Acknowledged %(day)s") % {"day": short_day(note.made_at)} if note else _("Not yet")
        line = {"city": addressee.city, "word": word, "tone": "done" if note else "waiting"}
        found[addressee.city.country].append(line)
    return [
        {"label": SIDE_NAMES[country], "rows": sorted(rows, key=lambda row: row["city"].name)}
        for country, rows in found.items()
        if rows
    ]


def information_work(page: CircularPage, missing: list[City]) -> dict[str, Any]:
    """Remind, extend and close, as far as there is a deadline and something to do."""
    circular = page.object
    if not (page.request.user.is_secretariat and circular.is_open):
        return {}
    ahead = circular.current_deadline is not None and page.now <= circular.current_deadline
    extendable = ahead and not hasattr(circular, "extension")
    return {
        "missing": missing,
        "may_remind": ahead and bool(missing),
        "may_close": not ahead,
        "extend_form": page.extend_form() if extendable else None,
    }


def comments(page: CircularPage) -> dict[str, Any]:
    """What observers say to an accession, with a form for those who may."""
    circular = page.object
    rows = list(circular.observer_comments.select_related("city", "made_by"))
    observing = observing_cities(page)
    return {
        "comments": rows,
        "comment_forms": [{"city": city, "form": comment_form(page, city)} for city in observing],
    }


def observing_cities(page: CircularPage) -> list[City]:
    """The observers for which the person may comment, as long as answers are taken."""
    if page.is_over or page.request.user.is_staff:
        return []
    speaking = page.request.user.officers.speaking().values("city")
    told = page.object.addressees.filter(elector__isnull=True).values("city")
    places = MembershipCity.objects.on(alliance_day(page.now)).filter(kind=MembershipKind.OBSERVER)
    return list(City.objects.filter(pk__in=speaking).filter(pk__in=told).filter(pk__in=places.values("city")))


def comment_form(page: CircularPage, city: City) -> CommentForm:
    form = page.bound("comment", city.pk) or CommentForm(city=city)
    form.form_action = reverse("membership:observer_comment", args=[page.object.slug])  # type: ignore[attr-defined]
    return form  # type: ignore[return-value]
