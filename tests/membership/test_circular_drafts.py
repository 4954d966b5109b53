"""Preparing a circular."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from alliance.accounts.permissions import NotPermitted
from membership.actions import applications, circulars
from membership.actions.circular_refusals import (
    AlreadyCarried,
    AlreadyWithMembers,
    DeadlineInThePast,
    DeadlineTooFar,
    NotADraft,
    NotInConsultation,
)
from membership.actions.drafts import draft_for
from membership.models import Circular
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.applications import submitted
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return SecretaryFactory()


def test_draft_asks_in_three_languages(secretary):
    circular = cast.draft(secretary=secretary)
    assert circular.state == CircularState.DRAFT
    assert circular.subject_en == "Shall Mainz join the alliance?"
    assert circular.subject_de == "Soll Mainz der Allianz beitreten?"
    assert circular.subject_zh == "是否同意美因茨加入联盟？"
    assert circular.rule.key == "all-expressly"
    assert circular.deadline == DEADLINE
    assert (circular.drafted_by, circular.drafted_at) == (secretary, ISSUED)
    reference = circular.application.reference
    for body in (circular.body_en, circular.body_de, circular.body_zh):
        assert reference in body
        assert "{deadline}" in body
        assert "{rule}" in body
        assert "autoescape" not in body


def test_joint_application_is_named_with_all_its_cities():
    cast.members("Aachen")
    cities = [CityFactory(name_de=name) for name in ("Rüsselsheim", "Raunheim", "Kelsterbach")]
    from tests.factories.people import OfficerFactory

    lead = OfficerFactory(city=cities[0]).user
    for city in cities[1:]:
        OfficerFactory(city=city, user=lead)
    circular = applications.pass_on(submitted(*cities, by=lead), by=SecretaryFactory(), at=ISSUED)
    assert circular.subject_de.startswith("Sollen Rüsselsheim, Raunheim ")
    assert circular.subject_de.endswith(" Kelsterbach der Allianz beitreten?")
    assert circular.subject_en == "Shall Rüsselsheim, Raunheim and Kelsterbach join the alliance?"


def test_names_are_not_escaped():
    cast.members("Aachen")
    city = CityFactory(name_en="Bao'an", name_de="Bao'an")
    circular = applications.pass_on(submitted(city), by=SecretaryFactory(), at=ISSUED)
    assert circular.subject_en == "Shall Bao'an join the alliance?"


def test_draft_carries_the_files_of_the_application():
    circular = cast.draft()
    attachment = circular.application.attachments.get()
    copy = circular.attachments.get()
    assert (copy.file.name, copy.sha256, copy.filename) == (
        attachment.file.name,
        attachment.sha256,
        attachment.filename,
    )


def test_there_is_one_draft(secretary):
    circular = cast.draft()
    assert draft_for(circular.application, by=secretary, at=AFTER) == circular
    assert Circular.objects.count() == 1


def test_no_second_circular_while_one_is_with_the_members(secretary):
    circular = cast.issued()
    with pytest.raises(AlreadyWithMembers, match="2017/01"):
        draft_for(circular.application, by=secretary, at=ISSUED)


def test_no_new_circular_after_a_carried_one(secretary):
    circular = cast.closed(positions="CCCCCC")
    with pytest.raises(AlreadyCarried, match="2017/01"):
        draft_for(circular.application, by=secretary, at=AFTER)


def test_a_new_circular_is_the_way_after_a_failed_one(secretary):
    circular = cast.closed(positions="CCCCC-")
    second = draft_for(circular.application, by=secretary, at=AFTER)
    assert second != circular
    assert circulars.issue(second, by=secretary, at=AFTER).label == "2017/02"


def test_no_circular_on_an_application_that_was_not_passed_on(secretary):
    with pytest.raises(NotInConsultation):
        draft_for(submitted(), by=secretary, at=ISSUED)


def test_only_the_secretariat_drafts():
    with pytest.raises(NotPermitted):
        draft_for(submitted(), by=ManagerFactory(), at=ISSUED)


def test_save_keeps_what_is_not_given(secretary):
    circular = cast.draft()
    before = circular.body_de
    saved = circulars.save_draft(circular, subject_en=" Mainz? ", by=secretary, at=ISSUED)
    assert (saved.subject_en, saved.body_de, saved.deadline) == ("Mainz?", before, DEADLINE)


def test_another_rule_brings_its_own_deadline(secretary):
    circular = cast.draft()
    rule = cast.rule("silence-procedure")
    saved = circulars.save_draft(circular, rule=rule, by=secretary, at=ISSUED)
    assert saved.deadline == datetime(2017, 2, 26, 15, 59, 59, tzinfo=UTC)


def test_another_rule_with_its_deadline(secretary):
    rule = cast.rule("silence-procedure")
    saved = circulars.save_draft(cast.draft(), rule=rule, deadline=DEADLINE + DAY, by=secretary, at=ISSUED)
    assert (saved.rule, saved.deadline) == (rule, DEADLINE + DAY)


def test_deadline_in_the_past_is_refused(secretary):
    circular = cast.draft()
    with pytest.raises(DeadlineInThePast, match="passed already"):
        circulars.save_draft(circular, deadline=ISSUED, by=secretary, at=ISSUED)
    assert cast.fresh(circular).deadline == DEADLINE


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
def test_deadline_in_a_mistyped_year_is_refused(secretary, zone):
    circular = cast.draft()
    with pytest.raises(DeadlineTooFar, match="check the year"):
        circulars.save_draft(
            circular, deadline=circulars.end_of_day(date(9999, 12, 31), zone), by=secretary, at=ISSUED
        )
    assert cast.fresh(circular).deadline == DEADLINE


@pytest.mark.parametrize("state", [CircularState.ISSUED, CircularState.CLOSED, CircularState.CANCELLED])
def test_what_went_out_is_not_edited(state, secretary):
    circular = cast.in_state(state)
    with pytest.raises(NotADraft, match="2017/01"):
        circulars.save_draft(circular, subject_en="Other", by=secretary, at=ISSUED)
    with pytest.raises(NotADraft, match="2017/01"):
        circulars.discard(circular, by=secretary, at=ISSUED)


def test_discard_throws_a_draft_away(secretary):
    circulars.discard(cast.draft(), by=secretary, at=ISSUED)
    assert Circular.objects.count() == 0


def test_preview_is_what_members_get(secretary):
    circular = cast.draft(rule=cast.rule("two-thirds"))
    seen = {one.language: one for one in circulars.preview(circular)}
    assert set(seen) == {"zh-hans", "de", "en"}
    english = seen["en"].body
    assert "Please answer by 12 March 2017, 23:59 Foshan time · 16:59 German time." in english
    assert "“Two thirds of answers”." in english
    assert "At least 50 % of the members must answer." in english
    assert "{" not in english
    sent = circulars.issue(circular, by=secretary, at=ISSUED)
    with override("en"):
        assert sent.letter.body.startswith(sent.body_en)
    assert sent.body_en == english.rpartition("\n\n")[0]


def test_deadline_is_the_end_of_a_day_in_the_zone_of_the_rule():
    rule = cast.rule("two-thirds", zone="Europe/Berlin", period_days=1)
    late_evening = datetime(2017, 3, 24, 22, 30, tzinfo=UTC)
    # 24 March 23:30 in Berlin; the clocks go forward on 26 March
    assert circulars.deadline_from(rule, late_evening) == datetime(2017, 3, 25, 22, 59, 59, tzinfo=UTC)
    assert circulars.deadline_from(rule, late_evening + timedelta(hours=1)) == datetime(
        2017, 3, 26, 21, 59, 59, tzinfo=UTC
    )
