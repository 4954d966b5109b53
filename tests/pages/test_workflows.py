"""The pictures of workflows are those of the code."""

import re

import pytest
from django.core.management import CommandError, call_command

from alliance.letters.models import Delivery
from alliance.pages import workflows
from cities.models.officer import Officer


def page_of(model):
    return workflows.pages()[f"{model._meta.label_lower}.md"]


def rows_of(page, heads):
    lines = page.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith(f"| {heads}"))
    rows = []
    for line in lines[begin + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_pictures_in_the_tree_are_current():
    assert workflows.out_of_date(workflows.folder()) == []


def test_picture_of_an_officer():
    assert page_of(Officer).split("```")[1] == (
        "mermaid\n"
        "stateDiagram-v2\n"
        '    state "To be confirmed" as registered\n'
        '    state "Confirmed" as confirmed\n'
        '    state "Refused" as refused\n'
        '    state "Ended" as ended\n'
        "    [*] --> registered\n"
        "    registered --> confirmed: Confirm\n"
        "    registered --> refused: Refuse\n"
        "    confirmed --> ended: End\n"
        "    refused --> [*]\n"
        "    ended --> [*]\n"
    )


def test_every_transition_of_every_state_stands_in_the_table():
    states = dict(Delivery._meta.get_field("state").flatchoices)
    moves = {
        (str(states[transition.source]), f"`{transition.name}`", str(states[transition.target]))
        for transition in Delivery().get_all_state_transitions()
    }
    assert {tuple(row[:3]) for row in rows_of(page_of(Delivery), "From")} == moves
    assert len(moves) > 3


@pytest.mark.parametrize("name", sorted(workflows.pages()))
def test_every_arrow_joins_states_of_the_picture(name):
    picture = workflows.pages()[name].split("```")[1]
    states = set(re.findall(r'state ".*" as (\w+)', picture))
    ends = {end for arrow in re.findall(r"(\S+) --> ([^\s:]+)", picture) for end in arrow}
    assert ends - {"[*]"} == states


def test_drawing_writes_what_is_missing_and_removes_what_is_of_no_model(tmp_path):
    (tmp_path / "cities.village.md").write_text("gone")
    (tmp_path / "cities.officer.md").write_text("changed by hand")

    assert workflows.draw(tmp_path) == sorted({*workflows.pages(), "cities.village.md"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == workflows.pages()
    assert workflows.draw(tmp_path) == []


def test_check_fails_when_a_picture_is_out_of_date(tmp_path, monkeypatch):
    workflows.draw(tmp_path)
    (tmp_path / "cities.officer.md").write_text("changed by hand")
    monkeypatch.setattr(workflows, "folder", lambda: tmp_path)

    with pytest.raises(CommandError, match=r"cities\.officer\.md"):
        call_command("workflows", "check")
    call_command("workflows", "draw")
    call_command("workflows", "check")
