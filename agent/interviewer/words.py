"""Words as the interviewer compares them, and lists of words that tell nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.text.words import word_set

QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
"""Words in quotation marks, as they are spoken of."""
_WORD = re.compile(r"[a-z0-9]+(?:['.+#-][a-z0-9]+)*[+#]*")

FUNCTION_WORDS = word_set(
    "a about after again against all also although am an and any are as at back be because been"
    " before being below between both but by can cannot could did do does doing done down during"
    " each either else enough even ever every few for from further get gets getting go goes going"
    " got had has have having he her here hers him his how i if in into is it its itself just"
    " kind let like lot many may me might more most much must my myself neither no nor not of off"
    " oh ok okay on once one only or other our ours out over own per quite rather really same she"
    " should since so some somehow something sort still such than that the their them then there"
    " these they thing things this those though through to too under until up upon us very was"
    " way we well were what when where whether which while who whom whose why will with within"
    " without would yeah yes yet you your yours um uh er ah hmm mm i'm i've i'd i'll it's that's"
    " we're we've we'd we'll don't didn't doesn't isn't wasn't weren't can't couldn't won't"
    " wouldn't there's they're he's she's you're let's actually basically maybe perhaps probably"
    " right sure guess mean know now first second third then next last always never often sometimes"
    " together around another anything everything nothing someone somebody anyone everyone people"
    " whole able bit little big large small new old good bad better best great nice"
)
"""Words without a subject of their own."""

COMMON = FUNCTION_WORDS | word_set(
    "answer ask asked call called change changed closest come comes comings case deal describe"
    " did differently do end example experience fact figure figures fit give given happen happened"
    " hard have help idea job make made making measure mention mentioned mind moment name need"
    " number numbers part past person place point points problem question result results roughly"
    " say saying said scale see seen share show shows speak spoke start started story take taken"
    " task tell terms think time today told turn turned use used using want went words work worked"
    " working works year years yourself role came before after level detail took chose choose"
    " instead most least exactly describe walk"
)
"""Words of any interview: they hint at nothing."""


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, punctuation dropped."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return the letters and digits of a text in lower case: "rSocket 2.0" is "rsocket20"."""
    return "".join(letter for letter in text.lower() if letter.isalnum())
