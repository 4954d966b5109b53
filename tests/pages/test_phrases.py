"""Sentences put together."""

import pytest

from alliance.pages.phrases import sentences


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        (["Needs 13 consents.", "", "One objection."], "Needs 13 consents. One objection."),
        (["需13个同意。", "1个反对。"], "需13个同意。1个反对。"),
        (["“三分之二同意”。", "Silence is left out."], "“三分之二同意”。Silence is left out."),
    ],
)
def test_sentences_stand_as_their_language_wants(parts, text):
    assert sentences(parts) == text
