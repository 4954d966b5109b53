"""What stands in a cell of a workbook, as the text that its program shows for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from xml.sax.saxutils import unescape

from alliance.pages.sheets.rows import Mistake, MistakeKind

MOST_DIGITS = 15
LONGEST_FORMAT = 255
SECONDS_OF_A_DAY = 86_400
DATES = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
PERCENTAGES = frozenset([9, 10])
# What in a number format is text for the eye: quoted, escaped, filled, in brackets; names of “general”.
DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general|g/通用格式', re.IGNORECASE)
DURATION = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
NUMBERED = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
STYLE = re.compile(r'\bs="(\d+)"')
TYPE = re.compile(r'\bt="(\w+)"')

Convert = Callable[[str], str]


class Flawed(str):
    """A text with something wrong about it."""

    kind: MistakeKind

    def __new__(cls, text: str, kind: MistakeKind) -> Flawed:
        """The text as far as it is known, and what is wrong."""
        flawed = super().__new__(cls, text)
        flawed.kind = kind
        return flawed


def mistakes_of(texts: Sequence[str]) -> tuple[Mistake, ...]:
    """What is wrong with the texts of a row, by their place."""
    flawed = [(place, text) for place, text in enumerate(texts) if type(text) is Flawed]
    return tuple(Mistake(place, str(text), text.kind) for place, text in flawed)


class Converters(dict[str, Convert]):
    """How to read a value, by the attributes of its cell; few kinds of cells make up a whole sheet."""

    def __init__(self, texts: Sequence[str], formats: Sequence[str], from_1904: bool) -> None:
        super().__init__()
        self.texts, self.formats, self.from_1904 = texts, formats, from_1904

    def __missing__(self, attributes: str) -> Convert:
        style, kind = STYLE.search(attributes), TYPE.search(attributes)
        convert = self._converter(kind[1] if kind else "n", int(style[1]) if style else 0)
        self[attributes] = convert
        return convert

    def _converter(self, kind: str, style: int) -> Convert:
        texts = self.texts
        match kind:
            case "s":
                return lambda value: texts[int(value)]
            case "b":
                return lambda value: "TRUE" if value == "1" else "FALSE"
            case "e":
                return lambda value: Flawed(value, MistakeKind.ERROR)
            case "n":
                return self._of_number(style)
        return plain_text

    def _of_number(self, style: int) -> Convert:
        meaning = self.formats[style] if style < len(self.formats) else ""
        if meaning == "date":
            return lambda value: date_text(float(value), self.from_1904)
        return percent_text if meaning == "percent" else number_text


def meaning_of_format(number: int, code: str | None) -> str:
    """“date”, “percent” or nothing, for a number format."""
    if code is None:
        return "date" if number in DATES else "percent" if number in PERCENTAGES else ""
    code = code[:LONGEST_FORMAT]
    if DURATION.search(code):
        return ""
    signs = DECORATION.sub("", code.split(";")[0]).lower()
    if "%" in signs:
        return "percent"
    return "date" if set(signs) & set("dmyhs年月日") and not set(signs) & set("0#?") - set("0") else ""


def number_text(value: str) -> str:
    """A number as it is shown: no more than 15 digits, no exponent, no “.0”."""
    if len(value) <= MOST_DIGITS and value.isdigit():
        return value
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return Flawed(value, MistakeKind.ERROR)
    text = f"{number:.{MOST_DIGITS}g}"
    if "e" in text:
        text = f"{Decimal(text):f}"
    if abs(number) >= 10**MOST_DIGITS:
        return Flawed(text, MistakeKind.DIGITS_LOST)
    return "0" if text == "-0" else text


def percent_text(value: str) -> str:
    """A share as it is shown: 35% for 0.35."""
    text = number_text(value)
    if isinstance(text, Flawed):
        return text
    return f"{(Decimal(text) * 100).normalize():f}%"


def date_text(days: float, from_1904: bool = False) -> str:
    """A day, a moment or a time of day, from the count of days that spreadsheets keep."""
    whole, seconds = divmod(round(days * SECONDS_OF_A_DAY), SECONDS_OF_A_DAY)
    time = (dt.datetime.min + dt.timedelta(seconds=seconds)).time()
    if whole == 0 and seconds:
        return time.isoformat()
    date = _day_one(whole, from_1904) + dt.timedelta(days=whole)
    return date.isoformat() if not seconds else f"{date.isoformat()} {time.isoformat()}"


def _day_one(days: int, from_1904: bool) -> dt.date:
    if from_1904:
        return dt.date(1904, 1, 1)
    # Spreadsheets take 1900 for a leap year: days after that February are one further on.
    return dt.date(1899, 12, 30) if days > 59 else dt.date(1899, 12, 31)


def plain_text(text: str) -> str:
    """Text with its control characters, which workbooks write as _x000D_."""
    return ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    # Zero and halves of characters stand in no text.
    return found[0] if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign


def without_references(text: str) -> str:
    """Text of XML with its references resolved; an unknown one is an error."""
    if "&" not in text:
        return text
    numbered = NUMBERED.sub(_sign_of, text)
    if re.search(r"&(?!(?:amp|lt|gt|quot|apos);)", numbered.replace("&amp;", "")):
        raise ValueError("unknown reference")
    return unescape(numbered, {"&quot;": '"', "&apos;": "'"})


def _sign_of(found: re.Match[str]) -> str:
    digits = found[1]
    sign = chr(int(digits[1:], 16) if digits[0] == "x" else int(digits))
    if sign == "\0" or "\ud800" <= sign <= "\udfff":
        raise ValueError("no character")
    return {"&": "&amp;", "<": "&lt;"}.get(sign, sign)
