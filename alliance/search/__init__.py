"""Text folding and search keys across scripts, shared by all searches.

A row stores `search_key(*names)` in a text column; a list asks it with `matches("search_key", q)`.
"""

from alliance.search.asking import is_found, matches, query_key, query_terms
from alliance.search.folding import fold
from alliance.search.keys import keys, search_key

__all__ = ["fold", "is_found", "keys", "matches", "query_key", "query_terms", "search_key"]
