"""Every address of the site."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from alliance.accounts.views import Account, set_language
from alliance.pages.style import style
from alliance.views import cities, desk, health, home, verification

# The admin has no sign-in of its own: everybody comes in through ours, second factor included.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("desk/", desk.Desk.as_view(), name="desk"),
    path("imprint/", home.imprint, name="imprint"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("verify/", verification.VerifyForm.as_view(), name="verify_form"),
    path("verify/<str:code>/", verification.Verify.as_view(), name="verify"),
    path("healthz", health.healthz, name="healthz"),
    path("healthz/", RedirectView.as_view(pattern_name="healthz")),
    path("", include("cities.urls")),
    path("", include("membership.urls")),
    path("", include("companies.urls")),
    path("cities/<slug:slug>/", cities.CityPage.as_view(), name="city"),
    path("", include("alliance.letters.urls")),
    path("accounts/", Account.as_view(), name="account"),
    path("accounts/language/", set_language, name="set_language"),
    path("accounts/", include("alliance.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
]

if settings.SAFE_TO_GUESS:
    urlpatterns.append(path("style/", style, name="style"))
