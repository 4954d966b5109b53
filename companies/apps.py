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

        if archiving.companies_touched not in withdrawals_touch.looks:
            withdrawals_touch.looks.append(archiving.companies_touched)
        if archiving.archive_of_withdrawal not in withdrawals_effect.consequences:
            withdrawals_effect.consequences.append(archiving.archive_of_withdrawal)
