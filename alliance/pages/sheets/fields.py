"""A form's field for a spreadsheet: what is wrong with the file stands beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.pages.files import shown_name
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.refusals import SheetRefused


class SheetField(forms.FileField):
    """An XLSX, ODS or CSV file up to 100 MB, looked through when the form is checked."""

    default_error_messages = {
        "required": _("Please choose a file."),
        "missing": _("Please choose a file."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("XLSX, ODS or CSV, up to 100 MB and 200,000 rows."))
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Browsers offer fitting files first."""
        return {**super().widget_attrs(widget), "accept": ".xlsx,.ods,.csv,.tsv,.txt"}

    def to_python(self, data: Any) -> Any:
        """The file as it came, with ``sheet``: its table."""
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            upload.sheet = open_sheet(upload, name=shown_name(upload))  # type: ignore[attr-defined]
        except SheetRefused as refusal:
            raise ValidationError(refusal.sentence, code=type(refusal).__name__) from refusal
        return upload
