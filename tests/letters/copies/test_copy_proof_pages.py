"""The proof of a letter handed over: shown to the city that was told, and to staff."""

from datetime import timedelta

import pytest
import time_machine

from alliance.letters.actions import Addressee
from tests.factories.circulars import ISSUED, issued, lead
from tests.factories.cities import CityFactory
from tests.factories.files import upload
from tests.factories.letters import WRITTEN, for_aachen, handed, letter_to
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = WRITTEN + timedelta(minutes=1)


def test_the_city_sees_when_it_was_handed_over_with_the_proof(client, aachen):
    anna, other = OfficerFactory(city=aachen).user, OfficerFactory(city=CityFactory(name_de="Bonn")).user
    letter = letter_to(Addressee.of(anna, "aachen"), Addressee.of(other, "bonn"))
    copy = handed(letter)
    client.force_login(anna)
    page = client.get(f"/inbox/{letter.deliveries.get(recipient=anna).pk}/").content.decode()
    assert "This letter was handed over to your city on 29 January 2017 (Post)." in page
    proof = client.get(f"/inbox/proofs/{copy.pk}/")
    assert b"".join(proof.streaming_content) == upload().read()
    assert proof["Content-Disposition"] == 'attachment; filename="Einlieferungsbeleg.pdf"'
    assert proof["X-Content-Type-Options"] == "nosniff"

    client.force_login(other)
    page = client.get(f"/inbox/{letter.deliveries.get(recipient=other).pk}/").content.decode()
    assert "handed over" not in page
    assert client.get(f"/inbox/proofs/{copy.pk}/").status_code == 404


def test_the_city_sees_it_on_the_circulars_page_too(client):
    circular = issued()
    told, other = lead("Aachen"), lead("Köln")
    with time_machine.travel(ISSUED + timedelta(days=1), tick=False):
        copy = handed(circular.letter, "aachen", on=ISSUED.date(), at=ISSUED + timedelta(days=1))
        for user, shown in ((told, True), (other, False), (SecretaryFactory(), False)):
            client.force_login(user)
            page = client.get(circular.get_absolute_url()).content.decode()
            assert (f'href="/inbox/proofs/{copy.pk}/"' in page) is shown


def test_the_proof_is_for_staff_and_for_the_city_that_was_told(client, aachen):
    copy = handed(for_aachen())
    url = f"/inbox/proofs/{copy.pk}/"
    assert client.get(url).status_code == 302
    colleagues = [OfficerFactory(city=aachen, level=level).user for level in ("lead", "deputy", "editor")]
    allowed = [SecretaryFactory(), ManagerFactory(), AdministratorFactory(), *colleagues]
    former = OfficerFactory(
        city=aachen, level="deputy", state="ended", ended_at=NOW, ended_by=allowed[0], end_reason="Left"
    )
    refused = [UserFactory(), OfficerFactory().user, former.user]
    for user, status in [*((one, 200) for one in allowed), *((one, 404) for one in refused)]:
        client.force_login(user)
        assert client.get(url).status_code == status
    mail_copy = copy.letter.deliveries.get(channel="mail")
    client.force_login(allowed[0])
    assert client.get(f"/inbox/proofs/{mail_copy.pk}/").status_code == 404
