"""Writing, opening and sending again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.translation import get_language, override

from alliance.accounts.permissions import NotPermitted
from alliance.letters import actions
from alliance.letters.actions import Addressee, mark_opened, requeue, unread_count, write
from alliance.letters.models import WIPED, Delivery, Letter
from alliance.letters.states import DeliveryState, LetterKind
from tests.factories.letters import WORDS, WRITTEN, compose, letter_to
from tests.factories.people import ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(hours=3)


def in_state(state):
    """A delivery that came to a state by the moves that lead there."""
    delivery = letter_to("a@aachen.example").deliveries.get()
    if state != DeliveryState.QUEUED:
        delivery.claim(until=LATER)
    match state:
        case DeliveryState.ACCEPTED:
            delivery.accept(answer="250 OK", at=WRITTEN)
        case DeliveryState.FAILED:
            delivery.fail(answer="550 no", at=WRITTEN)
        case DeliveryState.DEFERRED:
            delivery.defer(answer="451 later", until=LATER)
        case DeliveryState.UNCERTAIN:
            delivery.lose(answer="", until=LATER)
    delivery.save()
    return delivery


def test_a_letter_is_written_once_in_three_languages_with_a_copy_for_each():
    secretary = SecretaryFactory()
    anna, wei = UserFactory(name="Anna", language="de"), UserFactory(name="Wei", language="zh-hans")
    letter = write(
        LetterKind.CIRCULAR,
        compose,
        [Addressee.of(anna, "aachen"), Addressee.of(wei, "foshan"), Addressee("guest@example.org", "en")],
        by=secretary,
        at=WRITTEN,
        reference="2016/01",
        path="/circulars/2016-01/",
    )
    assert Letter.objects.get() == letter
    assert (letter.subject_en, letter.body_en) == WORDS["en"]
    assert (letter.subject_de, letter.body_de) == WORDS["de"]
    assert (letter.subject_zh, letter.body_zh) == WORDS["zh-hans"]
    assert (letter.kind, letter.reference, letter.path) == ("circular", "2016/01", "/circulars/2016-01/")
    assert (letter.written_at, letter.written_by, letter.confidential) == (WRITTEN, secretary, False)
    copies = letter.deliveries.order_by("pk").values_list(
        "recipient", "name", "address", "language", "on_behalf_of", "state", "next_attempt_at", "attempts"
    )
    assert list(copies) == [
        (anna.pk, "Anna", anna.email, "de", "aachen", "queued", WRITTEN, 0),
        (wei.pk, "Wei", wei.email, "zh-hans", "foshan", "queued", WRITTEN, 0),
        (None, "", "guest@example.org", "en", "", "queued", WRITTEN, 0),
    ]
    assert Delivery.objects.values("message_id").distinct().count() == 3


def test_composing_happens_in_each_language_and_the_callers_language_stays():
    heard = []
    with override("de"):
        letter_to("a@example.org", compose=lambda: (heard.append(get_language()) or "subject", "body"))
        assert get_language() == "de"
    assert heard == ["en", "de", "zh-hans"]


def test_the_subject_is_one_line_and_fits():
    letter = letter_to("a@example.org", compose=lambda: ("Two\nlines " + "x" * 400, "\nText\n\n"))
    assert letter.subject_en == "Two lines " + "x" * 290
    assert letter.body_en == "Text"


def test_the_same_address_gets_one_copy_for_each_city():
    letter = letter_to(
        Addressee("lead@example.org", "de", on_behalf_of="raunheim"),
        Addressee("LEAD@example.org", "en", on_behalf_of="raunheim"),
        Addressee("lead@example.org", "de", on_behalf_of="kelsterbach"),
    )
    assert list(letter.deliveries.order_by("pk").values_list("address", "language", "on_behalf_of")) == [
        ("lead@example.org", "de", "raunheim"),
        ("lead@example.org", "de", "kelsterbach"),
    ]


def test_a_person_without_a_language_and_a_language_we_do_not_write_get_english():
    letter = letter_to(UserFactory(language=""), Addressee("a@example.org", "fr"))
    assert set(letter.deliveries.values_list("language", flat=True)) == {"en"}


def test_a_letter_to_nobody_is_kept():
    assert letter_to().deliveries.count() == 0


@pytest.mark.parametrize("path", ["circulars/", "//elsewhere.example/", "https://elsewhere.example/"])
def test_a_letter_links_to_pages_of_this_site_only(path):
    with pytest.raises(ValueError, match="no page of this site"):
        letter_to("a@example.org", path=path)


def test_a_letter_goes_away_with_the_transaction_of_what_it_tells():
    with transaction.atomic():
        letter_to("a@example.org")
        transaction.set_rollback(True)
    assert Letter.objects.count() == Delivery.objects.count() == 0


def test_nothing_stays_of_a_letter_that_cannot_be_addressed():
    def addressees():
        yield Addressee("a@example.org", "en")
        raise LookupError

    with pytest.raises(LookupError):
        write(LetterKind.NOTICE, compose, addressees(), by=None, at=WRITTEN)
    assert Letter.objects.count() == Delivery.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3, 300])
def test_writing_needs_as_many_queries_for_one_as_for_all(number, django_assert_num_queries):
    with django_assert_num_queries(2 + 2):  # letter and copies, savepoint and its release
        letter_to(*(f"{one}@example.org" for one in range(number)))


def test_texts_and_links_do_not_stand_in_the_audit_trail():
    letter = letter_to("a@example.org", path="/accounts/password/reset/key/secret/", confidential=True)
    events = Letter.pgh_event_model.objects.filter(pgh_obj_id=letter.pk)
    kept = {field.name for field in events.model._meta.get_fields()}
    assert events.count() == 1
    assert {"subject_en", "kind", "reference", "confidential"} <= kept
    assert not {"path", "body_en", "body_de", "body_zh"} & kept


def test_opening_counts_the_first_time():
    user = UserFactory()
    delivery = letter_to(user).deliveries.get()
    assert mark_opened(delivery, by=user, at=LATER).opened_at == LATER
    assert mark_opened(delivery, by=user, at=LATER + timedelta(days=1)).opened_at == LATER
    delivery.refresh_from_db()
    assert (delivery.opened_at, delivery.state) == (LATER, "queued")


def test_only_the_addressee_opens_a_letter():
    delivery = letter_to(UserFactory()).deliveries.get()
    for other in (UserFactory(), SecretaryFactory(), None):
        with pytest.raises(actions.NotYourLetter):
            mark_opened(delivery, by=other, at=LATER)
    delivery.refresh_from_db()
    assert delivery.opened_at is None


def test_unread_letters_are_counted():
    user = UserFactory()
    first, _second = (letter_to(user).deliveries.get() for _ in range(2))
    letter_to(UserFactory())
    assert unread_count(user) == 2
    mark_opened(first, by=user, at=LATER)
    assert unread_count(user) == 1


@pytest.mark.parametrize("state", ["failed", "deferred", "uncertain"])
def test_what_failed_or_waits_is_sent_again_at_once(state):
    delivery = requeue(in_state(state), by=SecretaryFactory(), at=LATER)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_attempt_at, delivery.settled_at) == ("queued", LATER, None)
    assert delivery.possibly_twice is (state == "uncertain")


def test_sending_again_twice_is_sending_again_once():
    secretary, delivery = SecretaryFactory(), in_state("failed")
    requeue(delivery, by=secretary, at=LATER)
    again = requeue(delivery, by=secretary, at=LATER + timedelta(minutes=1))
    assert (again.state, again.next_attempt_at) == ("queued", LATER)


@pytest.mark.parametrize(
    ("state", "refusal"), [("accepted", actions.AlreadyAccepted), ("sending", actions.BeingSent)]
)
def test_what_arrived_or_is_on_its_way_is_not_sent_again(state, refusal):
    delivery = in_state(state)
    with pytest.raises(refusal, match=r"a@aachen\.example"):
        requeue(delivery, by=SecretaryFactory(), at=LATER)
    delivery.refresh_from_db()
    assert delivery.state == state


def test_a_wiped_letter_is_not_sent_again():
    delivery = in_state("failed")
    Letter.objects.update(confidential=True, body_en=WIPED, body_de=WIPED, body_zh=WIPED)
    with pytest.raises(actions.TextWiped):
        requeue(delivery, by=SecretaryFactory(), at=LATER)


def test_only_the_secretariat_sends_again():
    delivery = in_state("failed")
    for other in (ManagerFactory(), UserFactory()):
        with pytest.raises(NotPermitted):
            requeue(delivery, by=other, at=LATER)
    assert Delivery.objects.get().state == "failed"


def test_copies_written_at_once_have_an_entry_each_in_the_trail():
    letter_to("a@aachen.example", "b@bonn.example", "c@foshan.example")
    columns = "address", "state", "message_id", "next_attempt_at"
    entries = Delivery.pgh_event_model.objects.filter(pgh_label="insert")
    assert set(entries.values_list("pgh_obj", *columns)) == set(Delivery.objects.values_list("pk", *columns))
    assert entries.count() == 3
