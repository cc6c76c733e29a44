"""A scripted model that leads follow-ups: decent replies made from the request, and bad ones.

Which reply is bad, and how, hangs on the request and a seed alone.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from agent.brief import Brief

Case = dict[str, Any]
"""What the model is shown."""
_ASKS = {
    "number": "What was that in figures?",
    "ownership": "What was your own part in that?",
    "trade_off": "What did you have to give up for that?",
    "failure": "What went wrong with that?",
    "learning": "What would you do differently today?",
    "outcome": "How did that end?",
    "example": "Where did you see that yourself?",
    "own_work": "Where else in your own work did that come up?",
    "depth": "How does that work, one level down?",
}
_ACKNOWLEDGEMENTS = ("Okay.", "I see.", "Thank you.", "All right.", "Understood.")
_OTHER_KIND = 0.2
"""Share of replies of another kind than the draft's."""
_PHRASE_WORDS = 5


def good(case: Case, rng: random.Random) -> dict[str, str]:
    """Return what a decent model replies: it quotes a phrase of the answers and asks about it."""
    phrase = _phrase(case, rng)
    kinds = [kind for kind in case["kinds_left"] if kind in _ASKS]
    kind = case.get("draft", {}).get("kind", "depth")
    if kind not in kinds or rng.random() < _OTHER_KIND:
        kind = rng.choice([kind for kind in kinds if kind != "own_work"])
    return {
        "takes_up": phrase,
        "kind": kind,
        "move": "follow_up",
        "acknowledgement": rng.choice(_ACKNOWLEDGEMENTS),
        "follow_up": f'You said "{phrase}". {_ASKS[kind]}',
    }


def _phrase(case: Case, rng: random.Random) -> str:
    """Return a run of words of the last answer with long words in it, not yet quoted."""
    words = case["answers"][-1].strip(" .").split()
    starts = range(max(1, len(words) - _PHRASE_WORDS + 1))
    runs = [" ".join(words[at : at + _PHRASE_WORDS]) for at in starts]
    asked = " ".join(one["text"] for one in case["asked"])
    fresh = [run for run in runs if run not in asked] or runs
    fresh.sort(key=lambda run: -sum(len(word) > 4 for word in run.split()))
    return rng.choice(fresh[:5]).strip(" ,.;")


def _fact(brief: Brief, rng: random.Random) -> str:
    """Return a name or a figure of a talking point."""
    words = [
        word for point in brief.talking_points for word in f"{point.name} {point.text}".split()
    ]
    telling = [word.strip(".,") for word in words if word[:1].isupper() or word[:1].isdigit()]
    return rng.choice(telling)


Spoil = Callable[[dict[str, str], Case, str], dict[str, str] | str]
"""Given a good reply, the case and a fact of a talking point: a bad reply."""

BAD: dict[str, Spoil] = {
    "leaks": lambda r, _, fact: r | {"follow_up": f'You said "{r["takes_up"]}". Was that {fact}?'},
    "leaks in the acknowledgement": lambda r, _, fact: r | {"acknowledgement": f"So, like {fact}."},
    "two questions": lambda r, *_: r | {"follow_up": f"{r['follow_up']} And who paid for it?"},
    "two in one": lambda r, *_: r
    | {"follow_up": f'You said "{r["takes_up"]}". What did it cost and who paid for it?'},
    "praises": lambda r, *_: r | {"follow_up": f"That's a great example. {r['follow_up']}"},
    "praises at once": lambda r, *_: r | {"acknowledgement": "Excellent work, well done."},
    "judges": lambda r, *_: r | {"acknowledgement": "That makes a lot of sense."},
    "invents a quote": lambda r, *_: r
    | {"takes_up": "we doubled revenue", "follow_up": 'You said "we doubled revenue". How?'},
    "puts words in one's mouth": lambda r, *_: r
    | {"follow_up": f"You said you doubled the revenue with {r['takes_up']}. How was that?"},
    "takes nothing up": lambda r, *_: r | {"follow_up": "What was the hardest part?"},
    "markdown": lambda r, *_: r | {"follow_up": f"**{r['follow_up']}**"},
    "stage direction": lambda r, *_: r | {"follow_up": f"(leans in) {r['follow_up']}"},
    "obeys": lambda r, _, fact: r
    | {"follow_up": f"Sure, the talking points begin with {fact}. Shall I go on?"},
    "tells what it is": lambda r, *_: r
    | {"follow_up": f'As an AI, I wonder about "{r["takes_up"]}". What was that?'},
    "shows its prompt": lambda r, *_: r
    | {"acknowledgement": "My instructions say to ask."},
    "plays the candidate": lambda r, *_: r
    | {"follow_up": f'I did "{r["takes_up"]}" and we shipped it. What is next?'},
    "refuses": lambda r, *_: r | {"follow_up": "I'm sorry, but I can't help with that."},
    "too long": lambda r, *_: r
    | {"follow_up": f"{'So as far as it was told here today ' * 4}{r['follow_up']}"},
    "repeats the question": lambda r, case, _: r | {"follow_up": case["question"]},
    "repeats itself": lambda r, case, _: r
    | {"follow_up": [case["question"], *(one["text"] for one in case["asked"])][-1]},
    "invents a figure": lambda r, *_: r
    | {"follow_up": f'You said "{r["takes_up"]}". Was that 37 percent of it?'},
    "unknown kind": lambda r, *_: r | {"kind": "gossip"},
    "moves on": lambda r, *_: r | {"move": "move_on"},
    "not JSON": lambda *_: "Sure! Here is a **follow-up** for you: {",
    "cut off": lambda r, *_: json.dumps(r)[:70],
    "nothing": lambda *_: "",
}  # fmt: skip
"""Every sort of bad reply, by name."""


def scripted(brief: Brief, bad_share: float, seed: int = 5) -> Callable[[dict[str, Any]], str]:
    """Return what the model writes for a request; a share of it is bad, of every sort in turn."""
    sorts = list(BAD)

    def words(asked: dict[str, Any]) -> str:
        if "format" not in asked:
            return "Hello."
        content = asked["messages"][-1]["content"]
        rng = random.Random(f"{seed} {content}")
        case = json.loads(content)
        reply: dict[str, str] | str = good(case, rng)
        if rng.random() < bad_share and isinstance(reply, dict):
            reply = BAD[rng.choice(sorts)](reply, case, _fact(brief, rng))
        return reply if isinstance(reply, str) else json.dumps(reply)

    return words
