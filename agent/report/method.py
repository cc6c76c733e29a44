"""How this was measured: definitions with basis and source, engines, what can be relied on."""

from __future__ import annotations

from agent.report.definitions import definitions
from agent.report.markup import basis_chip, esc, section
from agent.report.view import View

_ENGINES = {
    "stt": "Speech to text",
    "tts": "Interviewer's voice",
    "interviewer": "Interviewer",
    "vad": "Voice detection",
    "coverage": "Meaning of talking points",
    "end_of_turn": "End of a turn",
    "stt_live": "Speech to text, live",
}
_BASES = (
    ("measured", "counted from the samples of your recording, such as a pause or a pace."),
    ("rule", "found by a fixed rule over the recognized words, such as a filler or a number."),
    ("model", "judged with a model that compares meanings, or had to quote you: play the quote."),
)


def method_section(view: View) -> str:
    """Return the last section."""
    bases = "".join(
        f'<li><span class="basis {name}">{name}</span> {text}</li>' for name, text in _BASES
    )
    terms = "".join(
        f"<dt>{one.name} {basis_chip(one.basis)}</dt><dd>{one.text}{_source(one.source)}</dd>"
        for one in definitions(view)
    )
    engines = "".join(
        f"<dt>{esc(_ENGINES.get(name, name))}</dt><dd>{esc(value)}</dd>"
        for name, value in view.analysis.engines.items()
    )
    used = f'<h3>What did the work</h3><dl class="terms">{engines}</dl>' if engines else ""
    body = (
        '<h3 id="basis">Measured, rule, model</h3>'
        f'<ul class="bases">{bases}</ul>'
        f'<h3>Every figure and where it comes from</h3><dl class="terms">{terms}</dl>{used}'
        '<p class="small">Drawn by Rehearse on your own machine. This page opens no connection;'
        " nothing in it was sent anywhere.</p>"
    )
    return section("method", "How this was measured", body)


def _source(source: str) -> str:
    return f' <span class="source">Source: {source}.</span>' if source else ""
