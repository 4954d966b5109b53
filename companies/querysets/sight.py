"""What of the company database a person may see."""

from __future__ import annotations

from dataclasses import dataclass

from companies.states import Visibility


@dataclass(frozen=True)
class Sight:
    """`everything` for who works for the alliance; else what is shown to her, and all of her own cities."""

    everything: bool = False
    visibilities: tuple[str, ...] = (Visibility.PUBLIC,)
    own_cities: tuple[int, ...] = ()
    """Cities whose officer she is, confirmed by the secretariat."""
    kept_cities: tuple[int, ...] = ()
    """Those of them whose companies she may keep: it is a member today."""
