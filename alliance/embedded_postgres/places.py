"""Where the server keeps its data, its socket and its log."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alliance.embedded_postgres.errors import CannotStart
from alliance.embedded_postgres.system_users import SystemUser, server_user

PORT = 5432
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class Place:
    """One folder (mode 0700) that holds everything of one server, and the user it belongs to."""

    folder: Path
    user: SystemUser
    fallback_root: Path
    why_not_as_wanted: str = ""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.folder / f".s.PGSQL.{PORT}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def cluster_name(self) -> str:
        """A name that stands in the command line of each of the server's processes."""
        return f"alliance-{_digest(self.data)}"

    @property
    def has_cluster(self) -> bool:
        return _has_cluster(self.folder)

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Make the folder if need be and hold its lock: whoever starts or stops the server is alone."""
        user = self.user.created()
        _make_folder(self.folder, user)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            user.take(self.folder / "lock")
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock
        finally:
            os.close(lock)


def choose(wanted: Path, fallback_root: Path | None = None) -> Place:
    """The wanted folder; or, where PostgreSQL could not work there, one of the same name below the fallback.

    A cluster once made is never left behind silently: one in the fallback goes on being used, and one in a
    wanted folder that has become unusable is an error, not an empty database somewhere else.
    """
    wanted = wanted.resolve()
    root = fallback_root or _fallback_root()
    fallback = root / _digest(wanted)
    user = server_user(_owner(wanted))
    problem = _problem(wanted, user)
    if not problem and (_has_cluster(wanted) or not _has_cluster(fallback)):
        return Place(wanted, user, root)
    if problem and (_has_cluster(wanted) or _belongs_to_another(wanted)):
        raise CannotStart(f"The database in {wanted} cannot be started: {problem}.")
    user = server_user(_owner(fallback))
    if trouble := _problem(fallback, user):
        raise CannotStart(
            f"The database cannot be kept in {wanted} ({problem or 'it is already in the other folder'}) "
            f"nor in {fallback} ({trouble}). Move the project, or set DATABASE_URL to another PostgreSQL."
        )
    why = problem or "it was made here when that folder could not be used"
    return Place(fallback, user, root, f"not in {wanted}: {why}")


def _problem(folder: Path, user: SystemUser) -> str:
    """Why a server of `user` cannot work in `folder`; empty when it can."""
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET_PATH:
        return f"the path of its socket would be longer than {LONGEST_SOCKET_PATH} bytes"
    if {",", '"'} & set(str(folder)):
        return "its path has a comma or a quotation mark in it"
    if _belongs_to_another(folder):
        return f"it belongs to user number {_owner(folder)}; start it as that user or as root"
    if blocked := user.blocked_at(folder):
        return f"{blocked} is closed to {user.name}, the user PostgreSQL runs as"
    if not folder.exists() and not os.access(_nearest(folder), os.W_OK | os.X_OK):
        return f"{_nearest(folder)} is read-only"
    return ""


def _fallback_root() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/alliance-postgres")
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return Path(base).resolve() / "alliance-postgres"


def _make_folder(folder: Path, user: SystemUser) -> None:
    missing = [parent for parent in folder.parents if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(exist_ok=True)
        if not user.is_me:
            parent.chmod(0o755)
    folder.mkdir(mode=0o700, exist_ok=True)
    user.take(folder)
    folder.chmod(0o700)


def _has_cluster(folder: Path) -> bool:
    return os.path.exists(folder / "data" / "PG_VERSION")


def _owner(folder: Path) -> int | None:
    try:
        return folder.stat().st_uid
    except OSError:
        return None


def _belongs_to_another(folder: Path) -> bool:
    return os.geteuid() != 0 and _owner(folder) not in (None, os.geteuid())


def _nearest(folder: Path) -> Path:
    """The folder itself, or the closest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
