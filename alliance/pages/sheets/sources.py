"""Where a file's bytes come from: an upload, a kept file or a path, opened as often as needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File


@dataclass(frozen=True)
class Source:
    """A file that can be read from its beginning again and again."""

    name: str
    size: int
    path: Path | None = None
    file: IO[bytes] | None = None

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes from the beginning; a file of somebody else's is left open, at its beginning."""
        if self.path is not None:
            with self.path.open("rb") as file:
                yield file
        elif self.file is not None:
            self.file.seek(0)
            try:
                yield self.file
            finally:
                if not self.file.closed:
                    self.file.seek(0)


def source_of(upload: File[Any] | Path | str, name: str) -> Source:
    """An upload, a kept file or a path as a source."""
    path = _path_of(upload)
    if path is not None:
        return Source(name, path.stat().st_size, path=path)
    assert isinstance(upload, File)  # noqa: S101 (told to the type checker)
    plain = upload.file if hasattr(upload.file, "seekable") else upload
    return Source(name, upload.size or 0, file=plain)  # type: ignore[arg-type]


def _path_of(upload: File[Any] | Path | str) -> Path | None:
    if isinstance(upload, str | Path):
        return Path(upload)
    if hasattr(upload, "temporary_file_path"):
        return Path(upload.temporary_file_path())
    try:
        return Path(upload.path)  # type: ignore[attr-defined]
    except (AttributeError, NotImplementedError):
        return None
