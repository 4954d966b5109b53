"""Which user of the machine PostgreSQL runs as: never root."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from alliance.embedded_postgres.errors import CannotStart

DISTRIBUTION_USER = "postgres"
OWN_USER = "alliance-postgres"
NOT_YET = -1


@dataclass(frozen=True)
class SystemUser:
    """The user the server's processes belong to; may still have to be created (`uid` is then NOT_YET)."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...] = ()

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def blocked_at(self, path: Path) -> Path | None:
        """The first folder on the way to `path` that this user may not enter, if any."""
        for folder in (*reversed(path.parents), path):
            try:
                info = folder.stat()
            except FileNotFoundError:
                return None
            except PermissionError:
                return folder.parent
            if stat.S_ISDIR(info.st_mode) and not self._may_enter(folder, info):
                return folder
        return None

    def _may_enter(self, folder: Path, info: os.stat_result) -> bool:
        if self.is_me:
            return os.access(folder, os.X_OK)
        if info.st_uid == self.uid:
            return bool(info.st_mode & stat.S_IXUSR)
        if info.st_gid in (self.gid, *self.groups):
            return bool(info.st_mode & stat.S_IXGRP)
        return bool(info.st_mode & stat.S_IXOTH)

    def created(self) -> SystemUser:
        """This user, created on the machine if there was none."""
        return _create(self.name) if self.uid == NOT_YET else self

    def take(self, path: Path) -> None:
        """Hand `path` over to this user; only root can and needs to."""
        if not self.is_me:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        environment: dict[str, str] | None = None,
        detached: bool = False,
        timeout: float = 120,
        keep_open: tuple[int, ...] = (),
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, away from folders it may not enter, and return what it said."""
        identity = (None, None, None) if self.is_me else (self.uid, self.gid, list(self.groups))
        return subprocess.run(  # noqa: S603 our own programs, no shell
            [str(part) for part in command],
            user=identity[0],
            group=identity[1],
            extra_groups=identity[2],
            cwd="/",
            umask=0o077,
            env=_environment() | (environment or {}),
            start_new_session=detached,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            pass_fds=keep_open,
        )


def server_user(owner: int | None) -> SystemUser:
    """Who the server runs as: ourselves; for root the folder's owner, `postgres` or a user of our own."""
    if os.geteuid() != 0:
        return known(os.geteuid())
    if owner:
        return known(owner)
    for name in (DISTRIBUTION_USER, OWN_USER):
        try:
            return known(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    return SystemUser(OWN_USER, NOT_YET, NOT_YET)


def known(uid: int) -> SystemUser:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return SystemUser(f"number {uid}", uid, os.getegid() if uid == os.geteuid() else uid)
    return SystemUser(entry.pw_name, uid, entry.pw_gid, tuple(os.getgrouplist(entry.pw_name, entry.pw_gid)))


def _create(name: str) -> SystemUser:
    """Make the user, unless another process has just done so; two `useradd` at once make one name twice."""
    lock = os.open("/etc", os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with suppress(KeyError):
            return known(pwd.getpwnam(name).pw_uid)
        return _add(name)
    finally:
        os.close(lock)


def _add(name: str) -> SystemUser:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise CannotStart(
            "PostgreSQL does not run as root, and there is no `useradd` to create a user for it. "
            "Start this as another user, or set DATABASE_URL to a PostgreSQL that is already there."
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = [program, *options, "--shell", "/usr/sbin/nologin", name]
    made = subprocess.run(command, capture_output=True, text=True)  # noqa: S603 our own command, no shell
    try:
        return known(pwd.getpwnam(name).pw_uid)
    except KeyError:
        raise CannotStart(f"The system user {name} could not be created: {made.stderr.strip()}") from None


def _environment() -> dict[str, str]:
    """Nothing of the caller's settings (PGPORT, PGDATA, LANG, secrets) reaches the server."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {"PATH": os.defpath, **kept, "LC_ALL": "C"}
