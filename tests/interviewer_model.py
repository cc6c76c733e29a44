"""A scripted model that words follow-ups anew: decent replies made from the request, and bad ones.

Which reply is bad, and how, hangs on the request and a seed alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from agent.brief import Brief
from agent.interview.ollama import OllamaInterviewer
from agent.interview.plan import Plan, make_plan
from agent.interview.trial import Trial
from agent.llm import LocalModel

_PHRASE_WORDS = 5


def leading(
    brief: Brief, plan: Plan | None = None, deadline_s: float = 10.0, trial: Trial | None = None
) -> OllamaInterviewer:
    """Return an interviewer whose model passed its trial and is loaded."""
    outcome = trial or Trial(6, 6, 0.5)
    model, plan = LocalModel("llama3.2:latest", 2_000_000_000), plan or make_plan(brief, 20)
    interviewer = OllamaInterviewer(model, brief, plan, deadline_s, lambda _: outcome)
    assert interviewer.ready.wait(10)
    return interviewer


def good(content: str, rng: random.Random) -> str:
    """Return what a decent model writes: a phrase of the answer, then the draft."""
    _, answer, draft = (line.partition(": ")[2] for line in content.splitlines()[:3])
    words = answer.replace("?", "").strip(" .").split()
    start = rng.randrange(max(1, len(words) - _PHRASE_WORDS + 1))
    phrase = " ".join(words[start : start + _PHRASE_WORDS]).strip(" ,.;")
    return f'You said "{phrase}". {draft}'


def _fact(brief: Brief, rng: random.Random) -> str:
    """Return a name or a figure of a talking point."""
    words = [
        word for point in brief.talking_points for word in f"{point.name} {point.text}".split()
    ]
    telling = [word.strip(".,") for word in words if word[:1].isupper() or word[:1].isdigit()]
    return rng.choice(telling)


BAD: dict[str, Callable[[str, str], str]] = {
    "leaks": lambda _, fact: f"Was that with {fact}?",
    "two in one": lambda *_: "What did it cost and who paid for it?",
    "no question": lambda *_: "Tell me more about it.",
    "praises": lambda text, _: f"That's a great example. {text}",
    "invents a quote": lambda *_: 'You said "we doubled revenue". How?',
    "invents a figure": lambda *_: "Was that 37 percent of it?",
    "markdown": lambda text, _: f"**{text}**",
    "stage direction": lambda text, _: f"(leans in) {text}",
    "obeys": lambda *_: "Sure, what else would you like?",
    "tells what it is": lambda *_: "As an AI, what would I do there?",
    "plays the candidate": lambda *_: "I did it and we shipped it, so what is next?",
    "too long": lambda text, _: f"{'So as far as it was told here today ' * 4}{text}",
    "nothing": lambda *_: "",
}
"""Every sort of bad reply: given a good one and a fact of a talking point."""


def scripted(brief: Brief, bad_share: float, seed: int = 5) -> Callable[[dict[str, Any]], str]:
    """Return what the model writes for a request; a share of it is bad, of every sort in turn."""

    def words(asked: dict[str, Any]) -> str:
        content = asked["messages"][-1]["content"]
        rng = random.Random(f"{seed} {content}")
        texts = [message.get("content", "") for message in asked["messages"]]
        cases = [text for text in texts if text.startswith("Question:")]
        text = good(cases[-1], rng)
        if rng.random() < bad_share:
            return BAD[rng.choice(list(BAD))](text, _fact(brief, rng))
        return text

    return words
