"""The site's addresses, and the bare page that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(request: HttpRequest) -> HttpResponse:
    """Says hello; to a signed-in person by name, which costs the look-up of session and person."""
    return HttpResponse(f"Hello {request.user}", content_type="text/plain")


urlpatterns = [
    path("bench/hello/", hello, name="bench_hello"),
    path("", include("alliance.urls")),
]
