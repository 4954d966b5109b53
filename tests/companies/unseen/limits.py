"""What the search is known not to do, each with the reason; a test fails when one of them is mended."""

PART_OF_A_WORD = (
    "a slip is forgiven in a whole word only, not in the beginning of one or in a part of a compound"
)
ONE_READING = "a word that is read in two ways has one of them only, and not the usual one"
BIGRAMS = "three characters are found as two pairs, wherever these stand"
FORM_IN_PINYIN = "the legal form counts once it is written in pinyin, or in part"
WRONG_CHARACTER = "a wrong character in a Chinese word is not forgiven"
BARE_QUESTION = (
    "an umlaut that is asked for is also taken for the bare vowel, and a beginning outranks a compound"
)
CITY_IN_PINYIN = "syllables of a city's Chinese name outrank the word itself"
CITY_UNSAID = "the name of a city that was meant is not told, unless a company shown says it itself"

MISSING = {
    "chaoyang": ONE_READING,
    "chao yang": ONE_READING,
    "bomo": ONE_READING,
    "火锅抵料": WRONG_CHARACTER,
    "重庆磨托车": WRONG_CHARACTER,
    "Motorenbua": PART_OF_A_WORD,
    "Bruerei": PART_OF_A_WORD,
    "Sensro": PART_OF_A_WORD,
    "Zündax Motorrat": PART_OF_A_WORD,
    "glockne": PART_OF_A_WORD,
}
WRONG = {"電動機": BIGRAMS}
DISORDERED = {
    "電動機": BIGRAMS,
    "xian": FORM_IN_PINYIN,
    "lvyou": FORM_IN_PINYIN,
    "changan": "taken for chang and the beginning of a word, a works (厂) and its place outrank the name",
    "chang'an": "as for changan",
    "Bräu": BARE_QUESTION,
    "braeu": BARE_QUESTION,
    "Küche": BARE_QUESTION,
    "Bus": CITY_IN_PINYIN,
}
UNSAID = dict.fromkeys(["Wupertal", "Chemnits", "Görlits", "shenzen"], CITY_UNSAID)
FORMS_THAT_COUNT = {
    "有限": FORM_IN_PINYIN,
    "责任公司": FORM_IN_PINYIN,
    "股份": FORM_IN_PINYIN,
    "youxian gongsi": FORM_IN_PINYIN,
    "gufen youxian gongsi": FORM_IN_PINYIN,
    "youxian": FORM_IN_PINYIN,
    "gongsi": FORM_IN_PINYIN,
}
MARKS = {
    ("佛山市玉窑陶瓷有限公司", "fo shan tao ci"): "[佛山]市玉窑[陶瓷]有限公[司]",
    ("佛山市玉窑陶瓷有限公司", "yuyao youxian gongsi"): "佛山市[玉窑]陶瓷[有限公司]",
    ("电动摩托车;发动机", "电动机"): "[电动]摩托车;发[动机]",
    ("电动机与发动机", "電動機"): "[电动机]与发[动机]",
}
"""What is marked instead of what should be."""
