"""Circulars of the standing cast: six member cities are asked whether Mainz shall join."""

from datetime import UTC, date, datetime, timedelta

from alliance.letters.models import Delivery
from alliance.letters.personal import token_of
from cities.states import Country, OfficerLevel
from membership.actions import acknowledgements, applications, circulars, statements
from membership.actions import information as about
from membership.models import Circular, ConsentRule
from membership.models.membership import Membership
from membership.states import CircularState
from tests.factories.applications import submitted
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory
from tests.factories.remembered import remembered

ISSUED = datetime(2017, 1, 29, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2017, 3, 12, 15, 59, 59, tzinfo=UTC)
AFTER = DEADLINE + timedelta(seconds=1)
DAY = timedelta(days=1)
CAST = {
    "Foshan": (Country.CHINA, "佛山市"),
    "Liuzhou": (Country.CHINA, "柳州市"),
    "Nanning": (Country.CHINA, "南宁市"),
    "Aachen": (Country.GERMANY, "亚琛"),
    "Köln": (Country.GERMANY, "科隆"),
    "Wuppertal": (Country.GERMANY, "乌珀塔尔"),
}
LANGUAGES = {Country.CHINA: "zh-hans", Country.GERMANY: "de"}


def city(name):
    country, name_zh = CAST.get(name, (Country.GERMANY, name))
    return CityFactory(name_de=name, name_zh=name_zh, country=country)


def officer(name, level=OfficerLevel.LEAD, **officer):
    """An officer of a city: lead@foshan.example, deputy@foshan.example."""
    place = city(name)
    user = UserFactory(
        email=f"{level}@{place.slug}.example",
        name=f"{level.title()} of {name}",
        language=LANGUAGES[place.country],
    )
    return OfficerFactory(city=place, user=user, level=level, **officer).user


def lead(name):
    """The person who leads in a city."""
    return city(name).officers.get(level=OfficerLevel.LEAD).user


@remembered
def members(*names, **membership):
    """A full membership for each city, with its lead."""
    names = names or tuple(CAST)
    for name in names:
        officer(name)
    return [MembershipFactory(cities=[city(name)], **membership) for name in names]


def observer(name):
    officer(name)
    return MembershipFactory(cities=[city(name)], kind="observer", beginning="invitation")


def rule(key="two-thirds", **changes):
    """A shipped rule, or a version of it with some fields changed."""
    found = ConsentRule.objects.current().get(key=key)
    if not changes:
        return found
    found.superseded_at = ISSUED
    found.save()
    content = {**found.as_content(), **changes, "version": found.version + 1}
    return ConsentRule.objects.create(**content, made_at=ISSUED)


@remembered
def draft(*names, rule=None, at=ISSUED, secretary=None):
    """The draft on the application of Mainz, with members to ask unless there are some."""
    if not Membership.objects.exists():
        members(*names)
    secretary = secretary or SecretaryFactory()
    circular = applications.pass_on(submitted(), by=secretary, at=at)
    if rule is not None:
        circular = circulars.save_draft(circular, rule=rule, by=secretary, at=at)
    return circular


@remembered
def issued(*names, rule=None, at=ISSUED, secretary=None):
    """The same circular, with the members."""
    secretary = secretary or SecretaryFactory()
    return circulars.issue(draft(*names, rule=rule, at=at, secretary=secretary), by=secretary, at=at)


def elector(circular, name):
    return circular.electors.get(membership__cities=city(name))


def say(circular, name, position="consent", text="", at=ISSUED + DAY, by=None):
    """A member's own answer, given by its lead."""
    if position == "objection":
        text = text or "The distance is too great."
    return statements.state(
        circular, elector=elector(circular, name), position=position, text=text, by=by or lead(name), at=at
    )


def enter(circular, name, position="consent", by=None, at=ISSUED + 2 * DAY, **values):
    """An answer by letter, entered by the secretariat."""
    given = {
        "channel": "letter",
        "given_by": "Mayor of " + name,
        "dated": date(2017, 1, 30),
        "received_at": ISSUED + 2 * DAY,
        "note": "Letter in file 7",
        **values,
    }
    return statements.enter(
        circular,
        elector=elector(circular, name),
        position=position,
        by=by or SecretaryFactory(),
        at=at,
        **given,
    )


@remembered
def closed(*names, positions="CCCCCC", rule=None):
    """A circular closed at its deadline, after these answers in the order of the cast."""
    circular = issued(*names, rule=rule)
    words = {"C": "consent", "O": "objection", "A": "abstention"}
    for name, letter in zip(names or CAST, positions, strict=False):
        if letter != "-":
            say(circular, name, words[letter])
    return circulars.close(circular, at=AFTER)


@remembered
def in_state(state, rule=None):
    """A circular in a state, with its members silent."""
    if state == CircularState.DRAFT:
        return draft(rule=rule)
    circular = issued(rule=rule)
    if state == CircularState.CLOSED:
        return circulars.close(circular, at=AFTER)
    if state == CircularState.CANCELLED:
        return circulars.cancel(circular, reason="The text is mistaken.", by=None, at=ISSUED + DAY)
    return circular


def letters(circular_or_reference, kind=None):
    """The letters about a circular, oldest first."""
    from alliance.letters.models import Letter

    reference = getattr(circular_or_reference, "label", circular_or_reference)
    rows = Letter.objects.filter(reference=reference).order_by("pk")
    return list(rows.filter(kind=kind) if kind else rows)


def told(letter):
    """To whom a letter goes: addresses."""
    return set(Delivery.objects.filter(letter=letter).values_list("address", flat=True))


def fresh(circular):
    return Circular.objects.get(pk=circular.pk)


TEXTS = {
    "subject_zh": "春季会议",
    "subject_de": "Frühjahrstagung",
    "subject_en": "Spring conference",
    "body_zh": "会议将于五月举行。",
    "body_de": "Die Tagung ist im Mai.",
    "body_en": "The conference is in May.",
}


@remembered
def information(*names, side="", deadline=None, at=ISSUED, secretary=None, issue=True):
    """A circular for information, with the members of the cast unless there are some."""
    if not Membership.objects.exists():
        members(*names)
    secretary = secretary or SecretaryFactory()
    draft = about.begin(texts=TEXTS, side=side, deadline=deadline, by=secretary, at=at)
    return circulars.issue(draft, by=secretary, at=at) if issue else draft


def acknowledge(circular, name, at=ISSUED + DAY, by=None):
    return acknowledgements.acknowledge(circular, city=city(name), by=by or lead(name), at=at)


def token(circular, name, level="lead"):
    """What stands in the personal link of an officer of a city."""
    slug = city(name).slug
    return token_of(
        Delivery.objects.get(
            letter=circular.letter, on_behalf_of=slug, recipient__email=f"{level}@{slug}.example"
        )
    )
