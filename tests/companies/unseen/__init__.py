"""Companies and questions by somebody who has not seen how the search works."""
