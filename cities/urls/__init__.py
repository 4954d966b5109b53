"""Addresses of the register and of its people."""

from cities.urls import people, register

app_name = "cities"
urlpatterns = [*people.urlpatterns, *register.urlpatterns]
