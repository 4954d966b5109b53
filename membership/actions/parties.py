"""What letters do not know about the cities they are sent for (see alliance.letters.parties)."""

from __future__ import annotations

from collections.abc import Iterable

from alliance.accounts.models import User
from alliance.letters.models import Letter
from cities.models import City, Officer
from cities.models.city import in_active_language
from membership.models import Addressee, RevokedLink

NAMES = ("name_zh", "name_de", "name_en")


def names_of(slugs: Iterable[str]) -> dict[str, str]:
    rows = City.objects.filter(slug__in=list(slugs)).order_by()
    return {row.slug: in_active_language(row, "name") for row in rows.only("slug", *NAMES)}


def asked_by(letter: Letter) -> list[str]:
    """The cities to which the circular of this letter went, observers included."""
    asked = Addressee.objects.filter(circular__letter=letter).order_by("pk")
    return list(asked.values_list("city__slug", flat=True))


def of_person(user: User) -> set[str]:
    """The cities for which a person is an officer, editors included."""
    own = Officer.objects.confirmed().filter(user=user).order_by()
    return set(own.values_list("city__slug", flat=True))


def without_link(letter: Letter) -> set[int]:
    """Those whose personal link to the circular of this letter was revoked."""
    year, _slash, number = letter.reference.partition("/")
    if not (year.isdecimal() and number.isdecimal()):
        return set()
    revoked = RevokedLink.objects.filter(circular__year=int(year), circular__number=int(number))
    return set(revoked.values_list("user", flat=True))


def everybody() -> list[tuple[str, str]]:
    rows = City.objects.order_by().only("slug", *NAMES)
    return sorted(((row.slug, in_active_language(row, "name")) for row in rows), key=lambda one: one[1])
