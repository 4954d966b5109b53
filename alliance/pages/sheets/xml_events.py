"""XML read as it passes by: start of an element, text, end; names without their prefix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


def read_xml(
    pieces: Iterable[bytes], start: Start, end: End | None = None, text: Callable[[str], None] | None = None
) -> None:
    """Read pieces of one XML text. Entities are never defined: `Packed.xml_pieces` refuses that."""
    parser = xml_parser(start, end, text)
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def xml_parser(start: Start, end: End | None, text: Callable[[str], None] | None) -> expat.XMLParserType:
    """A parser that calls back with local names."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_definitions
    names = LocalNames()
    parser.StartElementHandler = lambda name, values: start(names[name], values)
    if end is not None:
        finish = end
        parser.EndElementHandler = lambda name: finish(names[name])
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


def _refuse_definitions(*_names: object) -> None:
    raise ValueError("definitions are not read")


class LocalNames(dict[str, str]):
    """Names without their prefix, remembered: a sheet has few, millions of times."""

    def __missing__(self, name: str) -> str:
        self[name] = short = local(name)
        return short


def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def attribute(values: Attributes, name: str) -> str:
    """An attribute by its local name, empty when absent."""
    if name in values:
        return values[name]
    return next((value for key, value in values.items() if local(key) == name), "")
