"""After a new accession: what a city chooses of its entries from before is restored, or published at once."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.actions import companies, restoring
from companies.actions.refusals import MembershipOver, ValidityOver, ValidityTooLong
from companies.models import Company
from companies.permissions import NotKeeper
from tests.factories import circulars as cast
from tests.factories.companies import company_of, member_city
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import end_by_hand

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
PAGE, CITY = "/cities/aachen/companies/restore/", "/cities/aachen/companies/"
UNTIL = date(2019, 3, 1)


@pytest.fixture(autouse=True)
def in_june_2018():
    with time_machine.travel(NOW, tick=False):
        yield


def from_before(*names):
    values = {"state": "archived", "archive_reason": "membership_ended"}
    return [company_of(registered_name=name, **values) for name in names]


def states():
    return dict(Company.objects.values_list("registered_name", "state"))


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def sent(client, *chosen, until=None, **changes):
    as_what = {"restored_as": "published", "publish_until": until} if until else {"restored_as": "drafts"}
    return client.post(PAGE, {"companies": [one.pk for one in chosen], **as_what, **changes})


def offered(response):
    return [str(label).split(">")[1].split("<")[0] for _pk, label in field_of(response).choices]


def field_of(response):
    return response.context["form"].fields["companies"]


def ticked(response):
    return [int(one) for one in response.context["form"]["companies"].value() or []]


def test_the_page_offers_what_was_archived_with_the_membership_and_nothing_else(client, lead):
    from_before("Weberei", "Färberei")
    company_of(state="archived", registered_name="Closed long ago")
    company_of("Foshan", state="archived", archive_reason="membership_ended", registered_name="Elsewhere")
    company_of(registered_name="Published")
    response = client.get(PAGE)
    assert offered(response) == ["Färberei", "Weberei"]
    assert ticked(response) == []
    assert ticked(client.get(f"{PAGE}?tick=all")) == [
        Company.objects.get(registered_name=name).pk for name in ("Färberei", "Weberei")
    ]


def test_what_is_ticked_becomes_drafts_and_the_rest_is_offered_again(client, lead):
    first, second, third = from_before("Weberei", "Färberei", "Spinnerei")
    response = sent(client, first, second)
    assert (response.status_code, response.url) == (302, PAGE)
    assert states() == {"Weberei": "draft", "Färberei": "draft", "Spinnerei": "archived"}
    assert said(response) == [
        ("success", "2 companies are restored as drafts. Please look at them and publish them.")
    ]
    assert sent(client, third).url == CITY, "nothing is left to choose"


def test_what_is_ticked_is_published_until_the_day(client, lead):
    chosen = from_before("Weberei", "Färberei")
    response = sent(client, *chosen, until=UNTIL)
    assert said(response) == [
        ("success", "2 companies are restored and published, valid until 1 March 2019.")
    ]
    for company in Company.objects.all():
        assert (company.state, company.valid_until, company.archive_reason) == ("published", UNTIL, "")
        assert (company.checked_by, company.checked_on) == (lead, NOW.date())
    assert Company.objects.filter(search__isnull=False).count() == 2, "they are found"


def test_who_sends_it_twice_changes_nothing(client, lead):
    chosen = from_before("Weberei")
    sent(client, *chosen, until=UNTIL)
    before = Company.pgh_event_model.objects.count()
    assert sent(client, *chosen, until=UNTIL).status_code == 302
    assert Company.pgh_event_model.objects.count() == before


def test_a_row_that_is_refused_is_named_and_the_others_are_restored(client, lead):
    fine, closed, merged, left = from_before("Weberei", "Färberei", "Spinnerei", "Zwirnerei")
    companies.restore(closed, by=None, at=NOW)
    companies.archive(closed, reason="closed_down", by=None, at=NOW)
    into = company_of(registered_name="Spinnerei Neu")
    Company.objects.filter(pk=merged.pk).update(archive_reason="merged", merged_into=into)
    response = sent(client, fine, closed, merged, until=UNTIL)
    assert response.status_code == 200
    assert response.context["refused"] == [
        "“Färberei” was archived again meanwhile, for another reason: The company does not exist any more.",
        "“Spinnerei” was merged with “Spinnerei Neu”; please work with that entry.",
    ]
    text = response.content.decode()
    assert "1 company is restored and published, valid until 1 March 2019." in text
    assert "“Färberei” was archived again" in text
    assert (states()["Weberei"], states()["Färberei"], states()["Spinnerei"]) == (
        "published",
        "archived",
        "archived",
    )
    assert offered(response) == ["Zwirnerei"]
    assert response.context["form"]["restored_as"].value() == "published"
    assert left.state == "archived"


def test_a_published_entry_is_not_made_a_draft_by_it(client, lead):
    [company] = from_before("Weberei")
    restoring.restore_chosen(company.city, [company], publish_until=UNTIL, by=None, at=NOW)
    response = sent(client, company)
    assert response.context["refused"] == [
        "This is not possible with “Weberei” at the moment: its state is “Published”."
    ]
    assert states() == {"Weberei": "published"}


def test_a_row_is_restored_whole_or_not_at_all(lead):
    [company] = from_before("Weberei")
    with pytest.raises(ValidityOver):
        restoring.restore(company, publish_until=date(2018, 5, 1), by=lead, at=NOW)
    assert states() == {"Weberei": "archived"}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"companies": []}, "companies", "Please tick at least one company."),
        ({"companies": ["x"]}, "companies", "is not a valid value"),
        ({"restored_as": "sold"}, "restored_as", "Select a valid choice."),
        ({"restored_as": ""}, "restored_as", "This field is required."),
        ({"publish_until": ""}, "publish_until", "Please say until when they are valid."),
        ({"publish_until": "soon"}, "publish_until", "Enter a valid date."),
        ({"publish_until": "2018-05-31"}, "publish_until", "before today. Please choose a later day."),
        ({"publish_until": "2019-06-02"}, "publish_until", "twelve months at most, so until 1 June 2019"),
    ],
)
def test_bad_input_is_said_and_what_was_ticked_stays_ticked(client, lead, changes, field, sentence):
    chosen = from_before("Weberei", "Färberei")
    from_before("Spinnerei")
    response = sent(client, *chosen, until=UNTIL, **changes)
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])
    if "companies" not in changes:
        assert ticked(response) == [one.pk for one in chosen]
        assert response.content.decode().count(" checked") == 2 + ("restored_as" not in changes)
    assert set(states().values()) == {"archived"}


def test_companies_of_another_city_are_none_of_it(client, lead):
    [elsewhere] = [company_of("Foshan", state="archived", archive_reason="membership_ended")]
    from_before("Weberei")
    response = sent(client, elsewhere)
    assert "companies" in response.context["form"].errors
    assert elsewhere.registered_name not in response.content.decode()
    assert Company.objects.get(pk=elsewhere.pk).state == "archived"


def test_fifty_at_once_and_a_page(client, lead):
    chosen = from_before(*(f"Weberei {number:02}" for number in range(51)))
    assert len(offered(client.get(PAGE))) == 50
    assert offered(client.get(f"{PAGE}?page=2")) == ["Weberei 50"]
    response = sent(client, *chosen)
    assert response.context["form"].errors["companies"] == ["Please tick 50 at most at once."]
    assert set(states().values()) == {"archived"}


def test_where_nothing_is_left_the_page_says_so(client, lead):
    text = client.get(PAGE).content.decode()
    assert "Nothing is left to restore" in text
    assert f'href="{CITY}"' in text


def test_officers_of_other_cities_find_nothing(client, lead):
    [company] = from_before("Weberei")
    member_city("Foshan")
    client.force_login(cast.lead("Foshan"))
    assert client.get(PAGE).status_code == 404
    assert sent(client, company).status_code == 404
    with pytest.raises(NotKeeper):
        restoring.restore_chosen(company.city, [company], by=cast.lead("Foshan"), at=NOW)
    assert states() == {"Weberei": "archived"}


def test_while_the_city_has_left_nobody_restores(client, lead):
    [company] = from_before("Weberei")
    end_by_hand(company.city.places.get(), date(2018, 5, 1))
    assert client.get(PAGE).status_code == 404
    client.force_login(SecretaryFactory(language="en"))
    response = sent(client, company)
    assert "The membership of Aachen has ended" in " ".join(response.context["form"].errors["__all__"])
    with pytest.raises(MembershipOver):
        restoring.restore_chosen(company.city, [company], by=None, at=NOW)


@pytest.mark.parametrize(
    ("day", "refusal"), [(date(2018, 5, 1), ValidityOver), (date(2020, 1, 1), ValidityTooLong)]
)
def test_a_day_that_cannot_be_is_refused_for_all(lead, day, refusal):
    chosen = from_before("Weberei")
    with pytest.raises(refusal):
        restoring.restore_chosen(chosen[0].city, chosen, publish_until=day, by=lead, at=NOW)


def test_the_page_asks_as_often_for_three_as_for_one(client, lead):
    from_before("Weberei")
    few = queries(client)
    from_before("Färberei", "Spinnerei")
    assert queries(client) == few


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)
