"""Addresses under which companies are read."""

from django.urls import path

from companies.views import city_companies, companies, company_page, documents, papers

urlpatterns = [
    path("companies/", companies.Companies.as_view(), name="companies"),
    path("companies/cities/", companies.city_options, name="city_options"),
    path("companies/industries/", companies.industry_options, name="industry_options"),
    path("companies/<int:pk>/", company_page.CompanyPage.as_view(), name="company"),
    path("companies/<int:pk>/pdf/", papers.CompanyPaper.as_view(), name="company_pdf"),
    path("companies/<int:pk>/logo/", documents.Logo.as_view(), name="logo"),
    path("companies/<int:pk>/documents/<int:document>/", documents.Document.as_view(), name="document"),
    path("cities/<slug:slug>/companies/", city_companies.CityCompanies.as_view(), name="city_companies"),
]
