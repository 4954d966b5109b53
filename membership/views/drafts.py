"""Preparing a circular: texts, rule, deadline, files; looking at it; issuing or discarding it."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from alliance.pages.files import as_download
from alliance.pages.moments import day_text
from alliance.pages.views import ActionFormView, ActionView, OfOneObject
from cities.models import City
from membership.actions import circular_files, circulars, information
from membership.forms.circulars import AttachForm, DraftForm
from membership.forms.information import InformationForm
from membership.models import Circular, CircularAttachment, ConsentRule, MembershipCity
from membership.models.membership import alliance_day
from membership.states import CircularKind, CircularState, MembershipKind

HTML_TAGS = {"zh-hans": "zh-Hans"}
LANGUAGE_NAMES = {"zh-hans": "中文", "de": "Deutsch", "en": "English"}
PAPER_LANGUAGES = [("zh", "zh-Hans", "中文"), ("de", "de", "Deutsch"), ("en", "en", "English")]


class OfOneDraft(OfOneObject):
    """A view of a draft: staff see it, the secretariat works on it, for everybody else there is none."""

    request: Any

    def visible_rows(self) -> QuerySet[Circular]:
        drafts = Circular.objects.filter(state=CircularState.DRAFT).select_related("application", "rule")
        return drafts if self.request.user.is_staff else drafts.none()

    @cached_property
    def object(self) -> Circular:
        """The draft of that key."""
        return get_object_or_404(self.visible_rows(), pk=self.kwargs["pk"])

    @cached_property
    def now(self) -> Any:
        """One moment for everything that is computed for this request."""
        return timezone.now()

    def address(self, name: str, *more: Any) -> str:
        return reverse(f"membership:{name}", args=[self.object.pk, *more])

    def crumbs(self, last: str = "") -> list[tuple[str, str]]:
        first = (_("Circulars"), reverse("membership:circulars"))
        draft = (_("Draft"), self.object.get_absolute_url() if last else "")
        return [first, draft, (last, "")] if last else [first, draft]


class ForSecretariat(OfOneDraft):
    """What only the secretariat does with a draft."""

    def visible_rows(self) -> QuerySet[Circular]:
        rows = super().visible_rows()
        return rows if self.request.user.is_secretariat else rows.none()


class DraftPage(OfOneDraft, TemplateView):
    """The draft with everything to consider before it goes out."""

    template_name = "membership/draft_page.html"
    bound: dict[str, forms.BaseForm]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft, day = self.object, alliance_day(self.now)
        working = self.request.user.is_secretariat
        context = {
            "draft": draft,
            "crumbs": self.crumbs(),
            "warnings": circulars.warnings(draft, at=self.now),
            "leaderless": [city for city in circulars.cities_without_lead(day) if goes_to(draft, city)],
            "follows": what_follows(day, draft.side),
            "attachments": self.attachments(working),
            "letter_languages": languages(),
            "draft_form": self.draft_form() if working else None,
            "attach_form": self.attach_form() if working else None,
        }
        return super().get_context_data(**{**context, **kwargs})

    def draft_form(self) -> forms.BaseForm:
        form = form_of(self.object)(circular=self.object)
        form.form_action = self.object.get_absolute_url()
        return form

    def attach_form(self) -> forms.BaseForm:
        form = AttachForm()
        form.form_action = self.address("draft_attach")
        return form

    def attachments(self, working: bool) -> list[dict[str, Any]]:
        return [
            {
                "name": row.filename,
                "url": self.address("draft_attachment", row.pk),
                "language": row.get_language_display(),
                "size": row.size,
                "sha256": row.sha256,
                "remove_url": self.address("draft_detach", row.pk) if working else "",
            }
            for row in self.object.attachments.all()
        ]


class DraftEdit(DraftPage, ActionFormView):  # type: ignore[misc]
    """The same page; what the secretariat writes is kept by POST."""

    done = gettext_lazy("The draft is saved.")

    @cached_property
    def object(self) -> Circular:
        """The draft; only the secretariat writes."""
        rows = self.visible_rows()
        if self.request.method == "POST" and not self.request.user.is_secretariat:
            rows = rows.none()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_class(self) -> Any:
        return form_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "circular": self.object}

    def form_invalid(self, form: Any) -> Any:
        form.form_action = self.object.get_absolute_url()
        return self.render_to_response(self.get_context_data(form=form, draft_form=form))

    def act(self, draft: Circular, data: dict[str, Any]) -> Any:
        save = information.save if draft.kind == CircularKind.INFORMATION else circulars.save_draft
        saved = save(draft, **self.form.values(), by=self.request.user, at=self.now)
        if "rule" in self.form.changed_data and "deadline" not in self.form.changed_data:
            self.propose_deadline(data["rule"], data["deadline"])
        return saved

    def propose_deadline(self, rule: ConsentRule, kept: date) -> None:
        """Another rule has another period; the deadline stays until the secretariat says so."""
        proposed = circulars.deadline_from(rule, self.now).astimezone(ZoneInfo(rule.zone)).date()
        if proposed != kept:
            sentence = _(
                "The last day for statements is still %(kept)s. With the period of the rule “%(rule)s” "
                "(%(days)s days from today) it would be %(proposed)s; change it below if you wish."
            )
            values = {"kept": day_text(kept), "rule": rule.name, "days": rule.period_days}
            messages.warning(self.request, sentence % {**values, "proposed": day_text(proposed)})

    def form_valid(self, form: Any) -> Any:
        self.form = form
        return super().form_valid(form)


class DraftPreview(OfOneDraft, TemplateView):
    """The letter in each language, exactly as members will get it."""

    template_name = "membership/draft_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        previews: list[dict[str, Any]] = [
            {
                "text": text,
                "lang": HTML_TAGS.get(text.language, text.language),
                "name": LANGUAGE_NAMES[text.language],
            }
            for text in circulars.preview(self.object)
        ]
        asked = self.request.GET.get("language")
        chosen = [one for one in previews if one["text"].language == asked]
        return super().get_context_data(
            draft=self.object,
            crumbs=self.crumbs(_("Preview")),
            previews=chosen or previews,
            paper_languages=PAPER_LANGUAGES,
            letter_languages=languages(asked if chosen and asked else ""),
            follows=what_follows(alliance_day(self.now), self.object.side),
            **kwargs,
        )


def languages(current: str = "") -> list[dict[str, Any]]:
    return [
        {"code": code, "name": name, "lang": HTML_TAGS.get(code, code), "current": code == current}
        for code, name in LANGUAGE_NAMES.items()
    ]


def form_of(draft: Circular) -> type[DraftForm | InformationForm]:
    """What is filled in depends on what the circular is for."""
    return InformationForm if draft.kind == CircularKind.INFORMATION else DraftForm


def goes_to(draft: Circular, city: City) -> bool:
    return draft.side in ("", city.country)


def what_follows(day: Any, side: str = "") -> dict[str, int]:
    """How many members would be asked if the circular were issued today, and how many observers told."""
    held = MembershipCity.objects.on(day)
    if side:
        held = held.filter(city__country=side)
    full = held.full()
    observers = held.filter(kind=MembershipKind.OBSERVER).exclude(city__in=full.values("city"))
    return {
        "members": full.values("membership").distinct().count(),
        "cities": City.objects.filter(pk__in=full.values("city")).count(),
        "observers": observers.values("city").distinct().count(),
    }


class DraftIssue(OfOneDraft, ActionView):
    """The circular goes out; a second click finds it issued and leads to its page."""

    def visible_rows(self) -> QuerySet[Circular]:
        return Circular.objects.all() if self.request.user.is_secretariat else Circular.objects.none()

    def act(self, draft: Circular) -> Any:
        return circulars.issue(draft, by=self.request.user, at=self.now)

    def get_done_message(self, result: Any) -> str:
        return _("Circular %(number)s is with the members.") % {"number": result.label}


class DraftDiscard(ForSecretariat, ActionView):
    """A draft nobody was told about is thrown away."""

    done = gettext_lazy("The draft is discarded.")

    def act(self, draft: Circular) -> Any:
        return circulars.discard(draft, by=self.request.user, at=self.now)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("membership:circulars")


class DraftAttach(ForSecretariat, DraftPage, ActionFormView):  # type: ignore[misc]
    """A file that goes with the circular."""

    http_method_names = ["post", "options"]
    form_class = AttachForm
    done = gettext_lazy("The file is added.")

    def form_invalid(self, form: Any) -> Any:
        form.form_action = self.address("draft_attach")
        return self.render_to_response(self.get_context_data(form=form, attach_form=form))

    def act(self, draft: Circular, data: dict[str, Any]) -> Any:
        return circular_files.attach(
            draft, data["upload"], language=data["language"], by=self.request.user, at=self.now
        )

    def get_success_url(self, result: Any = None) -> str:
        return f"{self.object.get_absolute_url()}#files"


class OfOneAttachment(OfOneDraft):
    """A view of a file of a draft."""

    @cached_property
    def attachment(self) -> CircularAttachment:
        return get_object_or_404(CircularAttachment, circular=self.object, pk=self.kwargs["file"])


class DraftAttachmentFile(OfOneAttachment):
    """The file itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return as_download(self.attachment)


class DraftDetach(ForSecretariat, OfOneAttachment, ActionView):
    """A file that shall not go with the circular after all."""

    done = gettext_lazy("The file is removed from the draft.")

    def act(self, draft: Circular) -> Any:
        return circular_files.detach(self.attachment, by=self.request.user)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any = None) -> str:
        return f"{self.object.get_absolute_url()}#files"
