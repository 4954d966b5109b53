"""The start page for everybody, and the pages a public service must have."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cities.states import Country
from membership.models import MembershipCity
from membership.models.membership import alliance_day


class Home(TemplateView):
    """What the alliance is, who belongs to it today, and how a city joins."""

    template_name = "frame/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = alliance_day(timezone.now())
        places = list(MembershipCity.objects.on(today).full().select_related("city").order_by("period", "pk"))
        sides = [
            (country.label, [place for place in places if place.city.country == country])
            for country in Country
        ]
        latest = places[-1] if places else None
        return super().get_context_data(today=today, sides=sides, latest=latest, total=len(places), **kwargs)


class Notice(TemplateView):
    """Imprint, privacy notice, accessibility statement."""

    title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, **kwargs)


imprint = Notice.as_view(template_name="frame/imprint.html", title=_("Imprint"))
privacy = Notice.as_view(template_name="frame/privacy.html", title=_("Privacy notice"))
accessibility = Notice.as_view(template_name="frame/accessibility.html", title=_("Accessibility statement"))
