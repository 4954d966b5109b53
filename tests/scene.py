"""One scene with everybody in it, for tests that look at every page as everybody."""

from datetime import date, timedelta

from cities.actions import invitations, profiles
from cities.models import Institution, InstitutionContact
from membership.actions import applications, questions, withdrawals
from tests.factories.applications import returned, submitted
from tests.factories.circulars import (
    DAY,
    DEADLINE,
    ISSUED,
    acknowledge,
    elector,
    enter,
    information,
    issued,
    lead,
    members,
    observer,
    officer,
    say,
    token,
)
from tests.factories.cities import CityFactory
from tests.factories.files import upload
from tests.factories.letters import handed, letter_to
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)
from tests.factories.withdrawals import accept_all, bounce, copies, filed
from tests.scene_companies import company_scene

ROLES = (
    "visitor", "stranger", "applicant", "lead", "deputy", "editor", "contact", "secretariat", "management",
    "administrator",
)  # fmt: skip
NOW = ISSUED + 4 * DAY


class Scene:
    """Six members, a circular on Mainz with an answer by letter, a draft on another city, an institution."""

    def __init__(self):
        self.make_people()
        self.make_consultation()
        self.make_second_application()
        self.make_register()
        self.make_letters()
        self.make_withdrawals()
        self.make_information()
        self.make_companies()

    def make_people(self):
        members()
        self.people = {
            "visitor": None,
            "lead": lead("Aachen"),
            "deputy": officer("Aachen", "deputy"),
            "editor": officer("Aachen", "editor"),
            "secretariat": SecretaryFactory(),
            "management": ManagerFactory(),
            "administrator": AdministratorFactory(),
            "contact": UserFactory(),
            "stranger": OfficerFactory(city=CityFactory(name_de="Kaiserslautern")).user,
        }

    def make_consultation(self):
        secretary = self.people["secretariat"]
        self.circular = issued(secretary=secretary)
        self.application = self.circular.application
        self.applicant_city = self.application.cities.get()
        self.people["applicant"] = self.applicant_city.officers.get().user
        self.attachment = self.application.attachments.get()
        say(self.circular, "Köln")
        self.statement = enter(self.circular, "Aachen", by=secretary, proof=upload())
        self.question = questions.ask(
            self.circular,
            elector=elector(self.circular, "Wuppertal"),
            text="Which fairs?",
            by=lead("Wuppertal"),
            at=ISSUED + 2 * DAY,
        )

    def make_second_application(self):
        """The applicant also acts for Worms, whose application was returned: its form is open."""
        worms = CityFactory(name_de="Worms")
        OfficerFactory(city=worms, user=self.people["applicant"])
        self.returned = returned(worms, by=self.people["applicant"])
        further = submitted(CityFactory(name_de="Bingen"))
        self.draft = applications.pass_on(further, by=self.people["secretariat"], at=ISSUED)

    def make_register(self):
        self.city = lead("Aachen").officers.get().city
        as_lead = {"by": self.people["lead"], "at": ISSUED}
        profiles.save_profile(self.city, texts={"wishes": {"zh": "", "de": "Eins", "en": ""}}, **as_lead)
        profiles.save_profile(self.city, texts={"wishes": {"zh": "", "de": "Zwei", "en": ""}}, **as_lead)
        self.place = observer("Trier").places.get()
        self.institution = Institution.objects.create(
            kind="chamber", name_de="IHK", seat=self.city, registered_at=ISSUED
        )
        self.contact = InstitutionContact.objects.create(
            institution=self.institution, user=self.people["contact"], function="Asia", since=ISSUED
        )
        self.registered = OfficerFactory(city=CityFactory(name_de="Speyer"), state="registered", level="lead")
        self.invitation = invitations.invite_officer(
            self.city,
            email="new@aachen.example",
            name="New",
            level="editor",
            function="Statistics",
            language="de",
            by=self.people["secretariat"],
            at=ISSUED + timedelta(days=3),
        )

    def make_letters(self):
        self.letter = letter_to(self.people["lead"])
        self.delivery = self.letter.deliveries.get()
        self.handed_over = handed(
            self.circular.letter,
            by=self.people["secretariat"],
            on=ISSUED.date(),
            at=ISSUED + 2 * DAY,
        )

    def make_withdrawals(self):
        """Aachen's is filed; Köln's is being communicated, and one copy came back."""
        dated = date(2017, 1, 25)
        self.withdrawal = filed("Aachen", at=ISSUED + 2 * DAY, dated=dated)
        self.leaving = withdrawals.communicate(
            filed("Köln", at=ISSUED + 2 * DAY, dated=dated),
            by=self.people["secretariat"],
            at=ISSUED + 3 * DAY,
        )
        accept_all(self.leaving, at=ISSUED + 3 * DAY)
        bounce(copies(self.leaving.circular, "Wuppertal").get(), at=ISSUED + 3 * DAY)

    def make_information(self):
        """A circular for information that Köln has acknowledged, and one that is being prepared."""
        as_secretary = {"secretary": self.people["secretariat"], "at": ISSUED + DAY}
        self.information = information(deadline=DEADLINE, **as_secretary)
        self.information_draft = information(issue=False, **as_secretary)
        acknowledge(self.information, "Köln", at=ISSUED + 2 * DAY)
        self.token = token(self.circular, "Aachen")

    def make_companies(self):
        self.companies = company_scene(self.city, self.people["lead"])
