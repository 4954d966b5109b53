from companies.querysets.companies import CompanyQuerySet
from companies.querysets.duplicates import DuplicatePairQuerySet

__all__ = ["CompanyQuerySet", "DuplicatePairQuerySet"]
