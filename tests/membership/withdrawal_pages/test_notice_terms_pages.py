"""The page of the terms of withdrawals."""

import pytest
import time_machine

from tests.factories import circulars as cast
from tests.factories.pages import look, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, UserFactory
from tests.factories.withdrawals import DAY, OUT

pytestmark = pytest.mark.django_db


def test_the_terms_are_explained_and_kept_by_secretariat_and_management(client, secretary):
    cast.members()
    assert "Nothing was set so far" in text_of(look(client, secretary, "/withdrawals/terms/"))
    for number, keeper in enumerate((secretary, ManagerFactory()), 1):
        response = post(client, keeper, "/withdrawals/terms/", waiting_hours="48", notice_days=str(number))
        assert response["Location"] == "/withdrawals/terms/"
    with time_machine.travel(OUT + DAY, tick=False):
        page = look(client, AdministratorFactory(), "/withdrawals/terms/")
    assert [(row.waiting_hours, row.notice_days) for row in page.context["rows"]] == [(48, 2), (48, 1)]
    assert "A city is out 2 days after the last member city counts as told." in text_of(page)
    assert "waiting_hours" not in page.content.decode()
    sent = {"waiting_hours": "1", "notice_days": "1"}
    assert client.post("/withdrawals/terms/", sent).status_code == 404
    for other in (cast.lead("Foshan"), UserFactory()):
        sign_in(client, other)
        assert client.get("/withdrawals/terms/").status_code == 404
        assert client.post("/withdrawals/terms/", sent).status_code == 404


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"waiting_hours": "721"}, {"waiting_hours"}),
        ({"waiting_hours": "-1"}, {"waiting_hours"}),
        ({"waiting_hours": ""}, {"waiting_hours"}),
        ({"notice_days": "731"}, {"notice_days"}),
        ({"notice_days": "a week"}, {"notice_days"}),
    ],
)
def test_terms_out_of_bounds_are_refused_beside_their_field(client, secretary, values, fields):
    sent = {"waiting_hours": "24", "notice_days": "0", **values}
    response = post(client, secretary, "/withdrawals/terms/", **sent)
    assert set(response.context["form"].errors) == fields
