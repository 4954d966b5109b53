"""Parts of pages that are drawn once and kept in this process (docs/lists.md, docs/pages.md)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Model
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.loader_tags import BlockNode
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language

State = tuple[Any, ...]
MOST_KEPT = 300
T = TypeVar("T")


class Kept:
    """What was drawn from some tables, until one of them changes.

    Each tracked table has an audit trail that triggers write, so raw SQL changes it too. What was
    drawn holds as long as the newest row of each trail is the same and the same transactions are
    under way: one that began before it was drawn and ends afterwards may add a row that is older than
    the newest. A transaction that has itself written sees what nobody else may see yet: nothing is
    kept in it. All of this is one short query, and no action has to think of it.
    """

    everything: ClassVar[list[Kept]] = []

    def __init__(self, *tables: str, most: int = MOST_KEPT) -> None:
        self.everything.append(self)
        self.tables = tables
        self.most = most
        self.drawn: dict[Hashable, tuple[Hashable, Any]] = {}

    def get(self, key: Hashable, draw: Callable[[], T], *, moment: Hashable = None) -> T:
        """What was drawn for this key; one that was drawn for another moment is replaced.

        Key and moment name everything it depends on besides tables, language and time zone.
        """
        state = self.state()
        if state is None or settings.DEBUG:
            return draw()
        place = get_language(), timezone.get_current_timezone_name(), key
        found = self.drawn.get(place)
        if found is None or found[0] != (state, moment):
            found = (state, moment), draw()
            keep(self.drawn, place, found, self.most)
        return found[1]

    def state(self) -> State | None:
        """As what the tables stand for everybody; None inside a transaction that has written."""
        with connection.cursor() as cursor:
            cursor.execute(self.question)
            has_written, *state = cursor.fetchone()
        return None if has_written else (connection.settings_dict["NAME"], *state)

    @cached_property
    def question(self) -> str:
        heads = [f"(SELECT max(pgh_id) FROM {connection.ops.quote_name(name)})" for name in self.trails()]  # noqa: S608 - tables of our models
        under_way = "split_part(pg_current_snapshot()::text, ':', 3)"
        return f"SELECT {', '.join(['pg_current_xact_id_if_assigned() IS NOT NULL', under_way, *heads])}"

    def trails(self) -> Sequence[str]:
        """The tables in which the triggers write; what has no trail cannot be kept."""
        tracked = {
            model.pgh_tracked_model: model._meta.db_table
            for model in apps.get_models()
            if hasattr(model, "pgh_tracked_model")
        }
        return [trail_of(apps.get_model(label), tracked) for label in self.tables]


def trail_of(model: type[Model], tracked: dict[type[Model], str]) -> str:
    if model not in tracked:
        raise ImproperlyConfigured(f"{model._meta.label} has no audit trail: nobody would see it change.")
    return tracked[model]


def keep(drawn: dict[Any, Any], key: Hashable, part: Any, most: int) -> None:
    """So many and no more: whoever asks for all sorts of things must not fill the memory."""
    if key not in drawn and len(drawn) >= most:
        drawn.clear()
    drawn[key] = part


class Once(Node):
    """``{% once %}…{% endonce %}``: what depends on nothing but the language and the values named."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        self.drawn: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = tuple(str(value.resolve(context, ignore_failures=True)) for value in self.values)
        key = get_language(), settings.ROOT_URLCONF, values
        found = self.drawn.get(key)
        if found is None or settings.DEBUG:
            with context.push():  # names given inside must not be there the first time only
                found = self.nodelist.render(context)
            keep(self.drawn, key, found, MOST_KEPT)
        return found


def once(parser: Parser, token: Token) -> Once:
    """The part between the tags is drawn once for each language, and for each value of what is named."""
    _name, *values = token.split_contents()
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("A block cannot stand in {% once %}: each page fills it in differently.")
    return Once([parser.compile_filter(value) for value in values], nodelist)
