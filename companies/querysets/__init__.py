from companies.querysets.companies import CompanyQuerySet

__all__ = ["CompanyQuerySet"]
