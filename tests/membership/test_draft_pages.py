"""Preparing a circular: writing, looking, attaching, issuing, discarding."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from alliance.letters.models import Delivery
from alliance.pages.moments import day_text
from membership.actions import circulars
from membership.models import Circular, CircularAttachment, ConsentRule
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.circulars import ISSUED
from tests.factories.files import EXE_BYTES, PDF_BYTES, docx, upload
from tests.factories.membership import MembershipFactory
from tests.factories.pages import look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(ISSUED, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()


@pytest.fixture
def draft(secretary):
    return cast.draft(secretary=secretary)


def page_of(draft, verb=""):
    return f"/circulars/drafts/{draft.pk}/{verb}"


def texts(draft, **changes):
    fields = [f"{part}_{language}" for part in ("subject", "body") for language in ("zh", "de", "en")]
    kept = {field: getattr(draft, field) for field in fields}
    rule = ConsentRule.objects.current().get(key="two-thirds")
    return {**kept, "rule": rule.pk, "deadline": "2017-03-17", **changes}


def test_staff_see_a_draft_and_nobody_else_knows_of_it(client, draft):
    for staff in (SecretaryFactory(), ManagerFactory(), AdministratorFactory()):
        assert look(client, staff, page_of(draft)).context["draft"] == draft
        assert look(client, staff, page_of(draft, "preview/"))
    attachment = draft.attachments.get()
    for other in (cast.lead("Foshan"), UserFactory(), draft.application.begun_by):
        sign_in(client, other)
        for path in ("", "preview/", f"attachments/{attachment.pk}/"):
            assert client.get(page_of(draft, path)).status_code == 404
    client.logout()
    assert client.get(page_of(draft))["Location"] == f"/accounts/login/?next={page_of(draft)}"


def test_only_the_secretariat_changes_a_draft(client, draft):
    others = [ManagerFactory(), AdministratorFactory(), cast.lead("Foshan"), UserFactory()]
    attachment = draft.attachments.get()
    verbs = ("", "issue/", "discard/", "attachments/", f"attachments/{attachment.pk}/remove/")
    for other in others:
        for verb in verbs:
            assert post(client, other, page_of(draft, verb), **texts(draft)).status_code == 404
    assert cast.fresh(draft).state == CircularState.DRAFT
    assert CircularAttachment.objects.count() == 1
    text = text_of(look(client, others[0], page_of(draft)))
    assert "The secretariat works on this draft." in text
    assert "Issue the circular" not in text
    sign_in(client, SecretaryFactory())
    for verb in verbs[1:]:
        assert client.get(page_of(draft, verb)).status_code == 405


def test_draft_begins_with_the_default_rule_and_its_deadline(client, draft, secretary):
    form = look(client, secretary, page_of(draft)).context["draft_form"]
    assert form["rule"].value() == ConsentRule.objects.get(key="all-expressly").pk
    assert str(form["deadline"].value()) == "2017-03-12"
    assert form["subject_en"].value() == "Shall Mainz join the alliance?"
    assert [str(label) for _value, label in form.fields["rule"].choices] == [
        "All members consent expressly", "Silence procedure", "Two thirds of answers", "Both sides",
    ]  # fmt: skip
    hints = form.fields["rule"].widget.hints
    assert all("Period: " in hint for hint in hints.values())


def test_saving_keeps_texts_rule_and_the_end_of_the_last_day(client, draft, secretary):
    for _twice in range(2):
        response = post(client, secretary, page_of(draft), **texts(draft, subject_en="Mainz?"))
        assert response["Location"] == page_of(draft)
    draft = cast.fresh(draft)
    assert (draft.subject_en, draft.rule.key) == ("Mainz?", "two-thirds")
    assert draft.deadline == datetime(2017, 3, 17, 15, 59, 59, tzinfo=UTC)
    response = client.get(page_of(draft))
    assert "The draft is saved." in messages_of(response)
    assert "17 March 2017, 23:59 Foshan time · 16:59 German time" in text_of(response)


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"deadline": "2017-01-28"}, None, "The deadline, 28 January 2017, 23:59"),
        ({"deadline": "9999-12-31"}, None, "The deadline lies more than two years ahead."),
        ({"deadline": "someday"}, "deadline", "Enter a valid date."),
        ({"rule": "999999"}, "rule", "Select a valid choice."),
        ({"body_zh": ""}, "body_zh", "This field is required."),
        ({"subject_de": "x" * 301}, "subject_de", "Ensure this value has at most 300 characters"),
    ],
)
def test_refused_texts_are_kept_on_the_page(client, draft, secretary, changes, field, error):
    response = post(client, secretary, page_of(draft), **texts(draft, subject_en="Typed", **changes))
    assert response.status_code == 200
    form = response.context["draft_form"]
    errors = form.errors[field] if field else form.non_field_errors()
    assert errors[0].startswith(error)
    assert form["subject_en"].value() == "Typed"
    assert cast.fresh(draft).subject_en == "Shall Mainz join the alliance?"


def test_warnings_say_what_to_consider(client, draft, secretary):
    post(client, secretary, page_of(draft), **texts(draft, deadline="2017-10-03"))
    MembershipFactory(cities=[cast.city("Bonn")])
    text = text_of(look(client, secretary, page_of(draft)))
    assert "is a public holiday in Germany" in text
    assert "The period covers the Spring Festival" in text
    assert "The period covers the Golden Week" in text
    assert "One member city has no lead officer" in text
    assert "Bonn" in text


def test_preview_shows_each_language_as_members_get_it(client, draft, secretary):
    previews = {one.language: one for one in circulars.preview(draft)}
    for language in ("zh-hans", "de", "en"):
        response = look(client, secretary, page_of(draft, f"preview/?language={language}"))
        (shown,) = response.context["previews"]
        assert shown["text"] == previews[language]
        assert "{deadline}" not in shown["text"].body
    assert len(look(client, secretary, page_of(draft, "preview/")).context["previews"]) == 3
    assert len(look(client, secretary, page_of(draft, "preview/?language=fr")).context["previews"]) == 3


def test_issuing_says_what_follows_and_twice_is_once(client, secretary):
    cast.members()
    cast.observer("Osnabrück")
    draft = cast.draft(secretary=secretary)
    text = text_of(look(client, secretary, page_of(draft)))
    assert "It goes to the leads and deputies of 6 members. 1 observer gets it for information." in text
    assert "Text, files, rule and the list of those asked are then frozen and sealed." in text
    for _twice in range(2):
        response = post(client, secretary, page_of(draft, "issue/"))
        assert response["Location"] == "/circulars/2017-01/"
    circular = Circular.objects.get()
    assert (circular.state, circular.electors.count()) == (CircularState.ISSUED, 6)
    assert Delivery.objects.filter(letter=circular.letter).count() == 7
    sign_in(client, secretary)
    assert client.get(page_of(draft)).status_code == 404


def test_issuing_is_refused_with_a_reason(client, draft, secretary):
    post(client, secretary, page_of(draft), **texts(draft, body_de="Bitte {antworten}"))
    response = post(client, secretary, page_of(draft, "issue/"))
    assert response["Location"] == page_of(draft)
    assert any("{antworten} means nothing" in message for message in messages_of(client.get(page_of(draft))))
    assert cast.fresh(draft).state == CircularState.DRAFT


def test_discarding_a_draft(client, draft, secretary):
    response = post(client, secretary, page_of(draft, "discard/"))
    assert response["Location"] == "/circulars/"
    assert not Circular.objects.exists()
    assert "The draft is discarded." in messages_of(client.get("/circulars/"))
    assert post(client, secretary, page_of(draft, "discard/")).status_code == 404


def test_files_are_added_removed_and_served(client, draft, secretary):
    file = upload(docx(), "Anlage.docx")
    for _twice in range(2):
        file.seek(0)
        response = post(client, secretary, page_of(draft, "attachments/"), upload=file, language="de")
        assert response["Location"] == page_of(draft, "#files")
    assert sorted(row.filename for row in draft.attachments.all()) == ["Anlage.docx", "Beschluss.pdf"]
    first = draft.attachments.get(filename="Beschluss.pdf")
    served = client.get(page_of(draft, f"attachments/{first.pk}/"))
    assert b"".join(served.streaming_content) == PDF_BYTES
    assert post(client, secretary, page_of(draft, f"attachments/{first.pk}/remove/")).status_code == 302
    assert [row.filename for row in draft.attachments.all()] == ["Anlage.docx"]
    assert post(client, secretary, page_of(draft, f"attachments/{first.pk}/remove/")).status_code == 404
    assert draft.application.attachments.get().file.open().read() == PDF_BYTES


def test_wrong_files_are_refused_by_their_content(client, draft, secretary):
    data = {"upload": upload(EXE_BYTES, "Anlage.pdf"), "language": "de"}
    response = post(client, secretary, page_of(draft, "attachments/"), **data)
    assert response.status_code == 200
    errors = response.context["attach_form"].errors["upload"]
    assert errors[0].startswith("“Anlage.pdf” is not a PDF")
    assert draft.attachments.count() == 1


def test_another_rule_proposes_its_deadline_and_leaves_the_one_there_is(client, draft, secretary):
    shown = look(client, secretary, page_of(draft)).context["draft_form"]["deadline"].initial
    silence = ConsentRule.objects.current().get(key="silence-procedure")

    answer = post(client, secretary, page_of(draft), **texts(draft, rule=silence.pk, deadline=shown))

    kept, proposed = day_text(shown), day_text(shown + timedelta(days=silence.period_days - 42))
    assert cast.fresh(draft).rule == silence
    assert cast.fresh(draft).deadline == draft.deadline
    assert messages_of(client.get(answer["Location"])) == [
        f"The last day for statements is still {kept}. With the period of the rule “{silence.name}”"
        f" ({silence.period_days} days from today) it would be {proposed}; change it below if you wish.",
        "The draft is saved.",
    ]


def test_a_deadline_typed_with_another_rule_is_taken_without_a_word(client, draft, secretary):
    answer = post(client, secretary, page_of(draft), **texts(draft, deadline="2017-03-20"))

    assert cast.fresh(draft).deadline.date().isoformat() == "2017-03-20"
    assert messages_of(client.get(answer["Location"])) == ["The draft is saved."]
