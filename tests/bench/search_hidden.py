"""Thirty further questions, chosen by somebody who has not seen how the search works: not to be tuned to.

Most are common words with many hits, many have filters. The rules of what is right must know more than for
the others: sections of industries, every size, freshness, direction, states, and cities. IN_CITIES names the
city's slug, since the numbers of cities are not known before they are made.
"""

from __future__ import annotations

from companies.querysets.wanted import Wanted
from tests.bench.search_questions import CHINA, GERMANY, MEMBERS, PUBLIC, Question, ask

CHEMNITZ, LIUZHOU = "chemnitz", "柳州|liuzhou"
HIDDEN = [
    ask("technik", "technik"),
    ask("werke", "werke", wanted=GERMANY, sight=MEMBERS),
    ask("设备", "设备", sight=PUBLIC),
    ask("工业", "工业", wanted=Wanted(country="CN", sizes=("very_large",))),
    ask("专业生产", "专业生产", sight=MEMBERS),
    ask("ISO 9001", "iso 9001", wanted=Wanted(sizes=("small", "medium")), sight=PUBLIC),
    ask("bau", "bau", wanted=Wanted(industry="C"), sight=PUBLIC),
    ask("Maker of", "maker of", wanted=Wanted(industry="28", country="DE")),
    ask("machinery", "machinery", wanted=Wanted(forms=("technology", "research"))),
    ask("shebei", "设备|shebei", wanted=CHINA, sight=PUBLIC),
    ask("dianji Liuzhou", "电机|dianji", LIUZHOU),
    ask("電機", "电机", wanted=Wanted(industry="271")),
    ask("moebel", "mobel|moebel", sight=MEMBERS),
    ask("Möbel", "mobel|moebel", wanted=Wanted(industry="3100", forms=("distribution",))),
    ask("geraete Chemnitz", "gerate|geraete", CHEMNITZ, sight=PUBLIC),
    ask("brau", "brau", wanted=Wanted(country="DE", industry="11")),
    ask("weiss", "weiss|weiß", wanted=GERMANY),
    ask("Elektro", "elektro", sight=MEMBERS),
    ask("Spritzguss Mainz", "spritzguss", "mainz"),
    ask("泵", "泵", wanted=CHINA),
    ask("gongshui", "供水|gongshui", wanted=Wanted(industry="E"), sight=PUBLIC),
    ask("云砚", "云砚"),
    ask("Moorbrueck GmbH", "moorbruck|moorbrueck"),
    ask("医疗器械股份有限公司", "医疗器械", sight=MEMBERS),
    ask("Drehmachinen", "drehmaschinen", wanted=GERMANY, sight=PUBLIC),
    ask("semiconductors 传感器", "semiconductors", "传感器"),
]
IN_CITIES: list[tuple[str, Question]] = [
    ("koeln", ask("stahl", "stahl")),
    ("foshan", ask("", "", wanted=Wanted(industry="23"), sight=PUBLIC)),
    ("liuzhou", ask("汽车", "汽车", wanted=Wanted(freshness="fresh"), sight=MEMBERS)),
    ("aachen", ask("software", "software", wanted=Wanted(direction="both", states=("published",)))),
]
