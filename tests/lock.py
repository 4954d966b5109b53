"""`make lock`: requirements.txt from pyproject.toml, with hashes and without index lines."""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    "--quiet", "--upgrade", "--generate-hashes", "--allow-unsafe", "--strip-extras", "--no-annotate",
    "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host",
]  # fmt: skip


def wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        wishes = Path(folder) / "wanted.in"
        wishes.write_text("\n".join(wanted()) + "\n")
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS]
        return subprocess.call([*command, "-o", str(ROOT / "requirements.txt"), str(wishes)])


if __name__ == "__main__":
    sys.exit(main())
