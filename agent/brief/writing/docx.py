"""The text of a Word file: word/document.xml in a zip (ECMA-376, part 1, 17)."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from agent.errors import BriefError

_PART = "word/document.xml"
_MAX_XML_BYTES = 20_000_000
"""More is no posting or resume, or a zip bomb (ours)."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same text once more, for older readers."""
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, ElementTree.ParseError, zlib.error, EOFError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip
"""What a broken or hostile zip raises; NotImplementedError and RecursionError are RuntimeErrors."""


def docx_text(data: bytes, name: str) -> str:
    """Return a Word file's text, with "# " for headings, "- " for items; BriefError for none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_PART).file_size > _MAX_XML_BYTES:
                raise BriefError(f"{name} is too large to be a posting or resume; shorten it")
            with archive.open(_PART) as part:
                xml = part.read(_MAX_XML_BYTES + 1)
        text = "".join(_pieces(_root(xml)))
    except KeyError as error:
        raise BriefError(f"{name} is a zip but no Word file; give a DOCX, PDF or text") from error
    except _BROKEN as error:
        raise BriefError(
            f"{name} is a broken Word file ({type(error).__name__}); save it again, or paste its"
            " text into a .txt file"
        ) from error
    if not text.strip():
        raise BriefError(f"{name} holds no text (pictures only?); paste its text into a .txt file")
    return text


def _root(xml: bytes) -> ElementTree.Element:
    """Return the root element; a document type, which could declare entities, is refused unread."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml:
        raise ValueError("a document type or a foreign encoding")
    return ElementTree.fromstring(xml)  # noqa: S314


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    """Yield the text in the order of reading; a paragraph inside another begins a line, too."""
    tag = element.tag
    if tag == _FALLBACK:
        return
    if tag == f"{_W}t":
        yield element.text or ""
    elif tag == f"{_W}tab":
        yield " "
    elif tag in (f"{_W}br", f"{_W}cr"):
        yield "\n"
    elif tag == f"{_W}p":
        yield "\n" + _mark(element)
    for child in element if tag != f"{_W}pPr" else ():
        yield from _pieces(child)
    if tag == f"{_W}p":
        yield "\n"


def _mark(paragraph: ElementTree.Element) -> str:
    """Return "# " for a heading, "- " for an item of a list, else nothing."""
    form = paragraph.find(f"{_W}pPr")
    style = None if form is None else form.find(f"{_W}pStyle")
    named = "" if style is None else style.get(f"{_W}val", "")
    if named.startswith(("Heading", "Title")):
        return "# "
    listed = named.startswith("List") or (form is not None and form.find(f"{_W}numPr") is not None)
    return "- " if listed else ""
