"""What the database refuses to write down about who was told, and about the terms of notice."""

from datetime import timedelta

import pgtrigger
import pytest

from membership.actions import notice_terms
from membership.models import NoticeTerms, Told
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.withdrawals import DAY, FILED, HOUR, OUT, WAIT, copies, hand, information, one_missing
from tests.raw_sql import KEPT, refused, run

pytestmark = pytest.mark.django_db


TELL = (
    "INSERT INTO membership_told (circular_id, city_id, told_at, way, delivery_id, recorded_at)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def tell(withdrawal, name="Aachen", *, told_at=OUT + DAY, way="mail", copy=None, circular=None):
    copy = copy or copies(withdrawal.circular, "Aachen").get()
    circular = circular or withdrawal.circular_id
    return TELL, circular, cast.city(name).pk, told_at, way, copy.pk, OUT + 9 * DAY


@pytest.mark.parametrize("way", ["mail", "inbox", "post", "fax", "wechat", "in_person"])
def test_nobody_is_told_by_a_copy_that_did_not_reach_the_city(way):
    refused(*tell(one_missing(), way=way), match="by a copy of the circular that reached it")


@pytest.mark.parametrize(
    ("told_at", "way"),
    [
        (OUT, "mail"),
        (OUT + WAIT - timedelta(microseconds=1), "mail"),
        (OUT + WAIT + HOUR, "mail"),
        (OUT + WAIT, "inbox"),
        (OUT + WAIT, "post"),
    ],
)
def test_a_mail_tells_at_its_moment_and_in_its_way(told_at, way):
    withdrawal = one_missing()
    leaving.accept(copies(withdrawal.circular, "Aachen").get())
    refused(*tell(withdrawal, told_at=told_at, way=way), match="that reached it")
    run(*tell(withdrawal, told_at=OUT + WAIT))


def test_a_mail_that_came_back_in_time_tells_nobody():
    withdrawal = one_missing()
    leaving.bounce(leaving.accept(copies(withdrawal.circular, "Aachen").get()), OUT + WAIT)
    refused(*tell(withdrawal, told_at=OUT + WAIT), match="that reached it")


def test_the_copy_of_another_city_or_letter_tells_nobody():
    withdrawal = one_missing()
    other = leaving.accept(copies(withdrawal.circular, "Liuzhou").get())
    refused(*tell(withdrawal, told_at=OUT + WAIT, copy=other), match="that reached it")
    elsewhere = leaving.accept(copies(information(), "Aachen").get())
    refused(*tell(withdrawal, told_at=OUT + WAIT, copy=elsewhere), match="that reached it")


def test_an_editor_tells_nobody_whatever_is_written():
    withdrawal = one_missing()
    copy = copies(withdrawal.circular, "Aachen").get()
    copy.opened_at = OUT
    copy.save()
    with pgtrigger.ignore("cities.Officer:city_keeps_a_lead"):
        run("UPDATE cities_officer SET level = 'editor' WHERE user_id = %s", copy.recipient_id)
    refused(*tell(withdrawal, told_at=OUT, way="inbox"), match="that reached it")


def test_nobody_is_told_before_it_is_recorded_or_twice():
    withdrawal = one_missing()
    hand(withdrawal.circular, "Liuzhou")
    told = Told.objects.get(city=cast.city("Liuzhou"))
    refused(
        *tell(withdrawal, "Liuzhou", told_at=told.told_at, way="post", copy=told.delivery), match="told_once"
    )


@pytest.mark.parametrize(
    "terms", ["DELETE FROM membership_noticeterms", "UPDATE membership_noticeterms SET notice_days = 0"]
)
def test_terms_of_notice_are_kept(terms):
    notice_terms.set_terms(waiting_hours=24, notice_days=30, by=None, at=FILED)
    refused(terms, match=KEPT)


def test_terms_are_not_dated_back_behind_a_circular():
    one_missing()
    insert = "INSERT INTO membership_noticeterms (valid_from, waiting_hours, notice_days) VALUES (%s, 0, 0)"
    refused(insert, OUT - DAY, match="hold for circulars that are issued later")
    refused(insert, OUT, match="hold for circulars that are issued later")
    run(insert, OUT + DAY)
    assert NoticeTerms.objects.count() == 1
