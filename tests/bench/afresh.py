"""For the benchmark only: a page as its first reader after a change finds it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from membership.views.circulars_answers import KEPT, KEPT_FOR_STAFF
from membership.views.members import Members
from tests.bench.web import AFRESH


def afresh(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that forgets what is kept, for requests that ask for it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if AFRESH in request.headers:
            for kept in (Members.kept, KEPT, KEPT_FOR_STAFF):
                kept.drawn.clear()
        return get_response(request)

    return handle
