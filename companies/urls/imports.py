"""Addresses under which files of companies are brought."""

from django.urls import path

from companies.views import imports, imports_rows, imports_verbs

ONE = "companies/imports/<int:pk>/"
ROW = f"{ONE}rows/<int:number>/"
urlpatterns = [
    path("companies/imports/", imports.ImportList.as_view(), name="imports"),
    path("companies/imports/new/", imports.ImportNew.as_view(), name="import_new"),
    path("companies/template/", imports_verbs.Template.as_view(), name="template"),
    path(ONE, imports.ImportPage.as_view(), name="import"),
    path(f"{ONE}columns/", imports.ImportColumns.as_view(), name="import_columns"),
    path(f"{ONE}file/", imports.ImportFile.as_view(), name="import_file"),
    path(f"{ONE}rows/", imports_rows.ImportRows.as_view(), name="import_rows"),
    path(f"{ONE}rows/leave-out/", imports_verbs.LeaveOutMistakes.as_view(), name="import_leave_out"),
    path(f"{ONE}carry-out/", imports_verbs.CarryOut.as_view(), name="import_carry_out"),
    path(f"{ONE}cancel/", imports_verbs.Cancel.as_view(), name="import_cancel"),
    path(f"{ONE}undo/", imports_verbs.Undo.as_view(), name="import_undo"),
    path(ROW, imports_rows.ImportRowPage.as_view(), name="import_row"),
    path(f"{ROW}leave-out/", imports_rows.LeaveOut.as_view(), name="import_row_leave_out"),
    path(f"{ROW}take-in/", imports_rows.TakeIn.as_view(), name="import_row_take_in"),
    path(f"{ROW}settle/", imports_rows.Settle.as_view(), name="import_row_settle"),
]
