"""What a load balancer asks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from alliance.letters.worker import worker_is_late


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while database and worker live, 503 with what is wrong otherwise."""
    found = {"database": database_state(), "worker": "unknown"}
    if found["database"] == "ok":
        found["worker"] = "late" if worker_is_late(timezone.now()) else "ok"
    healthy = all(state == "ok" for state in found.values())
    return JsonResponse({"healthy": healthy, **found}, status=200 if healthy else 503)


def database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"
