"""Slips of the fingers: a letter too many, too few, another one, or two the wrong way round."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST, LONG = 4, 8
SHORTEST_OF_PART = 6


def slips(word: str) -> int:
    """How many slips a word of this length may have and still be known again."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < LONG else 2


def meant(typed: str, words: Iterable[str]) -> list[str]:
    """Those of the words that are nearest to what was typed, or a part of which is, within its slips.

    A part is looked for only if enough was typed that not every word has something like it.
    """
    most = slips(typed)
    parts = len(typed) >= SHORTEST_OF_PART
    distances = {word: distance(typed, word, most, parts=parts) for word in dict.fromkeys(words)}
    near = [far for far in distances.values() if far <= most]
    return [word for word, far in distances.items() if near and far == min(near)]


def distance(one: str, other: str, most: int, *, parts: bool = False) -> int:
    """How many slips lie between two words; `most` + 1 for anything more.

    With `parts`, between the first word and whatever part of the other is nearest to it.
    """
    if len(one) - len(other) > most or (not parts and len(other) - len(one) > most):
        return most + 1
    before: list[int] = []
    last = [0] * (len(other) + 1) if parts else list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        current = [row]
        for column, letter in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (char != letter))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == letter:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return min(min(last) if parts else last[-1], most + 1)
