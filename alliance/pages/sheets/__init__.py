"""Spreadsheet files that people bring and take away.

`reading.open_sheet` opens what somebody brought (`fields.SheetField` in a form), `writing` makes
files row by row, `templates.xlsx_template` an empty one with explanations.
"""
