"""Addresses of the company database; each module holds those of one noun."""

from companies.urls import companies, company_work, duplicates, imports, sheets

app_name = "companies"
urlpatterns = [
    *companies.urlpatterns,
    *company_work.urlpatterns,
    *imports.urlpatterns,
    *duplicates.urlpatterns,
    *sheets.urlpatterns,
]
