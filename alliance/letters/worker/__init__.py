"""The worker: sends what is queued and does what is due."""

from alliance.letters.worker.heartbeats import late_since, worker_is_late
from alliance.letters.worker.loop import Worker

__all__ = ["Worker", "late_since", "worker_is_late"]
