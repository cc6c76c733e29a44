"""The prompt (prompt.txt) by which any assistant writes a brief that `brief import` reads."""

from pathlib import Path

from agent.brief.writing.documents import Document
from agent.brief.writing.resume import is_contact

ABOUT = (
    "Paste this into an assistant of your own choice. Whoever runs that assistant gets the text,"
    " your resume included; lines with your address or number are left out here. Save the answer"
    " and read it with: rehearse brief import ANSWER --out brief.md --posting … --resume …"
)
"""What the person should know, beside the prompt."""


def prompt(posting: Document | None, resume: Document | None) -> str:
    """Return the prompt, with room for what is to be pasted where a text is not given."""
    task = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").rstrip()
    return "\n\n".join((task, _quoted("POSTING", posting), _quoted("RESUME", resume))) + "\n"


def _quoted(title: str, document: Document | None) -> str:
    lines = [f"(paste the {title.lower()} here)"]
    if document:
        lines = [line for line in document.lines if line and not is_contact(line)]
    return "\n".join((f"--- {title} ---", *lines, f"--- END OF {title} ---"))
