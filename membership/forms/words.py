"""Comments of observers, and the taking back of a personal link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.forms import FormHelperMixin
from cities.models import City
from membership.forms.statements import ANY_LANGUAGE, LONGEST_TEXT, text_area


class CommentForm(FormHelperMixin, forms.Form):
    """An observer's word on an accession."""

    submit_label = _("Send the comment")
    submit_note = _("The applicant and all members see it. It is no vote, and cannot be changed afterwards.")

    city = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Comment"), max_length=LONGEST_TEXT, widget=text_area(3, ANY_LANGUAGE))

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"comment-{city.pk}-%s")
        kwargs["initial"] = {"city": city.pk, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class RevokeForm(FormHelperMixin, forms.Form):
    """Whose personal link is no longer taken."""

    submit_label = _("Revoke the link")
    submit_note = _("It stays revoked. The person can still answer signed in.")
    danger = True

    person = forms.EmailField(label=_("E-mail address"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "revoke-%s")
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_person(self) -> User:
        """Whoever got a link under this address that is still taken."""
        person = self.people.filter(email=self.cleaned_data["person"].lower()).first()
        if person is None:
            raise forms.ValidationError(_("No personal link that is still taken went to this address."))
        return person
