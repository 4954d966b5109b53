"""Whoever holds a circular on paper can find out here whether the record is still what was sealed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from membership.actions import verification
from membership.models import Circular

TEMPLATE = "frame/verify.html"


class CodeForm(forms.Form):
    """The code that stands in the footer of a circular, or the whole seal."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=200,
        help_text=_("Twelve letters and figures from the footer of the circular, or the whole seal."),
        error_messages={"required": _("Please enter the code that stands on the circular.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "form-control"}),
    )


class VerifyForm(View):
    """Where a code is typed in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = CodeForm(request.GET if "code" in request.GET else None)
        if not form.is_valid():
            return render(request, TEMPLATE, {"form": form})
        return verdict(request, form.cleaned_data["code"])


class Verify(View):
    """What became of the circular of a code; its texts only for those who may see it anyway."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return verdict(request, kwargs["code"])


def verdict(request: HttpRequest, code: str) -> HttpResponseBase:
    """The page of a circular found by its code, at its one address; or that there is none."""
    circular = verification.find(code)
    if circular is None:
        return not_found(request, code)
    if request.resolver_match is None or request.resolver_match.kwargs.get("code") != circular.code:
        return redirect("verify", circular.code)
    return render(request, TEMPLATE, {"form": CodeForm(), **found(request, circular)})


def not_found(request: HttpRequest, code: str) -> HttpResponse:
    form = CodeForm(initial={"code": code})
    return render(request, TEMPLATE, {"form": form, "unknown": code}, status=404)


def found(request: HttpRequest, circular: Circular) -> dict[str, Any]:
    user: Any = request.user
    visible = Circular.objects.visible_to(user).filter(pk=circular.pk).exists()
    differences = verification.differences(circular)
    return {
        "circular": circular,
        "visible": visible,
        "intact": not differences,
        "differences": differences if visible else [],
    }
