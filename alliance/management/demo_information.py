"""A circular for information to the German side, in the demonstration: some cities have taken note."""

from datetime import datetime, timedelta

from alliance.accounts.models import User
from cities.models import City
from cities.states import Country
from membership.actions import acknowledgements, circulars, information

NOTED = ("aachen", "koeln", "ingolstadt")
TEXTS = {
    "subject_zh": "关于2027年汉诺威工业博览会联合展台的通知",
    "subject_de": "Gemeinschaftsstand auf der Hannover Messe 2027",
    "subject_en": "Joint stand at Hannover Messe 2027",
    "body_zh": "各成员城市：\n\n联盟将在2027年汉诺威工业博览会上设立联合展台，共六个展位。"
    "请有意参展的城市告知秘书处。\n\n请于{deadline}前确认知悉。\n\n秘书处",
    "body_de": "Sehr geehrte Damen und Herren,\n\ndie Allianz ist auf der Hannover Messe 2027 mit einem "
    "Gemeinschaftsstand vertreten; es gibt sechs Plätze. Städte, die teilnehmen möchten, melden sich bitte "
    "beim Sekretariat.\n\nBitte bestätigen Sie die Kenntnisnahme bis zum {deadline}.\n\nDas Sekretariat",
    "body_en": "Dear colleagues,\n\nthe alliance has a joint stand with six places at Hannover Messe 2027. "
    "Cities that wish to take part please tell the secretariat.\n\nPlease acknowledge this circular by "
    "{deadline}.\n\nThe secretariat",
}


def load(at: datetime) -> None:
    secretary = User.objects.get(email="secretariat@demo.example")
    issued_at = at - timedelta(days=2)
    deadline = circulars.end_of_day((at + timedelta(days=12)).date(), "Europe/Berlin")
    draft = information.begin(
        texts=TEXTS, side=Country.GERMANY, deadline=deadline, by=secretary, at=issued_at
    )
    circular = circulars.issue(draft, by=secretary, at=issued_at)
    for hours, slug in enumerate(NOTED, start=3):
        if city := City.objects.filter(slug=slug, pk__in=circular.addressees.values("city")).first():
            officer = User.objects.get(email=f"officer@{slug}.demo.example")
            moment = issued_at + timedelta(hours=hours)
            acknowledgements.acknowledge(circular, city=city, by=officer, at=moment)
