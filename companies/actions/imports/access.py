"""Who brings files of companies: those who keep a city's companies; files of many cities the secretariat."""

from __future__ import annotations

from datetime import datetime

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from cities.models import City
from companies.permissions import require_keeper


def require_importer(by: User | None, city: City | None, *, at: datetime) -> None:
    if city is None:
        require_secretariat(by)
    else:
        require_keeper(by, city, at=at)
