"""Pictures of all workflows, drawn from the code: Mermaid and tables in Markdown, one file a model."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.translation import override
from django_fsm import ANY_OTHER_STATE, ANY_STATE, FSMFieldMixin, State, Transition

DRAWN_BY = "<!-- Drawn from the code by `manage.py workflows draw`; changes made here are lost. -->"
TAKEN_BY_MERMAID = {"as", "class", "default", "direction", "end", "fork", "join", "note", "state", "style"}


@dataclass(frozen=True)
class Move:
    """One arrow: from a state by a transition to a state, with what must hold for it."""

    source: str
    name: str
    target: str
    label: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """The states of one field of one model and the moves between them."""

    model: type[Model]
    field: str
    states: dict[str, str]
    initial: str
    moves: tuple[Move, ...]

    @property
    def final(self) -> list[str]:
        """The states nothing leads out of."""
        left = {move.source for move in self.moves if move.source != move.target}
        return [state for state in self.states if state not in left]


def folder() -> Path:
    """Where the pictures stand."""
    return Path(settings.BASE_DIR, "docs", "workflows")


def draw(into: Path) -> list[str]:
    """Write the pictures that changed and remove those of no model; gives their names."""
    wanted, into = pages(), Path(into)
    stale = out_of_date(into)
    into.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (into / name).write_text(wanted[name], encoding="utf-8")
        else:
            (into / name).unlink()
    return stale


def out_of_date(there: Path) -> list[str]:
    """The names of the pictures that are missing, differ from the code, or are of no model."""
    found = {path.name: path.read_text(encoding="utf-8") for path in there.glob("*.md")}
    wanted = pages()
    return sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))


def pages() -> dict[str, str]:
    """All pictures by file name."""
    with override("en"):
        by_model: dict[type[Model], list[Workflow]] = {}
        for workflow in workflows():
            by_model.setdefault(workflow.model, []).append(workflow)
        return {f"{model._meta.label_lower}.md": _page(model, found) for model, found in by_model.items()}


def workflows() -> Iterator[Workflow]:
    """Every workflow of our own models."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label_lower):
        if model._meta.proxy or not _is_ours(model):
            continue
        for field in model._meta.fields:
            if isinstance(field, FSMFieldMixin) and (moves := list(field.get_all_transitions(model))):
                yield workflow_of(model, field, moves)


def workflow_of(model: type[Model], field: Any, transitions: Iterable[Transition]) -> Workflow:
    """What one state field says."""
    transitions = list(transitions)
    states = {_value(value): str(label) for value, label in field.flatchoices}
    for transition in transitions:
        for value in [transition.source, *_targets(transition)]:
            if value not in {ANY_STATE, ANY_OTHER_STATE, None}:
                states.setdefault(_value(value), _in_words(_value(value)))
    order = {state: place for place, state in enumerate(states)}
    moves = {move for transition in transitions for move in _moves(transition, transitions, states)}
    ordered = sorted(moves, key=lambda move: (order[move.source], order[move.target], move.name))
    return Workflow(model, field.name, states, _value(field.get_default()), tuple(ordered))


def _moves(transition: Transition, all_of_them: list[Transition], states: dict[str, str]) -> Iterator[Move]:
    named = {_value(other.source) for other in all_of_them if other.name == transition.name}
    conditions = tuple(_in_words(condition.__name__) for condition in transition.conditions)
    label = str(transition.custom.get("label") or _in_words(transition.name))
    for target in _targets(transition):
        to = None if target is None else _value(target)
        for source in _sources(transition.source, to, states, named):
            yield Move(source, transition.name, to or source, label, conditions)


def _sources(source: Any, target: str | None, states: dict[str, str], named: set[str]) -> list[str]:
    if source == ANY_STATE:
        return [state for state in states if state not in named]
    if source == ANY_OTHER_STATE:
        return [state for state in states if state not in named and state != target]
    return [_value(source)]


def _targets(transition: Transition) -> list[Any]:
    target = transition.target
    return list(target.allowed_states) if isinstance(target, State) else [target]


def _page(model: type[Model], found: list[Workflow]) -> str:
    title = str(model._meta.verbose_name)
    meaning = (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")
    parts = [DRAWN_BY, f"# {title[:1].upper()}{title[1:]}", meaning]
    for workflow in found:
        heading = [f"## {_in_words(workflow.field)}"] if len(found) > 1 else []
        parts += [*heading, _picture(workflow), _table_of_states(workflow), _table_of_moves(workflow)]
    return "\n\n".join(parts) + "\n"


def _picture(workflow: Workflow) -> str:
    names = [f'    state "{_quoted(label)}" as {_id(state)}' for state, label in workflow.states.items()]
    moves = [f"    {_id(move.source)} --> {_id(move.target)}: {move.label}" for move in workflow.moves]
    ends = [f"    {_id(state)} --> [*]" for state in workflow.final]
    lines = ["stateDiagram-v2", *names, f"    [*] --> {_id(workflow.initial)}", *moves, *ends]
    return "\n".join(["```mermaid", *lines, "```"])


def _table_of_states(workflow: Workflow) -> str:
    notes = {workflow.initial: "begins here", **dict.fromkeys(workflow.final, "ends here")}
    rows = [(label, f"`{state}`", notes.get(state, "")) for state, label in workflow.states.items()]
    return _table(("State", "In the database", ""), rows)


def _table_of_moves(workflow: Workflow) -> str:
    states = workflow.states
    rows = [
        (states[move.source], f"`{move.name}`", states[move.target], move.label, "; ".join(move.conditions))
        for move in workflow.moves
    ]
    return _table(("From", "Transition", "To", "Label", "Only if"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _is_ours(model: type[Model]) -> bool:
    config = apps.get_app_config(model._meta.app_label)
    return Path(config.path).is_relative_to(settings.BASE_DIR) and ".venv" not in Path(config.path).parts


def _value(state: Any) -> str:
    return str(getattr(state, "value", state))


def _in_words(name: str) -> str:
    words = name.strip("_").replace("_", " ")
    return words[:1].upper() + words[1:]


def _quoted(label: str) -> str:
    return label.replace('"', "'")


def _id(state: str) -> str:
    name = re.sub(r"\W", "_", state)
    return f"{name}_" if name.lower() in TAKEN_BY_MERMAID else name
