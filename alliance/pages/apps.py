from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    default = True
    name = "alliance.pages"
    label = "pages"
    verbose_name = _("Pages")


class AdminConfig(django_admin.AdminConfig):
    """Django's admin, with our own site."""

    default = False
    default_site = "alliance.pages.admin_site.Site"
