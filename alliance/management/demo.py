"""The demonstration: people, figures, an application to finish and a circular to answer. Only with DEMO=1."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile

from alliance.accounts.models import User
from alliance.accounts.states import Language, StaffRole
from alliance.management import demo_information, demo_withdrawals
from alliance.views.demonstration import PASSWORD
from cities.actions import profiles
from cities.models import City, Industry, Officer
from cities.states import Country, OfficerLevel, OfficerState, Section
from membership.actions import applications, attachments, circulars, questions, statements
from membership.actions.application_sections import save_contact, save_section
from membership.models import Application, Circular, ConsentRule
from membership.states import AttachmentKind, Position

DATA = Path(__file__).resolve().parent / "data"
MEMBERSHIP_DATA = DATA.parent.parent.parent / "membership" / "management" / "data"
STAFF = [
    ("secretariat@demo.example", "Secretariat · 秘书处", StaffRole.SECRETARIAT),
    ("management@demo.example", "Management · 管理机构", StaffRole.MANAGEMENT),
    ("admin@demo.example", "Administrator · 管理员", StaffRole.ADMINISTRATOR),
]
ACCOUNTS = [
    ("secretariat@demo.example", "runs everything day to day"),
    ("management@demo.example", "decides"),
    ("admin@demo.example", "corrects data at /admin/"),
    ("officer@mainz.demo.example", "lead officer of Mainz, which wants to join"),
    ("officer@<city>.demo.example", "lead of every founding city: foshan, aachen, koeln …"),
    ("deputy@foshan.demo.example", "deputy of Foshan: may speak for it too"),
    ("editor@aachen.demo.example", "editor of Aachen: keeps its data, does not speak for it"),
]
ANSWERS: list[tuple[str, str, str]] = [
    ("foshan", Position.CONSENT, ""),
    ("jiangmen", Position.CONSENT_WITH_COMMENT, "我市期待在装备制造领域开展合作。"),
    ("zhuzhou", Position.CONSENT, ""),
    ("zhaoqing", Position.ABSTENTION, ""),
    ("jieyang", Position.CONSENT, ""),
    ("yunfu", Position.CONSENT, ""),
    ("nanning", Position.CONSENT, ""),
    ("guiyang", Position.CONSENT, ""),
    ("liuzhou", Position.OBJECTION, "请申请城市先说明其在汽车零部件领域的合作意向。"),
    ("aachen", Position.CONSENT, ""),
    ("koeln", Position.CONSENT_WITH_COMMENT, "Köln freut sich auf die Zusammenarbeit bei Messen."),
    ("ingolstadt", Position.CONSENT, ""),
    ("kelsterbach", Position.CONSENT, ""),
    ("raunheim", Position.CONSENT, ""),
]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def load(at: datetime) -> bool:
    """Write the demonstration into the register; False if it is there already."""
    if User.objects.filter(email=STAFF[0][0]).exists():
        return False
    cities = add_cities(at)
    add_people(cities, at)
    add_figures(at)
    begin_mainz(at)
    consult_on_chemnitz(at)
    demo_withdrawals.load(at, a_page_of_pdf("Signed request to leave the alliance (Demonstration)"))
    demo_information.load(at)
    return True


def add_cities(at: datetime) -> list[City]:
    """The founding members, and cities that are no members yet."""
    for facts in read(MEMBERSHIP_DATA / "demo_cities.json"):
        key = {"country": facts["country"], "official_code": facts["official_code"]}
        City.objects.get_or_create(**key, defaults={**facts, "registered_at": at, "confirmed_at": at})
    return list(City.objects.order_by("pk"))


def add_people(cities: Iterable[City], at: datetime) -> None:
    """Staff, a lead for every city, a deputy for Foshan, an editor for Aachen; one password hashed once."""
    hashed = make_password(PASSWORD)
    begun = at - timedelta(days=90)
    for email, name, role in STAFF:
        add_person(email, name, "en", hashed, begun, role=role)
    offices = [(city, "officer", OfficerLevel.LEAD) for city in cities if city.name_de != "Osnabrück"]
    by_slug = {city.slug: city for city in cities}
    offices += [
        (by_slug["foshan"], "deputy", OfficerLevel.DEPUTY),
        (by_slug["aachen"], "editor", OfficerLevel.EDITOR),
    ]
    for city, who, level in offices:
        add_officer(city, who, level, hashed, begun)


def add_person(email: str, name: str, language: str, hashed: str, at: datetime, role: str = "") -> User:
    user = User.objects.create(
        email=email, name=name, language=language, password=hashed, role=role, joined_at=at
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def add_officer(city: City, who: str, level: str, hashed: str, at: datetime) -> None:
    chinese = city.country == Country.CHINA
    words = {
        OfficerLevel.LEAD: ("Wirtschaftsförderung, Leitung", "商务局负责人"),
        OfficerLevel.DEPUTY: ("Wirtschaftsförderung, Stellvertretung", "商务局副负责人"),
        OfficerLevel.EDITOR: ("Statistik", "统计科"),
    }
    language = Language.CHINESE if chinese else Language.GERMAN
    name = f"{city.name_zh}联络员" if chinese else f"{city.name_de}, {words[OfficerLevel(level)][0]}"
    user = add_person(f"{who}@{city.slug}.demo.example", name, language, hashed, at)
    Officer.objects.create(
        city=city,
        user=user,
        level=level,
        function=words[OfficerLevel(level)][chinese],
        state=OfficerState.CONFIRMED,
        registered_at=at,
        confirmed_at=at,
    )


def add_figures(at: datetime) -> None:
    """Invented figures and industries, so that charts and filters have something to show."""
    industries = read(MEMBERSHIP_DATA / "demo_industries.json")
    figures: dict[str, list[dict[str, Any]]] = {}
    for row in read(MEMBERSHIP_DATA / "demo_key_figures.json"):
        figures.setdefault(row.pop("city"), []).append(without_unit(row))
    for city in City.objects.filter(slug__in=figures):
        profiles.save_profile(
            city,
            figures=figures[city.slug],
            industries=industries.get(city.slug, []),
            by=None,
            at=at - timedelta(days=80),
        )


def without_unit(row: dict[str, Any]) -> dict[str, Any]:
    """The unit follows from the indicator."""
    return {name: value for name, value in row.items() if name != "unit"}


def begin_mainz(at: datetime) -> None:
    """An application of Mainz as a draft: only the signed resolution is missing."""
    facts = read(MEMBERSHIP_DATA / "mainz_application.json")
    mainz = City.objects.get(slug="mainz")
    officer = User.objects.get(email="officer@mainz.demo.example")
    figures = [
        without_unit(row)
        for row in read(MEMBERSHIP_DATA / "demo_key_figures.json")
        if row.pop("city") == "mainz"
    ]
    resolution = facts["resolution"]
    contact = {
        "contact_name": officer.name,
        "contact_function": "Amt für Wirtschaft und Liegenschaften",
        "contact_email": officer.email,
        "signatory_name": "Christopher Sitte",
        "signatory_function": "Beigeordneter",
        "resolution_body": resolution["body"],
        "resolution_number": resolution["number"],
        "resolution_date": resolution["date"],
    }
    write_application(mainz, facts, figures, contact, by=officer, at=at - timedelta(days=2))


def consult_on_chemnitz(at: datetime) -> Circular:
    """A circular that has been with the members for twenty days; fourteen have answered."""
    facts = read(DATA / "chemnitz.json")
    chemnitz = City.objects.get(slug="chemnitz")
    officer = User.objects.get(email="officer@chemnitz.demo.example")
    secretary = User.objects.get(email="secretariat@demo.example")
    contact = {**facts["contact"], "resolution_date": (at - timedelta(days=50)).date()}
    application = write_application(
        chemnitz, facts, facts["figures"], contact, by=officer, at=at - timedelta(days=40)
    )
    attachments.attach(
        application,
        ContentFile(
            a_page_of_pdf("Stadtrat Chemnitz: Beschluss B-101/2026 (Demonstration)"), "beschluss.pdf"
        ),
        kind=AttachmentKind.RESOLUTION,
        language=Language.GERMAN,
        by=officer,
        at=at - timedelta(days=40),
    )
    applications.submit(application, by=officer, at=at - timedelta(days=39))
    draft = applications.pass_on(application, by=secretary, at=at - timedelta(days=22))
    rule = ConsentRule.objects.get(key="two-thirds", superseded_at=None)
    issued_at = at - timedelta(days=20)
    circulars.save_draft(
        draft, rule=rule, deadline=circulars.deadline_from(rule, issued_at), by=secretary, at=issued_at
    )
    circular = circulars.issue(draft, by=secretary, at=issued_at)
    answer(circular, issued_at)
    return circular


def answer(circular: Circular, issued_at: datetime) -> None:
    for number, (slug, position, text) in enumerate(ANSWERS):
        officer = Officer.objects.get(city__slug=slug, level=OfficerLevel.LEAD)
        moment = issued_at + timedelta(days=1, hours=7 * number)
        statements.state(
            circular,
            elector=elector_of(circular, slug),
            position=position,
            text=text,
            by=officer.user,
            at=moment,
        )
    asking = Officer.objects.get(city__slug="wuppertal", level=OfficerLevel.LEAD)
    questions.ask(
        circular,
        elector=elector_of(circular, "wuppertal"),
        text="Welche Messen in China plant Chemnitz in den nächsten zwei Jahren?",
        by=asking.user,
        at=issued_at + timedelta(days=6),
    )


def elector_of(circular: Circular, slug: str) -> Any:
    return circular.electors.get(addressees__city__slug=slug)


def write_application(
    city: City,
    facts: dict[str, Any],
    figures: list[dict[str, Any]],
    contact: dict[str, Any],
    *,
    by: User,
    at: datetime,
) -> Application:
    application = applications.begin([city], by=by, at=at)
    rows: dict[str, dict[str, Any]] = {
        Section.ECONOMIC: {"figures": [{**row, "city": city} for row in figures]},
        Section.INDUSTRIAL: {"industries": Industry.objects.filter(code__in=facts["industries"])},
        Section.COOPERATIONS: {"cooperations": [{**row, "city": city} for row in facts["cooperations"]]},
        Section.WISHES: {},
    }
    for section in Section:
        save_section(application, section, texts=facts["texts"][section], **rows[section], by=by, at=at)
    save_contact(application, contact, by=by, at=at)
    return application


def a_page_of_pdf(text: str) -> bytes:
    """A valid one-page PDF with one line of Latin text."""
    stream = f"BT /F1 14 Tf 72 760 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + end
