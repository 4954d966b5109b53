"""What is written about a firm's own sheet: to the firm, and to who keeps its entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.accounts.models import User
from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind
from alliance.pages.moments import moment_text
from companies.actions.keepers import keepers_of
from companies.models import Company, SheetLink, SheetSubmission

Compose = Callable[[], tuple[str, str]]


def send_link(link: SheetLink, token: str, *, by: User | None, at: datetime) -> None:
    """The mail with the link; it opens nothing but the firm's own sheet."""

    def compose() -> tuple[str, str]:
        words = {**names_of(link.company), "moment": moment_text(link.expires_at)}
        return _("Your company in the database for investment cooperation: %(company)s") % words, paragraphs(
            _(
                "%(city)s keeps an entry on your company in the company database of the Sino-German "
                "Industrial Cities Alliance, and asks you to look at it and to complete it."
            )
            % words,
            _(
                "The link below leads to your own sheet; you need no account. Opening it changes nothing. "
                "What you send is compared by the city before it is taken over."
            ),
            _("The link is valid until %(moment)s. If it is not meant for you, please ignore it.") % words,
        )

    path = reverse("companies:own_sheet", args=[token])
    write(LetterKind.INVITATION, compose, [firm_of(link)], by=by, at=at, path=path, confidential=True)


def tell_submitted(submission: SheetSubmission, *, at: datetime) -> None:
    """Who keeps the entry learns that there is something to compare."""
    company = submission.link.company

    def compose() -> tuple[str, str]:
        words = names_of(company)
        return _("%(company)s has filled in its sheet") % words, paragraphs(
            _("The firm has filled in its own sheet by the link it was sent."),
            _("Please compare it with the entry, and take over what is right or tell the firm why not."),
        )

    to = keepers_of(company.city, at=at)
    write(LetterKind.NOTICE, compose, to, by=None, at=at, path=submission.get_absolute_url())


def tell_taken_over(submission: SheetSubmission, *, left: int, by: User | None, at: datetime) -> None:
    """The firm learns what became of its sheet."""

    def compose() -> tuple[str, str]:
        taken = len(submission.taken)
        words = {**names_of(submission.link.company), "count": taken}
        said = ngettext("%(count)s value was taken over.", "%(count)s values were taken over.", taken)
        not_taken = ngettext(
            "%(count)s value was left as it is.", "%(count)s values were left as they are.", left
        )
        return _("Your sheet was taken over: %(company)s") % words, paragraphs(
            _("Thank you. %(city)s has looked at what you filled in.") % words,
            said % words if taken else _("Everything in the entry was right already."),
            not_taken % {"count": left} if left else "",
        )

    write(LetterKind.CONFIRMATION, compose, [firm_of(submission.link)], by=by, at=at)


def tell_refused(submission: SheetSubmission, *, by: User | None, at: datetime) -> None:
    """The firm learns that its sheet was not taken over, and why."""

    def compose() -> tuple[str, str]:
        words = {**names_of(submission.link.company), "reason": submission.note}
        return _("Your sheet was not taken over: %(company)s") % words, paragraphs(
            _("%(city)s has looked at what you filled in. The entry stays as it is.") % words,
            _("Reason: %(reason)s") % words,
            _("If you have questions, please turn to the city."),
        )

    write(LetterKind.NOTICE, compose, [firm_of(submission.link)], by=by, at=at)


def firm_of(link: SheetLink) -> Addressee:
    return Addressee(link.email, link.language, name=link.company.registered_name)


def names_of(company: Company) -> dict[str, str]:
    return {"company": company.name, "city": company.city.name}


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
