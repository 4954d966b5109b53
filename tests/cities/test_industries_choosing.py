"""Choosing an industry: searching in three languages, the field of a form, and the pages."""

import pytest
from django import forms
from django.urls import reverse
from django.utils import translation

from cities.actions.industry_search import MOST, find, meant
from cities.forms.industries import IndustryChoice
from cities.models import Industry

pytestmark = pytest.mark.django_db


def codes(q):
    return [row.code for row in find(q)]


# Finding


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("陶瓷", "2393"),
        ("陶瓷制造", "2393"),
        ("taoci", "2393"),
        ("ceramic", "2393"),
        ("ceramics", "2393"),
        ("keramische Erzeugnisse", "2393"),
        ("Keramik", "2393"),
        ("Werkzeugmaschinen", "2822"),
        ("werkzeug", "2822"),
        ("机床", "2822"),
        ("jichuang", "2822"),
        ("機床", "2822"),
        ("Koernern", None),
        ("Möbel", "3100"),
        ("moebel", "3100"),
        ("mobel", "3100"),
        ("家具制造", "3100"),
        ("23.93", "2393"),
        ("C 23.93", "2393"),
        ("2393", "2393"),
        ("239", "2393"),
        ("Maschinenbau", "28"),
        ("软件", "5820"),
    ],
)
def test_an_industry_is_found_by_words_of_any_language_and_by_code(q, code):
    assert (code in codes(q)) if code else codes(q) == []


def test_what_is_called_exactly_so_stands_first_and_inside_words_comes_later():
    assert codes("Maschinenbau")[0] == "28"
    machines = [row.code for row in find("Maschinen", most=100)]
    assert machines.index("2821") < machines.index("2822")


def test_a_group_that_is_one_class_is_offered_once():
    assert "275" not in codes("Haushaltsgeräten")
    assert "2750" in codes("Haushaltsgeräten")
    assert {"139", "1399"} <= set(codes("other textiles"))


@pytest.mark.parametrize("q", ["", "  ", "!?", "xyzzy", "%", "_", "\\", "a" * 5000, "陶" * 500, "99999"])
def test_what_means_nothing_finds_nothing(q):
    assert codes(q) == []


def test_a_short_question_finds_a_small_list(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        found = find("of")
        assert len(found) == MOST
        [row.path for row in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2393", "2393"),
        ("23.93", "2393"),
        ("C 23.93", "2393"),
        ("c2393", "2393"),
        ("2393 其他陶瓷制品的制造", "2393"),
        ("2393 Manufacture of other porcelain and ceramic products", "2393"),
        ("其他陶瓷制品的制造", "2393"),
        ("maschinenbau", "28"),
        ("Manufacture of furniture", "3100"),
        ("C", "C"),
        ("C Manufacturing", "C"),
        ("1101", "1101"),
        ("D 23.93", None),
        ("2393 Maschinenbau", None),
        ("2341", None),
        ("Keramik", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_code_or_a_whole_label_means_one_industry(text, code):
    row = meant(text)
    assert (row.code if row else None) == code


# The field


class CompanyForm(forms.Form):
    name = forms.CharField()
    industry = IndustryChoice(required=False)


def sent(**data):
    return CompanyForm({"name": "Glas AG", **data})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"industry_text": "2393"}, "2393"),
        ({"industry_text": "2393", "industry_search": "", "industry_shown": "2393"}, "2393"),
        ({"industry_text": "Maschinenbau"}, "28"),
        ({"industry_text": "金属成型机械和机床的制造"}, "2822"),
        ({"industry_text": "Keramik", "industry_shown": "Keramik", "industry": "2393"}, "2393"),
        ({"industry": "2393"}, "2393"),
        ({"industry_text": "", "industry_shown": "Keramik", "industry": "2393"}, None),
        ({}, None),
    ],
)
def test_a_code_a_label_or_a_choice_is_an_industry(data, code):
    form = sent(**data)
    assert form.is_valid()
    row = form.cleaned_data["industry"]
    assert (row.code if row else None) == code


def test_another_text_counts_more_than_what_was_chosen_for_the_one_before():
    form = sent(industry_text="3100", industry_shown="Keramik", industry="2393")
    assert form.is_valid()
    assert form.cleaned_data["industry"].code == "3100"


def test_when_several_may_be_meant_they_are_offered_and_what_was_typed_stays():
    form = sent(industry_text="Maschinen", industry_shown="", industry="")
    assert form.errors["industry"] == ["Several industries may be meant. Choose one of those found."]
    html = str(form["industry"])
    assert 'value="Maschinen"' in html
    assert 'type="radio" name="industry" value="2821"' in html
    assert "Manufacturing ›" in html
    assert "there are more: add a word" in html
    assert str(form["name"]).count("Glas AG") == 1


def test_an_unknown_industry_is_refused_with_a_sentence():
    assert sent(industry_text="Rübenzucker Zucker").errors["industry"] == [
        "No industry is called “Rübenzucker Zucker”."
        " Try another word for it, a broader one, or its ISIC code."
    ]


def test_the_button_search_offers_and_saves_nothing():
    form = sent(industry_text="2393", industry_shown="", industry_search="1")
    assert form.errors["industry"] == ["Choose one of the industries found, then send the form again."]
    assert 'name="industry" value="2393" checked' in str(form["industry"])


def test_enter_in_another_line_of_a_form_whose_industry_is_settled_is_no_search():
    """A browser presses the first button of a form, which may be ours."""
    form = sent(industry_text="Keramik", industry_shown="Keramik", industry="2393", industry_search="1")
    assert form.is_valid()


def test_an_unknown_industry_forgets_what_was_chosen_before():
    form = sent(industry_text="xyzzy", industry_shown="2393 …", industry="2393")
    assert not form.is_valid()
    assert 'value="2393"' not in str(form["industry"])


def test_a_required_industry_is_asked_for():
    field = IndustryChoice()
    with pytest.raises(forms.ValidationError, match="This field is required"):
        field.clean(field.widget.value_from_datadict({"i_text": " "}, {}, "i"))


@pytest.mark.parametrize("kept", ["row", "pk", "code"])
def test_a_kept_industry_is_written_out_and_comes_back_unchanged(kept):
    row = Industry.objects.get(code="2393")
    initial = {"industry": {"row": row, "pk": row.pk, "code": row.code}[kept]}
    html = str(CompanyForm(initial=initial)["industry"])
    label = "2393 Manufacture of other porcelain and ceramic products"
    assert f'value="{label}"' in html
    assert 'type="radio"' not in html
    back = CompanyForm(
        {"name": "a", "industry_text": label, "industry_shown": label, "industry": "2393"}, initial=initial
    )
    assert back.is_valid()
    assert back.cleaned_data["industry"] == row
    assert "industry" not in back.changed_data
    other = CompanyForm({"name": "a", "industry_text": "3100"}, initial=initial)
    assert "industry" in other.changed_data
    assert "industry" in CompanyForm({"name": "a", "industry_text": ""}, initial=initial).changed_data


def test_no_form_draws_hundreds_of_options():
    for form in (CompanyForm(), sent(industry_text="of"), CompanyForm(initial={"industry": "C"})):
        html = str(form["industry"])
        assert html.count("<input") <= MOST + 3
        assert len(html) < 15_000


# The pages


def test_while_typing_the_server_sends_what_may_be_meant(client):
    page = client.get(reverse("cities:industries"), {"field": "a-industry", "a-industry_text": "陶瓷"})
    html = page.content.decode()
    assert 'type="radio" name="a-industry" value="2393"' in html
    assert 'name="a-industry_shown" value="陶瓷"' in html
    assert "<html" not in html


@pytest.mark.parametrize("field", ["<b>", "1a", 'x"y', "a" * 100])
def test_only_names_of_fields_are_answered(client, field):
    assert client.get(reverse("cities:industries"), {"field": field}).status_code == 404


def test_the_page_shows_the_tree_and_what_is_found(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = client.get(reverse("cities:industries")).content.decode()
    assert page.count("<details") >= 21
    assert reverse("cities:industry", args=["23"]) in page
    with django_assert_max_num_queries(6):
        found = client.get(reverse("cities:industries"), {"q": "机床"}).content.decode()
    assert reverse("cities:industry", args=["2822"]) in found
    nothing = client.get(reverse("cities:industries"), {"q": "xyzzy"}).content.decode()
    assert "No industry is called so" in nothing


@pytest.mark.parametrize("code", ["C", "23", "239", "2393"])
def test_the_page_of_an_industry_says_what_it_is_called_and_what_belongs_to_it(
    client, code, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        page = client.get(reverse("cities:industry", args=[code])).content.decode()
    row = Industry.objects.get(code=code)
    assert row.name_zh in page
    assert row.name_de in page
    shown = {child.code for child in row.children.all()}
    assert all(reverse("cities:industry", args=[below]) in page for below in shown)


def test_an_unknown_industry_has_no_page(client):
    assert client.get(reverse("cities:industry", args=["9999"])).status_code == 404
    assert client.get(reverse("cities:industry", args=["陶瓷"])).status_code == 404


def test_labels_are_in_the_language_of_the_page():
    with translation.override("zh-hans"):
        assert "其他陶瓷制品的制造" in str(CompanyForm(initial={"industry": "2393"})["industry"])
