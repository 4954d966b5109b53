from companies.querysets.companies import CompanyQuerySet
from companies.querysets.duplicates import DuplicatePairQuerySet
from companies.querysets.sheets import SheetSubmissionQuerySet

__all__ = ["CompanyQuerySet", "DuplicatePairQuerySet", "SheetSubmissionQuerySet"]
