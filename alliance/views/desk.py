"""The desk: what waits for this person, over all apps."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliance.accounts.models import User
from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState
from alliance.pages.moments import moment_text
from alliance.views.desk_companies import company_piles
from alliance.views.piles import Pile, Task, pile
from cities.models import City, Officer
from cities.states import OfficerState
from membership.models import (
    Acknowledgement,
    Addressee,
    Application,
    Circular,
    Elector,
    MembershipCity,
    Question,
    Statement,
    Told,
    Withdrawal,
)
from membership.models.membership import alliance_day
from membership.states import ApplicationState, CircularKind, CircularState, WithdrawalState
from membership.views.withdrawals import with_progress

NEVER_ARRIVES = (DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.CALLED_BACK)


class Desk(LoginRequiredMixin, TemplateView):
    template_name = "frame/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        piles = [pile for pile in piles_of(user) if pile.total]
        return super().get_context_data(piles=piles, offices=offices_of(user), **kwargs)


def offices_of(user: User) -> QuerySet[Officer]:
    return user.officers.current().select_related("city")


def piles_of(user: User) -> Iterator[Pile]:
    """Everything that waits for a person, the most pressing first."""
    if user.is_management:
        yield decisions_to_take()
    if user.is_secretariat:
        yield applications_to_check()
        yield officers_to_confirm()
        yield drafts_to_issue()
        yield withdrawals_to_communicate()
        yield cities_not_reached()
        yield letters_in_trouble()
        yield cities_without_lead()
    if user.is_staff:
        yield consultations_under_way()
        yield withdrawals_under_way()
    yield circulars_to_answer(user)
    yield circulars_to_acknowledge(user)
    yield questions_to_answer(user)
    yield own_applications(user)
    yield own_withdrawals(user)
    yield from company_piles(user)


def decisions_to_take() -> Pile:
    closed = Circular.objects.filter(
        state=CircularState.CLOSED, application__state=ApplicationState.IN_CONSULTATION
    ).exclude(application__circulars__state__in=[CircularState.DRAFT, CircularState.ISSUED])
    later = closed.order_by().filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    closed = closed.filter(~Exists(later))
    return pile(
        _("Decisions to take"),
        closed.order_by("closed_at"),
        lambda circular: Task(
            circular.subject,
            reverse("membership:application", args=[circular.application_id]),
            _("Circular %(number)s: %(result)s")
            % {"number": circular.label, "result": circular.get_result_display()},
        ),
    )


def applications_to_check() -> Pile:
    rows = Application.objects.filter(state=ApplicationState.SUBMITTED).order_by("submitted_at")
    return pile(
        _("Applications to check"),
        rows.prefetch_related("cities"),
        lambda application: Task(
            application.name,
            application.get_absolute_url(),
            _("%(reference)s, submitted %(moment)s")
            % {"reference": application.reference, "moment": moment_text(application.submitted_at)},
        ),
        reverse("membership:applications") + "?state=submitted",
    )


def officers_to_confirm() -> Pile:
    rows = Officer.objects.filter(state=OfficerState.REGISTERED).order_by("registered_at")
    return pile(
        _("Officers to confirm"),
        rows.select_related("user", "city"),
        lambda officer: Task(
            f"{officer.user} · {officer.city}", reverse("cities:officer", args=[officer.pk]), officer.function
        ),
        reverse("cities:officers") + "?state=registered",
    )


def drafts_to_issue() -> Pile:
    rows = Circular.objects.filter(state=CircularState.DRAFT).order_by("drafted_at")
    return pile(
        _("Circulars to prepare and issue"),
        rows,
        lambda circular: Task(circular.subject, circular.get_absolute_url(), circular.get_kind_display()),
    )


def withdrawals_to_communicate() -> Pile:
    rows = Withdrawal.objects.filter(state=WithdrawalState.SUBMITTED).order_by("filed_at")
    return pile(
        _("Withdrawals to communicate"),
        rows.select_related("place__city"),
        lambda withdrawal: Task(
            withdrawal.city.name,
            withdrawal.get_absolute_url(),
            _("%(reference)s, filed %(moment)s")
            % {"reference": withdrawal.reference, "moment": moment_text(withdrawal.filed_at)},
        ),
        reverse("membership:withdrawals") + "?state=submitted",
    )


def cities_not_reached() -> Pile:
    """Member cities with nobody to write to, or of which every copy of an open circular came back."""
    asked = Addressee.objects.filter(
        circular__state=CircularState.ISSUED, elector__isnull=False, elector__exit__isnull=True
    ).exclude(circular__withdrawal__place__city=F("city"))
    told = Told.objects.filter(circular=OuterRef("circular"), city=OuterRef("city"))
    copies = Delivery.objects.filter(
        letter=OuterRef("circular__letter"), on_behalf_of=OuterRef("city__slug")
    ).exclude(state__in=NEVER_ARRIVES, opened_at__isnull=True)
    rows = asked.filter(~Exists(told), ~Exists(copies)).order_by("circular", "pk")
    return pile(
        _("Member cities that a circular does not reach"),
        rows.select_related("city", "circular__withdrawal"),
        not_reached_task,
        tone="warning",
    )


def not_reached_task(addressee: Addressee) -> Task:
    circular = addressee.circular
    withdrawal = getattr(circular, "withdrawal", None)
    url = (withdrawal or circular).get_absolute_url()
    return Task(
        addressee.city.name,
        f"{url}#missing" if withdrawal else url,
        _("%(number)s · %(subject)s") % {"number": circular.label, "subject": circular.subject},
    )


def letters_in_trouble() -> Pile:
    rows = (
        Delivery.objects.filter(state=DeliveryState.FAILED).order_by("-settled_at").select_related("letter")
    )
    return pile(
        _("Letters that could not be delivered"),
        rows,
        lambda delivery: Task(
            delivery.name or delivery.address,
            reverse("letters:letter", args=[delivery.letter_id]),
            str(delivery.letter),
        ),
        reverse("letters:letters") + "?state=failed",
        tone="warning",
    )


def cities_without_lead() -> Pile:
    """Member cities whose letters reach nobody who speaks for them."""
    rows = City.objects.without_lead().filter(
        pk__in=MembershipCity.objects.on(alliance_day(timezone.now())).full().values("city")
    )
    return pile(
        _("Member cities without a lead officer"),
        rows,
        lambda city: Task(city.name, city.get_absolute_url(), _("Invite an officer to speak for the city.")),
        tone="warning",
    )


def consultations_under_way() -> Pile:
    asking = Circular.objects.with_members().exclude(kind=CircularKind.WITHDRAWAL_NOTICE)
    rows = asking.select_related("extension").order_by("deadline")
    return pile(_("Circulars with the member cities"), rows, circular_task, tone="active")


def withdrawals_under_way() -> Pile:
    """Notices that have not reached everybody yet."""
    rows = Withdrawal.objects.filter(state=WithdrawalState.COMMUNICATING).order_by("communicated_at")
    return pile(
        _("Withdrawals being communicated"),
        with_progress(rows).select_related("place__city"),
        withdrawal_task,
        reverse("membership:withdrawals") + "?state=communicating",
        tone="active",
    )


def withdrawal_task(withdrawal: Any) -> Task:
    detail = str(withdrawal.get_state_display())
    if withdrawal.circular_id:
        words = {"told": withdrawal.told, "all": withdrawal.to_tell}
        detail = _("%(told)d of %(all)d member cities told") % words
    return Task(f"{withdrawal.reference} · {withdrawal.city.name}", withdrawal.get_absolute_url(), detail)


def own_withdrawals(user: User) -> Pile:
    """The withdrawal of the person's own city, while it stands."""
    own = Withdrawal.objects.open().filter(place__city__in=user.officers.confirmed().values("city"))
    return pile(
        _("Your city’s withdrawal"),
        with_progress(own).select_related("place__city").order_by("filed_at"),
        withdrawal_task,
        tone="active",
    )


def circular_task(circular: Circular) -> Task:
    deadline = circular.current_deadline
    detail = moment_text(deadline) if deadline else ""
    return Task(f"{circular.label} · {circular.subject}", circular.get_absolute_url(), detail, deadline)


def circulars_to_answer(user: User) -> Pile:
    """Open circulars in which the person speaks for a member that has no standing answer."""
    answered = Statement.objects.filter(elector=OuterRef("pk"), late=False, contestation__isnull=True)
    asked = Elector.objects.filter(
        Q(exit__isnull=True) | Q(exit__left_at__gt=timezone.now()),
        ~Exists(answered),
        addressees__city__in=user.officers.speaking().values("city"),
    )
    rows = Circular.objects.with_members().filter(electors__in=asked, rule_content__isnull=False).distinct()
    return pile(
        _("Circulars that wait for your city’s statement"),
        rows.select_related("extension").order_by("deadline"),
        circular_task,
        reverse("membership:circulars"),
    )


def circulars_to_acknowledge(user: User) -> Pile:
    """Open information circulars of which a city that the person speaks for has not taken note."""
    made = Acknowledgement.objects.filter(circular=OuterRef("circular"), city=OuterRef("city"))
    missing = Addressee.objects.filter(
        Q(elector__exit__isnull=True) | Q(elector__exit__left_at__gt=timezone.now()),
        ~Exists(made),
        elector__isnull=False,
        city__in=user.officers.speaking().values("city"),
    )
    informing = Circular.objects.with_members().filter(kind=CircularKind.INFORMATION)
    rows = informing.filter(pk__in=missing.values("circular")).select_related("extension")
    return pile(
        _("Circulars of which your city is to take note"),
        rows.order_by("deadline", "pk"),
        circular_task,
        reverse("membership:circulars"),
    )


def questions_to_answer(user: User) -> Pile:
    """Questions to an applicant for which the person may speak, as `may_answer` says."""
    about = "circular__application__cities__in"
    rows = Question.objects.filter(
        Q(**{about: user.officers.speaking().values("city")})
        | Q(**{about: user.officers.confirmed().values("city")}, circular__application__begun_by=user),
        answered_at__isnull=True,
        circular__state=CircularState.ISSUED,
    )
    return pile(
        _("Questions to your city"),
        rows.select_related("circular", "elector").distinct().order_by("asked_at"),
        lambda question: Task(
            question.text,
            question.circular.get_absolute_url() + f"#question-{question.pk}",
            question.elector.name,
        ),
    )


def own_applications(user: User) -> Pile:
    states = [ApplicationState.DRAFT, ApplicationState.RETURNED]
    rows = Application.objects.of(user).filter(state__in=states)
    return pile(
        _("Your city’s application"),
        rows.prefetch_related("cities").order_by("begun_at"),
        lambda application: Task(
            f"{application.reference} · {application.name}",
            application.get_absolute_url(),
            application.get_state_display(),
        ),
    )
