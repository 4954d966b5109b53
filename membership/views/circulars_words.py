"""What cities do with a circular besides giving their statement; the deadline for their calendars."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.views import ActionView
from cities.models import City
from membership.actions import acknowledgements, observer_comments, personal_links
from membership.actions.calendar_files import deadline_file, method_of
from membership.forms.words import CommentForm, RevokeForm
from membership.models import Circular
from membership.states import CircularKind
from membership.views.circulars import OfOneCircular
from membership.views.circulars_further import observing_cities
from membership.views.circulars_verbs import ForSecretariat, VerbOnPage


class CircularAcknowledge(OfOneCircular, ActionView):
    """A city takes note of an information circular; POST names the city."""

    done = _("The acknowledgement of %(city)s is recorded.")

    def visible_rows(self) -> QuerySet[Circular]:
        return super().visible_rows().filter(kind=CircularKind.INFORMATION)

    @cached_property
    def city(self) -> City:
        """The city named, if the person speaks for it; others are not found."""
        asked, speaking = self.request.POST.get("city", ""), self.request.user.officers.speaking()
        told = self.object.addressees.filter(elector__isnull=False).values("city")
        own = City.objects.filter(pk__in=speaking.values("city")).filter(pk__in=told)
        return get_object_or_404(own, pk=int(asked) if asked.isascii() and asked.isdecimal() else None)

    def act(self, circular: Circular) -> Any:
        return acknowledgements.acknowledge(circular, city=self.city, by=self.request.user, at=self.now)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"city": self.city.name}

    def get_success_url(self, result: Any = None) -> str:
        return self.object.get_absolute_url()


class CircularComment(VerbOnPage):
    """A comment of an observer."""

    form_class = CommentForm
    form_kind = "comment"
    done = _("The comment is visible to all members.")

    @cached_property
    def city(self) -> City:
        asked = self.request.POST.get("city", "")
        for city in observing_cities(self):
            if str(city.pk) == asked:
                return city
        raise Http404

    def form_key(self) -> int:
        return self.city.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "city": self.city}

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        return observer_comments.comment(
            circular, city=self.city, text=data["text"], by=self.request.user, at=self.now
        )


class LinkRevoke(OfOneCircular, ActionView):
    """The person's own link is no longer taken."""

    done = _("Your personal link to this circular is revoked. Signed in you can still answer.")

    def act(self, circular: Circular) -> Any:
        user = self.request.user
        if not personal_links.people_sent(circular).filter(pk=user.pk).exists():
            raise Http404
        return personal_links.revoke(circular, user, by=user, at=self.now)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any = None) -> str:
        return self.object.get_absolute_url()


class LinkRevokeFor(ForSecretariat, VerbOnPage):
    """The secretariat takes somebody's link back."""

    form_class = RevokeForm
    form_kind = "revoke"
    done = _("The personal link of %(person)s is revoked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": personal_links.people_with_link(self.object)}

    def act(self, circular: Circular, data: dict[str, Any]) -> Any:
        person: User = data["person"]
        return personal_links.revoke(circular, person, by=self.request.user, at=self.now)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"person": result.user.name}


class DeadlineFile(OfOneCircular):
    """The deadline as a file for calendars."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = deadline_file(self.object)
        if file is None:
            raise Http404
        response = HttpResponse(
            file.content, content_type=f"{file.media_type}; method={method_of(self.object)}; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{file.filename}"'
        return response
