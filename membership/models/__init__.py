from membership.models.application import (
    Application,
    ApplicationCity,
    ApplicationCooperation,
    ApplicationFigure,
    ApplicationVersion,
    Attachment,
    FileFields,
    ReturnComment,
)
from membership.models.circular import Circular, CircularAttachment
from membership.models.decision import Decision
from membership.models.electorate import Addressee, Elector, ElectorateExit
from membership.models.membership import Membership, MembershipCity, NumberSeries
from membership.models.reminder import DeadlineExtension, Reminder
from membership.models.rule import ConsentRule
from membership.models.seal import SealedManifest
from membership.models.statement import Contestation, Question, Statement
from membership.models.told import NoticeTerms, Told
from membership.models.withdrawal import Withdrawal
from membership.models.word import Acknowledgement, ObserverComment, RevokedLink

__all__ = [
    "Acknowledgement",
    "Addressee",
    "Application",
    "ApplicationCity",
    "ApplicationCooperation",
    "ApplicationFigure",
    "ApplicationVersion",
    "Attachment",
    "Circular",
    "CircularAttachment",
    "ConsentRule",
    "Contestation",
    "DeadlineExtension",
    "Decision",
    "Elector",
    "ElectorateExit",
    "FileFields",
    "Membership",
    "MembershipCity",
    "NoticeTerms",
    "NumberSeries",
    "ObserverComment",
    "Question",
    "Reminder",
    "ReturnComment",
    "RevokedLink",
    "SealedManifest",
    "Statement",
    "Told",
    "Withdrawal",
]
