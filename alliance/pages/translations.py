"""Our message catalogs: extracted, compiled and checked in Python alone (Babel, no system gettext).

Importing this module needs no Django settings, so that tests and make targets can compile first.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import extract as babel_extract
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"de": "nplurals=2; plural=(n != 1);", "zh_Hans": "nplurals=1; plural=0;"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ["Translators:"]
FOLDERS_LEFT_OUT = {"tests", "var", "migrations", "locale", "docs", "static", "node_modules"}
TEMPLATE_ENDINGS = {".html", ".txt"}
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-zA-Z]|%([sd])|\{(\w+)[^{}]*\}")

Key = tuple[str, str]


def extract(root: Path = ROOT) -> Iterator[str]:
    """Bring the catalogs up to date with the source; says what changed, one line a language."""
    source = source_catalog(root)
    for language in LANGUAGES:
        old = read_catalog(root, language)
        gone = len(keys_of(old) - keys_of(source))
        new = len(keys_of(source) - keys_of(old))
        path = catalog_path(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(merged(source, old, language), language))
        yield f"{language}: {len(source)} texts, {new} new, {gone} no longer used."


def ensure_compiled(root: Path = ROOT) -> list[Path]:
    """Compile the catalogs that changed since they were compiled; gives the files written."""
    paths = [catalog_path(root, language) for language in LANGUAGES]
    return [_compile(path) for path in paths if path.exists() and _is_stale(path)]


def check(root: Path = ROOT) -> list[str]:
    """A sentence for everything that keeps the translations from being complete and right."""
    source = source_catalog(root)
    return [fault for language in LANGUAGES for fault in faults(source, root, language)]


def faults(source: Catalog, root: Path, language: str) -> Iterator[str]:
    """What is wrong with one language."""
    try:
        catalog = read_catalog(root, language)
    except PoFileError as error:
        yield f"{language}: the catalog cannot be read: {error}"
        return
    if catalog.plural_forms != LANGUAGES[language]:
        yield f"{language}: Plural-Forms must be “{LANGUAGES[language]}”"
    for message in _sorted(source):
        if _key(message) not in keys_of(catalog):
            yield f"{language}: not in the catalog yet (run translations extract): {_shown(message)}"
    for message in _sorted(catalog):
        if _key(message) not in keys_of(source):
            yield f"{language}: no longer used (run translations extract): {_shown(message)}"
        else:
            yield from (f"{language}: {fault}: {_shown(message)}" for fault in _faults_of(message, catalog))


def catalog_path(root: Path, language: str) -> Path:
    """Where the catalog of a language stands."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def source_files(root: Path) -> Iterator[Path]:
    """Every Python file and template of ours, in a stable order."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in FOLDERS_LEFT_OUT and name[0] != ".")
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix == ".py" or _is_template(path.relative_to(root)):
                yield path


def source_catalog(root: Path) -> Catalog:
    """All texts marked for translation in the source."""
    catalog = Catalog(fuzzy=False)
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        for _line, text, comments, context in messages_in(path):
            catalog.add(text, locations=[(name, 0)], auto_comments=_without_tags(comments), context=context)
    for message in catalog:
        message.locations = sorted(set(message.locations))
        message.auto_comments = list(dict.fromkeys(message.auto_comments))
    return catalog


def messages_in(path: Path) -> Iterable[Any]:
    """The texts of one file as Babel gives them: line, text or texts, comments, context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize makes is no valid Python: without indentation Babel's tokenizer takes it.
        code = templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in code.split("\n"))
    return babel_extract.extract("python", BytesIO(source.encode()), KEYWORDS, COMMENT_TAGS)


def read_catalog(root: Path, language: str) -> Catalog:
    """The catalog of a language as it stands in the tree; an empty one if there is none."""
    path = catalog_path(root, language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True)


def merged(source: Catalog, old: Catalog, language: str) -> Catalog:
    """The texts of the source with the translations they had; nothing is guessed."""
    catalog = Catalog(locale=language, fuzzy=False)
    translations = {_key(message): message for message in old if message.id}
    for message in source:
        if not message.id:
            continue
        known = translations.get(_key(message))
        keep = known if known and known.pluralizable == message.pluralizable else None
        catalog.add(
            message.id,
            keep.string if keep else None,
            locations=message.locations,
            flags=keep.flags if keep else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return catalog


def as_po(catalog: Catalog, language: str) -> bytes:
    """The catalog as a file that is the same whenever its texts are the same."""
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    header = HEADER.format(language=language, plural_forms=LANGUAGES[language])
    return header.encode() + body.getvalue().strip(b"\n") + b"\n"


def keys_of(catalog: Catalog) -> set[Key]:
    """What tells the texts of a catalog apart."""
    return {_key(message) for message in catalog if message.id}


def placeholders(text: str) -> Counter[str]:
    """The values a text leaves open: ``%(name)s``, ``{name}`` and, counted, ``%s``."""
    found = (match.groups() for match in PLACEHOLDER.finditer(text.replace("%%", "")))
    names = Counter(
        f"%({named})" if named else f"%{bare}" if bare else f"{{{braced}}}" for named, bare, braced in found
    )
    # A named value may well stand twice in one language and once in another.
    return Counter({name: count if name in {"%s", "%d"} else 1 for name, count in names.items()})


def _faults_of(message: Message, catalog: Catalog) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy, to be looked at"
    texts = _several(message.string)
    if not all(texts):
        yield "not translated"
    elif not all(_keeps_placeholders(message, form, text, catalog) for form, text in enumerate(texts)):
        yield "other placeholders in the translation"


def _keeps_placeholders(message: Message, form: int, text: str, catalog: Catalog) -> bool:
    *singular, last = map(placeholders, _several(message.id))
    # The form for one may leave the number out, as "one city" does.
    one = singular if form == 0 and catalog.num_plurals > 1 else []
    return placeholders(text) in [last, *one]


def _several(texts: str | Iterable[str] | None) -> list[str]:
    return [texts or ""] if isinstance(texts, str | None) else list(texts)


def _key(message: Message) -> Key:
    return (message.context or "", message.id if isinstance(message.id, str) else message.id[0])


def _sorted(catalog: Catalog) -> list[Message]:
    return sorted((message for message in catalog if message.id), key=_key)


def _shown(message: Message) -> str:
    context, text = _key(message)
    return f"“{text}” ({context})" if context else f"“{text}”"


def _without_tags(comments: Iterable[str]) -> list[str]:
    return [comment.removeprefix(COMMENT_TAGS[0]).strip() for comment in comments]


def _is_template(path: Path) -> bool:
    return "templates" in path.parts and path.suffix in TEMPLATE_ENDINGS


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path) -> Path:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parents[1].name)
    compiled, unfinished = path.with_suffix(".mo"), path.with_suffix(f".{os.getpid()}.mo")
    with unfinished.open("wb") as file:
        write_mo(file, catalog)
    unfinished.replace(compiled)
    return compiled
