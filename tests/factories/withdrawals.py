"""Withdrawals of the standing cast: Liuzhou leaves; and copies of a notice that reach their cities."""

from datetime import UTC, date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from alliance.letters.actions import hand_over, mark_opened
from alliance.letters.models import Delivery
from alliance.letters.signals import copy_bounced
from membership.actions import circulars, withdrawals
from membership.models import Circular, MembershipCity, Told, Withdrawal
from membership.states import WithdrawalState
from tests.factories import circulars as cast
from tests.factories.files import upload
from tests.factories.people import SecretaryFactory
from tests.factories.remembered import remembered

FILED = datetime(2018, 5, 7, 2, 0, tzinfo=UTC)
OUT = datetime(2018, 5, 8, 2, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAIT = 24 * HOUR
DATED = date(2018, 5, 2)
THREE = ("Foshan", "Liuzhou", "Aachen")


@remembered
def filed(name="Liuzhou", *, members=(), by=None, at=FILED, **values):
    """The withdrawal of a city by its lead, with the six members of the cast unless there are some."""
    if not cast.Membership.objects.exists():
        cast.members(*members)
    given = {
        "request": upload(name="Austritt.pdf"),
        "signed_by": "Mayor of " + name,
        "dated": DATED,
        **values,
    }
    return withdrawals.file(cast.city(name), by=by or cast.lead(name), at=at, **given)


@remembered
def communicated(name="Liuzhou", *, members=(), at=OUT, secretary=None, **values):
    """The same, with its notice issued."""
    withdrawal = filed(name, members=members, **values)
    return withdrawals.communicate(withdrawal, by=secretary or SecretaryFactory(), at=at)


@remembered
def effective(name="Liuzhou", *, members=(), at=OUT):
    """The same, after the notice was accepted for everybody and nothing came back."""
    from membership import tasks

    withdrawal = communicated(name, members=members, at=at)
    accept_all(withdrawal, at=at)
    tasks.record_told(at=at + WAIT)
    return fresh(withdrawal)


@remembered
def revoked(name="Liuzhou", **values):
    withdrawal = filed(name, **values)
    return withdrawals.revoke(
        withdrawal, reason="The council resolved otherwise.", by=cast.lead(name), at=OUT
    )


def in_state(state, name="Liuzhou"):
    makers = {
        WithdrawalState.SUBMITTED: filed,
        WithdrawalState.COMMUNICATING: communicated,
        WithdrawalState.EFFECTIVE: effective,
        WithdrawalState.REVOKED: revoked,
    }
    return makers[state](name)


@remembered
def one_missing():
    """One of three leaves; Foshan was told and Aachen was not."""
    withdrawal = communicated(members=THREE)
    open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR)
    return fresh(withdrawal)


def information(kind="information"):
    """Another circular, issued to the members of the day."""
    secretary = SecretaryFactory()
    texts = {f"{field}_{end}": "x" for field in ("subject", "body") for end in ("zh", "de", "en")}
    draft = Circular.objects.create(kind=kind, drafted_at=OUT, drafted_by=secretary, **texts)
    return circulars.issue(draft, by=secretary, at=OUT)


def copies(circular, name=None):
    """The copies of a circular's own letter, of one city or of all."""
    rows = Delivery.objects.filter(letter=circular.letter_id).order_by("pk")
    return rows.filter(on_behalf_of=cast.city(name).slug) if name else rows


def accept(delivery, at=OUT):
    """The mail server took the copy."""
    delivery = Delivery.objects.get(pk=delivery.pk)
    delivery.claim(until=at + HOUR)
    delivery.save()
    delivery.accept(answer="250 OK", at=at)
    delivery.save()
    return delivery


def accept_all(withdrawal, *, at=OUT, but=()):
    """The mail server took every copy, except those of some cities."""
    left_out = {cast.city(name).slug for name in but}
    for copy in copies(withdrawal.circular).exclude(on_behalf_of__in=left_out):
        accept(copy, at)


def bounce(delivery, at):
    """The copy comes back."""
    delivery = Delivery.objects.get(pk=delivery.pk)
    delivery.come_back(words="550 no such mailbox", at=at)
    delivery.save()
    copy_bounced.send(sender=Delivery, delivery=delivery, at=at)
    return delivery


def open_copy(circular, name, at=OUT):
    """Its lead opens the copy of a city in the inbox."""
    copy = copies(circular, name).get(recipient=cast.lead(name))
    return mark_opened(copy, by=copy.recipient, at=at)


def hand(circular, name, *, on=date(2018, 5, 9), at=OUT + 3 * DAY, by=None, channel="post"):
    """The secretariat hands the letter over by post and enters it."""
    return hand_over(
        circular.letter,
        on_behalf_of=cast.city(name).slug,
        channel=channel,
        on=on,
        note="Registered letter",
        proof=upload(name="Rückschein.pdf"),
        by=by or SecretaryFactory(),
        at=at,
    )


def end_by_hand(place, day):
    """A correction of the data: the place has an end all of a sudden."""
    MembershipCity.objects.filter(pk=place.pk).update(period=DateRange(place.begins, day, "[)"))


def told(circular):
    """Which cities were told when, and how."""
    rows = Told.objects.filter(circular=circular).select_related("city")
    return {row.city.name_de: (row.told_at, row.way) for row in rows}


def fresh(withdrawal):
    return Withdrawal.objects.get(pk=withdrawal.pk)
