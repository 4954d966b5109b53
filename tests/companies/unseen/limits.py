"""What the search is known not to do, each with the reason; a test fails when one of them is mended."""

MIDDLE_OF_A_WORD = "a slip in the middle of a long compound is too little of it to be tried"
BIGRAMS = "three characters are found as two pairs, wherever these stand"
OTHERS_READ_SO = "other Chinese that is read so, or begins so, is as good as the word itself"
BARE_QUESTION = (
    "an umlaut that is asked for is also taken for the bare vowel, and a beginning outranks a compound"
)
CITY_IN_PINYIN = "syllables of a city's Chinese name outrank the word itself"

MISSING = {"Sensro": MIDDLE_OF_A_WORD}
WRONG = {"電動機": BIGRAMS}
DISORDERED = {
    "電動機": BIGRAMS,
    "xian": OTHERS_READ_SO,
    "Bräu": BARE_QUESTION,
    "braeu": BARE_QUESTION,
    "Küche": BARE_QUESTION,
    "Bus": CITY_IN_PINYIN,
}
UNSAID: dict[str, str] = {}
FORMS_THAT_COUNT: dict[str, str] = {}
MARKS = {("电动摩托车;发动机", "电动机"): "[电动]摩托车;发[动机]"}
"""What is marked instead of what should be."""
