"""Circulars on paper: electorates and their answers, written as letters."""

from datetime import UTC, datetime, timedelta

from membership.consent import Answer, Electorate, Member, Outcome, Position, Rule, Side, outcome

DEADLINE = datetime(2017, 3, 12, 15, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
POSITIONS = {
    "C": Position.CONSENT,
    "c": Position.CONSENT_WITH_COMMENT,
    "O": Position.OBJECTION,
    "A": Position.ABSTENTION,
}
FOUNDERS = {
    Side.CN: [
        "Foshan", "Guiyang", "Jiangmen", "Jiaozuo", "Jieyang", "Liuzhou",
        "Nanning", "Taizhou", "Yunfu", "Zhaoqing", "Zhuzhou",
    ],
    Side.DE: [
        "Aachen", "Ingolstadt", "Kelsterbach", "Köln", "Nürnberg", "Raunheim", "Rüsselsheim", "Wuppertal",
    ],
}  # fmt: skip


def electorate(cn: int = 0, de: int = 0, exits: dict[str, datetime] | None = None) -> Electorate:
    """So many members on each side: cn1, cn2, … and de1, de2, …"""
    keys = [
        *((Side.CN, f"cn{n}") for n in range(1, cn + 1)),
        *((Side.DE, f"de{n}") for n in range(1, de + 1)),
    ]
    return Electorate(tuple(Member(key, side, key) for side, key in keys), exits or {})


def ballots(asked: Electorate, letters: str) -> list[Answer]:
    """Answers in the order of the members: C consent, c with comment, O objection, A abstention, - none."""
    return [
        Answer(member.key, POSITIONS[letter], DEADLINE - 10 * DAY, order)
        for order, (member, letter) in enumerate(zip(asked.members, letters, strict=True))
        if letter != "-"
    ]


def founders(**letters: str) -> tuple[Electorate, list[Answer]]:
    """The nineteen founding members and their answers; whoever is not named consents."""
    asked = Electorate(tuple(Member(name, side, name) for side, names in FOUNDERS.items() for name in names))
    return asked, ballots(asked, "".join(letters.get(str(member), "C") for member in asked.members))


def decide(rule: Rule, letters_cn: str, letters_de: str = "") -> Outcome:
    """The outcome at the deadline of answers written as letters, one for each member."""
    asked = electorate(len(letters_cn), len(letters_de))
    return outcome(rule, asked, ballots(asked, letters_cn + letters_de), deadline=DEADLINE, at=DEADLINE)
