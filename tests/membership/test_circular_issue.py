"""Issuing a circular."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alliance.accounts.permissions import NotPermitted
from alliance.letters.models import Delivery
from alliance.letters.states import LetterKind
from cities.states import OfficerLevel
from membership.actions import applications, circulars, seals
from membership.actions.circular_refusals import (
    DeadlineInThePast,
    NobodyToAsk,
    NoDeadline,
    NoRule,
    NotInConsultation,
    TextsMissing,
    UnknownPlaceholder,
)
from membership.actions.memberships import end_place, invite_observer
from membership.models import Circular, ElectorateExit, Membership, NumberSeries
from membership.states import CircularState, Ending
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, CAST, DAY, DEADLINE, ISSUED
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return SecretaryFactory()


def addresses(circular):
    return {(one.address, one.on_behalf_of) for one in Delivery.objects.filter(letter=circular.letter)}


def test_issued_circular_is_numbered_sealed_and_with_the_members(secretary):
    circular = cast.fresh(cast.issued(secretary=secretary))
    assert (circular.state, circular.label, circular.slug) == (CircularState.ISSUED, "2017/01", "2017-01")
    assert (circular.issued_at, circular.issued_by, circular.deadline) == (ISSUED, secretary, DEADLINE)
    assert circular.rule_content == circular.rule.as_content()
    assert circular.application_version == circular.application.versions.get()
    assert circular.seal == seals.seal_of(circular)
    assert len(circular.seal) == 64


def test_the_year_is_that_of_the_alliance(secretary):
    new_year_in_foshan = datetime(2016, 12, 31, 16, 0, tzinfo=UTC)
    assert cast.issued(at=new_year_in_foshan).label == "2017/01"


def test_numbers_run_on_and_begin_again_each_year(secretary):
    first = cast.issued()
    circulars.cancel(first, reason="Mistaken.", by=secretary, at=ISSUED)
    second = circulars.draft_for(first.application, by=secretary, at=ISSUED)
    second = circulars.issue(second, by=secretary, at=ISSUED)
    circulars.cancel(second, reason="Mistaken.", by=secretary, at=ISSUED)
    next_year = datetime(2018, 1, 8, tzinfo=UTC)
    third = circulars.draft_for(first.application, by=secretary, at=next_year)
    third = circulars.issue(third, by=secretary, at=next_year)
    assert [first.label, second.label, third.label] == ["2017/01", "2017/02", "2018/01"]


def test_a_refused_issue_uses_no_number(secretary):
    circular = cast.draft()
    with pytest.raises(DeadlineInThePast):
        circulars.issue(circular, by=secretary, at=AFTER)
    assert not NumberSeries.objects.filter(series="circular").exists()
    assert circulars.issue(circular, by=secretary, at=ISSUED).label == "2017/01"


def test_electorate_is_the_full_members_of_the_day(secretary):
    cast.members(*CAST)
    cast.observer("Chemnitz")
    MembershipFactory(cities=[cast.city("Kassel")], kind="guest")
    circular = cast.issued()
    assert {(one.name_en, one.side) for one in circular.electors.all()} == {
        ("Foshan", "CN"), ("Liuzhou", "CN"), ("Nanning", "CN"),
        ("Aachen", "DE"), ("Köln", "DE"), ("Wuppertal", "DE"),
    }  # fmt: skip
    told = {(one.city.name_de, one.elector_id is not None) for one in circular.addressees.all()}
    assert told == {*((name, True) for name in CAST), ("Chemnitz", False)}


def test_joint_membership_has_one_voice_and_every_city_is_told(secretary):
    cities = [cast.city("Aachen"), cast.city("Köln")]
    MembershipFactory(cities=cities)
    cast.officer("Aachen")
    cast.officer("Köln", OfficerLevel.DEPUTY)
    circular = cast.issued()
    elector = circular.electors.get()
    assert (elector.name_de, elector.name_zh) == ("Aachen · Köln", "亚琛 · 科隆")
    assert {one.city.name_de for one in elector.addressees.all()} == {"Aachen", "Köln"}
    assert addresses(circular) == {("lead@aachen.example", "aachen"), ("deputy@koeln.example", "koeln")}


def test_joint_name_is_used_where_there_is_one():
    MembershipFactory(cities=[cast.city("Aachen"), cast.city("Köln")], name_de="Rheinland")
    elector = cast.issued().electors.get()
    assert (elector.name_de, elector.name_en) == ("Rheinland", "Aachen · Köln")


def test_letter_goes_to_leads_and_deputies_and_nobody_else():
    cast.members("Foshan", "Aachen")
    cast.officer("Foshan", OfficerLevel.DEPUTY)
    cast.officer("Foshan", OfficerLevel.EDITOR)
    cast.officer("Aachen", OfficerLevel.DEPUTY, state="registered")
    cast.observer("Chemnitz")
    circular = cast.issued()
    assert addresses(circular) == {
        ("lead@foshan.example", "foshan"),
        ("deputy@foshan.example", "foshan"),
        ("lead@aachen.example", "aachen"),
        ("lead@chemnitz.example", "chemnitz"),
    }
    letter = circular.letter
    assert (letter.kind, letter.reference, letter.path) == (
        LetterKind.CIRCULAR,
        "2017/01",
        "/circulars/2017-01/",
    )
    assert "2017/01" in letter.subject_zh
    assert letter.subject_zh.endswith("是否同意美因茨加入联盟？")
    assert circular.seal in letter.body_de
    languages = dict(Delivery.objects.filter(letter=letter).values_list("address", "language"))
    assert (languages["lead@foshan.example"], languages["lead@aachen.example"]) == ("zh-hans", "de")


def test_city_without_lead_is_named_and_written_to_at_its_mailbox():
    MembershipFactory(cities=[cast.city("Aachen")])
    cast.members("Foshan")
    place = cast.city("Aachen")
    place.mailbox = "stadt@aachen.example"
    place.save()
    cast.officer("Aachen", OfficerLevel.DEPUTY)
    assert circulars.cities_without_lead(date(2017, 1, 29)) == [place]
    circular = cast.issued()
    assert addresses(circular) == {
        ("lead@foshan.example", "foshan"),
        ("deputy@aachen.example", "aachen"),
        ("stadt@aachen.example", "aachen"),
    }
    assert Delivery.objects.get(address="stadt@aachen.example").language == "de"


def test_placeholders_are_put_in_at_the_issue(secretary):
    circular = cast.draft()
    circulars.save_draft(circular, subject_en="No. {number}", by=secretary, at=ISSUED)
    circular = circulars.issue(circular, by=secretary, at=ISSUED)
    assert circular.subject_en == "No. 2017/01"
    assert "2017" in circular.body_zh
    assert "{" not in circular.body_zh + circular.body_de + circular.body_en


def test_second_click_changes_nothing(secretary):
    circular = cast.issued(secretary=secretary)
    again = circulars.issue(circular, by=SecretaryFactory(), at=ISSUED + DAY)
    assert (again.label, again.issued_at, again.issued_by) == ("2017/01", ISSUED, secretary)
    assert len(cast.letters(circular)) == 1
    assert Circular.objects.count() == 1


def test_a_cancelled_circular_is_not_issued_again(secretary):
    circular = cast.in_state(CircularState.CANCELLED)
    assert circulars.issue(circular, by=secretary, at=ISSUED).state == CircularState.CANCELLED


def test_only_the_secretariat_issues():
    with pytest.raises(NotPermitted):
        circulars.issue(cast.draft(), by=ManagerFactory(), at=ISSUED)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rule": None}, NoRule),
        ({"deadline": None}, NoDeadline),
        ({"deadline": ISSUED}, DeadlineInThePast),
        ({"body_zh": " "}, TextsMissing),
        ({"subject_de": ""}, TextsMissing),
        ({"body_en": "Until {dedline}."}, UnknownPlaceholder),
    ],
)
def test_refusals_leave_the_draft_as_it_was(changes, refusal, secretary):
    circular = cast.draft()
    Circular.objects.filter(pk=circular.pk).update(**changes)
    with pytest.raises(refusal):
        circulars.issue(circular, by=secretary, at=ISSUED)
    assert cast.fresh(circular).state == CircularState.DRAFT
    assert circular.electors.count() == 0
    assert cast.letters("2017/01") == []


def test_missing_texts_are_named(secretary):
    circular = cast.draft()
    Circular.objects.filter(pk=circular.pk).update(body_zh="", subject_en="")
    with pytest.raises(TextsMissing, match="Missing: Chinese, English"):
        circulars.issue(circular, by=secretary, at=ISSUED)


def test_nobody_to_ask(secretary):
    circular = cast.draft()
    before_the_founding = datetime(2016, 4, 24, tzinfo=UTC)
    with pytest.raises(NobodyToAsk):
        circulars.issue(circular, by=secretary, at=before_the_founding)


def test_retracted_application_is_not_asked_about(secretary):
    circular = cast.draft()
    application = circular.application
    application.refresh_from_db()
    application.retract(by=application.begun_by, at=ISSUED)
    application.save()
    with pytest.raises(NotInConsultation):
        circulars.issue(circular, by=secretary, at=ISSUED)


def test_application_cannot_be_edited_while_it_is_asked_about():
    circular = cast.issued()
    application = circular.application
    with pytest.raises(Exception, match=application.reference):
        applications.submit(application, by=application.begun_by, at=ISSUED)


def test_member_whose_end_is_known_leaves_on_that_day(secretary):
    cast.members(*CAST)
    place = cast.city("Köln").places.get()
    end_place(place, ends=date(2017, 2, 20), ending=Ending.WITHDRAWAL, by=secretary, at=ISSUED)
    circular = cast.issued()
    exit_ = ElectorateExit.objects.get()
    assert exit_.elector == cast.elector(circular, "Köln")
    assert exit_.left_at == datetime(2017, 2, 19, 16, 0, tzinfo=UTC)


def test_observer_that_is_told_twice_gets_one_row():
    cast.members("Aachen")
    invite_observer([cast.city("Chemnitz")], begins=date(2016, 6, 1), by=None, at=ISSUED)
    circular = cast.issued()
    assert circular.addressees.count() == 2


def test_issue_asks_the_database_as_often_for_six_members_as_for_three(secretary):
    cast.members("Foshan")
    circular = cast.issued()
    counts = []
    for names in (["Aachen", "Köln"], ["Liuzhou", "Nanning", "Wuppertal"]):
        circulars.cancel(circular, reason="Counted.", by=secretary, at=ISSUED)
        cast.members(*names)
        circular = circulars.draft_for(circular.application, by=secretary, at=ISSUED)
        with CaptureQueriesContext(connection) as captured:
            circular = circulars.issue(circular, by=secretary, at=ISSUED)
        counts.append(len(captured))
    assert Membership.objects.count() == 6
    assert counts[0] == counts[1]
    assert counts[0] < 30


def test_seal_changes_with_anything_that_is_sealed():
    circular = cast.issued()
    manifest = seals.manifest_of(circular)
    assert set(manifest) == {
        "form", "number", "kind", "side", "texts", "attachments", "application", "rule", "electorate",
        "deadline", "issued_at", "issued_by", "trail_head",
    }  # fmt: skip
    assert manifest["deadline"] == "2017-03-12T15:59:59+00:00"
    assert [row["name_en"] for row in manifest["electorate"][:-1]] == list(CAST)
    assert manifest["electorate"][-1] == {"observers": []}
    assert [row["sha256"] for row in manifest["attachments"]] == [
        circular.application.attachments.get().sha256
    ]
    seals_of = {seals.digest({**manifest, key: "other"}) for key in manifest}
    assert len(seals_of) == len(manifest)
    assert circular.seal not in seals_of
    assert seals.is_intact(circular)


def test_letter_is_in_the_language_of_its_reader():
    circular = cast.issued()
    for language, word in (("de", "Allianz"), ("zh-hans", "联盟"), ("en", "alliance")):
        with override(language):
            assert word in circular.letter.subject
