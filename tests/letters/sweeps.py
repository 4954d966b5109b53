"""Sweeps as other apps have them; each notes when it was called."""

import os
import signal

calls = []


def good(at):
    calls.append(("good", at))


def bad(at):
    calls.append(("bad", at))
    raise ZeroDivisionError("This sweep always fails.")


def end_the_worker(at):
    calls.append(("end", at))
    os.kill(os.getpid(), signal.SIGTERM)
