from companies.models.company import Company, CompanyDocument
from companies.models.contact import Contact

__all__ = ["Company", "CompanyDocument", "Contact"]
