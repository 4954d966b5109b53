"""What every list does with its parameters."""

import csv
import io
from datetime import UTC, datetime

import pytest

from tests.factories.cities import CityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.urls")]


@pytest.fixture
def three():
    """Three cities anybody may see, and one that is not confirmed."""
    CityFactory(name_de="Aachen", name_zh="亚琛", registered_at=datetime(2016, 4, 25, tzinfo=UTC))
    CityFactory(name_de="Mainz", name_zh="美因茨", registered_at=datetime(2017, 4, 24, tzinfo=UTC))
    CityFactory(
        name_de="Foshan", name_zh="佛山", country="CN", registered_at=datetime(2016, 4, 25, tzinfo=UTC)
    )
    CityFactory(name_de="Bonn", name_zh="波恩", confirmed_at=None)


def names(response):
    assert response.status_code == 200
    return [city.name_en for city in response.context["rows"]]


def csv_of(response):
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def test_list_shows_what_the_person_may_see_in_its_own_order(client, three):
    response = client.get("/cities/")
    assert names(response) == ["Aachen", "Foshan", "Mainz"]
    assert response.context["title"] == "Cities"
    assert response.context["total"] == 3
    assert response.context["notes"] == []
    assert response.context["narrowed"] is False
    assert response.context["page_links"] == []
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=a", ["Aachen", "Foshan", "Mainz"]),
        ("q=MAIN", ["Mainz"]),
        ("q=美因", ["Mainz"]),
        ("q=aa+亚", ["Aachen"]),
        ("q=aachen+mainz", []),
        ("q=bonn", []),
        ("q=", ["Aachen", "Foshan", "Mainz"]),
        ("country=CN", ["Foshan"]),
        ("country=DE&q=n&since=2017-01-01", ["Mainz"]),
    ],
)
def test_searching_and_filtering(client, three, query, found):
    response = client.get(f"/cities/?{query}")
    assert names(response) == found
    assert response.context["narrowed"] is (query != "q=")
    assert response.context["notes"] == []


def test_empty_list_says_so(client):
    response = client.get("/cities/")
    assert names(response) == []
    assert "Nothing here yet." in response.content.decode()


def test_what_means_nothing_is_left_out_and_said(client, three):
    response = client.get("/cities/?country=XX&since=yesterday&sort=size&format=pdf&page=one&q=z&colour=red")
    assert names(response) == ["Mainz"]
    assert response.context["notes"] == [
        "“XX” means nothing for “Country” and was left out.",
        "“yesterday” means nothing for “Since” and was left out.",
        "There is no order called “size”.",
        "There is no format called “pdf”.",
    ]


def test_only_nonsense_is_the_whole_list(client, three):
    response = client.get("/cities/?country=XX&q=a%00b")
    assert names(response) == ["Aachen", "Foshan", "Mainz"]
    assert response.context["narrowed"] is False
    assert len(response.context["notes"]) == 2


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Aachen", "Foshan", "Mainz"]),
        ("-name", ["Mainz", "Foshan", "Aachen"]),
        ("date", ["Foshan", "Aachen", "Mainz"]),
        ("-date", ["Mainz", "Aachen", "Foshan"]),
    ],
)
def test_sorting(client, three, sort, order):
    response = client.get(f"/cities/?sort={sort}")
    assert names(response) == order
    assert response.context["kept_parameters"] == [("sort", sort)]


def test_heads_sort_and_turn_round(client, three):
    heads = client.get("/cities/?q=a&page=1&sort=date").context["heads"]
    assert [(head.name, head.label, head.url, head.direction, head.numeric) for head in heads] == [
        ("name", "City", "/cities/?q=a&sort=name", "", False),
        ("since", "Since", "/cities/?q=a&sort=-date", "ascending", False),
        ("slug", "Short name", "", "", True),
        ("region", "Region", "", "", False),
    ]
    assert client.get("/cities/?sort=-date").context["heads"][1].direction == "descending"
    assert client.get("/cities/").context["heads"][0].url == "/cities/?sort=-name"


def test_pages_of_25_with_links_that_keep_the_rest(client):
    for number in range(60):
        CityFactory(name_de=f"City {number:02}")

    first = client.get("/cities/?q=City&country=")
    assert names(first) == [f"City {number:02}" for number in range(25)]
    assert [(link.label, link.url, link.current) for link in first.context["page_links"]] == [
        ("1", "/cities/?q=City&page=1", True),
        ("2", "/cities/?q=City&page=2", False),
        ("3", "/cities/?q=City&page=3", False),
    ]
    assert (first.context["previous_url"], first.context["next_url"]) == ("", "/cities/?q=City&page=2")

    last = client.get("/cities/?q=City&page=3")
    assert names(last) == [f"City {number:02}" for number in range(50, 60)]
    assert (last.context["previous_url"], last.context["next_url"]) == ("/cities/?q=City&page=2", "")
    assert names(client.get("/cities/?q=City&page=99")) == names(last)
    assert names(client.get("/cities/?q=City&page=two")) == names(first)


def test_pages_of_equal_rows_do_not_overlap(client):
    CityFactory.create_batch(30)
    shown = names(client.get("/cities/?sort=country")) + names(client.get("/cities/?sort=country&page=2"))
    assert len(set(shown)) == 30


def test_csv_holds_every_page_of_what_was_asked_for_and_nothing_else(client, three):
    for number in range(30):
        CityFactory(name_de=f"City {number:02}")

    response = client.get("/cities/?format=csv&q=a&sort=-name&page=2")
    assert response["Content-Disposition"] == 'attachment; filename="cities.csv"'
    assert csv_of(response) == [
        ["City", "Since", "Short name", "Code"],
        ["Mainz", "2017-04-24", "mainz", ""],
        ["Foshan", "2016-04-25", "foshan", ""],
        ["Aachen", "2016-04-25", "aachen", ""],
    ]
    assert len(csv_of(client.get("/cities/?format=csv&page=2"))) == 34


def test_files_are_offered_with_the_same_parameters(client, three):
    response = client.get("/cities/?q=a&page=2&sort=-name")
    assert response.context["exports"] == [
        ("csv", "/cities/?q=a&sort=-name&format=csv"),
        ("xlsx", "/cities/?q=a&sort=-name&format=xlsx"),
    ]


def test_xlsx_is_a_workbook(client, three):
    response = client.get("/cities/?format=xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="cities.xlsx"'
    assert b"".join(response.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_as_many_queries_for_one_row_as_for_three(client, count, django_assert_num_queries):
    CityFactory.create_batch(count)
    with django_assert_num_queries(2):
        client.get("/cities/?q=a&country=DE&sort=date")


@pytest.mark.parametrize("count", [1, 3])
def test_file_needs_one_query(client, count, django_assert_num_queries):
    CityFactory.create_batch(count)
    with django_assert_num_queries(1):
        assert len(csv_of(client.get("/cities/?format=csv"))) == count + 1


def test_htmx_gets_the_part_it_swaps(client, three):
    def templates(**headers):
        return [template.name for template in client.get("/cities/part/", headers=headers).templates]

    part = "includes/table_head.html"
    assert templates(HX_Request="true") == [part]
    assert templates()[0] == "pages/list.html"
    assert templates(HX_Request="true", HX_Boosted="true")[0] == "pages/list.html"
    assert templates(HX_Request="true", HX_History_Restore_Request="true")[0] == "pages/list.html"


def test_list_without_filters_has_no_search_and_keeps_the_order_of_its_rows(client, three):
    response = client.get("/cities/plain/?q=Mainz")
    assert names(response) == ["Mainz", "Foshan", "Bonn", "Aachen"]
    assert list(response.context["filter"].form.fields) == []


@pytest.mark.parametrize(
    ("query", "unfolded"), [("", False), ("?q=a&sort=name", False), ("?q=a&country=DE", True)]
)
def test_filters_are_folded_on_a_phone_until_one_is_set(client, three, query, unfolded):
    text = client.get(f"/cities/{query}").content.decode()
    assert ('<details class="fold" open>' if unfolded else '<details class="fold">') in text
    assert text.index('name="q"') < text.index("<details") < text.index('name="country"')


def test_a_search_alone_is_not_folded(client, three):
    assert "<details" not in client.get("/cities/plain/").content.decode()


def test_filter_form_is_plain_and_keeps_what_was_asked(client, three):
    form = client.get("/cities/?q=a&country=DE").context["filter"].form
    assert 'class="form-control"' in str(form["q"])
    assert 'type="search"' in str(form["q"])
    assert 'value="a"' in str(form["q"])
    assert 'class="form-select"' in str(form["country"])
    assert '<option value="DE" selected>' in str(form["country"])
