"""For the benchmark only: a page as its first reader after a change finds it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alliance.pages.kept import Kept
from tests.bench.web import AFRESH


def afresh(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that lays aside what is kept, for requests that ask for it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if AFRESH not in request.headers:
            return get_response(request)
        before = [(kept, kept.drawn) for kept in Kept.everything]
        for kept in Kept.everything:
            kept.drawn = {}
        try:
            return get_response(request)
        finally:
            for kept, drawn in before:
                kept.drawn = drawn

    return handle
