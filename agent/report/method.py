"""How this was measured: engines, definitions, sources, and what can be relied on."""

from __future__ import annotations

from agent.bands import EASY_WPM, FAST_WPM, LONG_PAUSE_S, SLOW_WPM
from agent.report.markup import esc, section
from agent.report.view import View
from agent.report.words import UNSURE_BELOW

_ENGINES = {
    "stt": "Speech to text",
    "tts": "Interviewer's voice",
    "interviewer": "Interviewer",
    "vad": "Voice detection",
    "coverage": "Meaning of talking points",
    "endpointing": "End of a turn",
}

_DEFINITIONS = (
    (
        "Pace (speech rate)",
        "Words a minute from the first to the last word of an answer, pauses included. Filled"
        " pauses are not counted as words, filler words are. "
        f"{EASY_WPM[0]} to {EASY_WPM[1]} words a minute is fine; only below"
        f" {SLOW_WPM:.0f} or above {FAST_WPM:.0f} is it worth a remark.",
    ),
    (
        "Articulation rate",
        "Syllables per second of voice, pauses excluded.",
    ),
    (
        "Silent pause",
        "0.25 s and more without voice inside an answer, the threshold of Goldman-Eisler (1968)."
        f" Longer than {LONG_PAUSE_S:g} s inside a clause is worth a note: 95 of 100 pauses in"
        " real interviews are shorter than 1.62 s. A thinking pause at the end of a sentence is"
        " no fault.",
    ),
    (
        "Fillers",
        "Filled pauses (um, uh) and filler words (like, you know) are counted apart; hedges"
        " (maybe, sort of) are a third list. Up to 5 a minute are harmless, 12 and more harm the"
        " impression (Laske 2024). The count is a floor, “at least n”: speech recognizers drop"
        " many an “um”. Now and then PocketSphinx hears one that was not there: play it.",
    ),
    (
        "Talking points",
        "Covered: the central claim and its key facts or numbers were conveyed, in any words."
        " Partial: clearly raised, but the claim or its key number is absent. Contradicted: the"
        " same claim with a wrong number or fact. Missing: not raised.",
    ),
    (
        "Unsure words",
        f"Words to which the recognizer itself gave less than {UNSURE_BELOW:.0%} are dotted."
        " Listen before you trust them.",
    ),
)

_BASES = (
    ("measured", "counted from the samples of your recording, such as a pause or a pace."),
    ("rule", "found by a fixed rule over the recognized words, such as a filler or a number."),
    ("model", "judged by a language model that had to quote you; listen to the quote."),
)


def method_section(view: View) -> str:
    """Return the last section."""
    bases = "".join(
        f'<li><span class="basis {name}">{name}</span> {text}</li>' for name, text in _BASES
    )
    definitions = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in _DEFINITIONS)
    engines = "".join(
        f"<dt>{esc(_ENGINES.get(name, name))}</dt><dd>{esc(value)}</dd>"
        for name, value in view.analysis.engines.items()
    )
    used = f'<h3>What did the work</h3><dl class="terms">{engines}</dl>' if engines else ""
    body = (
        '<h3 id="basis">Measured, rule, model</h3>'
        f'<ul class="bases">{bases}</ul>'
        f'<h3>What the words mean</h3><dl class="terms">{definitions}</dl>{used}'
        '<p class="small">Drawn by Rehearse on your own machine. This page opens no connection;'
        " nothing in it was sent anywhere.</p>"
    )
    return section("method", "How this was measured", body)
