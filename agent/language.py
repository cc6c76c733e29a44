"""Languages: whether a text is in English, and the names of those that a recognizer knows."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Our own lists of the commonest short words of each language; words that two of them share are
# left out, and so are those that stand in English texts as names or terms.
_ENGLISH = _words(
    "the and you with our your are from that this their they by have who or it as is we of to"
    " for been at on how what did would"
)
_OTHERS = (
    _words(
        "der die das und mit für wir sie ist den dem ein eine einen auf zu nicht bei im von wie"
        " haben"
    ),
    _words("le les des une et dans pour vous nous avec sur est au aux du votre notre qui avez"),
    _words("el los las y del una con para por es en su nuestro que como más al qué cómo"),
    _words("il gli della di e che con nel una sono del alla dei come più"),
    _words("het een en van voor met je wij zijn op te bij jouw onze niet aan"),
    _words("os da do em uma com para dos das você nosso que não ao por"),
    _words("och att som är på med för vi du den det av og til ikke er"),
    _words("w na z się jest nie jak czy oraz po przez który która tym"),
)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 20
"""Shorter texts are taken as they are: too few words to tell."""
_LEAST_SHARE = 0.15
"""Share of a language's common words from which on a text can be in it. In questions from German,
French and Spanish guides to interviews, 20 to 36 words each, it was .12 to .38 (12 of 13 told, not
the one at .12); in English full of names and terms, at most .12 and in nearly all below .06."""


def is_english(text: str) -> bool:
    """Return whether a text is in English; one that gives no clear sign counts as English.

    It is not where the common words of another language are more frequent than those of English
    and make up `_LEAST_SHARE` of it, or where most letters are not Latin. Languages that are not
    listed (Turkish, Finnish) go unnoticed. The examples are in tests/test_language.py.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    letters = [letter for word in words for letter in word]
    if sum(letter < "\u0250" for letter in letters) * 2 < len(letters):
        return False
    if len(words) < _FEWEST_WORDS:
        return True
    english = sum(word in _ENGLISH for word in words)
    most = max(sum(word in other for word in words) for other in _OTHERS)
    return english >= most or most < _LEAST_SHARE * len(words)


_NAMES = """
en english|zh chinese|de german|es spanish|ru russian|ko korean|fr french|ja japanese|pt portuguese
tr turkish|pl polish|ca catalan|nl dutch|ar arabic|sv swedish|it italian|id indonesian|hi hindi
fi finnish|vi vietnamese|he hebrew|uk ukrainian|el greek|ms malay|cs czech|ro romanian|da danish
hu hungarian|ta tamil|no norwegian|th thai|ur urdu|hr croatian|bg bulgarian|lt lithuanian|la latin
mi maori|ml malayalam|cy welsh|sk slovak|te telugu|fa persian|lv latvian|bn bengali|sr serbian
az azerbaijani|sl slovenian|kn kannada|et estonian|mk macedonian|br breton|eu basque|is icelandic
hy armenian|ne nepali|mn mongolian|bs bosnian|kk kazakh|sq albanian|sw swahili|gl galician
mr marathi|pa punjabi|si sinhala|km khmer|sn shona|yo yoruba|so somali|af afrikaans|oc occitan
ka georgian|be belarusian|tg tajik|sd sindhi|gu gujarati|am amharic|yi yiddish|lo lao|uz uzbek
fo faroese|ht haitian creole|ps pashto|tk turkmen|nn nynorsk|mt maltese|sa sanskrit
lb luxembourgish|my myanmar|bo tibetan|tl tagalog|mg malagasy|as assamese|tt tatar|haw hawaiian
ln lingala|ha hausa|ba bashkir|jw javanese|su sundanese|yue cantonese
"""
LANGUAGES: dict[str, str] = {
    code: name.title()
    for code, name in (
        entry.split(" ", 1) for entry in _NAMES.strip().replace("\n", "|").split("|")
    )
}
"""Whisper's languages, code to name (openai-whisper, `tokenizer.py`)."""


def language_code(text: str) -> str | None:
    """Return the code of a language given by code or name, in any case; None for another text."""
    wanted = text.strip().lower()
    if wanted in LANGUAGES:
        return wanted
    return next((code for code, name in LANGUAGES.items() if name.lower() == wanted), None)
