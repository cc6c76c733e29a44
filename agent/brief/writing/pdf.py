"""The text of a PDF; the one file that imports pypdf."""

import io
import logging
from collections.abc import Iterable
from typing import Any

from agent.errors import BriefError

MOST_PAGES = 20
"""A longer PDF is no posting or resume (ours)."""
_MOST_STREAM_BYTES = 1_000_000
"""Of a page, or a part of one; a few kilobytes can unpack to any length."""
_MOST_STEPS = 100_000
"""Drawing steps of all pages: a dense page has 5,000, a few bytes can repeat any part (ours)."""
_STEPS_A_PART = 1000


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF; BriefError: encrypted, broken, too long, or without text."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    limits = pypdf.Configuration(
        zlib_maximum_output_length=_MOST_STREAM_BYTES,
        lzw_maximum_output_length=_MOST_STREAM_BYTES,
        array_based_stream_maximum_output_length=_MOST_STREAM_BYTES,
    )
    try:
        with pypdf.apply_configuration(limits):
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise pypdf.errors.WrongPasswordError
            count = _pages(reader.root_object["/Pages"])
            text = "" if count > MOST_PAGES else _text(reader.pages)
    except (pypdf.errors.WrongPasswordError, pypdf.errors.DependencyError) as error:
        raise BriefError(f"{name} is encrypted; save it without a password") from error
    except Exception as error:
        # pypdf raises errors of every kind on a broken file.
        raise BriefError(
            f"{name} is a broken PDF ({type(error).__name__}); save it again, or paste its text"
            " into a .txt file"
        ) from error
    if count > MOST_PAGES:
        raise BriefError(
            f"{name} has more than {MOST_PAGES} pages; give a shorter posting or resume"
        )
    if not text.strip():
        raise BriefError(
            f"{name} holds no text (a scan?); run text recognition on it, or paste its text into a"
            " .txt file"
        )
    return text


def _pages(root: Any) -> int:
    """Count pages up to one too many: a tree of a few nodes may name one again and again."""
    count, steps, left = 0, 0, [root]
    while left and count <= MOST_PAGES and steps < 1000:
        node, steps = left.pop().get_object(), steps + 1
        kids = node.get("/Kids")
        left += [] if kids is None else kids.get_object()[: MOST_PAGES + 1]
        count += kids is None
    return count if not left else MOST_PAGES + 1


def _text(pages: Iterable[Any]) -> str:
    left = _MOST_STEPS

    def step(operator: bytes, *_: object) -> None:
        nonlocal left
        left -= _STEPS_A_PART if operator == b"Do" else 1
        if left < 0:
            raise ValueError("too much on its pages")

    return "\n\n".join(page.extract_text(visitor_operand_before=step) for page in pages)
