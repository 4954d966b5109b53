"""A place for everything that a run writes, known before the settings are read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def ground() -> Iterator[Path]:
    """A folder that PostgreSQL's user may enter; nothing is left of it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)
    os.environ.update(POSTGRES_DIR=str(folder / "pg"), FILES_DIR=str(folder / "files"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
