"""The search held against the law of its issue by questions that nobody tuned it to."""

from collections import defaultdict

import pytest
from django.db import transaction
from django.utils import translation

from tests.companies.unseen.asking import answered
from tests.companies.unseen.firms import loaded
from tests.companies.unseen.questions_more import QUESTIONS


# A database for tests is made where a test says that it needs one.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """All companies loaded once, every question asked, and everything taken back."""
    import time; t=time.time()
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        world = loaded()
        print("loaded", time.time()-t)
        found = [answered(question, world) for question in QUESTIONS]
        print("asked", time.time()-t)
        transaction.set_rollback(True)
    return found


def test_show(answers):
    for a in answers:
        if a.missing or a.wrongly_first or a.twice or a.leaked or (a.wrong and a.question.exact):
            print("MISS" if a.missing else "NOISE", a, a.leaked, a.twice)
