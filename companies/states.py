"""Words that the company database keeps as codes."""

from bisect import bisect_right

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CompanyState(models.TextChoices):
    """Whether others can rely on an entry: it is published, and stale once its validity is over."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    STALE = "stale", _("Out of date")
    ARCHIVED = "archived", _("Archived")


SHOWN_STATES = [CompanyState.PUBLISHED, CompanyState.STALE]


class ArchiveReason(models.TextChoices):
    """Why an entry is kept for the record only."""

    MEMBERSHIP_ENDED = "membership_ended", _("The city's membership has ended")
    CLOSED_DOWN = "closed_down", _("The company does not exist any more")
    AT_ITS_REQUEST = "at_its_request", _("At the company's request")
    MERGED = "merged", _("Merged with another entry")
    OTHER = "other", _("Another reason")


class Visibility(models.TextChoices):
    """Who sees a published entry beside the city's own officers."""

    SECRETARIAT = "secretariat", _("Secretariat only")
    MEMBERS = "members", _("Member cities and institutions")
    PUBLIC = "public", _("Everybody")


class TranslationState(models.TextChoices):
    """Where the texts of one language come from."""

    ORIGINAL = "original", _("Original")
    CHECKED = "checked", _("Translation, checked")
    UNCHECKED = "unchecked", _("Translation, not checked")


class LegalForm(models.TextChoices):
    """Legal forms of both countries under their own names."""

    GMBH = "gmbh", "GmbH"
    UG = "ug", "UG (haftungsbeschränkt)"
    AG = "ag", "AG"
    SE = "se", "SE"
    KGAA = "kgaa", "KGaA"
    KG = "kg", "KG"
    GMBH_CO_KG = "gmbh_co_kg", "GmbH & Co. KG"
    OHG = "ohg", "OHG"
    GBR = "gbr", "GbR"
    EK = "ek", "e. K."
    EG = "eg", "eG"
    CN_LIMITED = "cn_limited", "有限责任公司"
    CN_SHARES = "cn_shares", "股份有限公司"
    CN_SOLE = "cn_sole", "个人独资企业"
    CN_PARTNERSHIP = "cn_partnership", "合伙企业"
    CN_STATE = "cn_state", "国有独资公司"
    CN_COOPERATIVE = "cn_cooperative", "股份合作企业"
    OTHER = "other", _("Another legal form")


class RegisterKind(models.TextChoices):
    """Kinds of register numbers, each with its own check."""

    USCC = "uscc", _("Unified social credit code (China)")
    HANDELSREGISTER = "handelsregister", _("Commercial register number (Germany)")
    EUID = "euid", _("European unique identifier (EUID)")
    VAT = "vat", _("VAT identification number")


class Ownership(models.TextChoices):
    PRIVATE = "private", _("Privately owned")
    FAMILY = "family", _("Family business")
    STATE = "state", _("State-owned")
    LISTED = "listed", _("Listed on a stock exchange")
    FOREIGN = "foreign", _("Foreign-invested")
    JOINT_VENTURE = "joint_venture", _("Joint venture")
    COOPERATIVE = "cooperative", _("Cooperative")
    OTHER = "other", _("Other")


class Currency(models.TextChoices):
    EUR = "EUR", _("Euro")
    CNY = "CNY", _("Renminbi")


class TurnoverBand(models.TextChoices):
    """Turnover of a year in millions of its currency."""

    TO_2 = "to_2", _("Up to 2 million")
    TO_10 = "to_10", _("2 to 10 million")
    TO_50 = "to_50", _("10 to 50 million")
    TO_250 = "to_250", _("50 to 250 million")
    TO_1000 = "to_1000", _("250 million to 1 billion")
    OVER_1000 = "over_1000", _("More than 1 billion")


class InvestmentBand(models.TextChoices):
    """Size of an intended investment in millions of euros."""

    TO_1 = "to_1", _("Up to 1 million euros")
    TO_5 = "to_5", _("1 to 5 million euros")
    TO_20 = "to_20", _("5 to 20 million euros")
    TO_100 = "to_100", _("20 to 100 million euros")
    OVER_100 = "over_100", _("More than 100 million euros")


class InvestmentDirection(models.TextChoices):
    """Which way money or knowledge is to go, seen from the company."""

    OUTWARD = "outward", _("Invests in the other country")
    INWARD = "inward", _("Seeks partners or investors from the other country")
    BOTH = "both", _("Both ways")


class CooperationForm(models.TextChoices):
    """Kinds of cooperation that a company looks for."""

    JOINT_VENTURE = "joint_venture", _("Joint venture")
    ACQUISITION = "acquisition", _("Acquisition or stake")
    NEW_SITE = "new_site", _("New site")
    TECHNOLOGY = "technology", _("Technology and licences")
    RESEARCH = "research", _("Research and development")
    SUPPLY = "supply", _("Supply and contract manufacturing")
    DISTRIBUTION = "distribution", _("Sales and distribution")
    TRAINING = "training", _("Training and exchange of experts")


class Experience(models.TextChoices):
    """What a company has already done in the other country."""

    NONE = "none", _("None yet")
    TRADE = "trade", _("Trade")
    PARTNER = "partner", _("Cooperation with partners")
    SITE = "site", _("A site of its own")


class CompanyLanguage(models.TextChoices):
    """Languages in which a company can be written to."""

    CHINESE = "zh", _("Chinese")
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    JAPANESE = "ja", _("Japanese")
    KOREAN = "ko", _("Korean")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")


class LegalBasis(models.TextChoices):
    """Why a person's work contact may be kept."""

    CONSENT = "consent", _("Consent of the person")
    CONTRACT = "contract", _("Contract")
    PUBLIC_TASK = "public_task", _("Public task")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")
    PUBLISHED_BY_COMPANY = "published", _("Published by the company itself")


BASES_WITH_A_NOTE = [LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST]
"""Of a consent one says when and how it was given, of an interest which one it is."""

BASES_FOR_THE_PUBLIC = [LegalBasis.CONSENT, LegalBasis.PUBLISHED_BY_COMPANY]
"""A person is shown to everybody only if she agreed, or if her company does so itself."""


class DuplicateReason(models.TextChoices):
    """What speaks for two entries being one company."""

    NUMBER = "number", _("Same register number")
    NAME = "name", _("Same name, apart from spelling and legal form")
    WEBSITE = "website", _("Same web site")
    ADDRESS = "address", _("Same address")
    FOUNDED = "founded", _("Founded in the same year")


class DuplicateState(models.TextChoices):
    """What was decided about two entries that seem to be one company."""

    OPEN = "open", _("To be decided")
    DIFFERENT = "different", _("Not a duplicate")
    MERGED = "merged", _("Merged")


class SubmissionState(models.TextChoices):
    """What became of a sheet that a firm filled in."""

    WAITING = "waiting", _("Waiting to be checked")
    TAKEN_OVER = "taken_over", _("Taken over")
    REFUSED = "refused", _("Not taken over")
    REPLACED = "replaced", _("Replaced by a later one")


class SizeBand(models.TextChoices):
    """Size of a company by its employees; the bounds are those of the European Commission."""

    MICRO = "micro", _("Up to 9 employees")
    SMALL = "small", _("10 to 49 employees")
    MEDIUM = "medium", _("50 to 249 employees")
    LARGE = "large", _("250 to 999 employees")
    VERY_LARGE = "very_large", _("1,000 employees and more")

    @classmethod
    def of(cls, employees: int | None) -> "SizeBand | None":
        """The band of a number of employees; None where it is not known."""
        if employees is None:
            return None
        return list(cls)[bisect_right((10, 50, 250, 1000), employees)]


class ImportState(models.TextChoices):
    """How far a file of companies has come."""

    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", pgettext_lazy("import", "Being checked")
    CHECKED = "checked", _("Checked")
    CARRYING_OUT = "carrying_out", _("Being carried out")
    DONE = "done", _("Carried out")
    FAILED = "failed", pgettext_lazy("import", "Failed")
    CANCELLED = "cancelled", _("Cancelled")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


IN_THE_WORKS = (ImportState.CHECKING, ImportState.CARRYING_OUT, ImportState.UNDOING)
"""States in which a worker has something to do for an import."""

IN_HAND = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED, ImportState.CARRYING_OUT)
"""States in which something can still become of an import, and it can be cancelled."""


class Verdict(models.TextChoices):
    """What a row of a file means for the database."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    DUPLICATE = "duplicate", _("Perhaps a duplicate")
    MISTAKE = "mistake", _("Mistake")


class Changed(models.TextChoices):
    """What the search has to look at again."""

    COMPANY = "c", _("Company")
    CITY = "p", _("City")
    INDUSTRY = "i", _("Industry")


class Freshness(models.TextChoices):
    """How far others can rely on an entry on a day."""

    FRESH = "fresh", _("Valid")
    EXPIRING = "expiring", _("Valid for 30 days at most")
    STALE = "stale", _("Out of date")


class CompanyOrder(models.TextChoices):
    """Orders of a list of companies."""

    RELEVANCE = "relevance", _("Best match first")
    NAME = "name", _("By name")
    NEWEST = "newest", _("Newest first")
    FRESHNESS = "freshness", _("Longest valid first")
