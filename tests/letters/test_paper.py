"""Letters as PDF: what stands on them, for whom they can be read, and that they come out the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from alliance.letters.paper import Fact, Section, Sheet, typeset, unprintable
from alliance.letters.paper.sheets import paragraphs
from tests.factories.papers import information_of, pages_of, root_of, squeezed, tags_of

AT = datetime(2017, 1, 29, 2, 0, tzinfo=UTC)
SEAL = "0123456789abcdef" * 4
LONG = "Die Wirtschaftsförderungsgesellschaft berichtet über Zusammenarbeit. " * 40


def sheet(**changes):
    content = {
        "title": "Shall Mainz join?",
        "text": "Dear officers,\n\nMainz has applied.",
        "sections": [Section("Particulars", facts=[Fact("Deadline", ["12 March 2017"])])],
        "footer": "Circular 2017/01",
        "seal": SEAL,
    }
    return Sheet(**{**content, **changes})


def made(language="en", template="letter", at=AT, **changes):
    with override(language):
        return typeset(template, sheet(**changes).as_data(), at=at)


@pytest.mark.parametrize("template", ["letter", "record"])
def test_same_sheet_same_bytes(template):
    assert made(template=template) == made(template=template)
    assert made(template=template) != made(template=template, title="Shall Trier join?")
    assert made(template=template) != made(template=template, at=AT + timedelta(days=1))


@pytest.mark.parametrize(
    ("language", "tag", "name"),
    [
        ("en", "en-GB", "Sino-German Industrial Cities Alliance"),
        ("de", "de-DE", "Chinesisch-Deutsche Industriestädteallianz"),
        ("zh-hans", "zh-CN", "中德工业城市联盟"),
    ],
)
def test_it_is_tagged_for_screen_readers_and_says_its_language(language, tag, name):
    content = made(language)
    root = root_of(content)
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (tag, True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert information_of(content).title == "Shall Mainz join?"
    assert information_of(content).author == name
    assert information_of(content).creation_date == AT
    assert b"pdfuaid:part" in content
    assert pages_of(content)[0].startswith(name)


def test_headings_facts_and_lists_are_tagged_as_what_they_are():
    rows = [["a.pdf", "German"], ["b.pdf", "Chinese"]]
    tags = tags_of(made(sections=[
        Section("Facts", facts=[Fact("Deadline", ["12 March"]), Fact("Rule", ["All"])]),
        Section("Files", heads=["File", "Language"], rows=rows),
    ]))  # fmt: skip
    assert [tag for tag in tags if tag in ("/H1", "/H2")] == ["/H1", "/H2", "/H2"]
    assert (tags.count("/LI"), tags.count("/Lbl"), tags.count("/LBody")) == (2, 2, 2)
    assert (tags.count("/TH"), tags.count("/TD"), tags.count("/TR")) == (2, 4, 3)
    assert tags.count("/P") >= 2


def test_what_people_write_is_never_markup():
    signs = (
        '#strong[x] *fett* $x^2$ \\ "so" _a_ `c` @ref <label> //n /*n*/ = no - no + https://x.example ~ --'
    )
    page = pages_of(made(text=signs, title=f"T {signs}", reference=signs, footer="#pagebreak() *f*"))[0]
    assert squeezed(page).replace("\u200b", "").count(squeezed(signs)) == 3
    assert "#pagebreak()*f*" in squeezed(page)


def test_seal_and_number_of_the_page_stand_on_every_page():
    pages = pages_of(made("de", text="\n\n".join([LONG] * 4)))
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert SEAL in page  # in one piece, to be copied
        assert "Circular 2017/01" in page
        assert f"Seite {number} von 3" in page


def test_german_is_hyphenated_and_chinese_is_indented_and_keeps_its_punctuation():
    german = made("de", text="Donaudampfschifffahrtsgesellschaftskapitän " * 30)
    assert "Do-" in pages_of(german)[0].replace("\u00ad", "-") or "-" in pages_of(german)[0]
    chinese = pages_of(made("zh-hans", title="通函", text="现就此征求贵市意见，“引号”与《书名》。" * 20))[0]
    assert "“引号”与《书名》。" in squeezed(chinese)


def test_letters_the_font_lacks_come_from_another_and_signs_that_none_has_are_marked():
    content = made(text="Müşerref Łukasz Ğ 😀 e\u0301\u0007")
    assert "Müşerref Łukasz Ğ 〓 é" in pages_of(content)[0]


def test_unprintable_signs_are_named_once_each():
    assert unprintable(["Grüße 市 ş ½", "\n\t\u00a0"]) == []
    assert unprintable({"a": ["😀 x 😀", "𪚥"]}) == ["😀", "𪚥"]


def test_a_word_as_long_as_a_line_is_broken():
    page = pages_of(made(text="x" * 300))[0]
    assert "x" * 300 in squeezed(page).replace("\u200b", "")


def test_a_draft_is_marked():
    assert "DRAFT" in squeezed(pages_of(made(mark="DRAFT"))[0])


def test_paragraphs_are_split_by_empty_lines_and_keep_their_line_breaks():
    assert paragraphs("a\r\nb  \n\n\n  c\n \nd") == [[["a"], ["b"]], [["  c"]], [["d"]]]
    assert paragraphs(" \n\n") == []


def test_in_german_paragraphs_long_words_are_pieces_of_their_own():
    line = "Die Zusammenarbeitsvereinbarung, Städtepartnerschaftsverträge und Wirtschaftskraft."
    with override("de"):
        pieces = ["Die ", "Zusammenarbeitsvereinbarung", ", ", "Städtepartnerschaftsverträge"]
        assert paragraphs(line) == [[[*pieces, " und Wirtschaftskraft."]]]
    with override("en"):
        assert paragraphs(line) == [[[line]]]


def test_short_german_words_stay_whole_in_paragraphs():
    [page] = pages_of(made("de", text="Wirtschaftskraft Mitgliedschaft " * 40))
    assert [page.count(word) for word in ("Wirtschaftskraft", "Mitgliedschaft")] == [40, 40]


def test_several_threads_share_the_compiler():
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda number: made(title=f"No. {number % 2}"), range(12)))
    assert found == [made(title=f"No. {number % 2}") for number in range(12)]


def test_no_file_of_the_machine_is_read():
    """Templates are all that the typesetter can reach, and data names no file."""
    page = pages_of(made(text='#read("/etc/hostname") #image("frame.typ")'))[0]
    assert '#read("/etc/hostname")' in page
