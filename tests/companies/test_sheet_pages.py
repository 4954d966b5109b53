"""A firm's own sheet by its link, and the pages on which an officer compares what it sent."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliance.accounts.logs import without_secrets
from alliance.letters.models import Letter
from companies.actions import companies, merging, sheets
from companies.models import Company, SheetSubmission
from tests.factories import circulars as cast
from tests.factories.companies import company_of, member_city
from tests.factories.people import ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
LIST = "/companies/sheets/"


@pytest.fixture(autouse=True)
def in_june_2018():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(client):
    member_city("Aachen")
    person = cast.lead("Aachen")
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


@pytest.fixture
def link():
    company = company_of(registered_name="Nadelwerk GmbH", employees=40, products=["Nadeln"])
    return sent(company)


def sent(company, at=NOW):
    return sheets.send_link(company, email="post@firm.example", language="en", by=None, at=at)


def url(link, query=""):
    return f"/sheets/{sheets.token_of(link)}/{query}"


def filled(link, **changes):
    """What a browser sends when the firm changes something."""
    values = {name: getattr(link.company, name) for name in sheets.SHEET_FIELDS}
    data = {name: "" if value in (None, False) else value for name, value in values.items()}
    for name in ("products", "certificates", "sites_abroad"):
        data[name] = "\n".join(data[name])
    return {**data, **changes}


def submitted(link, **values):
    return sheets.submit(sheets.token_of(link), values or {"employees": 50}, at=NOW)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def sent_to(answer):
    return answer.status_code, answer.url


def trail():
    return Company.pgh_event_model.objects.count()


def test_the_sheet_shows_what_the_entry_says_and_looking_changes_nothing(client, link):
    before = trail()
    answer = client.get(url(link))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert (form["registered_name"].value(), form["employees"].value()) == ("Nadelwerk GmbH", 40)
    assert (trail(), SheetSubmission.objects.count()) == (before, 0)


def test_it_asks_for_nothing_that_the_city_says(client, link):
    form = client.get(url(link)).context["form"]
    assert set(form.fields) == set(sheets.SHEET_FIELDS)
    assert not {"visibility", "translation_de", "revision", "city"} & set(form.fields)


def test_the_address_stays_a_secret(client, link):
    for answer in (client.get(url(link)), client.get("/sheets/unknown/")):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert not answer.cookies
        assert sheets.token_of(link) not in answer.content.decode()
    assert without_secrets(url(link)) == "/sheets/…/"


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [
        ("", "en", "Please correct it and complete it."),
        ("?language=de", "de", "Bitte korrigieren und ergänzen Sie"),
        ("?language=zh-hans", "zh-Hans", "请"),
        ("?language=xx", "en", "Please correct it"),
    ],
)
def test_it_speaks_the_language_asked_for_else_that_of_the_mail(client, link, query, language, words):
    answer = client.get(url(link, query))
    assert answer["Content-Language"] == language
    assert words in text_of(answer)


def test_what_is_sent_waits_and_is_confirmed(client, link):
    before = trail()
    answer = client.post(url(link, "?language=en"), filled(link, employees="55", products="Nadeln\nStifte"))
    assert answer.status_code == 302
    assert trail() == before, "the entry stays as it is"
    submission = SheetSubmission.objects.get()
    assert (submission.state, submission.values["employees"]) == ("waiting", 55)
    assert submission.values["products"] == ["Nadeln", "Stifte"]
    text = text_of(client.get(answer.url))
    assert "Thank you, your sheet has arrived" in text
    assert "post@firm.example" in text


def test_what_was_sent_stands_in_the_fields_until_it_is_compared(client, link):
    client.post(url(link), filled(link, employees="55"))
    answer = client.get(url(link))
    assert answer.context["form"]["employees"].value() == 55
    assert "You have sent this sheet" in text_of(answer)
    client.post(url(link), filled(link, employees="56"))
    client.post(url(link), filled(link, employees="56"))
    states = SheetSubmission.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["replaced", "waiting"]


def test_the_page_of_thanks_is_only_for_who_has_sent_something(client, link):
    assert "Thank you" not in text_of(client.get(url(link, "?sent=1")))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registered_name": ""}, "registered_name"),
        ({"registered_name": "x" * 301}, "registered_name"),
        ({"employees": "many"}, "employees"),
        ({"employees": "-1"}, "employees"),
        ({"founded": "2020"}, "founded"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"register_kind": "uscc", "register_number": "1234"}, "register_number"),
        ({"register_kind": "", "register_number": "HRB 5"}, "register_number"),
        ({"turnover_band": "to_2"}, "turnover_currency"),
        ({"turnover_band": "huge"}, "turnover_band"),
        ({"export_share": "101"}, "export_share"),
        ({"industry_text": "zzzzqqq"}, "industry"),
        ({"national_scheme": "wz2008", "national_code": "99.99.99"}, "national_code"),
        ({"products": "x" * 201}, "products"),
        ({"languages": ["xx"]}, "languages"),
        ({"short_de": "x" * 301}, "short_de"),
    ],
)
def test_a_wrong_value_is_named_beside_its_field_and_everything_typed_is_kept(client, link, changes, field):
    answer = client.post(url(link), filled(link, **{"address": "Nadelstr. 1", **changes}))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert answer.context["form"]["address"].value() == "Nadelstr. 1"
    assert not SheetSubmission.objects.exists()


def test_what_is_ticked_in_another_order_is_no_difference(client):
    ticked = {"cooperation_forms": ["training", "technology"], "languages": ["zh", "de"]}
    link = sent(company_of(registered_name="Nadelwerk GmbH", **ticked))
    sent_by_browser = {name: sorted(values) for name, values in ticked.items()}
    client.post(url(link), filled(link, employees="50", **sent_by_browser))
    [sheet] = SheetSubmission.objects.all()
    assert [one.field for one in sheets.differences(sheet)] == ["employees"]


def test_what_is_not_asked_for_is_not_taken(client, link):
    client.post(url(link), filled(link, visibility="public", state="published", city="1", employees="41"))
    assert {"visibility", "state", "city"}.isdisjoint(SheetSubmission.objects.get().values)


def refusals(link):
    company = link.company
    yield "unknown", 404, "not known"
    yield sheets.token_of(link) + "x", 404, "not known"
    companies.archive(company, reason="closed_down", by=None, at=NOW)
    yield sheets.token_of(link), 410, "no longer kept"


def test_a_link_that_is_not_taken_says_why_and_nothing_of_the_firm(client, link):
    for token, code, words in refusals(link):
        for answer in (client.get(f"/sheets/{token}/"), client.post(f"/sheets/{token}/", {"employees": 1})):
            assert answer.status_code == code
            assert words in text_of(answer)
            assert "Nadelwerk" not in text_of(answer)


def test_a_link_is_over_after_thirty_days_or_once_there_is_a_newer_one(client, link):
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        answer = client.get(url(link))
        assert (answer.status_code, "has expired" in text_of(answer)) == (410, True)
    sent(link.company)
    answer = client.get(url(link))
    assert (answer.status_code, "replaced by a newer one" in text_of(answer)) == (410, True)


def test_it_works_where_forged_requests_are_refused_and_whoever_is_signed_in(link):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ManagerFactory())
    assert strict.post(url(link), filled(link, employees="9"), headers={"origin": "null"}).status_code == 302
    context = SheetSubmission.pgh_event_model.objects.get().pgh_context.metadata
    assert context["way"] == "link to a sheet"
    assert sheets.token_of(link) not in json.dumps(context)
    assert context["url"] == "/sheets/…/"


def test_searching_an_industry_without_a_script_sends_nothing(client, link):
    answer = client.post(url(link), filled(link, industry_text="ceramic", industry_search="1"))
    assert "23" in text_of(answer)
    assert not SheetSubmission.objects.exists()


# The officer's side.


def test_the_list_names_what_waits(officer, link):
    submission = submitted(link)
    text = text_of(officer.get(LIST))
    assert f'href="{submission.get_absolute_url()}"' in text
    assert "1 sheet" in text
    assert "No sheet waits to be compared" not in text
    sheets.refuse(submission, reason="No", by=None, at=NOW)
    assert "No sheet waits to be compared" in text_of(officer.get(LIST))
    assert list(officer.get(LIST + "?state=refused").context["rows"]) == [submission]
    assert list(officer.get(LIST + "?state=refused&q=nadel").context["rows"]) == [submission]
    assert list(officer.get(LIST + "?state=refused&q=wolle").context["rows"]) == []


def queries(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_costs_the_same_for_one_and_three_sheets(officer, link):
    submitted(link)
    officer.get(LIST)
    one = queries(officer, LIST)
    for _more in range(2):
        submitted(sent(company_of()))
    assert queries(officer, LIST) == one


def test_the_company_and_the_desk_tell_of_a_waiting_sheet(officer, link):
    submission = submitted(link)
    for address in (link.company.get_absolute_url(), "/desk/"):
        assert submission.get_absolute_url() in text_of(officer.get(address))


def shown(answer):
    return {
        line["label"]: (line["now"], line["proposed"])
        for group in answer.context["groups"]
        for line in group["lines"]
    }


def test_the_page_compares_and_ticks_everything(officer, link):
    submission = submitted(link, employees=50, turnover_band="to_2", turnover_currency="EUR")
    answer = officer.get(submission.get_absolute_url())
    assert shown(answer) == {
        "Employees": ("40", "50"),
        "Turnover": ("–", "Up to 2 million"),
        "Currency of the turnover": ("–", "Euro"),
    }
    assert [group["field"] for group in answer.context["groups"]] == ["employees", "turnover_band"]
    assert text_of(answer).count(" checked>") == 2


def test_the_letter_leads_to_the_comparison_and_an_earlier_sheet_to_the_newer_one(officer, link):
    first = submitted(link)
    assert Letter.objects.latest("pk").path == first.get_absolute_url()
    assert officer.get(first.get_absolute_url()).context["newer"] is None
    second = submitted(link, employees=60)
    text = text_of(officer.get(first.get_absolute_url()))
    assert f'The firm has sent a newer sheet. <a href="{second.get_absolute_url()}">' in text
    sheets.take_over(second, by=None, at=NOW)
    assert "newer sheet" not in text_of(officer.get(first.get_absolute_url()))


def test_only_what_is_ticked_is_taken_over(officer, link):
    submission = submitted(link, employees=50, website="https://new.example")
    page = submission.get_absolute_url()
    answer = officer.post(f"{page}take-over/", {"fields_chosen": ["website"]})
    assert sent_to(answer) == (302, link.company.get_absolute_url())
    company = Company.objects.get()
    assert (company.employees, company.website) == (40, "https://new.example")
    again = officer.post(f"{page}take-over/", {"fields_chosen": ["employees"]})
    assert sent_to(again) == (302, link.company.get_absolute_url())
    assert Company.objects.get().employees == 40, "a second time changes nothing"
    assert sent_to(officer.post(f"{page}refuse/", {"reason": "x"})) == (302, page)
    submission.refresh_from_db()
    assert (submission.state, submission.taken) == ("taken_over", ["website"])


@pytest.mark.parametrize("chosen", [[], ["state"], ["city"], ["employees", "released"]])
def test_nothing_or_something_else_ticked_is_refused(officer, link, chosen):
    submission = submitted(link)
    answer = officer.post(f"{submission.get_absolute_url()}take-over/", {"fields_chosen": chosen})
    assert answer.status_code == 200
    assert answer.context["take_form"].errors
    assert Company.objects.get().employees == 40


def test_where_nothing_differs_the_firm_is_told_that_all_is_right(officer, link):
    submission = submitted(link, employees=40)
    page = submission.get_absolute_url()
    assert "the entry says what the firm says" in text_of(officer.get(page))
    officer.post(f"{page}take-over/")
    submission.refresh_from_db()
    assert (submission.state, submission.taken) == ("taken_over", [])


@pytest.mark.parametrize(
    ("reason", "errors"), [("", {"reason"}), ("  ", {"reason"}), ("x" * 501, {"reason"})]
)
def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(officer, link, reason, errors):
    submission = submitted(link)
    answer = officer.post(f"{submission.get_absolute_url()}refuse/", {"reason": reason})
    assert set(answer.context["refuse_form"].errors) == errors
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_a_refused_sheet_leaves_the_entry_and_says_why(officer, link):
    submission = submitted(link)
    page = submission.get_absolute_url()
    for _twice in range(2):
        assert sent_to(officer.post(f"{page}refuse/", {"reason": "Wrong year"})) == (
            302,
            link.company.get_absolute_url(),
        )
    text = text_of(officer.get(page))
    assert "Wrong year" in text
    assert 'id="refuse"' not in text
    assert Company.objects.get().employees == 40
    assert sent_to(officer.get(f"{page}refuse/")) == (302, page)


def test_of_another_citys_sheets_nothing_is_seen(officer):
    submission = submitted(sent(company_of("Foshan", registered_name="Geheim GmbH", state="draft")))
    page = submission.get_absolute_url()
    assert list(officer.get(LIST).context["rows"]) == []
    for answer in (
        officer.get(page),
        officer.post(f"{page}take-over/", {"fields_chosen": ["employees"]}),
        officer.post(f"{page}refuse/", {"reason": "x"}),
    ):
        assert answer.status_code == 404
        assert "Geheim" not in answer.content.decode()
    assert page not in text_of(officer.get("/desk/"))


def test_a_sheet_of_an_entry_merged_into_another_citys_is_none_of_the_first_citys_business(officer, link):
    submission = submitted(link)
    secret = company_of("Foshan", registered_name="Geheim GmbH", state="draft")
    merging.merge(link.company, into=secret, by=None, at=NOW)
    assert list(officer.get(LIST).context["rows"]) == []
    assert officer.get(submission.get_absolute_url()).status_code == 404
    officer.force_login(SecretaryFactory())
    answer = officer.get(submission.get_absolute_url())
    assert answer.context["company"] == secret


@pytest.mark.parametrize(
    ("make", "listed", "page", "acts"),
    [
        (SecretaryFactory, 200, 200, True),
        (ManagerFactory, 200, 200, False),
        (UserFactory, 404, 404, None),
    ],
)
def test_who_sees_and_who_decides(client, link, make, listed, page, acts):
    submission = submitted(link)
    client.force_login(make())
    assert client.get(LIST).status_code == listed
    answer = client.get(submission.get_absolute_url())
    assert answer.status_code == page
    if page == 200:
        assert answer.context["acts"] is acts
    if not acts:
        refused = client.post(f"{submission.get_absolute_url()}refuse/", {"reason": "x"})
        assert refused.status_code == 404
