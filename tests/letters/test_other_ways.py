"""When a mail does not do: another address, another way, or calling the letter back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from alliance.accounts.permissions import NotPermitted
from alliance.letters import actions
from alliance.letters.actions import Addressee, call_back, hand_over, redirect
from alliance.letters.models import WIPED, Delivery, Letter
from alliance.letters.signals import copy_handed_over, copy_opened
from alliance.letters.states import DeliveryState
from alliance.pages.files import FileRefused
from tests.factories.circulars import ISSUED, issued
from tests.factories.cities import CityFactory
from tests.factories.files import EXE_BYTES, upload
from tests.factories.letters import WRITTEN, for_aachen, handed, letter_to
from tests.factories.people import SecretaryFactory, UserFactory
from tests.letters.test_delivery_moves import ROLES, in_state, kept

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(hours=3)
NEXT_DAY = WRITTEN + timedelta(days=1)
QUEUED, SENDING, ACCEPTED, DEFERRED, FAILED, UNCERTAIN, BOUNCED, HANDED_OVER, CALLED_BACK = DeliveryState


@pytest.fixture
def heard():
    """What was told to other apps."""
    told = []

    def hear(signal, sender, delivery, at, **more):
        told.append((signal, delivery.pk, at))

    for signal in (copy_handed_over, copy_opened):
        signal.connect(hear)
    yield told
    for signal in (copy_handed_over, copy_opened):
        signal.disconnect(hear)


def sent_elsewhere(copy, **values):
    given = {"address": "poststelle@aachen.example", "note": "On the telephone", "at": LATER}
    return redirect(copy, by=values.pop("by", None) or SecretaryFactory(), **{**given, **values})


# Another address


def test_another_address_gets_a_copy_of_its_own_and_the_first_one_stays():
    letter, secretary = for_aachen(), SecretaryFactory()
    first = letter.deliveries.get()
    second = sent_elsewhere(first, address=" poststelle@aachen.example ", by=secretary)
    second.refresh_from_db()
    assert (second.letter, second.redirected_from, second.state) == (letter, first, "queued")
    assert (second.address, second.on_behalf_of, second.name) == (
        "poststelle@aachen.example",
        "aachen",
        "Anna",
    )
    assert (second.language, second.recipient, second.next_attempt_at) == ("de", None, LATER)
    assert (second.entered_by, second.note) == (secretary, "On the telephone")
    assert second.message_id != first.message_id
    assert Delivery.objects.get(pk=first.pk).address == "anna@aachen.example"


def test_another_address_may_read_another_language():
    copy = for_aachen().deliveries.get()
    assert sent_elsewhere(copy, language="en").language == "en"
    assert sent_elsewhere(copy, address="b@a.example", language="fr").language == "de"


def test_the_same_redirection_twice_makes_one_copy():
    copy = for_aachen().deliveries.get()
    assert sent_elsewhere(copy) == sent_elsewhere(copy)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("address", ["anna@aachen.example", "ANNA@aachen.example", "office@aachen.example"])
def test_an_address_that_has_a_copy_for_the_city_gets_no_second(address):
    letter = letter_to(
        Addressee("anna@aachen.example", "de", on_behalf_of="aachen"),
        Addressee("office@aachen.example", "de", on_behalf_of="aachen"),
        Addressee("other@aachen.example", "de", on_behalf_of="foshan"),
    )
    copy = letter.deliveries.get(address="anna@aachen.example")
    with pytest.raises(actions.AlreadyAddressed, match="Send that copy again"):
        sent_elsewhere(copy, address=address)
    assert sent_elsewhere(copy, address="other@aachen.example").on_behalf_of == "aachen"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@x.example",
        "a b@x.example",
        "a@x.example\nBcc: b@x.example",
        f"{'a' * 250}@x.example",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(actions.AddressUnusable):
        sent_elsewhere(for_aachen().deliveries.get(), address=address)
    assert Delivery.objects.count() == 1


def test_a_redirection_says_why():
    with pytest.raises(actions.NoteMissing):
        sent_elsewhere(for_aachen().deliveries.get(), note="  ")


def test_what_opens_an_account_goes_to_nobody_else():
    letter = for_aachen(confidential=True)
    copy = letter.deliveries.get()
    with pytest.raises(actions.OpensAnAccount):
        sent_elsewhere(copy)
    with pytest.raises(actions.OpensAnAccount):
        handed(letter)
    Letter.objects.update(body_en=WIPED)
    with pytest.raises(actions.TextWiped):
        sent_elsewhere(copy)
    with pytest.raises(actions.TextWiped):
        handed(letter)
    assert Delivery.objects.count() == 1


REDIRECTING = dict.fromkeys(DeliveryState, QUEUED) | {
    HANDED_OVER: actions.NotAMail,
    CALLED_BACK: actions.CalledBack,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", list(DeliveryState))
def test_redirecting_in_every_state_by_every_role(state, role):
    copy, by = in_state(state), ROLES[role]()
    given = {"address": "b@aachen.example", "note": "x", "by": by, "at": LATER}
    expected = REDIRECTING[state] if role in {"secretariat", "system"} else NotPermitted
    if isinstance(expected, DeliveryState):
        assert kept(redirect(copy, **given)) == expected
    else:
        with pytest.raises(expected):
            redirect(copy, **given)
    assert kept(copy) == state


# Another way


def test_what_is_handed_over_is_kept_with_day_way_note_and_proof(heard):
    letter, secretary = for_aachen(), SecretaryFactory(name="Mei")
    copy = handed(letter, by=secretary, at=NEXT_DAY)
    copy.refresh_from_db()
    assert (copy.letter, copy.on_behalf_of, copy.channel, copy.state) == (
        letter,
        "aachen",
        "post",
        "handed_over",
    )
    assert (copy.handed_over_on, copy.settled_at, copy.next_attempt_at) == (date(2017, 1, 29), NEXT_DAY, None)
    assert (copy.entered_by, copy.note, copy.language) == (secretary, "Registered letter RR 123", "de")
    assert (copy.filename, copy.media_type, len(copy.sha256)) == (
        "Einlieferungsbeleg.pdf",
        "application/pdf",
        64,
    )
    assert copy.file.read() == upload().read()
    assert heard == [(copy_handed_over, copy.pk, NEXT_DAY)]
    assert letter.deliveries.count() == 2


def test_the_same_handing_over_twice_makes_one_copy(heard):
    letter = for_aachen()
    assert handed(letter) == handed(letter)
    assert (letter.deliveries.count(), len(heard)) == (2, 1)
    assert handed(letter, note="Another one") != handed(letter)


@pytest.mark.parametrize("channel", ["post", "fax", "wechat", "in_person"])
def test_every_other_way_is_known(channel):
    assert handed(for_aachen(), channel=channel).channel == channel


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"city": ""}, actions.ForNobody),
        ({"city": "bonn"}, actions.ForNobody),
        ({"channel": "mail"}, actions.NotAWay),
        ({"channel": "pigeon"}, actions.NotAWay),
        ({"note": " \n"}, actions.NoteMissing),
        ({"proof": None}, actions.ProofOfHandingOverMissing),
        ({"proof": upload(EXE_BYTES)}, FileRefused),
        ({"proof": upload(b"")}, FileRefused),
        ({"on": date(2017, 1, 28)}, actions.HandedOverBeforeWritten),
        ({"on": date(2017, 1, 31)}, actions.HandedOverInFuture),
    ],
)
def test_what_proves_nothing_is_refused(changes, refusal, heard):
    letter = for_aachen()
    with pytest.raises(refusal):
        handed(letter, **changes)
    assert (letter.deliveries.count(), heard) == (1, [])


def test_a_day_that_has_begun_in_china_has_begun():
    evening_in_germany = WRITTEN + timedelta(hours=15)  # 18:00 in Germany, 01:00 of the next day in China
    assert handed(for_aachen(), on=date(2017, 1, 30), at=evening_in_germany).handed_over_on.day == 30


def test_a_letter_written_after_midnight_in_china_may_be_handed_over_the_evening_before_in_germany():
    letter = for_aachen(at=WRITTEN - timedelta(hours=8))  # 02:00 in China, 19:00 of the day before in Germany
    assert handed(letter, on=date(2017, 1, 28)).handed_over_on.day == 28


def test_a_city_without_anybody_to_write_to_is_handed_the_circular():
    CityFactory(name_de="Wuppertal")
    circular = issued()
    silent = circular.addressees.select_related("city").first().city
    with_copies = set(circular.letter.deliveries.values_list("on_behalf_of", flat=True))
    without = [
        one.city.slug
        for one in circular.addressees.select_related("city")
        if one.city.slug not in with_copies
    ]
    for slug in [silent.slug, *without]:
        copy = handed(circular.letter, slug, on=ISSUED.date(), at=ISSUED + timedelta(days=1))
        assert (copy.on_behalf_of, copy.state) == (slug, "handed_over")


@pytest.mark.parametrize("role", ROLES)
def test_only_the_secretariat_hands_over(role):
    by, letter = ROLES[role](), for_aachen()
    given = {"on_behalf_of": "aachen", "channel": "fax", "on": WRITTEN.date(), "note": "x", "proof": upload()}
    if role == "secretariat":
        assert hand_over(letter, **given, by=by, at=NEXT_DAY).state == HANDED_OVER
    else:
        # The system knows nobody who could vouch for it: the database wants a person.
        with pytest.raises(IntegrityError if role == "system" else NotPermitted), transaction.atomic():
            hand_over(letter, **given, by=by, at=NEXT_DAY)
        assert letter.deliveries.count() == 1


@pytest.mark.parametrize("state", list(DeliveryState))
def test_handing_over_beside_a_copy_in_every_state(state):
    copy = in_state(state, Addressee("a@aachen.example", "en", on_behalf_of="mainz"))
    if state == CALLED_BACK:
        with pytest.raises(actions.CalledBack):
            handed(copy.letter, "mainz")
    else:
        assert kept(handed(copy.letter, "mainz")) == HANDED_OVER
    assert kept(copy) == state


@pytest.mark.parametrize("missing", ["note = ''", "file = ''", "entered_by_id = NULL", "on_behalf_of = ''"])
def test_the_database_wants_the_proof_too(missing):
    copy = handed(for_aachen())
    with (
        pytest.raises(IntegrityError, match="delivery_handed_over_has_proof"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE letters_delivery SET {missing} WHERE id = %s", [copy.pk])


# Calling back


def test_a_letter_nobody_can_have_read_is_called_back_and_twice_is_once():
    letter = letter_to(UserFactory(), UserFactory())
    for _ in range(2):
        call_back(letter, by=SecretaryFactory(), at=LATER)
        rows = letter.deliveries.values_list("state", "settled_at", "next_attempt_at")
        assert set(rows) == {("called_back", LATER, None)}
    assert not Delivery.objects.due(LATER).exists()


@pytest.mark.parametrize("state", sorted(set(DeliveryState) - {QUEUED, CALLED_BACK}))
def test_once_one_copy_is_out_the_letter_stays_out(state):
    copy = in_state(state)
    other = Delivery.objects.create(letter=copy.letter, address="b@x.example", language="en")
    with pytest.raises(actions.AlreadyOut):
        call_back(copy.letter, by=SecretaryFactory(), at=LATER)
    assert (kept(copy), kept(other)) == (state, QUEUED)


def test_what_was_tried_or_opened_is_out():
    tried = in_state(FAILED)
    actions.requeue(tried, by=SecretaryFactory(), at=LATER)
    with pytest.raises(actions.AlreadyOut):
        call_back(tried.letter, by=SecretaryFactory(), at=LATER)
    user = UserFactory()
    opened = letter_to(user).deliveries.get()
    actions.mark_opened(opened, by=user, at=LATER)
    with pytest.raises(actions.AlreadyOut):
        call_back(opened.letter, by=SecretaryFactory(), at=LATER)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_secretariat_calls_back(role):
    copy, by = in_state(QUEUED), ROLES[role]()
    if role in {"secretariat", "system"}:
        call_back(copy.letter, by=by, at=LATER)
        assert kept(copy) == CALLED_BACK
    else:
        with pytest.raises(NotPermitted):
            call_back(copy.letter, by=by, at=LATER)
        assert kept(copy) == QUEUED


def test_a_letter_to_nobody_is_called_back_without_a_word():
    assert call_back(letter_to(), by=SecretaryFactory(), at=LATER).deliveries.count() == 0


# Opening


def test_the_first_opening_is_told_to_other_apps(heard):
    user = UserFactory()
    copy = letter_to(user).deliveries.get()
    for moment in (LATER, NEXT_DAY):
        actions.mark_opened(copy, by=user, at=moment)
    assert heard == [(copy_opened, copy.pk, LATER)]
