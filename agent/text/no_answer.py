"""Answers that are none: the person gives up, asks back, refuses, or gives orders instead.

By phrases of our own list, in words without punctuation, erring towards "it is an answer".
"""

import re

_LONGEST = 25
"""Words; who says more says something at another place."""
_LONGEST_DECLINED = 40
"""Who asks for the next question may say why at length."""
_LONGEST_REFUSAL = 15
_LONGEST_CLOSED, _WORDS_AFTER = 120, 12
"""Words of an answer that ends by giving up, and of what may follow the words that do."""
_BEFORE_ORDERS = 4
"""Words that may come before an order where an answer is nothing else."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_ADVERBS = frozenset(
    "really just honestly actually quite ever even exactly right well um uh er sorry".split()
)
"""Words that change nothing: "I can't really think of one"."""
_YES = frozenset("yes yeah yep sure ok okay please thanks thank you i do have".split())
_NO = frozenset("no nope never none nothing not really sorry".split())
YES_OR_NO = re.compile(r"(?:have|has|had|did|do|does|are|is|was|were|can|will|would) ", re.I)
_GIVES_UP = re.compile(
    r"\bi (don't|do not) (know|remember)\b|^(don't|do not) know\b|\b(no|not any) (idea|clue)\b"
    r"|\b(can't|cannot|can not) (think of|answer|say|come up with|remember|name)\b"
    r"|\bnothing comes to mind\b|\b(don't|do not) have (an? |any )?(answer|example|experience|idea"
    r"|one)\b"
    r"|\b(haven't|have not|have never|i've never|never) (done|worked|used|had|seen|been|dealt)\b"
    r"|\b(i'd|i would) rather not( (say|answer|tell))?$|^(i )?pass$|\b(i'm|i am) not sure$"
)
_CLOSES = re.compile(
    r"\b(can't|cannot|can not) think of (one|any)\b(?! (other|more|else|better|that|who|which)\b)"
    r"|\b(i'd|i would|i'll|i will|i) have to pass on (that|this|it)\b|\bnothing comes to mind\b"
    r"|\b(don't|do not) have (an|any) (example|answer)\b"
    r"|\b(can|could|may) (we|i) (\w+ ){1,3}the next (question|one)\b"
)
"""Sure enough at the end of a longer answer, too."""
_MAY_NOT = re.compile(
    r"\b(nda|non-disclosure|(it|that|this)(?:'s| is) confidential"
    r"|i'm not (allowed|free|at liberty) to (say|tell|talk|go)"
    r"|i(?:'d| would)(?: really)? (rather|prefer)(?: to)? not"
    r"(?: to)?(?=[,.;]| go into| talk| say| tell)|(isn't|not) mine to tell"
    r"|i can't(?: really)? (talk about that|go into|discuss|share))\b",
    re.IGNORECASE,
)
"""What people say who may not tell something, or would rather not."""
_DECLINES = re.compile(
    r"\b(rather|prefer) not (to )?(go into|talk about|speak about|discuss|answer) (that|this|it)\b"
    r"|\b(take|skip to|move on to|go to|go on to|have) the next (question|one)\b"
)
_GOES_ON = re.compile(
    r"\d|\b(but|however|although|though|still|maybe|about|roughly|i would|i'd (?!rather)|i think"
    r"|if i|instead|percent|half|hundreds?|thousands?|two|three|four|five|six|ten|twenty|fifty)\b"
)
_TRIES = re.compile(r"\b(but|i'd|i would|i think|if i)\b")
"""The same after who said twice that they do not know."""
_ASKS_BACK = re.compile(
    r"\bwhat do(es)? (you|that) mean\b|\bdo you mean\b|\bare you asking\b|\bin what sense\b"
    r"|\b(can|could|would) you (please )?(clarify|explain|rephrase|be more specific|elaborate)\b"
    r"|\b(don't|do not|didn't|did not) (understand|get|catch) (the|your|that|what)\b"
    # "We asked them what kind of data they had" is an answer.
    r"|^(?:(?!(?:i|we|they|he|she|it|people|my|our)\b)[\w']+ ){0,5}"
    r"(what (would|do) you (say|do|answer|think)\b"
    r"|(which|what) (one|kind|sort|project|system) (of|do you|should i|would you)\b)"
)
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_ORDERS = re.compile(
    r"\b(ignore|forget|disregard|override) ((all|any|your|the|my|these|previous|prior|above) )+"
    r"(instructions?|rules|prompts?|questions?)\b"
    r"|\byou are now\b|\bfrom now on you\b|\bpretend (to be|you)\b|\bsystem (prompt|override)\b"
    r"|\b(tell|show|give|print|read|reveal|repeat|name) (\w+ ){0,3}"
    r"(talking points?|your (prompt|instructions|rules)|the brief)\b"
)
"""Perez and Ribeiro 2022, "Ignore Previous Prompt": do something else, or give the prompt away."""
_REFUSES = re.compile(
    r"\b(stupid|dumb|ridiculous|silly|pointless) (question|interview)\b|\bwaste of (my )?time\b"
    r"|\bnone of your business\b|\bwhy (would|should) i (tell|answer)\b"
    r"|\bi('m| am) not (going to|gonna) (answer|tell)\b|\bi (won't|refuse to) (answer|tell)\b"
)


def gives_up(answer: str) -> bool:
    """Return whether the answer as a whole says that the person has none.

    "I don't know exactly, maybe twenty percent" is an answer.
    """
    said, count = _plain(answer)
    if count <= _LONGEST_DECLINED and _DECLINES.search(said):
        return True
    hits = [*_GIVES_UP.finditer(said)] if count <= _LONGEST else []
    if not hits and count <= _LONGEST_CLOSED:
        hits = [*_CLOSES.finditer(said)][-1:]
    after = said[hits[-1].end() :] if hits else ""
    near = count <= _LONGEST or len(after.split()) <= _WORDS_AFTER
    goes_on = _GOES_ON if len(hits) < 2 else _TRIES
    return bool(hits) and near and not goes_on.search(after)


def asks_back(answer: str) -> bool:
    """Return whether the person asks what the question means, or asks it back."""
    said, count = _plain(answer)
    return count <= _LONGEST and bool(_ASKS_BACK.search(said))


def asks_us(answer: str) -> bool:
    """Return whether two sentences or more, and more than a quarter of all, are questions."""
    ends = re.findall(r"[.!?](?=\s|$)", _QUOTED.sub(" ", answer))
    return "?" in ends[:2] and ends.count("?") > max(1, len(ends) / 4)


def holds_orders(answer: str) -> bool:
    """Return whether anywhere in an answer a machine is told what to do."""
    return bool(_ORDERS.search(_plain(answer)[0]))


def gives_orders(answer: str) -> bool:
    """Return whether the answer is an order to the interviewer, from its beginning on."""
    said, _ = _plain(answer)
    found = _ORDERS.search(said)
    return found is not None and len(said[: found.start()].split()) <= _BEFORE_ORDERS


def refuses(answer: str) -> bool:
    """Return whether the person refuses the question, or gives orders instead of an answer."""
    said, count = _plain(answer)
    return gives_orders(answer) or (count <= _LONGEST_REFUSAL and bool(_REFUSES.search(said)))


def only_no(question: str, answer: str) -> bool:
    """Return whether the answer is no more than a no, to a question that asks for something."""
    said = _WORD.findall(answer.lower())
    return bool(said) and _NO.issuperset(said) and not YES_OR_NO.match(question)


def only_yes(answer: str) -> bool:
    """Return whether the answer is no more than a yes."""
    return bool(answer) and _YES.issuperset(_WORD.findall(answer.lower()))


def _plain(answer: str) -> tuple[str, int]:
    """Return the answer's words in lower case without adverbs, and how many it has with them."""
    words = _WORD.findall(answer.lower().replace("’", "'"))
    return " ".join(word for word in words if word not in _ADVERBS), len(words)


def declines(answer: str) -> bool:
    """Return whether the person may not tell something, or would rather not."""
    return bool(_MAY_NOT.search(answer.replace("’", "'")))
