"""A withdrawal is filed, communicated and revoked: what is kept, who is told, what is refused."""

from datetime import date

import pytest

from alliance.letters.models import Delivery, Letter
from alliance.letters.states import DeliveryState, LetterKind
from alliance.pages.files import FileTypeUnknown
from cities.states import OfficerLevel
from membership.actions import applications, circulars, memberships, notice_terms, withdrawals
from membership.actions.seals import is_intact
from membership.actions.withdrawal_refusals import (
    AccessionAhead,
    AccessionPending,
    DatedAhead,
    HasEndAlready,
    NotAMember,
    NothingToLeave,
    NoticeOfWithdrawal,
    RequestMissing,
    RevokeReasonMissing,
    SignatoryMissing,
    TooLateToRevoke,
    UnderWithdrawal,
    WithdrawalNotPossibleNow,
    WithdrawalStands,
)
from membership.models import Circular, MembershipCity, Withdrawal
from membership.states import CircularState, Ending
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.applications import draft as application_of
from tests.factories.cities import CityFactory
from tests.factories.files import upload
from tests.factories.people import ManagerFactory, SecretaryFactory
from tests.factories.withdrawals import DATED, DAY, FILED, HOUR, OUT, WAIT, copies

pytestmark = pytest.mark.django_db
OTHERS = {f"lead@{slug}.example" for slug in ("foshan", "nanning", "aachen", "koeln", "wuppertal")}


def test_the_lead_files_it_with_the_signed_request():
    secretary, manager = SecretaryFactory(), ManagerFactory()
    withdrawal = leaving.filed(reason=" Restructuring ", wished_end=date(2018, 12, 31))
    assert (withdrawal.reference, withdrawal.state, withdrawal.on_behalf) == (
        "W 2018/001",
        "submitted",
        False,
    )
    assert (withdrawal.reason, withdrawal.wished_end) == ("Restructuring", date(2018, 12, 31))
    assert (withdrawal.signed_by, withdrawal.dated) == ("Mayor of Liuzhou", DATED)
    assert (withdrawal.filed_by, withdrawal.filed_at) == (cast.lead("Liuzhou"), FILED)
    assert (withdrawal.filename, withdrawal.media_type) == ("Austritt.pdf", "application/pdf")
    to_staff, to_city = cast.letters(withdrawal.reference)
    assert cast.told(to_staff) == {secretary.email, manager.email}
    assert "Restructuring" in to_staff.body_en
    assert (cast.told(to_city), to_city.kind) == ({"lead@liuzhou.example"}, LetterKind.CONFIRMATION)
    assert to_city.path == f"/withdrawals/{withdrawal.pk}/"


def test_the_secretariat_files_it_from_a_letter_and_the_city_learns_of_it():
    cast.members()
    cast.officer("Liuzhou", OfficerLevel.DEPUTY)
    withdrawal = leaving.filed(by=SecretaryFactory())
    assert withdrawal.on_behalf
    told = cast.told(cast.letters(withdrawal.reference)[1])
    assert told == {"lead@liuzhou.example", "deputy@liuzhou.example"}


def test_the_same_request_sent_twice_is_filed_once():
    first, again = leaving.filed(), leaving.filed(at=FILED + HOUR)
    assert first == again
    assert (Withdrawal.objects.count(), len(cast.letters(first.reference))) == (1, 2)


def test_withdrawals_are_numbered_by_the_year():
    numbers = [leaving.filed(name).reference for name in ("Liuzhou", "Aachen")]
    later = leaving.filed("Köln", at=FILED + 300 * DAY).reference
    assert [*numbers, later] == ["W 2018/001", "W 2018/002", "W 2019/001"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"request": None}, RequestMissing),
        ({"request": upload(content=b"no pdf at all", name="Austritt.pdf")}, FileTypeUnknown),
        ({"signed_by": "  "}, SignatoryMissing),
        ({"dated": date(2018, 5, 8)}, DatedAhead),
    ],
)
def test_what_a_request_needs(values, refusal):
    with pytest.raises(refusal):
        leaving.filed(**values)
    assert not Withdrawal.objects.exists()
    assert not Letter.objects.exists()


def test_a_second_withdrawal_is_refused_while_one_stands():
    leaving.filed()
    with pytest.raises(WithdrawalStands, match="A withdrawal of Liuzhou stands already: W 2018/001"):
        leaving.filed(by=SecretaryFactory())


def test_after_a_revocation_a_city_may_file_anew():
    leaving.revoked()
    assert leaving.filed(at=OUT + DAY).reference == "W 2018/002"


@pytest.mark.parametrize("kind", ["observer", "guest", None])
def test_only_full_members_withdraw(kind):
    cast.members()
    cast.officer("Chemnitz")
    if kind:
        cast.MembershipFactory(cities=[cast.city("Chemnitz")], kind=kind, beginning="invitation")
    with pytest.raises(NotAMember, match="Chemnitz is no full member"):
        leaving.filed("Chemnitz")


def test_who_applies_has_nothing_to_withdraw_from_yet():
    cast.members()
    application = application_of()
    with pytest.raises(AccessionPending, match=application.reference):
        leaving.filed("Mainz", by=application.begun_by)


def test_who_is_accepted_for_later_waits_for_that_day():
    cast.members()
    cast.officer("Mainz")
    cast.MembershipFactory(cities=[cast.city("Mainz")], cities__begin=date(2018, 6, 1))
    with pytest.raises(AccessionAhead, match="1 June 2018"):
        leaving.filed("Mainz")
    assert leaving.filed("Mainz", at=FILED + 25 * DAY).state == "submitted"


def test_an_application_that_still_stands_is_retracted_first():
    """It was begun before the city became a member by another way."""
    application = application_of(CityFactory(name_de="Mainz"))
    cast.MembershipFactory(cities=[cast.city("Mainz")])
    with pytest.raises(AccessionPending, match=application.reference):
        leaving.filed("Mainz", by=application.begun_by)


def test_a_membership_with_a_known_end_needs_no_withdrawal():
    cast.members()
    place = cast.city("Liuzhou").places.get()
    memberships.end_place(place, ends=date(2018, 12, 31), ending=Ending.ENDED, by=None, at=FILED)
    with pytest.raises(HasEndAlready, match="31 December 2018"):
        leaving.filed()


def test_while_a_withdrawal_stands_nobody_ends_the_place_by_hand():
    withdrawal = leaving.filed()
    for ending in (Ending.ENDED, Ending.WITHDRAWAL):
        with pytest.raises(UnderWithdrawal, match="W 2018/001"):
            memberships.end_place(withdrawal.place, ends=date(2018, 6, 1), ending=ending, by=None, at=OUT)
    assert MembershipCity.objects.get(pk=withdrawal.place_id).ends is None


def test_a_member_that_withdraws_does_not_apply_meanwhile():
    leaving.communicated()
    with pytest.raises(applications.AlreadyMember):
        applications.begin([cast.city("Liuzhou")], by=cast.lead("Liuzhou"), at=OUT)


def test_communicating_issues_a_sealed_circular_to_every_member_city():
    cast.members()
    cast.observer("Chemnitz")
    secretary = SecretaryFactory()
    withdrawal = leaving.communicated(secretary=secretary)
    circular = withdrawal.circular
    assert (withdrawal.state, withdrawal.communicated_by, withdrawal.communicated_at) == (
        "communicating", secretary, OUT,
    )  # fmt: skip
    assert (circular.kind, circular.state, circular.label) == ("withdrawal_notice", "issued", "2018/01")
    assert (circular.rule, circular.rule_content, circular.deadline) == (None, None, None)
    assert is_intact(circular)
    assert circular.electors.count() == 6
    assert cast.told(circular.letter) == {*OTHERS, "lead@liuzhou.example", "lead@chemnitz.example"}
    assert circular.letter.path == "/circulars/2018-01/"


def test_communicating_twice_issues_one_circular():
    first = leaving.communicated()
    again = withdrawals.communicate(first, by=SecretaryFactory(), at=OUT + HOUR)
    assert (again.circular, again.communicated_at) == (first.circular, OUT)
    assert Circular.objects.count() == 1


def test_the_notice_says_it_in_three_languages():
    texts = withdrawals.draft_texts(leaving.filed(), at=FILED)
    assert texts["subject_en"] == "Liuzhou leaves the alliance"
    assert texts["subject_de"] == "Austritt von Liuzhou aus der Allianz"
    assert texts["subject_zh"] == "关于柳州市退出联盟的通知"
    assert "By its letter of 2 May 2018 (withdrawal W 2018/001), Liuzhou has declared" in texts["body_en"]
    assert "mit Schreiben vom 2. Mai 2018" in texts["body_de"]
    assert "2018年5月2日" in texts["body_zh"]
    assert "with the last of these communications" in texts["body_en"]
    assert "joint membership" not in texts["body_en"]


def test_the_notice_names_the_notice_period_and_the_cities_that_stay():
    notice_terms.set_terms(waiting_hours=24, notice_days=30, by=None, at=FILED - DAY)
    cast.members("Foshan")
    cast.officer("Raunheim")
    cast.MembershipFactory(cities=[cast.city("Raunheim"), cast.city("Kelsterbach")])
    texts = withdrawals.draft_texts(leaving.filed("Raunheim"), at=FILED)
    assert "30 days after the last of these communications" in texts["body_en"]
    assert "30 Tage nach der letzten dieser Mitteilungen" in texts["body_de"]
    assert "满30天" in texts["body_zh"]
    assert "The other cities go on with their joint membership." in texts["body_en"]


def test_the_secretariat_may_write_the_notice_itself():
    withdrawal = leaving.filed()
    texts = {"subject_en": " Farewell ", "body_en": "Liuzhou goes. Circular {number}."}
    withdrawal = withdrawals.communicate(withdrawal, texts=texts, by=SecretaryFactory(), at=OUT)
    circular = withdrawal.circular
    assert (circular.subject_en, circular.body_en) == ("Farewell", "Liuzhou goes. Circular 2018/01.")
    assert circular.subject_de == "Austritt von Liuzhou aus der Allianz"


def test_a_notice_without_a_text_does_not_go_out():
    withdrawal = leaving.filed()
    from membership.actions.circular_refusals import TextsMissing

    with pytest.raises(TextsMissing, match="German"):
        withdrawals.communicate(withdrawal, texts={"body_de": " "}, by=SecretaryFactory(), at=OUT)
    assert leaving.fresh(withdrawal).state == "submitted"
    assert not Circular.objects.exists()


def test_what_ended_otherwise_meanwhile_is_not_communicated():
    """By a correction of the data: actions refuse it while the withdrawal stands."""
    withdrawal = leaving.filed()
    leaving.end_by_hand(withdrawal.place, date(2018, 5, 8))
    with pytest.raises(NothingToLeave, match="8 May 2018"):
        withdrawals.communicate(withdrawal, by=SecretaryFactory(), at=OUT)


def test_a_submitted_withdrawal_is_revoked_and_nobody_else_hears_of_it():
    secretary = SecretaryFactory()
    withdrawal = leaving.revoked()
    assert (withdrawal.state, withdrawal.revoked_by, withdrawal.revoked_at) == (
        "revoked", cast.lead("Liuzhou"), OUT,
    )  # fmt: skip
    letter = cast.letters(withdrawal.reference)[-1]
    assert cast.told(letter) == {"lead@liuzhou.example", secretary.email}
    assert "Reason: The council resolved otherwise." in letter.body_en


def test_a_notice_of_which_no_copy_was_tried_is_called_back():
    withdrawal = leaving.communicated()
    number_of_letters = Letter.objects.count()
    withdrawal = withdrawals.revoke(withdrawal, reason="Kept", by=cast.lead("Liuzhou"), at=OUT + HOUR)
    circular = cast.fresh(withdrawal.circular)
    assert (withdrawal.state, circular.state, circular.cancel_reason) == ("revoked", "cancelled", "Kept")
    assert set(copies(circular).values_list("state", flat=True)) == {DeliveryState.CALLED_BACK}
    assert Letter.objects.count() == number_of_letters + 1
    assert cast.told(cast.letters(withdrawal.reference)[-1]).isdisjoint(OTHERS)


def test_the_members_see_nothing_of_what_was_called_back():
    withdrawal = leaving.communicated()
    people = {name: cast.lead(name) for name in ("Foshan", "Liuzhou")}
    secretary = SecretaryFactory()

    def seen():
        sees = {
            name: (
                Withdrawal.objects.visible_to(user).exists(),
                Circular.objects.visible_to(user).exists(),
                Delivery.objects.in_inbox_of(user).filter(letter=withdrawal.circular.letter).exists(),
            )
            for name, user in people.items()
        }
        staff = Withdrawal.objects.visible_to(secretary), Circular.objects.visible_to(secretary)
        return sees, [rows.count() for rows in staff]

    assert seen() == ({"Foshan": (True, True, True), "Liuzhou": (True, True, True)}, [1, 1])
    withdrawals.revoke(withdrawal, reason="Kept", by=secretary, at=OUT)
    assert seen() == ({"Foshan": (False, False, False), "Liuzhou": (True, False, False)}, [1, 1])


@pytest.mark.parametrize("out", ["accepted", "being sent", "deferred", "opened", "handed over"])
def test_once_the_first_notice_is_out_only_a_new_accession_helps(out):
    withdrawal = leaving.communicated()
    circular, copy = withdrawal.circular, copies(withdrawal.circular, "Foshan").get()
    if out == "accepted":
        leaving.accept(copy)
    elif out == "opened":
        leaving.open_copy(circular, "Foshan")
    elif out == "handed over":
        leaving.hand(circular, "Foshan", on=date(2018, 5, 8), at=OUT + HOUR)
    else:
        copy.claim(until=OUT + HOUR)
        copy.save()
        if out == "deferred":
            copy.defer(answer="451", until=OUT + HOUR)
            copy.save()
    with pytest.raises(TooLateToRevoke, match="only by a new accession"):
        withdrawals.revoke(withdrawal, reason="Kept", by=cast.lead("Liuzhou"), at=OUT + HOUR)
    assert leaving.fresh(withdrawal).state == "communicating"
    assert not copies(circular).filter(state=DeliveryState.CALLED_BACK).exists()


def test_a_revocation_has_a_reason():
    with pytest.raises(RevokeReasonMissing):
        withdrawals.revoke(leaving.filed(), reason="  ", by=cast.lead("Liuzhou"), at=OUT)


def test_revoking_twice_changes_nothing_for_the_same_person():
    withdrawal = leaving.revoked()
    letters = Letter.objects.count()
    again = withdrawals.revoke(withdrawal, reason="Once more", by=cast.lead("Liuzhou"), at=OUT + DAY)
    assert (again.revoke_reason, Letter.objects.count()) == ("The council resolved otherwise.", letters)
    with pytest.raises(WithdrawalNotPossibleNow, match="Revoked"):
        withdrawals.revoke(withdrawal, reason="Mine", by=SecretaryFactory(), at=OUT + DAY)


def test_a_notice_is_neither_closed_nor_cancelled_by_hand():
    circular = leaving.communicated().circular
    secretary = SecretaryFactory()
    with pytest.raises(NoticeOfWithdrawal, match="2018/01"):
        circulars.close(circular, by=secretary, at=OUT + DAY)
    with pytest.raises(NoticeOfWithdrawal, match="revoking the withdrawal"):
        circulars.cancel(circular, reason="Mistaken", by=secretary, at=OUT + DAY)
    assert cast.fresh(circular).state == CircularState.ISSUED


def test_what_a_withdrawal_touches():
    consultation = cast.issued()
    cast.officer("Liuzhou", OfficerLevel.EDITOR)
    touched = withdrawals.touches(leaving.filed(at=cast.ISSUED + DAY, dated=date(2017, 1, 20)))
    found = [(one.label, one.count) for one in touched]
    assert found == [
        ("Open circular in which it votes", 1),
        ("Membership", 1),
        ("Officers' access", 2),
        ("Published companies", 0),
    ]
    assert touched[0].rows == ((f"2017/01 · {consultation.subject}", "/circulars/2017-01/"),)
    assert "computed without it" in touched[0].note
    assert {text for text, _url in touched[2].rows} == {
        "Lead of Liuzhou, Lead", "Editor of Liuzhou, Editor",
    }  # fmt: skip


def test_what_stays_of_a_joint_membership():
    cast.members("Foshan")
    cast.officer("Raunheim")
    cast.MembershipFactory(cities=[cast.city("Raunheim"), cast.city("Kelsterbach")])
    circulars_touched, membership, *_others = withdrawals.touches(leaving.filed("Raunheim"))
    assert (circulars_touched.count, circulars_touched.label) == (0, "Open circulars in which it votes")
    assert circulars_touched.note == "The membership keeps its voice: it goes on with Kelsterbach."
    assert membership.note == "One city of a joint membership leaves; the others stay."


def test_other_apps_add_what_they_know_of_the_city(monkeypatch):
    from membership.actions import withdrawals_touch

    def companies(withdrawal, at):
        return withdrawals.Touched(f"Companies of {withdrawal.city}", 3)

    monkeypatch.setattr(withdrawals_touch, "looks", [companies])
    assert withdrawals.touches(leaving.filed())[-1].label == "Companies of Liuzhou"


def test_who_is_still_missing_and_what_is_on_its_way(django_assert_num_queries):
    cast.members()
    cast.observer("Chemnitz")
    withdrawal = leaving.communicated()
    circular = withdrawal.circular
    assert [one.city.name for one in withdrawals.still_missing(withdrawal)] == [
        "Aachen", "Foshan", "Köln", "Nanning", "Wuppertal",
    ]  # fmt: skip
    leaving.accept(copies(circular, "Aachen").get())
    leaving.bounce(leaving.accept(copies(circular, "Köln").get()), OUT + HOUR)
    leaving.open_copy(circular, "Foshan")
    with django_assert_num_queries(3):
        missing = {one.city.name: one for one in withdrawals.still_missing(withdrawal)}
    assert {name: one.expected_at for name, one in missing.items()} == {
        "Aachen": OUT + WAIT, "Köln": None, "Nanning": None, "Wuppertal": None,
    }  # fmt: skip
    assert {name for name, one in missing.items() if not one.may_be_reached} == {"Köln"}
    assert [copy.state for copy in missing["Köln"].deliveries] == ["bounced"]


def test_before_the_notice_nobody_is_missing():
    assert withdrawals.still_missing(leaving.filed()) == []
