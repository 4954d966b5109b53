"""Questions to the company database, each with the rule of what is right: texts that a firm must say.

The rules are read as plain SQL over what the firms were made of, never through the search itself. TUNED were
at hand while the search was written; FRESH were not.
"""

from __future__ import annotations

from dataclasses import dataclass

from companies.querysets.sight import Sight
from companies.querysets.wanted import Wanted
from companies.states import Visibility

EVERYTHING = Sight(everything=True)
PUBLIC = Sight()
MEMBERS = Sight(visibilities=(Visibility.MEMBERS, Visibility.PUBLIC))
ANYTHING = Wanted()
CHINA, GERMANY = Wanted(country="CN"), Wanted(country="DE")


@dataclass(frozen=True)
class Question:
    """What somebody types, as whom, with which filters; of each line of the rule a firm says one text."""

    q: str
    rule: tuple[tuple[str, ...], ...]
    wanted: Wanted = ANYTHING
    sight: Sight = EVERYTHING


def ask(q: str, *rule: str, wanted: Wanted = ANYTHING, sight: Sight = EVERYTHING) -> Question:
    return Question(q, tuple(tuple(line.split("|")) for line in rule), wanted, sight)


FOSHAN, KOELN, NUERNBERG = "佛山|foshan", "koln|koeln", "nurnberg|nuernberg"
TUNED = [
    ask("佛山陶瓷", "佛山", "陶瓷"),
    ask("佛山", "佛山", sight=PUBLIC),
    ask("foshan taoci", FOSHAN, "陶瓷|taoci"),
    ask("foshantaoci", FOSHAN, "陶瓷|taoci", wanted=CHINA),
    ask("fo shan", FOSHAN, sight=MEMBERS),
    ask("机床", "机床"),
    ask("機床", "机床", sight=PUBLIC),
    ask("jichuang", "机床|jichuang"),
    ask("Köln Maschinenbau", KOELN, "maschinenbau"),
    ask("Koeln", KOELN, sight=PUBLIC),
    ask("科隆", "科隆", sight=MEMBERS),
    ask("Cologne ceramics", "cologne", "ceramics|ceramic"),
    ask("Werkzeugmaschinenbau", "werkzeugmaschinenbau", wanted=GERMANY, sight=PUBLIC),
    ask("maschinenbau", "maschinenbau"),
    ask("陶瓷 Nürnberg", "陶瓷", NUERNBERG),
    ask("Nuernberg Pumpen", NUERNBERG, "pumpen"),
    ask("werkz", "werkz", sight=PUBLIC),
    ask("Edelstalwerk", "edelstahlwerk"),
    ask("Ingolstadt Batterietechnik", "ingolstadt", "batterietechnik", sight=MEMBERS),
    ask("锂电池", "锂电池"),
    ask("佛", "佛", sight=PUBLIC),
    ask("Glas", "glas", wanted=GERMANY),
    ask("ISO 13485", "iso 13485"),
    ask("Medizintechnik GmbH & Co. KG", "medizintechnik"),
    ask("玻璃有限公司", "玻璃", wanted=CHINA, sight=PUBLIC),
    ask("kuchenmobel", "kuchenmobel|kuechenmoebel"),
    ask("Kuechenmoebel", "kuchenmobel|kuechenmoebel", sight=PUBLIC),
    ask("dian chi", "电池|dianchi"),
    ask("柳州半导体", "柳州", "半导体", sight=MEMBERS),
    ask("900124", "hrb 900124|hra 900124"),
]
FRESH = [
    ask("汽车零部件", "汽车零部件"),
    ask("qiche", "汽车|qiche", sight=PUBLIC),
    ask("南宁轨道交通", "南宁", "轨道交通"),
    ask("nanning guidao", "南宁|nanning", "轨道|guidao"),
    ask("Windkraft", "windkraft", wanted=GERMANY),
    ask("Rotorblaetter", "rotorblatter|rotorblaetter"),
    ask("Kühlschränke", "kuhlschranke|kuehlschraenke", sight=PUBLIC),
    ask("kuehlschr", "kuhlschr|kuehlschr"),
    ask("饮料", "饮料", sight=MEMBERS),
    ask("Getränke Aachen", "getranke|getraenke", "aachen"),
    ask("台州模具", "台州", "模具"),
    ask("taizhou muju", "台州|taizhou", "模具|muju", wanted=CHINA),
    ask("亚琛 塑料", "亚琛", "塑料"),
    ask("halbleiter", "halbleiter", sight=PUBLIC),
    ask("Technik Wuppertal", "technik", "wuppertal"),
    ask("亞琛", "亚琛", sight=MEMBERS),
    ask("Nuremberg software", "nuremberg", "software"),
    ask("软件", "软件"),
    ask("ruanjian", "软件|ruanjian", sight=PUBLIC),
    ask("Strassenleuchten", "strassenleuchten|straßenleuchten"),
    ask("無人機", "无人机"),
    ask("wurenji", "无人机|wurenji", sight=MEMBERS),
    ask("Pharmaceuticls", "pharmaceuticals"),
    ask("Lindenweg", "lindenweg", wanted=Wanted(country="DE", sizes=("medium",))),
    ask("创业路", "创业路", sight=PUBLIC),
    ask("Elektromotor", "elektromotor"),
    ask("玻璃纤维", "玻璃纤维", wanted=Wanted(industry="23")),
    ask("Birkenhoefer", "birkenhofer|birkenhoefer"),
    ask("因戈尔施塔特 机床", "因戈尔施塔特", "机床"),
    ask("矿泉", "矿泉", wanted=Wanted(country="CN", forms=("supply",))),
]
