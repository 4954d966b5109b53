"""The pages on which two entries of one company are compared, merged, or told apart."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companies.actions import duplicates, indexing, merging
from companies.models import Company, DuplicatePair
from tests.factories import circulars as cast
from tests.factories.companies import company_of, member_city
from tests.factories.people import ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
QUEUE = "/companies/duplicates/"


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


def pair_of(city="Aachen", other=None, **values):
    """Two entries of one name, noted as possible duplicates."""
    values = {"registered_name": "Nadelwerk GmbH", **values}
    first, second = company_of(city, **values), company_of(other or city, **values)
    pair = DuplicatePair.objects.create(first=first, second=second, reasons=["name"], found_at=NOW)
    return DuplicatePair.objects.get(pk=pair.pk)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def sent_to(answer):
    return answer.status_code, answer.url


def test_the_queue_names_both_entries_and_what_speaks_for_it(officer):
    pair = pair_of()
    text = text_of(officer.get(QUEUE))
    assert f'href="{pair.get_absolute_url()}"' in text
    assert "Same name, apart from spelling and legal form" in text
    assert "1 pair" in text


def test_an_empty_queue_says_so(officer):
    assert "No two entries look like one company" in text_of(officer.get(QUEUE))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Nadelwerk GmbH", "Faden AG"}),
        ("?q=nadel", {"Nadelwerk GmbH"}),
        ("?q=aach", {"Nadelwerk GmbH", "Faden AG"}),
        ("?q=HRB 77", {"Faden AG"}),
        ("?reason=number", {"Faden AG"}),
        ("?reason=address", set()),
        ("?state=different", {"Knopf KG"}),
    ],
)
def test_the_queue_is_searched_and_narrowed(officer, query, expected):
    pair_of()
    number = pair_of(registered_name="Faden AG")
    Company.objects.filter(pk=number.second_id).update(
        register_kind="handelsregister", register_number="Aachen HRB 77"
    )
    DuplicatePair.objects.filter(pk=number.pk).update(reasons=["number", "name"])
    duplicates.tell_apart(pair_of(registered_name="Knopf KG"), by=None, at=NOW)
    rows = officer.get(QUEUE + query).context["rows"]
    assert {pair.first.registered_name for pair in rows} == expected


def test_the_queue_as_a_file(officer):
    pair_of()
    answer = officer.get(QUEUE + "?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[0:4] == ["Nadelwerk GmbH", "Aachen", "Nadelwerk GmbH", "Aachen"]
    assert "Same name" in lines[1]


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_queue_costs_the_same_for_one_and_three_pairs(officer):
    pair_of()
    officer.get(QUEUE)
    one = queries(officer, QUEUE)
    pair_of(registered_name="A GmbH")
    pair_of(registered_name="B GmbH")
    assert queries(officer, QUEUE) == one


def test_both_entries_stand_side_by_side(officer):
    pair = pair_of(website="https://nadel.example")
    Company.objects.filter(pk=pair.second_id).update(employees=40, founded=1890)
    answer = officer.get(pair.get_absolute_url())
    differing = {line.label: (line.first, line.second) for line in answer.context["differing"]}
    assert differing == {"Employees": ("–", "40"), "Founded in": ("–", "1890")}
    assert {line.label for line in answer.context["same"]} >= {"Registered name", "Web site", "Seat"}
    assert [line.label for line in answer.context["same"] if line.speaks_for_it] == ["Registered name"]
    assert answer.context["merge_form"].initial == {"stays": str(pair.second_id)}, "the one that says more"


def test_two_companies_are_told_apart_with_a_note_and_stay_so(officer):
    pair = pair_of()
    url = reverse("companies:duplicate_apart", args=[pair.pk])
    assert sent_to(officer.post(url, {"note": "Father and son"})) == (302, QUEUE)
    assert sent_to(officer.post(url, {"note": "again"})) == (302, QUEUE)
    pair.refresh_from_db()
    assert (pair.state, pair.note, pair.decided_by) == ("different", "Father and son", cast.lead("Aachen"))
    text = text_of(officer.get(pair.get_absolute_url()))
    assert "It was said that they are two companies" in text
    assert "Father and son" in text
    assert 'id="apart"' not in text, "it is said already"
    assert 'id="merge"' in text, "who was wrong can still merge them"
    assert sent_to(officer.get(url)) == (302, pair.get_absolute_url())


def test_a_note_that_is_too_long_is_named_and_kept(officer):
    pair = pair_of()
    answer = officer.post(reverse("companies:duplicate_apart", args=[pair.pk]), {"note": "x" * 301})
    assert set(answer.context["apart_form"].errors) == {"note"}
    assert "x" * 301 in text_of(answer)
    pair.refresh_from_db()
    assert pair.state == "open"


def merge_url(company, other):
    return f"/companies/{company.pk}/merge/?with={other.pk}"


@pytest.mark.parametrize("stays", ["first", "second"])
def test_the_entry_that_was_chosen_stays(officer, stays):
    pair = pair_of()
    kept = getattr(pair, stays)
    goes = pair.second if stays == "first" else pair.first
    url = merge_url(pair.first, pair.second)
    assert sent_to(officer.post(url, {"stays": kept.pk})) == (302, kept.get_absolute_url())
    assert sent_to(officer.post(url, {"stays": kept.pk})) == (302, kept.get_absolute_url()), "sent twice"
    goes.refresh_from_db()
    assert goes.merged_into == kept
    assert sent_to(officer.get(goes.get_absolute_url())) == (302, kept.get_absolute_url())
    assert sent_to(officer.get(pair.get_absolute_url())) == (302, kept.get_absolute_url())
    assert sent_to(officer.get(f"/companies/{goes.pk}/merge/")) == (302, kept.get_absolute_url())
    assert "1 pair" not in text_of(officer.get(QUEUE))


@pytest.mark.parametrize("data", [{}, {"stays": "0"}, {"stays": "x"}])
def test_without_saying_which_stays_nothing_is_merged(officer, data):
    pair = pair_of()
    answer = officer.post(merge_url(pair.first, pair.second), data)
    assert set(answer.context["merge_form"].errors) == {"stays"}
    assert not Company.objects.exclude(merged_into=None).exists()


def test_why_two_entries_cannot_be_merged_is_said_above_the_form(officer):
    pair = pair_of()
    for company, number in ((pair.first, "Aachen HRB 1"), (pair.second, "Aachen HRB 2")):
        Company.objects.filter(pk=company.pk).update(register_kind="handelsregister", register_number=number)
    answer = officer.post(merge_url(pair.first, pair.second), {"stays": pair.first_id})
    assert "have different register numbers" in str(answer.context["merge_form"].non_field_errors())


def test_an_entry_is_merged_with_one_that_was_searched_for(officer):
    company, alike = company_of(registered_name="Nadelwerk GmbH"), company_of(registered_name="Nadelwerk AG")
    other = company_of(registered_name="Faden GmbH")
    duplicates_only = officer.get(f"/companies/{company.pk}/merge/")
    assert [one.company for one in duplicates_only.context["alike"]] == [alike]
    indexing.index([company.pk, alike.pk, other.pk])
    assert officer.get(f"/companies/{company.pk}/merge/?q=Faden").context["found"] == [other]
    nothing = officer.get(f"/companies/{company.pk}/merge/?q=Wolle")
    assert "No entry that you keep is found by these words." in text_of(nothing)
    compared = officer.get(merge_url(company, other))
    assert [head["company"] for head in compared.context["heads"]] == [company, other]


def test_an_entry_is_not_merged_with_itself(officer):
    company = company_of()
    answer = officer.get(merge_url(company, company))
    assert "An entry cannot be merged with itself" in text_of(answer)
    assert officer.post(merge_url(company, company), {"stays": company.pk}).status_code == 302
    assert Company.objects.get().merged_into is None


@pytest.mark.parametrize("named", ["0", "x", "99999999999999999999", "-1"])
def test_an_entry_that_is_not_there_is_not_found(officer, named):
    assert officer.get(f"/companies/{company_of().pk}/merge/?with={named}").status_code == 404


def test_of_another_citys_pairs_nothing_is_seen(officer):
    strange = pair_of("Foshan", registered_name="Geheim GmbH", state="draft")
    across = pair_of("Aachen", "Foshan", registered_name="Halb GmbH", state="draft")
    queue = officer.get(QUEUE)
    assert list(queue.context["rows"]) == []
    for pair in (strange, across):
        assert officer.get(pair.get_absolute_url()).status_code == 404
        assert officer.post(f"{pair.get_absolute_url()}apart/").status_code == 404
    own = across.first
    assert officer.get(merge_url(own, across.second)).status_code == 404
    assert officer.post(merge_url(own, across.second), {"stays": own.pk}).status_code == 404
    assert officer.get(merge_url(across.second, own)).status_code == 404
    page = officer.get(f"/companies/{own.pk}/merge/?q=Halb")
    assert (page.context["alike"], page.context["found"]) == ([], [])
    assert set(DuplicatePair.objects.values_list("state", flat=True)) == {"open"}


def test_a_published_entry_of_another_city_is_seen_but_not_merged(officer):
    own, other = company_of("Aachen"), company_of("Foshan")
    assert officer.get(other.get_absolute_url()).status_code == 200
    assert officer.get(merge_url(own, other)).status_code == 404


@pytest.mark.parametrize(
    ("make", "queue", "page", "acts"),
    [
        (SecretaryFactory, 200, 200, True),
        (ManagerFactory, 200, 200, False),
        (UserFactory, 404, 404, False),
        (lambda: cast.lead("Foshan"), 200, 404, False),
    ],
)
def test_who_sees_the_queue_and_who_decides(client, make, queue, page, acts):
    pair = pair_of()
    member_city("Foshan")
    client.force_login(make())
    assert client.get(QUEUE).status_code == queue
    answer = client.get(pair.get_absolute_url())
    assert answer.status_code == page
    if page == 200:
        assert ("merge_form" in answer.context) is acts
    else:
        assert "Nadelwerk" not in answer.content.decode()


def test_who_only_reads_cannot_decide(client):
    pair = pair_of()
    client.force_login(ManagerFactory())
    answer = client.post(f"{pair.get_absolute_url()}apart/", {"note": ""})
    assert answer.status_code == 404
    assert client.post(merge_url(pair.first, pair.second), {"stays": pair.first_id}).status_code == 404
    assert DuplicatePair.objects.get().state == "open"


def test_staff_merge_across_cities(client):
    pair = pair_of("Aachen", "Foshan")
    client.force_login(SecretaryFactory())
    client.post(merge_url(pair.first, pair.second), {"stays": pair.second_id})
    assert merging.survivor(pair.first) == pair.second
