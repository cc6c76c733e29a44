"""What an answer is: a story of one occasion, a habit, an opinion, or a self-description.

By sentence vectors: each sentence is held against the center of a few model sentences of ours for
each kind, and the answer is of the kind that is nearest on average. Only 23 % of answers to "tell
me about a time" are stories, and stories raise hiring recommendations (Bangerter 2014). What it is
worth on answers that it was not made from stands in tests/bench/RESULTS.md.
"""

import math
import re
from functools import lru_cache
from typing import Literal

from agent.analysis.coverage.meaning import Vectors

Telling = Literal["", "story", "habit", "opinion", "self"]

LEAST_SENTENCES, LEAST_WORDS = 3, 4
"""So many sentences of so many words are needed to tell."""
MARGIN = 0.05
"""So much nearer than the next kind the kind must be."""
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_MODELS: dict[Telling, tuple[str, ...]] = {
    "story": (
        "Last year one of our customers called me because the delivery had not arrived, so I drove"
        " there myself.",
        "It was a Friday evening when the system went down, and I called my colleague.",
        "Two years ago our team was late with a project, and I went to the manager and told her.",
        "When I took over the group the numbers were bad; I changed the plan, and after six months"
        " they were good.",
        "There was a man who shouted at me, and I listened until he was finished. He apologized the"
        " next day.",
        "We tried it for three months, it failed, and we decided to stop. I told the board what had"
        " happened.",
    ),
    "habit": (
        "I usually start by asking what the problem is, and then I check it step by step.",
        "Whenever something like that happens, I always call the people first and then I look for"
        " the cause.",
        "First I look at the data, then I test it, and if it is wrong I fix it.",
        "I normally make a list every morning and do the hardest thing first.",
        "If somebody is late I talk to them, and if it happens again I write it down.",
        "I would begin with the most important part, and then I would check each of the others.",
    ),
    "opinion": (
        "I think that communication is very important and that people should be honest with each"
        " other.",
        "I believe that trust is the most important thing in a team.",
        "In my opinion it depends on the situation, and there are many ways to look at it.",
        "What matters is that everybody feels safe and that the quality is good.",
        "You need good people and a good system, and you have to stay flexible.",
        "A good leader should listen, and the rest comes by itself.",
    ),
    "self": (
        "I am a calm person who likes to help others, and I never give up.",
        "I have been a teacher for ten years, and I am good with people.",
        "My colleagues would say that I am reliable and patient.",
        "I am a hard worker, a quick learner and a real team player.",
        "My strength is that I am organized, and I have always been ambitious.",
        "I see myself as somebody who brings people together.",
    ),
}


def telling_of(text: str, vectors: Vectors) -> Telling:
    """Return what an answer is, "" where that is unsure or it is too short to tell."""
    said = [one.strip() for one in _SENTENCE.findall(text) if len(one.split()) >= LEAST_WORDS]
    if len(said) < LEAST_SENTENCES:
        return ""
    near = [
        (sum(_mean(vectors.likeness(one, models)) for one in said) / _length(models, vectors), kind)
        for kind, models in _MODELS.items()
    ]
    (best, kind), (second, _) = sorted(near, reverse=True)[:2]
    return kind if best - second >= MARGIN * len(said) else ""


@lru_cache
def _length(models: tuple[str, ...], vectors: Vectors) -> float:
    """Return the length of the center of sentences."""
    return math.sqrt(_mean([_mean(vectors.likeness(one, models)) for one in models]))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
