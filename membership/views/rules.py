"""Consent rules: what they mean in plain words, their versions, and how a new one is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from alliance.pages.exports import Column
from alliance.pages.views import ListPage, refusals_on_form
from membership.actions import rules
from membership.filters.circulars import RuleFilters
from membership.forms.rules import NewRuleForm, RuleForm, days, meaning, short_meaning, threshold_choice
from membership.models import ConsentRule
from membership.states import CircularState, Silence

ISSUED = ~Q(circulars__state=CircularState.DRAFT)


def rule_url(rule: ConsentRule) -> str:
    return reverse("membership:rule", args=[rule.key])


def state_of(rule: ConsentRule) -> tuple[str, str]:
    """Whether a version can be chosen, as a word and its tone."""
    return (_("Superseded"), "ended") if rule.superseded_at else (_("Current"), "done")


class RuleList(LoginRequiredMixin, ListPage):
    """All versions of all rules, the current ones first; everybody who signs in may read them."""

    request: Any
    title = gettext_lazy("Consent rules")
    template_name = "membership/rule_list.html"
    filterset_class = RuleFilters
    export_name = "rules"
    empty_message = gettext_lazy("No rule yet")
    columns: Sequence[Column] = [
        Column("name", gettext_lazy("Rule"), lambda rule: rule.name),
        Column("version", gettext_lazy("Version"), numeric=True),
        Column("state", gettext_lazy("State"), lambda rule: state_of(rule)[0]),
        Column("threshold", gettext_lazy("Threshold"), threshold_choice, on_page=False),
        Column("silence", gettext_lazy("Silence"), lambda rule: Silence(rule.silence).label, on_page=False),
        Column("quorum", gettext_lazy("Quorum in %"), lambda rule: rule.quorum_percent, on_page=False),
        Column("period", gettext_lazy("Period"), lambda rule: days(rule.period_days)),
        Column("used", gettext_lazy("Circulars"), numeric=True),
    ]
    orderings = {
        "name": [F("superseded_at").asc(nulls_first=True), "name_en"],
        "version": "version",
        "period": "period_days",
        "used": "used",
    }
    default_sort = "name"

    def visible_rows(self) -> QuerySet[ConsentRule]:
        return ConsentRule.objects.annotate(used=Count("circulars", filter=ISSUED))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["lines"] = [
            {"rule": rule, "status": state_of(rule), "text": short_meaning(rule), "url": version_url(rule)}
            for rule in context["rows"]
        ]
        context["may_make"] = self.request.user.is_secretariat
        return context


def version_url(rule: ConsentRule) -> str:
    return rule_url(rule) + (f"?version={rule.version}" if rule.superseded_at else "")


class OfOneRule(LoginRequiredMixin):
    """A view of a rule by its short name: all versions, and the one that is looked at."""

    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def versions(self) -> list[ConsentRule]:
        """All versions, the newest first."""
        rows = list(ConsentRule.objects.filter(key=self.kwargs["key"]).order_by("-version"))
        if not rows:
            raise Http404
        return rows

    def version(self, asked: str) -> ConsentRule:
        """The version asked for; without a wish the current one."""
        if not asked:
            return self.versions[0]
        for rule in self.versions:
            if str(rule.version) == asked:
                return rule
        raise Http404


class RulePage(OfOneRule, TemplateView):
    """A rule in plain words, and its versions."""

    template_name = "membership/rule_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = self.version(self.request.GET.get("version", ""))
        return super().get_context_data(
            rule=rule,
            status=state_of(rule),
            clauses=meaning(rule),
            versions=[version_line(row, shown=row == rule) for row in self.versions],
            circulars=rule.circulars.issued().visible_to(self.request.user),  # type: ignore[attr-defined]
            crumbs=[(_("Consent rules"), reverse("membership:rules")), (rule.name, "")],
            may_make=self.request.user.is_secretariat,
            **kwargs,
        )


def version_line(rule: ConsentRule, *, shown: bool) -> dict[str, Any]:
    return {
        "label": _("Version %(number)d") % {"number": rule.version},
        "url": f"{rule_url(rule)}?version={rule.version}",
        "at": rule.made_at,
        "current": shown,
    }


class SecretariatMakes(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """Making a rule is the secretariat's; for others the page is not there."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.is_secretariat:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def make(self, form: Any) -> ConsentRule:
        """Call the action."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> Any:
        with refusals_on_form(form) as outcome:
            outcome.result = self.make(form)
            return redirect(rule_url(outcome.result))
        return self.form_invalid(form)


class RuleNew(SecretariatMakes):
    """A rule of its own."""

    template_name = "membership/rule_new.html"
    form_class = NewRuleForm

    def make(self, form: Any) -> ConsentRule:
        key = form.cleaned_data["key"]
        return rules.make(key, **form.values(), by=self.request.user, at=timezone.now())  # type: ignore[arg-type]

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = reverse("membership:rules")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [(_("Consent rules"), reverse("membership:rules")), (_("New rule"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)


class RuleVersionNew(OfOneRule, SecretariatMakes):
    """The next version of a rule, beginning as the present one."""

    template_name = "membership/rule_version_new.html"
    form_class = RuleForm

    @cached_property
    def rule(self) -> ConsentRule:
        """The version that the form began with: a newer one made meanwhile is not overwritten."""
        return self.version(self.request.POST.get("began_with", ""))

    def make(self, form: Any) -> ConsentRule:
        return rules.new_version(self.rule, **form.values(), by=self.request.user, at=timezone.now())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rule": self.rule}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = rule_url(self.rule)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [
            (_("Consent rules"), reverse("membership:rules")),
            (self.rule.name, rule_url(self.rule)),
            (_("New version"), ""),
        ]
        return super().get_context_data(rule=self.rule, crumbs=crumbs, **kwargs)
