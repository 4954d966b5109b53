"""Officers: the list of all of them, the page of one, and the secretariat's moves."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliance.accounts.actions import has_confirmed_address
from alliance.letters.views.facts import StaffOnly, person
from alliance.pages.exports import Column
from alliance.pages.forms import FormHelperMixin
from alliance.pages.moments import day_text, moment_text
from alliance.pages.views import ActionFormView, ListPage, OfOneObject
from cities.actions import officers
from cities.filters.people import OfficerFilters
from cities.forms.people import ConfirmForm, EndForm, LevelForm, RefuseForm
from cities.forms.people_registration import is_free_mail
from cities.models import Officer
from cities.permissions import may_manage_officers
from cities.states import OfficerLevel, OfficerState

TONES = {
    OfficerState.REGISTERED: "waiting",
    OfficerState.CONFIRMED: "done",
    OfficerState.REFUSED: "ended",
    OfficerState.ENDED: "ended",
}
WAITING_FIRST = Case(
    When(state=OfficerState.REGISTERED, then=Value(0)),
    When(state=OfficerState.CONFIRMED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)

Move = tuple[str | Promise, FormHelperMixin]


class OfficerList(StaffOnly, ListPage):
    """Who acts for which city; whoever is to be confirmed stands first."""

    title = _("Officers")
    template_name = "cities/officer_list.html"
    filterset_class = OfficerFilters
    columns = [
        Column("person", _("Person"), lambda officer: officer.user.name, sort="person"),
        Column("email", _("E-mail address"), lambda officer: officer.user.email, on_page=False),
        Column("phone", _("Work telephone"), on_page=False),
        Column("function", _("Function"), on_page=False),
        Column("city", _("City"), lambda officer: officer.city.name, sort="city"),
        Column("level", _("Level"), lambda officer: officer.get_level_display(), sort="level"),
        Column("registered", _("Registered"), lambda officer: officer.registered_at, sort="date"),
        Column("state", _("State"), lambda officer: officer.get_state_display(), sort="state"),
    ]
    orderings = {
        "person": "user__name",
        "city": ("city__name_en", "level"),
        "level": "level",
        "date": "registered_at",
        "state": (WAITING_FIRST, F("registered_at").desc()),
    }
    default_sort = "state"
    export_name = "officers"
    empty_message = _("No officers yet.")

    def visible_rows(self) -> QuerySet[Any]:
        return Officer.objects.visible_to(person(self.request)).select_related("user", "city")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tones=TONES, may_manage=may_manage_officers(self.request.user), **kwargs
        )


class OneOfficer(StaffOnly, OfOneObject):
    """One officer, for those who work for the alliance."""

    object: Officer  # type: ignore[assignment]

    def visible_rows(self) -> QuerySet[Any]:
        return Officer.objects.visible_to(person(self.request)).select_related(
            "user", "city", "confirmed_by", "ended_by"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        officer = self.object
        lead = officer.city.officers.leads().exclude(pk=officer.pk).select_related("user").first()
        context = {
            "officer": officer,
            "tone": TONES[OfficerState(officer.state)],
            "facts": facts_of(officer),
            "cautions": cautions_about(officer),
            "lead": lead,
            "moves": moves_for(officer, lead) if may_manage_officers(self.request.user) else [],
        }
        return super().get_context_data(**{**context, **kwargs})  # type: ignore[misc]


class OfficerPage(OneOfficer, TemplateView):
    """What is known of an officer, and what the secretariat can do."""

    template_name = "cities/officer_page.html"


class OfficerMove(OneOfficer, ActionFormView):
    """One of the secretariat's moves; refused, it shows the page again with what was typed."""

    template_name = "cities/officer_page.html"
    move: ClassVar[str] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["moves"] = [
            (heading, context["form"] if type(form) is self.form_class else form)
            for heading, form in context["moves"]
        ]
        return context

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.prefix, form.form_action = None, f"{self.object.get_absolute_url()}{self.move}/"
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"level": self.object.level}

    def form_invalid(self, form: Any) -> HttpResponse:
        """A move that the page does not offer is refused in words above it."""
        context = self.get_context_data(form=form)
        if any(offered is form for _heading, offered in context["moves"]):
            return self.render_to_response(context)
        for sentence in form.non_field_errors() or [_now("This is not possible at the moment.")]:
            messages.error(self.request, sentence)
        return redirect(self.object)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"person": str(result.user), "city": result.city.name, "level": result.get_level_display()}


class OfficerConfirm(OfficerMove):
    move = "confirm"
    form_class = ConfirmForm
    done = _("%(person)s is confirmed as an officer of %(city)s: %(level)s.")

    def act(self, officer: Officer, data: dict[str, Any]) -> Officer:
        return officers.confirm(officer, level=data["level"], by=person(self.request))


class OfficerRefuse(OfficerMove):
    move = "refuse"
    form_class = RefuseForm
    done = _("%(person)s is not taken for an officer of %(city)s and is told why.")

    def act(self, officer: Officer, data: dict[str, Any]) -> Officer:
        return officers.refuse(officer, reason=data["reason"], by=person(self.request))


class OfficerLevelChange(OfficerMove):
    move = "level"
    form_class = LevelForm
    done = _("%(person)s is now for %(city)s: %(level)s.")

    def act(self, officer: Officer, data: dict[str, Any]) -> Officer:
        return officers.change_level(officer, data["level"], by=person(self.request))


class OfficerEnd(OfficerMove):
    move = "end"
    form_class = EndForm
    done = _("The office of %(person)s for %(city)s has ended.")

    def act(self, officer: Officer, data: dict[str, Any]) -> Officer:
        return officers.end(officer, reason=data["reason"], by=person(self.request))


def moves_for(officer: Officer, lead: Officer | None) -> list[Move]:
    """What can be done with an officer now: a heading and an empty form each."""
    if officer.state == OfficerState.REGISTERED:
        takes_over = officer.level == OfficerLevel.LEAD and lead is not None
        level = OfficerLevel.DEPUTY if takes_over else officer.level
        confirm, refuse = ConfirmForm(initial={"level": level}), RefuseForm()
        moves = [(_("Confirm"), confirm, "confirm"), (_("Refuse"), refuse, "refuse")]
    elif officer.state == OfficerState.CONFIRMED:
        change, end = LevelForm(initial={"level": officer.level}), EndForm()
        moves = [(_("What the person may do"), change, "level"), (_("End the office"), end, "end")]
    else:
        moves = []
    return [aimed(officer, *move) for move in moves]


def aimed(officer: Officer, heading: str | Promise, form: Any, move: str) -> Move:
    form.form_action = f"{officer.get_absolute_url()}{move}/"
    return heading, form


def cautions_about(officer: Officer) -> list[str]:
    """What the secretariat should know before it confirms somebody."""
    if officer.state != OfficerState.REGISTERED:
        return []
    cautions = []
    if not has_confirmed_address(officer.user):
        cautions.append(
            _now("The link sent to this address has not been opened yet; confirm only after that.")
        )
    if is_free_mail(officer.user.email):
        cautions.append(
            _now(
                "Anybody can get an address with this mail provider. "
                "Please ask the city at its official mailbox or telephone."
            )
        )
    if not officer.city.is_public:
        cautions.append(_now("The city entered itself in the register; it becomes public with this officer."))
    return cautions


def facts_of(officer: Officer) -> list[dict[str, Any]]:
    """Who it is, how to reach them, and the history of the office."""
    city = {"label": _now("City"), "value": officer.city.name, "url": officer.city.get_absolute_url()}
    facts: list[dict[str, Any]] = [city, {"label": _now("Level"), "value": officer.get_level_display()}]
    facts.append({"label": _now("Function"), "value": officer.function})
    facts.append(
        {
            "label": _now("Reached at"),
            "value": officer.user.email,
            "lines": [*[officer.phone] * bool(officer.phone), *address_lines(officer)],
        }
    )
    facts.append({"label": _now("Registered"), "value": moment_text(officer.registered_at)})
    if officer.confirmed_at:
        facts.append(moved(_now("Confirmed"), officer.confirmed_at, officer.confirmed_by))
    if officer.ended_at:
        fact = moved(officer.get_state_display(), officer.ended_at, officer.ended_by)
        facts.append({**fact, "lines": [*fact["lines"], officer.end_reason]})
    return facts


def address_lines(officer: Officer) -> list[str]:
    """Since when the person is reached at another address than before."""
    changed = officer.address_changed_at
    return [_now("Address changed on %(day)s") % {"day": day_text(changed)}] if changed else []


def moved(label: str, at: Any, by: Any) -> dict[str, Any]:
    lines = [_now("by %(person)s") % {"person": by}] if by else []
    return {"label": label, "value": day_text(at), "lines": lines}
