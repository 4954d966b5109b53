"""Our own pages of a person's account; `account` and `set_language` stand in `alliance.urls`."""

from django.urls import path

from alliance.accounts import views

app_name = "accounts"
urlpatterns = [
    path("second-factor/", views.SecondFactorPage.as_view(), name="second_factor"),
]
