"""Words as the interviewer compares them."""

import re
from functools import lru_cache

from agent.text.words import STOPWORDS, is_stopword, stem, word_set

_WORD = re.compile(r"[a-z0-9]+(?:['.+#-][a-z0-9]+)*[+#]*")

COMMON = STOPWORDS | word_set(
    "answer ask asked call called change changed closest case deal describe differently end"
    " example experience fact figure figures fit happen happened hard help idea job make made"
    " making measure mention mentioned mind moment name need number numbers part past person place"
    " point points problem question result results roughly saying scale share show shows speak"
    " spoke start started story task tell terms time today told turn turned work worked working"
    " works year years role level detail choose chose walk people good great best big large small"
)
"""Words of any interview: they hint at nothing."""


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, punctuation dropped."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


@lru_cache(maxsize=512)
def telling(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that are neither common nor numbers."""
    words = {word for word in words_of(text) if word.isalpha() and word not in COMMON}
    return frozenset(stem(word) for word in words if len(word) > 1 and not is_stopword(word))
