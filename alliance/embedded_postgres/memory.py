"""How much of the machine's memory the database may keep its pages in."""

from __future__ import annotations

import os
from pathlib import Path

MEGABYTE = 1024 * 1024
LEAST, MOST = 64, 1024
CONTAINER = Path("/sys/fs/cgroup/memory.max")


def shared_buffers(memory: int | None = None) -> str:
    """A quarter of the memory (bytes), as PostgreSQL's manual advises; 64 MB at least, 1 GB at most."""
    quarter = (memory or machine_memory()) // 4 // MEGABYTE
    return f"{min(max(quarter, LEAST), MOST)}MB"


def machine_memory() -> int:
    """Bytes of memory of the machine, or of the container in which we run."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    allowed = CONTAINER.read_text().strip() if CONTAINER.is_file() else ""
    return min(machine, int(allowed)) if allowed.isdigit() else machine
