from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompaniesConfig(AppConfig):
    name = "companies"
    label = "companies"
    verbose_name = _("Company database")

    def ready(self) -> None:
        """A city that leaves takes its companies along; the secretariat sees that before."""
        from companies.actions import archiving
        from membership.actions import withdrawals_effect, withdrawals_touch

        for hooks, hook in (
            (withdrawals_touch.looks, archiving.companies_touched),
            (withdrawals_effect.consequences, archiving.archive_of_withdrawal),
        ):
            if hook not in hooks:
                hooks.append(hook)
