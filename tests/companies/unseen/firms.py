"""Some three hundred invented companies of both countries, written in `data`, and how they are loaded."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection

from cities.models import City, Industry
from companies.actions import indexing
from companies.models import Company
from companies.models.names import derived_names
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory

DATA = Path(__file__).parent / "data"
LISTS = {"p": "products", "c": "certificates", "coop": "cooperation_forms"}
TEXTS = {
    "latin": "latin_name",
    **{kind + ending: f"{name}_{ending}" for ending in ("zh", "de", "en") for kind, name in
       (("", "name"), ("s", "short"), ("l", "long"))},
    "a": "address",
    "w": "website",
    "st": "state",
    "v": "visibility",
    "own": "ownership",
    "form": "legal_form",
}  # fmt: skip
CITIES = {
    "Foshan": ("CN", "佛山市", "Foshan", "Foshan"),
    "Liuzhou": ("CN", "柳州市", "Liuzhou", "Liuzhou"),
    "Nanning": ("CN", "南宁市", "Nanning", "Nanning"),
    "Chongqing": ("CN", "重庆市", "Chongqing", "Chongqing"),
    "Changchun": ("CN", "长春市", "Changchun", "Changchun"),
    "Chengdu": ("CN", "成都市", "Chengdu", "Chengdu"),
    "Wuhan": ("CN", "武汉市", "Wuhan", "Wuhan"),
    "Guangzhou": ("CN", "广州市", "Kanton", "Guangzhou"),
    "Shenzhen": ("CN", "深圳市", "Shenzhen", "Shenzhen"),
    "Xi'an": ("CN", "西安市", "Xi'an", "Xi'an"),
    "Qingdao": ("CN", "青岛市", "Tsingtau", "Qingdao"),
    "Suzhou": ("CN", "苏州市", "Suzhou", "Suzhou"),
    "Jinan": ("CN", "济南市", "Jinan", "Jinan"),
    "Xiamen": ("CN", "厦门市", "Xiamen", "Xiamen"),
    "Lüliang": ("CN", "吕梁市", "Lüliang", "Lüliang"),
    "Beijing": ("CN", "北京市", "Peking", "Beijing"),
    "Shanghai": ("CN", "上海市", "Schanghai", "Shanghai"),
    "Nanjing": ("CN", "南京市", "Nanking", "Nanjing"),
    "Aachen": ("DE", "亚琛", "Aachen", "Aachen"),
    "Köln": ("DE", "科隆", "Köln", "Cologne"),
    "Wuppertal": ("DE", "乌珀塔尔", "Wuppertal", "Wuppertal"),
    "München": ("DE", "慕尼黑", "München", "Munich"),
    "Nürnberg": ("DE", "纽伦堡", "Nürnberg", "Nuremberg"),
    "Düsseldorf": ("DE", "杜塞尔多夫", "Düsseldorf", "Dusseldorf"),
    "Mainz": ("DE", "美因茨", "Mainz", "Mainz"),
    "Hannover": ("DE", "汉诺威", "Hannover", "Hanover"),
    "Frankfurt": ("DE", "美因河畔法兰克福", "Frankfurt am Main", "Frankfurt"),
    "Chemnitz": ("DE", "开姆尼茨", "Chemnitz", "Chemnitz"),
    "Gießen": ("DE", "吉森", "Gießen", "Giessen"),
    "Osnabrück": ("DE", "奥斯纳布吕克", "Osnabrück", "Osnabrück"),
    "Lübeck": ("DE", "吕贝克", "Lübeck", "Lübeck"),
    "Ulm": ("DE", "乌尔姆", "Ulm", "Ulm"),
    "Saarbrücken": ("DE", "萨尔布吕肯", "Saarbrücken", "Saarbrücken"),
    "Braunschweig": ("DE", "不伦瑞克", "Braunschweig", "Brunswick"),
    "Göttingen": ("DE", "哥廷根", "Göttingen", "Göttingen"),
    "Görlitz": ("DE", "格尔利茨", "Görlitz", "Görlitz"),
    "Halle": ("DE", "哈勒", "Halle (Saale)", "Halle"),
    "Bad Homburg": ("DE", "巴特洪堡", "Bad Homburg vor der Höhe", "Bad Homburg"),
}


@dataclass
class Firm:
    """A company as it is written down, with the names of its city and the labels of its industry."""

    key: str
    city: str
    isic: str
    values: dict
    labels: tuple[str, ...] = ()
    wider_labels: tuple[str, ...] = ()
    pk: int = 0
    read: dict[str, str] = field(default_factory=dict)

    def of(self, *fields: str) -> list[str]:
        found = [self.values.get(field, "") for field in fields]
        return [text for value in found for text in (value if isinstance(value, list) else [value]) if text]

    @property
    def country(self) -> str:
        return CITIES[self.city][0]

    @property
    def city_names(self) -> tuple[str, ...]:
        return CITIES[self.city][1:]


@dataclass
class World:
    """The companies in the database, and their cities."""

    firms: dict[str, Firm]
    cities: dict[str, City] = field(default_factory=dict)

    def key_of(self) -> dict[int, str]:
        return {firm.pk: key for key, firm in self.firms.items()}


def written_firms() -> list[Firm]:
    lines = [
        line for path in sorted(DATA.glob("firms_*.txt")) for line in path.read_text("utf-8").split("\n")
    ]
    return [read(line) for line in lines if line and not line.startswith("#")]


def read(line: str) -> Firm:
    key, city, isic, registered, *rest = (part.strip() for part in line.split(" | "))
    values: dict = {"registered_name": registered, "name_de": "", "visibility": "members"}
    for part in rest:
        values.update(read_value(*part.split(":", 1)))
    return Firm(key, city, isic, values)


def read_value(name: str, value: str) -> dict:
    if name in LISTS:
        return {LISTS[name]: value.split(";")}
    if name in TEXTS:
        return {TEXTS[name]: value}
    if name == "until":
        return {"valid_until": date.fromisoformat(value)}
    if name == "n":
        return {"register_kind": "handelsregister", "register_number": value}
    return {{"e": "employees", "y": "founded"}[name]: int(value)}


def loaded() -> World:
    """All companies in the database and found by the search."""
    world = World({firm.key: firm for firm in written_firms()}, {name: city(name) for name in CITIES})
    labels = industry_labels()
    made = []
    for firm in world.firms.values():
        firm.labels, firm.wider_labels = labels[firm.isic]
        made.append(entry(firm, world.cities[firm.city]))
    for firm, company in zip(world.firms.values(), Company.objects.bulk_create(made), strict=True):
        firm.pk = company.pk
    indexing.index([firm.pk for firm in world.firms.values()])
    look_over_tables()
    return world


def look_over_tables() -> None:
    """PostgreSQL learns how many companies there are, as it does by itself after a while."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names() if table.startswith("companies_")]
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def entry(firm: Firm, seat: City) -> Company:
    """As the factory makes it, with what saving derives, but not yet written."""
    company = CompanyFactory.build(city=seat, industry=INDUSTRIES[firm.isic], **firm.values)
    for name, value in derived_names(company.__dict__).items():
        setattr(company, name, value)
    return company


def city(name: str) -> City:
    country, zh, de, en = CITIES[name]
    pinyin = en if country == "CN" else ""
    return CityFactory(country=country, name_zh=zh, name_de=de, name_en=en, pinyin=pinyin)


INDUSTRIES: dict[str, Industry] = {}


def industry_labels() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each code its own labels in three languages, and those of all that it belongs to."""
    INDUSTRIES.update({industry.code: industry for industry in Industry.objects.select_related("parent")})
    by_id = {industry.pk: industry for industry in INDUSTRIES.values()}

    def own(industry):
        return (industry.name_zh, industry.name_de, industry.name_en)

    def wider(industry):
        above = by_id.get(industry.parent_id)
        return () if above is None else own(above) + wider(above)

    return {code: (own(industry), wider(industry)) for code, industry in INDUSTRIES.items()}
