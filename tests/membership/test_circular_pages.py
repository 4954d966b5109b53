"""The page of a circular: who sees it, and what stands there before and after the close."""

from datetime import timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils.translation import override

from alliance.letters.models import Delivery
from membership.actions import circulars, decisions, statements
from membership.models import Circular
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.files import upload
from tests.factories.pages import (
    TODAY,
    answers_of,
    facts_of,
    look,
    notes_of,
    post,
    sign_in,
    text_of,
)
from tests.factories.people import (
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/circulars/2017-01/"
SECRET = "Because of the railway that was never built."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()


@pytest.fixture
def circular():
    return cast.issued(rule=cast.rule("all-expressly"))


def applicant():
    return lead_of(CityFactory(name_de="Mainz"))


def test_page_is_found_by_its_number_only(client, circular):
    sign_in(client, SecretaryFactory())
    for slug in ("2017-1", "2017-001", "2017-02", "2016-01", "17-01", "abcd-01", "2017-99999999999999999999"):
        assert client.get(f"/circulars/{slug}/").status_code == 404
    assert client.get("/circulars/2017-01/").status_code == 200


def test_page_is_not_there_for_those_it_does_not_concern(client, circular):
    for stranger in (
        UserFactory(),
        cast.officer("Bonn"),
        OfficerFactory(city=cast.city("Foshan"), state="registered").user,
    ):
        sign_in(client, stranger)
        assert client.get("/circulars/2017-01/").status_code == 404
    client.logout()
    assert client.get("/circulars/2017-01/")["Location"] == "/accounts/login/?next=/circulars/2017-01/"


def test_page_of_a_member_before_its_answer(client, circular):
    cast.say(circular, "Foshan")
    response = look(client, cast.lead("Aachen"), PAGE)
    context, text = response.context, text_of(response)
    assert context["question"] == "Shall Mainz join the alliance?"
    assert context["lead"] == (
        "The secretariat asks all 6 members for their statement. "
        "With their consent, Mainz becomes member number 7."
    )
    assert [(step["label"], step["detail"], step["state"]) for step in context["steps"]] == [
        ("Applied", "2 December 2016", "done"),
        ("Complete", "29 January 2017", "done"),
        ("With the members", "until 12 March 2017", "current"),
        ("Decision", "management", "todo"),
        ("Member", "at the plenary", "todo"),
    ]
    answers = context["answers"]
    assert answers["count"] == "1 of 6 members, as of 28 February 2017, 10:20 Foshan time · 03:20 German time"
    assert answers["strong"] == "Needs 6 consents, has 1."
    assert [(side["label"], side["answered"], side["total"]) for side in answers["sides"]] == [
        ("Chinese side", 1, 3),
        ("German side", 0, 3),
    ]
    assert answers_of(response) == {
        "Foshan": "consent", "Liuzhou": "", "Nanning": "", "Aachen": "", "Köln": "", "Wuppertal": "",
    }  # fmt: skip
    assert [voice["elector"].name for voice in context["voices"]] == ["Aachen"]
    until = "12 March 2017, 23:59 Foshan time · 16:59 German time"
    assert f"You speak for Aachen as its lead officer. You can change the answer until {until}." in text
    assert "For the secretariat" not in text
    facts = facts_of(response)
    assert set(facts) == {"Closes in", "Rule", "Asked"}
    assert facts["Closes in"]["value"] == "12 days"
    assert facts["Closes in"]["lines"] == ["12 March 2017, 23:59 in Foshan", "12 March 2017, 16:59 in Aachen"]
    assert facts["Asked"]["value"] == "6 full members on 29 January 2017"


def test_page_says_how_long_is_left(client, circular):
    with time_machine.travel(cast.DEADLINE - timedelta(hours=5), tick=False):
        response = look(client, cast.lead("Aachen"), PAGE)
    assert facts_of(response)["Closes in"]["value"] == "5 hours"


def test_editors_see_the_page_and_cannot_answer(client, circular):
    response = look(client, cast.officer("Aachen", level="editor"), PAGE)
    assert response.context["voices"] == []
    assert "Only the lead or a deputy of Aachen can give its statement." in text_of(response)
    assert 'name="position"' not in response.content.decode()


def test_deputies_answer_and_are_called_deputies(client, circular):
    response = look(client, cast.officer("Aachen", level="deputy"), PAGE)
    assert "You speak for Aachen as its deputy." in text_of(response)


def test_observers_and_the_applicant_see_how_many_have_answered_until_the_close(client):
    cast.members()
    cast.observer("Osnabrück")
    circular = cast.issued()
    cast.say(circular, "Liuzhou", "objection", SECRET)
    for reader in (cast.lead("Osnabrück"), applicant()):
        response = look(client, reader, PAGE)
        assert response.context["answers"]["sides"] == []
        assert response.context["answers"]["strong"] == "1 of 6 members have answered."
        assert SECRET not in response.content.decode()
    circulars.close(circular, at=AFTER)
    with time_machine.travel(AFTER + DAY, tick=False):
        for reader in (cast.lead("Osnabrück"), applicant()):
            assert SECRET in look(client, reader, PAGE).content.decode()


def test_late_and_contested_answers_are_shown_hollow_and_not_counted(client, circular):
    entered = cast.enter(circular, "Köln")
    statements.contest(entered, reason="Not ours.", by=cast.lead("Köln"), at=ISSUED + 3 * DAY)
    circulars.close(circular, at=AFTER)
    cast.say(circular, "Nanning", at=AFTER + DAY)
    with time_machine.travel(AFTER + 2 * DAY, tick=False):
        response = look(client, cast.lead("Foshan"), PAGE)
    rows = {row["name"]: row for side in response.context["answers"]["sides"] for row in side["rows"]}
    assert (rows["Nanning"]["position"], rows["Nanning"]["late"]) == ("consent", True)
    assert (rows["Köln"]["position"], rows["Köln"]["contested"]) == ("consent", True)
    text = text_of(response)
    assert "Consent, late, not counted" in text
    assert "Consent, contested, not counted" in text
    assert response.context["answers"]["count"] == "0 of 6 members, at the close on 13 March 2017"


def test_answers_entered_by_the_secretariat_say_how_they_came(client, circular):
    cast.enter(circular, "Köln")
    response = look(client, cast.lead("Foshan"), PAGE)
    assert "Consent · by letter" in text_of(response)


def test_letter_stands_in_three_languages_without_script(client, circular):
    for language, lang in (("de", "de"), ("zh", "zh-Hans"), ("en", "en")):
        letter = look(client, cast.lead("Aachen"), f"{PAGE}?letter={language}").context["letter"]
        assert letter["lang"] == lang
        assert letter["body"] == getattr(circular, f"body_{language}")
        assert [one["code"] for one in letter["languages"] if one["current"]] == [language]
    assert look(client, cast.lead("Aachen"), f"{PAGE}?letter=xx").context["letter"]["lang"] == "en"


def test_files_are_served_to_readers_only(client):
    circular = cast.issued()
    attachment = circular.attachments.get()
    path = f"/circulars/2017-01/attachments/{attachment.pk}/"
    sign_in(client, cast.lead("Aachen"))
    response = client.get(path)
    assert response["Content-Disposition"] == 'attachment; filename="Beschluss.pdf"'
    assert b"".join(response.streaming_content) == upload().read()
    assert client.get(f"/circulars/2017-01/attachments/{attachment.pk + 1}/").status_code == 404
    sign_in(client, UserFactory())
    assert client.get(path).status_code == 404


def test_secretariat_sees_whom_the_letter_reached(client, circular, secretary):
    for delivery in Delivery.objects.filter(
        letter=circular.letter, on_behalf_of__in=["aachen", "wuppertal", "koeln"]
    ):
        delivery.claim(until=TODAY)
        settle = delivery.fail if delivery.on_behalf_of == "wuppertal" else delivery.accept
        settle(answer="said the server", at=ISSUED)
        delivery.save()
    Delivery.objects.filter(letter=circular.letter, on_behalf_of="koeln").update(opened_at=ISSUED + DAY)
    response = look(client, secretary, PAGE)
    fact = facts_of(response)["Letters"]
    assert fact["value"] == "2 of 6 cities reached"
    assert fact["lines"] == ["3 on the way"]
    assert fact["links"] == [{"label": "In trouble: Wuppertal", "url": f"/letters/{circular.letter_id}/"}]
    notes = notes_of(response)
    assert notes["Wuppertal"] == "Address failed"
    assert notes["Aachen"] == "Sent 29 January"
    assert notes["Köln"] == "Read 30 January"
    assert notes["Foshan"] == "On the way"
    response = look(client, cast.lead("Foshan"), PAGE)
    assert "Address failed" not in response.content.decode()
    assert "Letters" not in facts_of(response)


PAGE_QUERIES, STAFF_PAGE_QUERIES = 24, 22


@pytest.mark.parametrize("members", [3, 19])
def test_page_takes_the_same_queries_for_few_and_many_members(client, django_assert_num_queries, members):
    names = [f"Stadt {number:02}" for number in range(members)]
    circular = cast.issued(*names)
    for name in names[:-1]:
        cast.say(circular, name)
    sign_in(client, cast.lead(names[-1]))
    client.get("/circulars/2017-01/")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/circulars/2017-01/")
    sign_in(client, SecretaryFactory())
    client.get("/circulars/2017-01/")
    with django_assert_num_queries(STAFF_PAGE_QUERIES):
        client.get("/circulars/2017-01/")


def test_failed_circular_says_why_and_what_the_way_is(client, secretary):
    cast.closed(positions="CCOC--", rule=cast.rule("all-expressly"))
    with time_machine.travel(AFTER + DAY, tick=False):
        response = look(client, secretary, PAGE)
        text = text_of(response)
        assert "Failed" in text
        assert "Needs 6 consents; has 3." in text
        assert "2 members did not answer, and silence stands in the way: Köln and Wuppertal." in text
        assert "One objection with reason: Nanning." in text
        assert "A new circular is the way" in text
        assert response.context["lead"] == (
            "The members have not consented, so Mainz cannot be accepted on this circular."
        )
        again = post(client, secretary, "/circulars/2017-01/again/")
        draft = Circular.objects.get(state=CircularState.DRAFT)
        assert again["Location"] == f"/circulars/drafts/{draft.pk}/"
        assert post(client, secretary, "/circulars/2017-01/again/")["Location"] == again["Location"]
        assert "Prepare a new circular" not in text_of(look(client, secretary, PAGE))
        assert "Prepare a new circular" not in text_of(look(client, cast.lead("Foshan"), PAGE))


def test_carried_circular_waits_for_the_management(client):
    circular = cast.closed(positions="CCCCO-", rule=cast.rule("two-thirds"))
    with time_machine.travel(AFTER + DAY, tick=False):
        response = look(client, cast.lead("Foshan"), PAGE)
        assert response.context["lead"] == (
            "The members have consented. The management now decides on the accession of Mainz."
        )
        assert [step["state"] for step in response.context["steps"]] == [
            "done",
            "done",
            "done",
            "current",
            "todo",
        ]
        assert "Carried" in text_of(response)
        decide = f"/applications/{circular.application_id}/decide/"
        assert decide not in response.content.decode()
        assert decide in look(client, ManagerFactory(), PAGE).content.decode()


def test_accepted_application_shows_on_the_page(client):
    circular = cast.closed(positions="CCCCCC")
    decisions.accept(
        circular.application, occasion="Plenary in Hannover", by=ManagerFactory(), at=AFTER + DAY
    )
    with time_machine.travel(AFTER + 2 * DAY, tick=False):
        response = look(client, cast.lead("Foshan"), PAGE)
    assert "Accepted on 14 March 2017, member from 14 March 2017. Plenary in Hannover." in text_of(response)
    assert response.context["steps"][-1]["detail"] == "from 14 March 2017 · Plenary in Hannover"
    assert "Certificate number 2017/01." in text_of(response)


def test_the_reason_of_a_decision_is_for_the_applicant_and_staff(client):
    circular = cast.closed(positions="CCCCCC")
    decisions.decline(circular.application, reason="The council waits.", by=ManagerFactory(), at=AFTER + DAY)
    with time_machine.travel(AFTER + 2 * DAY, tick=False):
        for path in (PAGE, circular.application.get_absolute_url()):
            for reader in (applicant(), SecretaryFactory()):
                assert "Declined on 14 March 2017. The council waits." in text_of(look(client, reader, path))
            text = text_of(look(client, cast.lead("Foshan"), path))
            assert "Declined on 14 March 2017." in text
            assert "The council waits." not in text


def test_what_came_in_time_and_was_recorded_later_counts_until_the_decision(client, secretary):
    circular = cast.closed(positions="CCCOO-", rule=cast.rule("two-thirds"))
    assert circular.result == "failed"
    cast.enter(circular, "Wuppertal", by=secretary, at=AFTER + DAY)
    with time_machine.travel(AFTER + 2 * DAY, tick=False):
        response = look(client, cast.lead("Foshan"), PAGE)
    assert response.context["standing"].result == "carried"
    assert "At the close it was “Failed”." in text_of(response)


def test_cancelled_circular_keeps_its_number_and_says_why(client, circular, secretary):
    circulars.cancel(circular, reason="The text is mistaken.", by=secretary, at=TODAY)
    response = look(client, cast.lead("Foshan"), PAGE)
    text = text_of(response)
    assert "The text is mistaken." in text
    assert response.context["lead"] == "This circular was cancelled. No statements are needed any more."
    assert 'name="position"' not in response.content.decode()


def test_a_circular_for_information_asks_nothing(client, secretary):
    cast.members()
    texts = {
        f"{part}_{language}": "Plenary 2018"
        for part in ("subject", "body")
        for language in ("zh", "de", "en")
    }
    draft = Circular.objects.create(kind="information", drafted_at=ISSUED, **texts)
    circulars.issue(draft, by=secretary, at=ISSUED)
    for reader in (cast.lead("Foshan"), secretary):
        response = look(client, reader, PAGE)
        assert response.context["question"] == "Plenary 2018"
        assert "answers" not in response.context
        assert 'name="position"' not in response.content.decode()
    assert post(client, secretary, f"{PAGE}remind/").status_code == 302
    assert post(client, secretary, f"{PAGE}again/").status_code == 404
    sign_in(client, secretary)
    assert client.get(f"{PAGE}statements/new/").status_code == 404
    assert client.get(f"{PAGE}statements/").context["total"] == 0


@pytest.mark.parametrize(("language", "between"), [("en", " "), ("de", " "), ("zh-hans", "")])
def test_between_two_chinese_sentences_there_is_no_space(language, between):
    with override(language):
        words = {"strong": "需要19个同意。", "text": "五个城市尚未答复。"}
        html = render_to_string("includes/summary.html", words)
    assert f"</strong>{between}五" in html
