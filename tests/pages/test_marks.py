"""Marks and names: word and shape stand together, and every name has its language."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from alliance.pages import marks

MAINZ = SimpleNamespace(name="Mainz", other_script_name="美因茨")
MAINZ_FOR_CHINESE_READERS = SimpleNamespace(name="美因茨", other_script_name="Mainz")
SPRITE = render_to_string("includes/sprite.html")


def rendered(text, **context):
    return Template("{% load pages %}" + text).render(Context(context))


@pytest.mark.parametrize("position", list(marks.ANSWER_WORDS))
@pytest.mark.parametrize("variant", [{}, {"late": True}, {"contested": True}])
def test_every_answer_has_a_shape_in_every_variant(position, variant):
    html = marks.answer_mark(position, **variant)
    shape = html.split('href="#')[1].split('"')[0]
    assert f'<symbol id="{shape}"' in SPRITE


@pytest.mark.parametrize("tone", marks.TONES)
def test_every_tone_has_a_shape_and_its_word(tone):
    html = marks.status("Closed", tone)
    assert f'<symbol id="m-{tone}"' in SPRITE
    assert f'href="#m-{tone}"' in html
    assert html.endswith(" Closed</span>")


def test_answers_that_count_and_answers_that_do_not_look_different():
    drawn = {
        marks.answer_mark("consent"),
        marks.answer_mark("consent", late=True),
        marks.answer_mark("consent", contested=True),
    }
    assert len(drawn) == 3


@pytest.mark.parametrize("position", ["", None, "none", "question", "<script>"])
def test_whatever_is_no_position_is_no_answer_yet(position):
    with translation.override("en"):
        assert str(marks.answer_word(position)) == "No answer yet"
    assert 'href="#m-none"' in marks.answer_mark(position)


def test_a_mark_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in marks.answer_mark("consent")
    labelled = marks.answer_mark("consent", label="Consent")
    assert 'role="img" aria-label="Consent"' in labelled
    assert "aria-hidden" not in labelled


def test_an_unknown_tone_is_neutral():
    assert marks.status("Odd", "loud") == marks.status("Odd", "neutral")


def test_words_of_states_are_escaped():
    assert "<b>" not in marks.status("<b>", "done")


def test_a_city_stands_in_both_scripts_each_with_its_language():
    with translation.override("de"):
        html = rendered("{% both_scripts city %}", city=MAINZ)
    assert html == 'Mainz <span class="other-script" lang="zh-Hans">美因茨</span>'
    with translation.override("zh-hans"):
        html = rendered("{% both_scripts city %}", city=MAINZ_FOR_CHINESE_READERS)
    assert html == '美因茨 <span class="other-script" lang="en">Mainz</span>'


def test_a_city_without_a_second_name_stands_alone():
    city = SimpleNamespace(name="Fulda", other_script_name="")
    assert rendered("{% both_scripts city %}|{% other_script city %}", city=city).strip() == "Fulda |"


@pytest.mark.parametrize(("language", "written"), [("en", "en"), ("de", "de"), ("zh-hans", "zh-Hans")])
def test_the_language_as_html_writes_it(language, written):
    with translation.override(language):
        assert rendered("{% html_lang %}") == written


def test_the_answer_list_says_position_and_note():
    sides = [
        {
            "label": "German side",
            "answered": 2,
            "total": 4,
            "rows": [
                {"name": "Köln", "position": "consent_with_comment", "note": "by letter"},
                {"name": "Aachen", "position": "objection", "late": True},
                {"name": "Nürnberg", "position": "", "note": "Read 3 February"},
                {"name": "Wuppertal", "position": ""},
            ],
        }
    ]
    with translation.override("en"):
        html = render_to_string("includes/answer_list.html", {"sides": sides})
    words = [part.split("</span>")[0] for part in html.split('<span class="word">')[1:]]
    assert "<h3>German side · 2 of 4</h3>" in html
    assert words == [
        "Consent with comment · by letter",
        "Objection, late, not counted",
        "Read 3 February",
        "No answer yet",
    ]


def test_names_in_the_answer_list_are_escaped_and_may_be_links():
    rows = [
        {"name": "<b>Köln</b>", "position": "objection", "url": "/?a=1&b=2", "lang": "de"},
        {"name": "Foshan", "position": "objection", "note": "<i>"},
    ]
    with translation.override("en"):
        html = marks.answer_items(rows)
    assert '<a href="/?a=1&amp;b=2" lang="de">&lt;b&gt;Köln&lt;/b&gt;</a>' in html
    assert "<span>Foshan</span>" in html
    assert "Objection · &lt;i&gt;" in html
    assert html.count('<li class="is-objection">') == 2


def test_steps_say_which_is_the_current_one():
    steps = [
        {"label": name, "state": state} for name, state in [("A", "done"), ("B", "current"), ("C", "todo")]
    ]
    with translation.override("en"):
        html = rendered("{% progress_line steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert '<span class="visually-hidden">done</span>' in html
    assert '<span class="visually-hidden">still to come</span>' in html
