"""How much memory the database takes: a quarter, within bounds."""

import pytest

from alliance.embedded_postgres.memory import machine_memory, shared_buffers

GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("memory", "buffers"),
    [
        (GIGABYTE // 8, "64MB"),
        (GIGABYTE, "256MB"),
        (2 * GIGABYTE, "512MB"),
        (4 * GIGABYTE, "1024MB"),
        (64 * GIGABYTE, "1024MB"),
    ],
)
def test_a_quarter_of_the_memory_within_bounds(memory, buffers):
    assert shared_buffers(memory) == buffers


def test_the_memory_of_this_machine_is_known():
    assert machine_memory() > GIGABYTE // 8
    assert shared_buffers() == shared_buffers(machine_memory())
