"""What a company offers and looks for, in the reader's language as far as it is written in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alliance.pages.marks import status
from cities.models.city import active_ending, language_shown
from cities.states import Scheme, TextLanguage
from companies.models import Company
from companies.states import TranslationState
from companies.views import company_facts
from companies.views.words import cooperation_words

HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}
LANGUAGES = {"zh": TextLanguage.CHINESE, "de": TextLanguage.GERMAN, "en": TextLanguage.ENGLISH}
TONES = {
    TranslationState.ORIGINAL: "done",
    TranslationState.CHECKED: "done",
    TranslationState.UNCHECKED: "waiting",
}


@dataclass(frozen=True)
class Text:
    """A text, the language it stands in, and where it comes from."""

    text: str
    lang: str = ""
    elsewhere: str = ""
    origin: SafeString | str = ""


def text_of(company: Company, field: str) -> Text:
    """A text in the reader's language, else in the first there is, which is then said."""
    ending = language_shown(company, field)
    if not ending:
        return Text("")
    elsewhere = "" if ending == active_ending() else str(LANGUAGES[ending].label)
    text = getattr(company, f"{field}_{ending}")
    return Text(text, HTML_LANGUAGE[ending], elsewhere, origin(company, ending))


def origin(company: Company, ending: str) -> SafeString | str:
    """Original or translation; nothing is said of an original in the reader's language."""
    state = getattr(company, f"translation_{ending}")
    if not state or (state == TranslationState.ORIGINAL and ending == active_ending()):
        return ""
    return status(TranslationState(state).label, TONES[TranslationState(state)])


def offer(company: Company) -> dict[str, Any]:
    """What it does: texts, place among the industries, products."""
    industry = company.industry
    path = industry.path if industry else []
    return {
        "short": text_of(company, "short"),
        "long": text_of(company, "long"),
        "path": [{"code": one.code, "name": one.name} for one in path],
        "national": national(company),
        "products": company.products,
        "said": bool(path or company.products or text_of(company, "long").text),
    }


def national(company: Company) -> str:
    """The national code that the industry came from."""
    if not company.national_code or company.national_scheme == Scheme.ISIC4:
        return ""
    words = {"scheme": company.get_national_scheme_display(), "code": company.national_code}
    return _("%(scheme)s: %(code)s") % words


def interest(company: Company) -> dict[str, Any]:
    """What it looks for in the other country, and what it has done there."""
    direction = company.get_investment_direction_display() if company.investment_direction else ""
    experience = company.get_experience_display() if company.experience else ""
    return {
        "direction": direction,
        "forms": cooperation_words(company),
        "measure": company_facts.investment(company),
        "experience": experience,
        "experience_note": company.experience_note,
        "said": bool(direction or company.cooperation_forms or company.investment_band or experience),
    }
