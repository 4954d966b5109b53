"""The tables about the search that `make bench` prints."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tests.bench.report import say, table
from tests.bench.search import Asked, Searched

AIM_RECALL, AIM_P50, AIM_P95, AIM_RATIO, AIM_DEPTH, AIM_SIZE = 0.98, 5.0, 25.0, 150.0, 2.0, 2.0


def searches(large: Searched, small: Searched) -> None:
    say(
        f"Search among {large.companies:,} companies, loaded and searchable in "
        f"{large.loading_seconds:.0f} s: {large.companies / large.loading_seconds:,.0f} a second"
    )
    heads = ["questions", "recall", "p50 ms", "p95 ms", "× icontains", "key reads", "aim"]
    sets = {"at hand": large.tuned, "unseen": large.fresh, "hidden": large.hidden}
    table([heads, *(questions(label, some, large) for label, some in sets.items())])
    every = [one for some in sets.values() for one in some]
    worst = sorted(every, key=lambda one: -one.ms)[:5]
    say("Slowest: " + ", ".join(f"“{one.question.q}” {one.ms:.1f} ms" for one in worst))
    missed = [one for one in every if one.recall < 1]
    say("Not all found: " + (", ".join(f"“{one.question.q}” {one.recall:.2f}" for one in missed) or "none"))
    depths(large)
    ratio = large.browsing_ms / small.browsing_ms
    sizes = f"{large.companies:,} to {small.companies:,}"
    say(f"First page of all, {sizes}: {ratio:.2f} ({kept(ratio <= AIM_SIZE)})")


def questions(label: str, asked: Sequence[Asked], one: Searched) -> list[str]:
    times = sorted(found.ms for found in asked)
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    recall = statistics.mean(found.recall for found in asked)
    ratio = statistics.median(found.admin_ms / found.ms for found in asked)
    good = recall >= AIM_RECALL and p50 <= AIM_P50 and p95 <= AIM_P95 and ratio >= AIM_RATIO
    figures = [f"{recall:.3f}", f"{p50:.1f}", f"{p95:.1f}", f"{ratio:.0f}", f"{p50 / one.key_ms:.0f}"]
    return [label, *figures, kept(good)]


def depths(one: Searched) -> None:
    worst = max(one.depths.values()) / min(one.depths.values())
    pages = " · ".join(f"{depth:,}: {ms:.2f} ms" for depth, ms in one.depths.items())
    say(f"Pages by depth: {pages}; worst ratio {worst:.2f} ({kept(worst <= AIM_DEPTH)})")


def kept(good: bool) -> str:
    return "kept" if good else "missed"
