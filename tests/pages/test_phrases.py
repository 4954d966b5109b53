"""Words put together as each language does it."""

import pytest
from django.template import Context, Template
from django.utils.translation import override
from django_filters import ChoiceFilter

from alliance.pages.phrases import enumerated, labelled, percentage


def test_a_label_is_followed_by_the_colon_of_the_language():
    assert labelled("Partner", "Dijon") == "Partner: Dijon"
    assert labelled("", "Dijon") == "Dijon"
    with override("zh-hans"):
        assert labelled("合作伙伴", "第戎") == "合作伙伴：第戎"


def test_in_templates_both_parts_are_escaped_once():
    page = Template('{% load pages %}{% labelled "" label as one %}{% labelled label one %}')

    assert page.render(Context({"label": "<b>&"})) == "&lt;b&gt;&amp;: &lt;b&gt;&amp;"


def test_a_filter_without_a_choice_says_all():
    assert str(ChoiceFilter(choices=[("a", "A")]).field.empty_label) == "All"


@pytest.mark.parametrize(
    ("language", "listed", "share"),
    [("en", "Aachen, Foshan", "85%"), ("de", "Aachen, Foshan", "85 %"), ("zh-hans", "Aachen、Foshan", "85%")],
)
def test_words_of_a_list_and_shares_are_written_as_the_language_writes_them(language, listed, share):
    with override(language):
        assert (enumerated(["Aachen", "Foshan"]), percentage(85)) == (listed, share)
