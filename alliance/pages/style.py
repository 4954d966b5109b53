"""The style page: every piece of a page with sample data, for those who build pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alliance.pages.forms import ChoiceCards, FormHelperMixin

DEADLINE = datetime(2017, 3, 12, 15, 59, tzinfo=UTC)
REFUSED = {"refused-position": "objection", "refused-email": "nobody", "refused-language": "de"}


class StatementSample(FormHelperMixin, forms.Form):
    """A form with one field of each kind."""

    submit_label = "Send the statement"
    submit_note = "Wuppertal’s other officers get a copy."
    secondary_submit = ("draft", "Keep as a draft")
    cancel_url = "#forms"

    position = forms.ChoiceField(
        label="Your answer",
        choices=[
            ("consent", "We consent"),
            ("objection", "We object"),
            ("abstention", "We abstain"),
            ("question", "We have a question first"),
        ],
        widget=ChoiceCards(
            hints={
                "consent": "A comment is welcome and goes to the applicant and all members.",
                "objection": "Please give the reason; the applicant may answer it.",
            }
        ),
        initial="consent",
    )
    comment = forms.CharField(
        label="Comment",
        required=False,
        widget=forms.Textarea(attrs={"placeholder": "In German, Chinese or English", "rows": 3}),
    )
    email = forms.EmailField(label="Work e-mail", help_text="The address of the office, not a private one.")
    dated = forms.DateField(label="Date on the letter", widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(
        label="Language", choices=[("de", "Deutsch"), ("zh-hans", "中文"), ("en", "English")]
    )
    proof = forms.FileField(label="Proof", required=False, help_text="PDF, PNG or JPEG, up to 20 MB.")
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        choices=[("trade", "Trade"), ("research", "Research"), ("training", "Training")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="I speak for Wuppertal as its lead officer")

    def get_layout(self) -> Layout:
        return Layout(
            "position",
            "comment",
            Div("email", "dated", css_class="form-columns"),
            Div(Field("language"), "proof", css_class="form-columns"),
            "topics",
            "agreed",
        )


def style(request: HttpRequest) -> HttpResponse:
    """The style page, in the demonstration and in development only."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "pages/style.html", sample())


def sample() -> dict[str, Any]:
    """Sample data for every include, as the views of pages would hand it over."""
    refused = StatementSample(
        {"position": "objection", "email": "nobody", "language": "de"}, prefix="refused"
    )
    return {
        "city": SimpleNamespace(name="Mainz", other_script_name="美因茨"),
        "deadline": DEADLINE,
        "crumbs": [("Circulars", "#"), ("2016/01", "")],
        "steps": _progress(),
        "facts": _facts(),
        "letter_facts": _letter_facts(),
        "sides": [_side("Chinese side", CHINESE), _side("German side", GERMAN)],
        "form_steps": _form_steps(),
        "inhabitants": [
            {"year": 2011 + i, "value": value, "status": "p" if i == 5 else ""}
            for i, value in enumerate([200_957, 202_756, 204_268, 206_991, 209_779, 213_528])
        ],
        "growth": [
            {"year": 2005 + i, "value": value, "status": "s" if i > 10 else ""}
            for i, value in enumerate([1.8, 3.9, 2.1, -0.4, -6.2, 4.8, 3.1, 0.7, 0.9, 2.2, 1.7, 1.9])
        ],
        "form": StatementSample(),
        "refused": refused,
        "files": _files(),
        "entries": _entries(),
        "versions": _versions(),
        "changes": CHANGES,
        "definitions": DEFINITIONS,
        **_list(),
    }


def _progress() -> list[dict[str, str]]:
    return [
        {"label": "Applied", "detail": "2 December 2016", "state": "done"},
        {"label": "Complete", "detail": "14 December 2016", "state": "done"},
        {"label": "With the members", "detail": "until 12 March 2017", "state": "current"},
        {"label": "Decision", "detail": "management", "state": "todo"},
        {"label": "Member", "detail": "at the plenary", "state": "todo"},
    ]


def _facts() -> list[dict[str, Any]]:
    return [
        {
            "label": "Closes in",
            "value": "12 days",
            "big": True,
            "lines": ["12 March 2017, 23:59 in Foshan", "12 March 2017, 16:59 in Wuppertal"],
        },
        {
            "label": "Rule",
            "value": "All members consent expressly",
            "links": [{"label": "What that means", "url": "#"}],
        },
        {"label": "Asked", "value": "19 full members on 15 January 2017"},
        {
            "label": "Told",
            "value": "18 of 19",
            "links": [{"label": "Wuppertal’s address failed", "url": "#"}],
        },
    ]


def _letter_facts() -> list[dict[str, Any]]:
    return [
        {"label": "Letter", "value": "German", "url": "#", "links": [{"label": "English (PDF)", "url": "#"}]},
        {"label": "Application of Mainz", "value": "Four sections, version 2", "url": "#"},
    ]


CHINESE: list[tuple[Any, ...]] = [
    ("Foshan", "consent"),
    ("Guiyang", "consent"),
    ("Jiangmen", "consent_with_comment"),
    ("Jiaozuo", "", "Told 15 January"),
    ("Jieyang", "consent"),
    ("Liuzhou", "objection"),
    ("Nanning", "consent", "", True),
    ("Taizhou", "", "Told by post"),
    ("Yunfu", "consent"),
    ("Zhaoqing", "abstention"),
    ("Zhuzhou", "", "Reminded twice"),
]
GERMAN: list[tuple[Any, ...]] = [
    ("Aachen", "consent"),
    ("Ingolstadt", "consent"),
    ("Kelsterbach", "objection", "", False, True),
    ("Köln", "consent_with_comment", "by letter"),
    ("Nürnberg", "", "Read 3 February"),
    ("Raunheim", "consent"),
    ("Rüsselsheim", "consent"),
    ("Wuppertal", "", "Address failed"),
]
CHANGES = [
    {
        "label": "Economic key data",
        "before": "Mainz has 209,779 inhabitants and a strong economy.",
        "after": "Mainz has 213,528 inhabitants (2016) and a strong, varied economy.",
    },
    {
        "label": "Industrial characteristics",
        "before": "Glass, printing, media.",
        "after": "Glass, printing, media.",
    },
    {
        "label": "Cooperation wishes",
        "before": "希望在玻璃工业领域开展合作。",
        "after": "希望在特种玻璃和媒体领域开展合作。",
    },
    {"label": "Present cooperations", "before": "", "after": "Partnership with Qingdao since 2014."},
]
DEFINITIONS = [
    {"term": "All expressly", "text": "Every member consents in words; an abstention stands in the way."},
    {"term": "No objection", "text": "Nobody objects, and at least one consents."},
    {"term": "Share of answers", "text": "Two thirds of those who say yes or no say yes."},
    {"term": "Both sides", "text": "The share is reached on the Chinese and on the German side."},
]


def _side(label: str, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    names = ("name", "position", "note", "late", "contested")
    answered = sum(1 for row in rows if row[1])
    return {
        "label": label,
        "answered": answered,
        "total": len(rows),
        "rows": [{"url": "#", **dict(zip(names, row, strict=False))} for row in rows],
    }


def _form_steps() -> list[dict[str, Any]]:
    return [
        {"label": "Economic key data", "url": "#", "state": "done"},
        {"label": "Industrial characteristics", "url": "#", "state": "done"},
        {"label": "Present cooperations", "url": "#", "state": "missing", "current": True},
        {"label": "Cooperation wishes", "url": "#", "state": "todo"},
        {"label": "Attachments", "url": "#", "state": "todo", "detail": "2 files"},
        {"label": "Summary", "url": "#", "state": "todo"},
    ]


def _files() -> list[dict[str, Any]]:
    return [
        {
            "name": "Resolution of the city council",
            "url": "#",
            "kind": "Resolution",
            "language": "German",
            "date": date(2016, 11, 30),
            "reference": "1720/2016",
            "size": 412_310,
            "sha256": "7f3a91c20be44d1f0c9e6a52b7d8e3f1a4c5b6d7e8f90123456789abcdef0123",
            "remove_url": "#",
        },
        {"name": "美因茨市概况.pdf", "url": "#", "kind": "Annex", "language": "中文", "size": 2_031_616},
    ]


def _entries() -> list[dict[str, Any]]:
    return [
        {"at": DEADLINE, "text": "The circular closed by itself", "by": ""},
        {
            "at": datetime(2017, 2, 3, 8, 20, tzinfo=UTC),
            "text": "Köln consents, by letter",
            "by": "Li Na, secretariat",
            "note": "Letter of 30 January, received 2 February.",
            "url": "#",
        },
        {"at": date(2016, 12, 2), "text": "Mainz applied", "by": "Anna Weber"},
    ]


def _versions() -> list[dict[str, Any]]:
    return [
        {"label": "Version 2", "url": "#", "at": date(2016, 12, 14), "by": "Anna Weber", "current": True},
        {"label": "Version 1", "url": "#", "at": date(2016, 12, 2), "by": "Anna Weber", "compare_url": "#"},
    ]


class FilterSample(forms.Form):
    """Search and two filters, as lists have them."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    country = forms.ChoiceField(
        label="Country", choices=[("", "Both countries"), ("cn", "China"), ("de", "Germany")]
    )
    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), ("full", "Full members")])


def _list() -> dict[str, Any]:
    head = SimpleNamespace
    pages = [("1", "", True), ("2", "?page=2", False), ("…", "", False), ("9", "?page=9", False)]
    return {
        "filter": SimpleNamespace(
            form=FilterSample(use_required_attribute=False), first_folded="country", unfolded=False
        ),
        "whole_list_url": "",
        "kept_parameters": [("sort", "name")],
        "heads": [
            head(label="City", url="?sort=-name", direction="ascending", numeric=False),
            head(label="Kind", url="", direction="", numeric=False),
            head(label="State", url="", direction="", numeric=False),
            head(label="Member since", url="?sort=since", direction="", numeric=False),
            head(label="Inhabitants", url="?sort=inhabitants", direction="", numeric=True),
        ],
        "rows": [
            ("Foshan", "佛山", "City", "Full member", "done", date(2016, 4, 25), 7_431_000),
            ("Mainz", "美因茨", "City", "With the members", "active", None, 213_528),
            ("Rhein-Kreis Neuss", "莱茵-诺伊斯县", "County", "Waits for papers", "waiting", None, 451_007),
            ("Köln", "科隆", "City", "Withdrawal runs", "warning", date(2016, 4, 25), 1_060_582),
            ("Osnabrück", "奥斯纳布吕克", "City", "Ended", "ended", date(2016, 4, 25), 164_070),
            ("Fulda", "富尔达", "City", "Draft", "neutral", None, 67_253),
        ],
        "page_links": [
            SimpleNamespace(label=label, url=url, current=current) for label, url, current in pages
        ],
        "previous_url": "",
        "next_url": "?page=2",
        "page_obj": SimpleNamespace(start_index=1, end_index=25, paginator=SimpleNamespace(count=213)),
        "exports": [("csv", "?format=csv"), ("xlsx", "?format=xlsx")],
    }
