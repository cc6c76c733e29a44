"""The text of a PDF; the one file that imports pypdf."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from agent.errors import BriefError

if TYPE_CHECKING:
    import pypdf

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
        if reader.is_encrypted and not _opens(reader):
            raise BriefError(f"{name} is encrypted; save it without a password")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise BriefError(
                f"{name} has {count} pages; give a posting or resume of at most {MOST_PAGES}"
            )
        text = "\n\n".join(page.extract_text() for page in reader.pages)
    except BriefError:
        raise
    except Exception as error:
        # pypdf raises errors of every kind on a broken file.
        raise BriefError(
            f"{name} is a broken PDF ({type(error).__name__}); save it again, or paste its text"
            " into a .txt file"
        ) from error
    if not text.strip():
        raise BriefError(
            f"{name} holds no text (a scan?); run text recognition on it, or paste its text into a"
            " .txt file"
        )
    return text


def _opens(reader: pypdf.PdfReader) -> bool:
    """Return whether an encrypted PDF is open to everybody: its password for reading is empty."""
    try:
        return bool(reader.decrypt(""))
    except Exception:
        # AES needs a package that is not installed for this.
        return False
