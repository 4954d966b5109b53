"""Addresses of cities and institutions; a city's own page is composed in `alliance.views`."""

from django.urls import URLPattern, path

from cities.views import industries, institutions, profiles, versions

urlpatterns: list[URLPattern] = [
    path("cities/<slug:slug>/edit/", profiles.ProfileEdit.as_view(), name="profile_edit"),
    path("cities/<slug:slug>/figures/", profiles.FiguresEdit.as_view(), name="figures_edit"),
    path("cities/<slug:slug>/versions/", versions.Versions.as_view(), name="versions"),
    path("cities/<slug:slug>/versions/compare/", versions.Compare.as_view(), name="compare"),
    path("cities/<slug:slug>/versions/<int:number>/", versions.Version.as_view(), name="version"),
    path(
        "cities/<slug:slug>/versions/<int:old>/changes/<int:new>/", versions.Changes.as_view(), name="changes"
    ),
    path("industries/", industries.Industries.as_view(), name="industries"),
    path("industries/<str:code>/", industries.IndustryPage.as_view(), name="industry"),
    path("institutions/", institutions.Institutions.as_view(), name="institutions"),
    path("institutions/new/", institutions.InstitutionNew.as_view(), name="institution_new"),
    path("institutions/<int:pk>/", institutions.InstitutionPage.as_view(), name="institution"),
    path("institutions/<int:pk>/edit/", institutions.InstitutionEdit.as_view(), name="institution_edit"),
    path("institutions/<int:pk>/end/", institutions.InstitutionEnd.as_view(), name="institution_end"),
    path(
        "institutions/<int:institution>/contacts/<int:pk>/end/",
        institutions.ContactEnd.as_view(),
        name="contact_end",
    ),
]
