"""The message catalogs: that every translation is there, and that the checker notices what is not."""

import gettext
import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation.trans_real import DjangoTranslation

from alliance.pages import translations

PYTHON = """\
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

TITLE = _("Cities")
def text(count, city):
    # Translators: count is a number of cities
    many = ngettext("One city", "%(count)s cities", count)
    return many + pgettext("of a year", "Second") + _("Welcome to %(city)s") % {"city": city}
"""
TEMPLATE = """\
{% load i18n %}
<title>{% translate "It's 'fine'" %}</title>
    <p class="a">{% blocktranslate trimmed count n=rows|length %}
        One row of {{ total }}
    {% plural %}
        {{ n }} rows of {{ total }}
    {% endblocktranslate %}</p>
  {% if a %}
 {# said nowhere #}
{% translate "Close" context "a window" as close %}{{ _("Save")|upper }} ("odd (text
{% include "x.html" with label=_("Next page") %}
"""
DE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Cities"
msgstr "Städte"

msgid "One city"
msgid_plural "%(count)s cities"
msgstr[0] "Eine Stadt"
msgstr[1] "%(count)s Städte"

msgid "Welcome to %(city)s"
msgstr "Willkommen in %(city)s"

msgctxt "of a year"
msgid "Second"
msgstr "Zweites"
"""
ZH = (
    DE.replace("de\\n", "zh_Hans\\n")
    .replace("nplurals=2; plural=(n != 1)", "nplurals=1; plural=0")
    .replace('msgstr[0] "Eine Stadt"\nmsgstr[1]', "msgstr[0]")
)


@pytest.fixture
def tree(tmp_path):
    """A tree with one Python file and complete catalogs."""
    (tmp_path / "cities").mkdir()
    (tmp_path / "cities" / "texts.py").write_text(PYTHON)
    write_catalogs(tmp_path)
    return tmp_path


def write_catalogs(root, de=DE, zh=ZH):
    for language, text in {"de": de, "zh_Hans": zh}.items():
        path = translations.catalog_path(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def texts(root):
    return {message.id for message in translations.source_catalog(root) if message.id}


def test_every_translation_is_there():
    assert translations.check() == []


def test_complete_catalogs_have_no_faults(tree):
    assert translations.check(tree) == []


def test_python_and_templates_are_read_and_tests_are_not(tree):
    for place in ["templates", "cities/migrations", "tests", ".venv", "var", "static"]:
        (tree / place).mkdir(parents=True)
    (tree / "templates" / "page.html").write_text(TEMPLATE)
    for place in ["cities/migrations/a.py", "tests/a.py", ".venv/a.py", "var/a.py"]:
        (tree / place).write_text('_("Nowhere")')
    (tree / "static" / "a.html").write_text('{% translate "Nowhere" %}')

    assert texts(tree) == {
        "Cities",
        ("One city", "%(count)s cities"),
        "Second",
        "Welcome to %(city)s",
        "It's 'fine'",
        ("One row of %(total)s", "%(n)s rows of %(total)s"),
        "Close",
        "Save",
        "Next page",
    }


def test_text_without_translation_is_a_fault(tree):
    write_catalogs(tree, de=DE.replace('Städte"\n\nmsgid "One', '"\n\nmsgid "One'))
    assert translations.check(tree) == ["de: not translated: “Cities”"]


def test_plural_form_without_translation_is_a_fault(tree):
    write_catalogs(tree, de=DE.replace('"%(count)s Städte"', '""'))
    assert translations.check(tree) == ["de: not translated: “One city”"]


def test_fuzzy_text_is_a_fault(tree):
    write_catalogs(tree, zh=ZH.replace('msgid "Cities"', '#, fuzzy\nmsgid "Cities"'))
    assert translations.check(tree) == ["zh_Hans: fuzzy, to be looked at: “Cities”"]


@pytest.mark.parametrize(
    ("right", "wrong", "text"),
    [
        ("in %(city)s", "in %(town)s", "Welcome to %(city)s"),
        ("in %(city)s", "in der Stadt", "Welcome to %(city)s"),
        ('"Städte"', '"{count} Städte"', "Cities"),
        ('[1] "%(count)s Städte"', '[1] "Viele Städte"', "One city"),
        ('"Eine Stadt"', '"%(number)s Stadt"', "One city"),
    ],
)
def test_other_placeholders_are_a_fault(tree, right, wrong, text):
    assert right in DE
    write_catalogs(tree, de=DE.replace(right, wrong))
    assert translations.check(tree) == [f"de: other placeholders in the translation: “{text}”"]


def test_form_for_one_may_carry_the_number(tree):
    write_catalogs(tree, de=DE.replace("Eine Stadt", "%(count)s Stadt"))
    assert translations.check(tree) == []


def test_chinese_with_one_form_must_carry_the_number(tree):
    write_catalogs(tree, zh=ZH.replace('"%(count)s Städte"', '"城市"'))
    assert translations.check(tree) == ["zh_Hans: other placeholders in the translation: “One city”"]


def test_too_many_plural_forms_are_a_fault(tree):
    write_catalogs(tree, zh=ZH.replace('msgstr[0] "%(', 'msgstr[0] "一座"\nmsgstr[1] "%('))
    (fault,) = translations.check(tree)
    assert fault.startswith("zh_Hans: the catalog cannot be read: msg has more translations than num_plurals")


def test_too_few_plural_forms_are_a_fault(tree):
    write_catalogs(tree, de=DE.replace('msgstr[1] "%(count)s Städte"\n', ""))
    assert translations.check(tree) == ["de: not translated: “One city”"]


def test_other_number_of_plural_forms_than_the_language_has_is_a_fault(tree):
    write_catalogs(tree, zh=ZH.replace("nplurals=1; plural=0", "nplurals=2; plural=(n != 1)"))
    assert translations.check(tree)[0] == "zh_Hans: Plural-Forms must be “nplurals=1; plural=0;”"


def test_text_that_is_not_in_the_catalog_is_a_fault(tree):
    write_catalogs(tree, de=DE[: DE.index("msgctxt")])
    assert translations.check(tree) == [
        "de: not in the catalog yet (run translations extract): “Second” (of a year)"
    ]


def test_text_that_is_not_used_is_a_fault(tree):
    write_catalogs(tree, de=DE + '\nmsgid "Villages"\nmsgstr "Dörfer"\n')
    assert translations.check(tree) == ["de: no longer used (run translations extract): “Villages”"]


def test_missing_catalog_is_a_fault_of_every_text(tree):
    translations.catalog_path(tree, "de").unlink()
    assert len(translations.check(tree)) == 4


def test_extract_keeps_translations_drops_unused_texts_and_guesses_nothing(tree):
    write_catalogs(tree, de=DE + '\nmsgid "Villages"\nmsgstr "Dörfer"\n')
    (tree / "cities" / "more.py").write_text('_("City")\n_("Cities")')

    lines = list(translations.extract(tree))

    assert lines == ["de: 5 texts, 1 new, 1 no longer used.", "zh_Hans: 5 texts, 1 new, 0 no longer used."]
    assert translations.check(tree) == ["de: not translated: “City”", "zh_Hans: not translated: “City”"]


def test_extract_writes_the_same_file_twice(tree):
    list(translations.extract(tree))
    first = translations.catalog_path(tree, "zh_Hans").read_bytes()
    list(translations.extract(tree))
    assert translations.catalog_path(tree, "zh_Hans").read_bytes() == first


def test_catalog_holds_files_and_notes_but_neither_lines_nor_dates(tree):
    list(translations.extract(tree))
    assert translations.catalog_path(tree, "de").read_text() == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Language: de\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        "\n"
        "#: cities/texts.py\n"
        'msgid "Cities"\n'
        'msgstr "Städte"\n'
        "\n"
        "#. count is a number of cities\n"
        "#: cities/texts.py\n"
        "#, python-format\n"
        'msgid "One city"\n'
        'msgid_plural "%(count)s cities"\n'
        'msgstr[0] "Eine Stadt"\n'
        'msgstr[1] "%(count)s Städte"\n'
        "\n"
        "#: cities/texts.py\n"
        'msgctxt "of a year"\n'
        'msgid "Second"\n'
        'msgstr "Zweites"\n'
        "\n"
        "#: cities/texts.py\n"
        "#, python-format\n"
        'msgid "Welcome to %(city)s"\n'
        'msgstr "Willkommen in %(city)s"\n'
    )


def test_compiling_is_done_once_and_again_after_a_change(tree):
    german = translations.catalog_path(tree, "de").with_suffix(".mo")
    chinese = translations.catalog_path(tree, "zh_Hans").with_suffix(".mo")

    assert translations.ensure_compiled(tree) == [german, chinese]
    assert translations.ensure_compiled(tree) == []
    later = german.stat().st_mtime + 1
    os.utime(german.with_suffix(".po"), (later, later))
    assert translations.ensure_compiled(tree) == [german]

    with german.open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    assert catalog.gettext("Cities") == "Städte"
    assert catalog.ngettext("One city", "%(count)s cities", 3) == "%(count)s Städte"
    assert catalog.pgettext("of a year", "Second") == "Zweites"
    assert sorted(path.name for path in german.parent.iterdir()) == ["django.mo", "django.po"]


def test_command_fails_with_the_list_of_faults(tree, monkeypatch):
    write_catalogs(tree, de=DE.replace("in %(city)s", "hier"))
    monkeypatch.setattr(translations.check, "__defaults__", (tree,))
    with pytest.raises(CommandError) as caught:
        call_command("translations", "check")
    assert str(caught.value) == (
        "de: other placeholders in the translation: “Welcome to %(city)s”\n1 faults in the translations."
    )


@pytest.mark.parametrize("language", ["de", "zh-hans"])
def test_holes_of_packages_are_filled_by_ours(language, settings):
    """Every text of the packages on our pages is known to their catalogs or listed by us."""
    ours = {message.id for message in translations.source_catalog(translations.ROOT) if message.id}
    settings.LOCALE_PATHS = []
    theirs = DjangoTranslation(language)._catalog

    holes = {text for text in texts_of_packages() if text not in theirs and (text, 0) not in theirs}

    assert "Select a lookup." in holes
    assert holes - ours == set()


def texts_of_packages():
    for package in ["django_filters", "django_fsm", "pghistory", "allauth.account", "allauth.mfa"]:
        (folder,) = find_spec(package).submodule_search_locations
        for message in translations.source_catalog(Path(folder)):
            if message.id and not any("rest_framework" in name for name, _line in message.locations):
                yield message.id if isinstance(message.id, str) else message.id[0]
