"""A circular on paper: one PDF a language, made when it is issued and kept as it went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from alliance.letters.actions import Enclosure
from alliance.letters.models import LetterAttachment
from alliance.letters.paper import Fact, Section, Sheet, typeset
from alliance.pages.files import PDF
from alliance.pages.moments import day_text, moment_lines
from cities.states import Country
from membership.actions import texts
from membership.models import Circular, CircularAttachment
from membership.models.membership import alliance_day
from membership.states import CircularKind

TEMPLATE = "letter"
CODES = {language: ending for ending, language in texts.LANGUAGES.items()}
"""Language of a copy, and its short form in file names and addresses."""


@dataclass(frozen=True)
class Frozen:
    """What a paper says besides the circular's own row, read once for all languages."""

    sides: Mapping[str, int]
    observers: int
    files: Sequence[CircularAttachment]

    @classmethod
    def of(cls, circular: Circular) -> Frozen:
        sides = circular.electors.order_by().values_list("side").annotate(Count("pk"))
        observers = circular.addressees.filter(elector__isnull=True).count()
        return cls(dict(sides), observers, list(circular.attachments.all()))


def enclosures_of(circular: Circular) -> list[Enclosure]:
    """The sealed circular as a PDF in each language, for the copies in that language."""
    frozen = Frozen.of(circular)
    return [
        Enclosure(filename_of(circular, ending), PDF, paper_of(circular, ending, frozen), language)
        for language, ending in CODES.items()
    ]


def stored_paper(circular: Circular, ending: str) -> LetterAttachment | None:
    """The PDF that went out in a language: zh, de or en."""
    language = texts.LANGUAGES.get(ending)
    if language is None or circular.letter_id is None:
        return None
    rows = LetterAttachment.objects.filter(letter=circular.letter_id, language=language)
    return rows.filter(filename=filename_of(circular, ending)).first()


def filename_of(circular: Circular, ending: str) -> str:
    return f"circular-{circular.slug or 'draft'}-{ending}.pdf"


def verify_address(circular: Circular) -> str:
    """Where anybody who holds a copy can verify it."""
    return f"{settings.SITE_URL}/verify/{circular.code}/"


def paper_of(circular: Circular, ending: str, frozen: Frozen | None = None) -> bytes:
    """The circular as a PDF in one language; a draft is marked as one. The same circular, the same bytes."""
    at = circular.issued_at or circular.drafted_at
    with override(texts.LANGUAGES[ending]):
        return typeset(TEMPLATE, sheet_of(circular, ending, frozen or Frozen.of(circular)).as_data(), at=at)


def sheet_of(circular: Circular, ending: str, frozen: Frozen) -> Sheet:
    """What stands on it, in the active language."""
    sections = [particulars(circular, frozen), attachments(frozen)]
    if circular.seal:
        sections.append(seal(circular))
    return Sheet(
        title=texts.put_in(getattr(circular, f"subject_{ending}"), circular),
        text=texts.put_in(getattr(circular, f"body_{ending}"), circular),
        addressed=addressed_to(circular),
        dated=day_text(alliance_day(circular.issued_at)) if circular.issued_at else "",
        reference=" · ".join(filter(None, [title_of(circular), str(circular.get_kind_display())])),
        sections=[section for section in sections if section.facts or section.rows],
        footer=" · ".join(
            filter(None, [title_of(circular), verify_address(circular) if circular.seal else ""])
        ),
        seal=_("Seal: %(seal)s") % {"seal": circular.seal} if circular.seal else "",
        mark="" if circular.seal else _("Draft"),
    )


def title_of(circular: Circular) -> str:
    return _("Circular %(number)s") % {"number": circular.label} if circular.label else ""


def addressed_to(circular: Circular) -> str:
    if circular.side == Country.CHINA:
        return _("To the Chinese member cities")
    if circular.side == Country.GERMANY:
        return _("To the German member cities")
    return _("To all member cities")


def particulars(circular: Circular, frozen: Frozen) -> Section:
    """Issue, deadline, rule and who is asked."""
    return Section(_("Particulars"), facts=list(particular_facts(circular, frozen)))


def particular_facts(circular: Circular, frozen: Frozen) -> Iterator[Fact]:
    if circular.issued_at:
        yield Fact(_("Issued"), moment_lines(circular.issued_at))
    if circular.deadline:
        acknowledges = circular.kind == CircularKind.INFORMATION
        yield Fact(
            _("Please acknowledge by") if acknowledges else _("Deadline"), moment_lines(circular.deadline)
        )
    if rule := texts.rule_in_words(texts.rule_content(circular)):
        yield Fact(_("Consent rule"), [rule])
    if circular.application and circular.application_version:
        words = {"reference": circular.application.reference, "number": circular.application_version.number}
        yield Fact(_("Application"), [_("%(reference)s, version %(number)d") % words])
    if circular.seal:
        yield from reader_facts(circular, frozen)


def reader_facts(circular: Circular, frozen: Frozen) -> Iterator[Fact]:
    """How many members the circular asks or tells, and how many observers get it."""
    size = sum(frozen.sides.values())
    asks = circular.kind == CircularKind.ACCESSION
    lines = [ngettext("%(count)d member", "%(count)d members", size) % {"count": size}]
    if len(frozen.sides) == len(Country.values):
        both = {"china": frozen.sides[Country.CHINA], "germany": frozen.sides[Country.GERMANY]}
        lines.append(_("Chinese side: %(china)d, German side: %(germany)d") % both)
    yield Fact(_("Members asked") if asks else _("Members told"), lines)
    if count := frozen.observers:
        told = ngettext("%(count)d city, for information", "%(count)d cities, for information", count)
        yield Fact(_("Observers"), [told % {"count": count}])


def attachments(frozen: Frozen) -> Section:
    rows = [(row.filename, row.get_language_display(), row.sha256) for row in frozen.files]
    heads = (_("File"), _("Language"), "SHA-256")
    return Section(_("Attachments"), heads=heads, rows=rows, columns=(4, 1.4, 6), mono=(2,))


def seal(circular: Circular) -> Section:
    """How whoever holds the paper finds out whether the record was changed since."""
    word = partial(Fact, mono=True)
    return Section(
        _("Seal"),
        paragraphs=[
            _(
                "Texts, attachments, rule, deadline and the list of members are frozen. Their digest is this "
                "seal; whoever holds this paper can verify at any time that nothing was changed since."
            )
        ],
        facts=[
            word(_("Seal (SHA-256)"), [circular.seal]),
            word(_("Verification code"), [circular.code]),
            Fact(_("Verify at"), [verify_address(circular)]),
            *([word(_("Newest hash of the trail"), [circular.trail_head])] if circular.trail_head else []),
        ],
    )
