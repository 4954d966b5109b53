"""All questions asked, and what came of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from companies.actions.searching import Found, search
from companies.querysets.sight import Sight
from companies.querysets.wanted import Wanted
from tests.companies.unseen.firms import World
from tests.companies.unseen.truth import Question, allowed, expected, is_shown

AT = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
MEMBERS = ("members", "public")
FIRST_PAGE = 25


@dataclass
class Answer:
    """What was found for a question, beside what is right."""

    question: Question
    found: list[str]
    right: set[str]
    fitting: set[str]
    leaked: set[str]
    instead: tuple[str, ...] = ()
    """Words that the search says it has asked for instead."""

    @property
    def missing(self) -> set[str]:
        return self.right - set(self.found)

    @property
    def wrong(self) -> list[str]:
        return [key for key in self.found if key not in self.fitting]

    @property
    def wrongly_first(self) -> list[str]:
        """Wrong ones of the first page that stand before a right one."""
        last = max((place for place, key in enumerate(self.found) if key in self.right), default=-1)
        return [key for key in self.found[: min(last, FIRST_PAGE)] if key not in self.fitting]

    @property
    def twice(self) -> set[str]:
        return {key for key, times in Counter(self.found).items() if times > 1}

    def __str__(self) -> str:
        asked = self.question
        parts = [f"{asked.kind}: {asked.q!r} as {asked.who} {asked.wanted or ''}"]
        parts += [f"missing {sorted(self.missing)}"] if self.missing else []
        parts += [f"wrong {self.wrong[:8]}"] if self.wrong else []
        parts += [f"wrongly first {self.wrongly_first[:8]}"] if self.wrongly_first else []
        return "  ".join(parts)


def sight(who: str, world: World) -> Sight:
    """A visitor, an officer of some other member, of one of two cities, or the secretariat."""
    own = {"aachen": "Aachen", "foshan": "Foshan"}.get(who)
    if who == "secretariat":
        return Sight(everything=True)
    if own:
        cities = (world.cities[own].pk,)
        return Sight(visibilities=MEMBERS, own_cities=cities, kept_cities=cities)
    return Sight(visibilities=("public",)) if who == "visitor" else Sight(visibilities=MEMBERS)


def wanted(question: Question, world: World) -> Wanted:
    given = dict(question.wanted)
    if "cities" in given:
        given["cities"] = tuple(world.cities[name].pk for name in given["cities"])
    return Wanted(**given)


def pages(question: Question, world: World) -> list[Found]:
    """All pages of the answer, each reached from the one before."""
    asked = {"wanted": wanted(question, world), "sight": sight(question.who, world), "limit": 200, "at": AT}
    turned = [search(question.q, **asked)]
    while turned[-1].next_cursor and len(turned) < len(world.firms):
        turned.append(search(question.q, cursor=turned[-1].next_cursor, **asked))
    return turned


def keys(turned: list[Found], world: World) -> list[str]:
    by_id = world.key_of()
    return [by_id[company.pk] for page in turned for company in page.companies]


def found(question: Question, world: World) -> list[str]:
    """Keys of all that is found, in the order of the pages."""
    return keys(pages(question, world), world)


def answered(question: Question, world: World) -> Answer:
    turned = pages(question, world)
    shown = keys(turned, world)
    leaked = {key for key in shown if not is_shown(question.who, world.firms[key])}
    right, fitting = expected(question, world), allowed(question, world)
    return Answer(question, shown, right, fitting, leaked, turned[0].terms)
