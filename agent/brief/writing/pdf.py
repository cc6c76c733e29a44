"""The text of a PDF; the one file that imports pypdf."""

from __future__ import annotations

import io
import logging

from agent.errors import BriefError

MOST_PAGES = 20
"""A longer PDF is no posting or resume (ours)."""


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF, one empty line between its pages.

    Raises:
        BriefError: encrypted, broken, too long, or without text.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise pypdf.errors.WrongPasswordError
        count = len(reader.pages)
        text = "\n\n".join(page.extract_text() for page in reader.pages[: MOST_PAGES + 1])
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
            f"{name} has {count} pages; give a posting or resume of at most {MOST_PAGES}"
        )
    if not text.strip():
        raise BriefError(
            f"{name} holds no text (a scan?); run text recognition on it, or paste its text into a"
            " .txt file"
        )
    return text
