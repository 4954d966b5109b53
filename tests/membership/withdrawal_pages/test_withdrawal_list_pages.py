"""The list of withdrawals, and filing one: who sees what, what is refused and kept."""

from datetime import date

import pytest

from membership.models import Withdrawal
from tests.factories import circulars as cast
from tests.factories.files import EXE_BYTES, PDF_BYTES, upload
from tests.factories.pages import csv_of, facts_of, look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, UserFactory
from tests.factories.withdrawal_pages import page_of, queries
from tests.factories.withdrawals import FILED, HOUR, OUT, accept_all, communicated, filed, open_copy

pytestmark = pytest.mark.django_db
LETTER = {"dated": "2018-05-02", "signed_by": "Mayor of Liuzhou"}


# The list


def test_the_list_shows_to_each_what_is_theirs(client, secretary):
    under_way = communicated("Liuzhou", secretary=secretary)
    waiting = filed("Aachen")
    both, told, own = {under_way.reference, waiting.reference}, {under_way.reference}, both_of(waiting)
    for user, expected in (
        (secretary, both),
        (ManagerFactory(), both),
        (AdministratorFactory(), both),
        (cast.lead("Foshan"), told),
        (cast.officer("Foshan", "editor"), told),
        (cast.lead("Liuzhou"), told),
        (cast.lead("Aachen"), told | own),
        (UserFactory(), set()),
    ):
        rows = look(client, user, "/withdrawals/").context["rows"]
        assert {row.reference for row in rows} == expected


def both_of(withdrawal):
    return {withdrawal.reference}


def test_a_visitor_is_sent_to_sign_in(client):
    for path in ("/withdrawals/", "/withdrawals/new/", "/withdrawals/terms/", "/withdrawals/1/"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_list_is_searched_narrowed_sorted_and_exported(client, secretary):
    first = communicated("Liuzhou", secretary=secretary)
    accept_all(first)
    open_copy(first.circular, "Foshan", at=OUT + HOUR)
    second = filed("Aachen", at=FILED + HOUR)

    def found(query):
        return [row.reference for row in look(client, secretary, f"/withdrawals/{query}").context["rows"]]

    assert found("") == [second.reference, first.reference]
    assert found("?q=柳州") == found("?q=liuzhou") == found("?state=communicating") == [first.reference]
    assert found(f"?q={second.reference}") == found("?country=DE") == [second.reference]
    assert found("?year=2018&sort=filed") == [first.reference, second.reference]
    assert found("?year=2017") == []
    assert found("?sort=city") == [second.reference, first.reference]
    assert found("?state=nonsense") == [second.reference, first.reference]
    head, *lines = csv_of(client.get("/withdrawals/?format=csv&sort=filed"))
    assert head[:5] == ["Reference", "City", "Country", "State", "Filed"]
    assert [(line[0], line[1], line[3], line[8], line[9]) for line in lines] == [
        (first.reference, "Liuzhou", "Being communicated to the members", "1", "5"),
        (second.reference, "Aachen", "Submitted", "0", "0"),
    ]


def test_the_list_needs_as_many_queries_for_three_rows_as_for_one(client, secretary):
    communicated("Liuzhou", secretary=secretary)
    look(client, secretary, "/withdrawals/")
    for_one = queries(client, "/withdrawals/")
    filed("Aachen")
    communicated("Foshan", secretary=secretary)
    assert queries(client, "/withdrawals/") == for_one


# Filing


def test_the_lead_files_for_the_own_city_and_for_no_other(client):
    cast.members()
    response = look(client, cast.lead("Liuzhou"), "/withdrawals/new/")
    assert [city.name for city in response.context["form"].fields["city"].queryset] == ["Liuzhou"]
    assert "For information only" in text_of(response)
    aachen, liuzhou = cast.city("Aachen"), cast.city("Liuzhou")
    refused = client.post("/withdrawals/new/", {**LETTER, "city": aachen.pk, "request": upload()})
    assert set(refused.context["form"].errors) == {"city"}
    sent = {**LETTER, "city": liuzhou.pk, "wished_end": "2018-12-31"}
    response = client.post("/withdrawals/new/", {**sent, "request": upload()}, follow=True)
    withdrawal = Withdrawal.objects.get()
    assert response.redirect_chain == [(page_of(withdrawal), 302)]
    assert messages_of(response) == [f"The withdrawal of Liuzhou is filed under {withdrawal.reference}."]
    assert (withdrawal.city, withdrawal.on_behalf, withdrawal.reason) == (liuzhou, False, "")
    assert withdrawal.wished_end == date(2018, 12, 31)
    assert facts_of(response)["Wished end"]["lines"] == ["for information only"]
    again = client.get("/withdrawals/new/")
    assert "A withdrawal of Liuzhou stands already" in text_of(again)
    assert b"<form" not in again.content.split(b"<main")[1].split(b"</main")[0]


def test_the_secretariat_files_for_any_member_city_that_stays(client, secretary):
    filed("Aachen")
    cast.observer("Trier")
    response = look(client, secretary, "/withdrawals/new/")
    offered = {city.name_de for city in response.context["form"].fields["city"].queryset}
    assert offered == set(cast.CAST) - {"Aachen"}
    sent = {**LETTER, "city": cast.city("Köln").pk, "request": upload()}
    assert client.post("/withdrawals/new/", sent).status_code == 302
    assert Withdrawal.objects.get(place__city=cast.city("Köln")).on_behalf


def test_for_whoever_leads_no_member_city_there_is_no_such_page(client):
    cast.members()
    others = [
        cast.officer("Liuzhou", "deputy"), cast.officer("Liuzhou", "editor"), cast.officer("Mainz"),
        ManagerFactory(), AdministratorFactory(), UserFactory(),
    ]  # fmt: skip
    for other in others:
        sign_in(client, other)
        assert client.get("/withdrawals/new/").status_code == 404
        sent = {**LETTER, "city": cast.city("Liuzhou").pk, "request": upload()}
        assert client.post("/withdrawals/new/", sent).status_code == 404
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"request": ""}, {"request"}),
        ({"request": (EXE_BYTES, "request.pdf")}, {"request"}),
        ({"request": (b"", "request.pdf")}, {"request"}),
        ({"dated": ""}, {"dated"}),
        ({"dated": "2.5.2018x"}, {"dated"}),
        ({"dated": "2018-05-20"}, {"__all__"}),
        ({"signed_by": "  "}, {"signed_by"}),
        ({"signed_by": "x" * 201}, {"signed_by"}),
        ({"wished_end": "soon"}, {"wished_end"}),
        ({"city": "nonsense"}, {"city"}),
        ({"city": ""}, {"city"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(client, changes, fields):
    cast.members()
    sent = {**LETTER, "city": cast.city("Liuzhou").pk, "reason": "We merge.", "request": (PDF_BYTES, "a.pdf")}
    sent |= changes
    if sent["request"]:
        sent["request"] = upload(*sent["request"])
    response = post(client, cast.lead("Liuzhou"), "/withdrawals/new/", **sent)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == fields
    assert "We merge." in response.content.decode()
    assert not Withdrawal.objects.exists()
