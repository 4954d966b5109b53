from companies.models.company import Company
from companies.models.contact import Contact
from companies.models.document import CompanyDocument
from companies.models.duplicate import DuplicatePair
from companies.models.imports import ColumnMemory, Import, ImportRow
from companies.models.reminder import FreshnessReminder
from companies.models.search import CompanySearch, SearchChange, SearchReading, SearchWord
from companies.models.sheet import SheetLink, SheetSubmission

__all__ = [
    "ColumnMemory",
    "Company",
    "CompanyDocument",
    "CompanySearch",
    "Contact",
    "DuplicatePair",
    "FreshnessReminder",
    "Import",
    "ImportRow",
    "SearchChange",
    "SearchReading",
    "SearchWord",
    "SheetLink",
    "SheetSubmission",
]
