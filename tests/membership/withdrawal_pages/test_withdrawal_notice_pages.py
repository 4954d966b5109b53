"""The notice of a withdrawal as a form: what it touches, how it will read, who may send it."""

import pytest

from membership.models import Circular
from tests.factories import circulars as cast
from tests.factories.pages import look, sign_in
from tests.factories.people import AdministratorFactory, ManagerFactory
from tests.factories.withdrawal_pages import page_of
from tests.factories.withdrawals import filed, fresh

pytestmark = pytest.mark.django_db


def notice(client, user, withdrawal, **changes):
    """The form as drafted, with changes, as the browser would send it."""
    page = look(client, user, f"{page_of(withdrawal)}communicate/")
    values = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    return client.post(f"{page_of(withdrawal)}communicate/", {**values, **changes})


def test_before_it_goes_out_the_secretariat_sees_what_it_touches(client, secretary):
    circular = cast.issued(secretary=secretary)
    withdrawal = filed()
    response = look(client, secretary, f"{page_of(withdrawal)}communicate/")
    counts = {one.label: one.count for one in response.context["touched"]}
    assert counts == {
        "Open circular in which it votes": 1,
        "Membership": 1,
        "Officer's access": 1,
        "Published companies": 0,
    }
    assert circular.get_absolute_url() in response.content.decode()
    assert set(response.context["form"].fields) == {
        f"{part}_{language}" for part in ("subject", "body") for language in ("zh", "de", "en")
    }


def test_a_preview_shows_the_texts_as_typed_and_sends_nothing(client, secretary):
    withdrawal = filed()
    response = notice(client, secretary, withdrawal, subject_de="Austritt von Liuzhou", preview="1")
    assert response.status_code == 200
    assert [one["text"].subject for one in response.context["previews"]][1] == "Austritt von Liuzhou"
    assert 'value="Austritt von Liuzhou"' in response.content.decode()
    assert fresh(withdrawal).state == "submitted"


def test_confirmed_it_goes_out_once_with_the_texts_as_typed(client, secretary):
    withdrawal = filed()
    response = notice(client, secretary, withdrawal, subject_en="Liuzhou leaves")
    assert response["Location"] == page_of(withdrawal)
    after = fresh(withdrawal)
    assert (after.state, after.communicated_by) == ("communicating", secretary)
    assert (after.circular.kind, after.circular.subject_en) == ("withdrawal_notice", "Liuzhou leaves")
    assert client.get(f"{page_of(withdrawal)}communicate/")["Location"] == page_of(withdrawal)
    texts = {f"{part}_{language}": "x" for part in ("subject", "body") for language in ("zh", "de", "en")}
    assert client.post(f"{page_of(withdrawal)}communicate/", texts).status_code == 302
    assert Circular.objects.count() == 1


def test_a_text_that_is_missing_is_asked_for_and_the_others_are_kept(client, secretary):
    withdrawal = filed()
    response = notice(client, secretary, withdrawal, subject_en="Liuzhou leaves", body_zh=" ")
    assert set(response.context["form"].errors) == {"body_zh"}
    assert 'value="Liuzhou leaves"' in response.content.decode()
    assert fresh(withdrawal).state == "submitted"


def test_others_cannot_send_it(client):
    withdrawal = filed()
    for other in (ManagerFactory(), AdministratorFactory(), cast.lead("Liuzhou"), cast.lead("Foshan")):
        sign_in(client, other)
        assert client.get(f"{page_of(withdrawal)}communicate/").status_code == 404
        assert client.post(f"{page_of(withdrawal)}communicate/", {}).status_code == 404
    assert fresh(withdrawal).state == "submitted"
