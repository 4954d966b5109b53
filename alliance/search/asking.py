"""The asking side of search: from what somebody typed to a database condition."""

from django.db.models import Q

from alliance.search.folding import folded_words, is_unspaced

_LONGEST_QUESTION = 200  # characters; nobody types more, and every word costs a comparison
_CITY = "市"


def query_terms(q: str) -> list[str]:
    """Return the folded words of a question, each once; every one of them must match."""
    return list(dict.fromkeys(folded_words(q[:_LONGEST_QUESTION])))


def query_key(term: str) -> str:
    """Return the text that must stand in the stored key: the beginning of a word, or any piece of Chinese.

    The 市 at the end of a city's official name is left out, so that 科隆市 finds 科隆.
    """
    if not is_unspaced(term):
        return f" {term}"
    return term.removesuffix(_CITY) if len(term) > 2 else term


def is_found(q: str, stored: str) -> bool:
    """Whether the question finds a row with this stored key; the same answer as `matches` gives in SQL."""
    terms = query_terms(q)
    if not terms:
        return not q.strip()
    return all(query_key(term) in stored for term in terms)


def matches(field: str, q: str) -> Q:
    """Return the condition that the search column `field` matches the question.

    A blank question finds everything, one without any letter or digit nothing.
    """
    terms = query_terms(q)
    if not terms and q.strip():
        return Q(pk__in=[])
    condition = Q()
    for term in terms:
        condition &= Q(**{f"{field}__contains": query_key(term)})
    return condition
