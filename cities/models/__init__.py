from cities.models.city import City, RegisterNote, RegisterNoteSource
from cities.models.figures import FigureFields, KeyFigure
from cities.models.industry import Industry
from cities.models.institution import ContactInvitation, Institution, InstitutionContact
from cities.models.officer import Officer, OfficerInvitation
from cities.models.profile import Cooperation, CooperationFields, Profile, ProfileVersion, SectionTexts

__all__ = [
    "City",
    "ContactInvitation",
    "Cooperation",
    "CooperationFields",
    "FigureFields",
    "Industry",
    "Institution",
    "InstitutionContact",
    "KeyFigure",
    "Officer",
    "OfficerInvitation",
    "Profile",
    "ProfileVersion",
    "RegisterNote",
    "RegisterNoteSource",
    "SectionTexts",
]
