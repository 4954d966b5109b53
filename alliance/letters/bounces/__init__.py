"""What comes back to the address of the alliance: told apart, and written to the copy it is about."""

from alliance.letters.bounces.reading import LONGEST_MAIL, Reading, Verdict, read
from alliance.letters.bounces.recording import Result, Taken, record

__all__ = ["LONGEST_MAIL", "Reading", "Result", "Taken", "Verdict", "read", "record"]
