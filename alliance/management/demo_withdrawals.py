"""Two cities that leave, in the demonstration: one notice that has not reached everybody, one to be sent."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from alliance.accounts.models import User
from alliance.letters.actions import hand_over, mark_opened
from alliance.letters.models import Delivery, Letter
from alliance.letters.states import DeliveryChannel
from cities.models import City
from membership.actions import told, withdrawals
from membership.models import Withdrawal

LEAVING = "raunheim"
ASKING = "jieyang"
OPENED = ("foshan", "nanning", "aachen", "koeln")
CAME_BACK = "wuppertal"
TRIED_AGAIN = "taizhou"
BY_POST = "jiaozuo"
REASON = "Der Stadtrat hat beschlossen, die internationale Arbeit mit dem Kreis zu bündeln."
REFUSED = "451 4.7.1 Greylisted, please try again later"
RETURNED = "550 5.1.1 The email account that you tried to reach does not exist"
ANSWER = "250 2.0.0 Ok: queued"
NOTE = "EMS 1098 2263 4501, 收件人：焦作市商务局"


def load(at: datetime, page: bytes) -> None:
    """`page` is a scanned letter, as far as a demonstration has one."""
    secretary = User.objects.get(email="secretariat@demo.example")
    tell_members(leave(LEAVING, page, at=at - timedelta(days=7)), secretary, page, at=at - timedelta(days=5))
    withdrawals.file(
        City.objects.get(slug=ASKING),
        request=ContentFile(page, "揭阳市退出申请.pdf"),
        signed_by="揭阳市商务局局长",
        dated=(at - timedelta(days=9)).date(),
        wished_end=(at + timedelta(days=60)).date(),
        by=secretary,
        at=at - timedelta(days=1),
    )


def leave(slug: str, page: bytes, *, at: datetime) -> Withdrawal:
    """The lead officer files the signed request."""
    city = City.objects.get(slug=slug)
    return withdrawals.file(
        city,
        request=ContentFile(page, "austritt.pdf"),
        signed_by="Bürgermeister der Stadt Raunheim",
        dated=(at - timedelta(days=2)).date(),
        reason=REASON,
        by=User.objects.get(email=f"officer@{slug}.demo.example"),
        at=at,
    )


def tell_members(withdrawal: Withdrawal, secretary: User, page: bytes, *, at: datetime) -> None:
    """The notice went out: told by mail, opened, handed over by post; two cities are still missing."""
    withdrawal = withdrawals.communicate(withdrawal, by=secretary, at=at)
    circular = withdrawal.circular
    assert circular is not None  # noqa: S101 - it was just issued
    assert circular.letter is not None  # noqa: S101 - it was just issued
    for number, copy in enumerate(circular.letter.deliveries.order_by("pk")):
        send(copy, at=at + timedelta(seconds=20 + number))
    for number, slug in enumerate(OPENED):
        copy = copy_for(circular.letter, slug)
        mark_opened(copy, by=copy.recipient, at=at + timedelta(hours=2 + 3 * number))
    hand_over_by_post(circular.letter, secretary, page, at=at + timedelta(days=4))
    told.record(circular, at=at + timedelta(days=4))


def send(copy: Delivery, *, at: datetime) -> None:
    """What the worker and the mail servers made of a copy."""
    copy.claim(until=at + timedelta(minutes=5))
    if copy.on_behalf_of in (TRIED_AGAIN, BY_POST):
        copy.defer(answer=REFUSED, until=at + timedelta(days=6))
    else:
        copy.accept(answer=ANSWER, at=at)
    if copy.on_behalf_of == CAME_BACK:
        copy.come_back(words=RETURNED, at=at + timedelta(minutes=3))
    copy.save()


def copy_for(letter: Letter, slug: str) -> Delivery:
    return letter.deliveries.filter(on_behalf_of=slug).order_by("pk")[0]


def hand_over_by_post(letter: Letter, secretary: User, page: bytes, *, at: datetime) -> None:
    hand_over(
        letter,
        on_behalf_of=BY_POST,
        channel=DeliveryChannel.POST,
        on=(at - timedelta(days=1)).date(),
        note=NOTE,
        proof=ContentFile(page, "EMS.pdf"),
        by=secretary,
        at=at,
    )
