from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipKind(models.TextChoices):
    """Only full members consent; observers watch, guests visit."""

    FULL = "full", _("Full member")
    OBSERVER = "observer", _("Observer")
    GUEST = "guest", _("Guest")


class Beginning(models.TextChoices):
    """What began a membership."""

    FOUNDING = "founding", _("Founding")
    APPLICATION = "application", _("Application")
    INVITATION = "invitation", _("Invitation")


class Ending(models.TextChoices):
    """What ended a membership."""

    NONE = "", _("Not ended")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    ACCESSION = "accession", _("Accession as a full member")
    ENDED = "ended", _("Ended by the secretariat")


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    IN_CONSULTATION = "in_consultation", _("In consultation")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    POSTPONED = "postponed", _("Postponed")
    RETRACTED = "retracted", _("Retracted")


OPEN_APPLICATION = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.IN_CONSULTATION,
    ApplicationState.POSTPONED,
)
"""States in which an application still stands; a city has one such application at most."""


class AttachmentKind(models.TextChoices):
    RESOLUTION = "resolution", _("Resolution")
    LETTER = "letter", _("Letter")
    STATISTICS = "statistics", _("Statistics")
    BROCHURE = "brochure", _("Brochure")
    OTHER = "other", _("Other")


class CircularKind(models.TextChoices):
    ACCESSION = "accession", _("Accession")
    WITHDRAWAL_NOTICE = "withdrawal_notice", _("Withdrawal notice")
    INFORMATION = "information", _("Information")


class WithdrawalState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    COMMUNICATING = "communicating", _("Being communicated to the members")
    EFFECTIVE = "effective", _("Effective")
    REVOKED = "revoked", _("Revoked")


OPEN_WITHDRAWAL = (WithdrawalState.SUBMITTED, WithdrawalState.COMMUNICATING)
"""States in which a withdrawal still stands; a city has one such withdrawal at most."""


class ToldWay(models.TextChoices):
    """How a city was told, see docs/consent.md."""

    MAIL = "mail", _("By e-mail")
    INBOX = "inbox", _("Opened in the system")
    POST = "post", _("By post")
    FAX = "fax", _("By fax")
    WECHAT = "wechat", _("By WeChat")
    IN_PERSON = "in_person", _("In person")


class CircularState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("With the member cities")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Result(models.TextChoices):
    """The computed outcome of a circular, see docs/consent.md."""

    NONE = "", _("Not yet computed")
    CARRIED = "carried", _("Carried")
    FAILED = "failed", _("Failed")
    NO_QUORUM = "no_quorum", _("No quorum")


class Threshold(models.TextChoices):
    ALL_EXPRESSLY = "all_expressly", _("All members expressly")
    NO_OBJECTION = "no_objection", _("No objection")
    SHARE = "share", _("Share of answers")
    TWO_THIRDS_AND_A_QUARTER = "two_thirds_and_a_quarter", _("Two thirds and at most a quarter against")
    BOTH_SIDES = "both_sides", _("Both sides")


class Silence(models.TextChoices):
    """What the silence of a member means at the deadline."""

    BLOCKS = "blocks", _("Silence stands in the way")
    CONSENT = "consent", _("Silence is consent")
    ABSTENTION = "abstention", _("Silence is abstention")
    IGNORED = "ignored", _("Silence is left out")


class Visibility(models.TextChoices):
    """Who sees the answers before the close."""

    SECRETARIAT = "secretariat", _("Only the secretariat")
    MEMBERS = "members", _("All members")


class Position(models.TextChoices):
    """What a member states."""

    CONSENT = "consent", _("Consent")
    CONSENT_WITH_COMMENT = "consent_with_comment", _("Consent with comment")
    OBJECTION = "objection", _("Objection")
    ABSTENTION = "abstention", _("Abstention")


class Channel(models.TextChoices):
    """The way a statement came."""

    SIGNED_IN = "signed_in", _("Signed in")
    PERSONAL_LINK = "personal_link", _("By personal link")
    MAIL = "mail", _("By e-mail")
    LETTER = "letter", _("By letter")
    TELEPHONE = "telephone", _("By telephone")


ON_BEHALF = (Channel.MAIL, Channel.LETTER, Channel.TELEPHONE)
"""Channels of answers that the secretariat enters for a member, with proof."""


class DecisionKind(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    POSTPONED = "postponed", _("Postponed")
