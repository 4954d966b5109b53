"""Addresses of sheets that firms fill in: by their link, and where they are compared."""

from django.urls import path

from companies.views import own_sheet, sheets

ONE = "companies/sheets/<int:pk>/"
urlpatterns = [
    path("sheets/<str:token>/", own_sheet.OwnSheet.as_view(), name="own_sheet"),
    path("companies/sheets/", sheets.SheetList.as_view(), name="sheets"),
    path(ONE, sheets.SheetPage.as_view(), name="sheet"),
    path(f"{ONE}take-over/", sheets.SheetTakeOver.as_view(), name="sheet_take_over"),
    path(f"{ONE}refuse/", sheets.SheetRefuse.as_view(), name="sheet_refuse"),
]
