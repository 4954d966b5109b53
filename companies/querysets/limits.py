"""How much the search looks at; found by trying among a million companies, see `docs/bench.md`."""

MOST_ORDERED = 1000
"""Answers that are put in order at once, and counted."""
AT_ONCE = 10_000
"""Answers of the words alone up to which it is quicker to have them all than to tell windows apart."""
LOOKED_AT = 8
"""Answers of the words alone that are looked at for one with the wide filters, at most."""
FEW = 2000
"""Expected answers up to which all of them are asked for at once."""
SURELY = 1600
"""Answers expected where first is counted, when only more than can be put in order are looked for."""
ENOUGH = 400
"""Answers expected in a window, at most."""
SOME = 25
"""Answers that the first window has at least; else windows are wider."""
MANY = 5000
"""Answers from which on it is quicker to walk along a column than to put all of them in order."""
