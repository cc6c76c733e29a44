"""Postings and resumes as files of every kind, and the files that are none."""

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief.writing.documents import MAX_CHARS, document_in, document_of
from agent.brief.writing.docx import docx_text
from agent.brief.writing.items import items_of
from agent.brief.writing.pdf import pdf_text
from agent.errors import BriefError
from tests.brief_pairs import docx, pdf, zipped
from tests.test_language import OTHERS

LINES = ("Electrician at the mill (nights)", "", "- Repaired 12 drives in 2 days", "# Not much")


def test_a_pdf_gives_its_lines() -> None:
    lines = document_in(pdf([LINES[:1], LINES[2:3]]), "resume").lines
    assert [*filter(None, lines)] == [LINES[0], LINES[2]]


def test_a_word_file_gives_paragraphs_headings_and_items() -> None:
    data = docx(["# Work", "- Repaired 12 drives in 2 days", "Rest & more."])
    items = items_of(document_in(data, "resume"))
    assert [(item.text, item.is_heading, item.is_bullet) for item in items] == [
        ("Work", True, False),
        ("Repaired 12 drives in 2 days", False, True),
        ("Rest & more.", False, False),
    ]
    assert items[1].section == "work"


def test_wrapped_lines_are_one_item_that_quotes_its_first_line() -> None:
    text = "- Rebuilt the pipeline on Kafka, which cut the delay of all of its\n  positions to 40 s"
    (item,) = items_of(document_of(text, "resume"))
    assert item.text.endswith("all of its positions to 40 s")
    assert item.excerpt(3) == "Rebuilt the pipeline…"


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf([LINES])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
BAD = {
    "blank": (b" \n\n", "is empty"),
    "marks": (b"--- 12 ...\n", "has no words"),
    "scan": (pdf([[]]), "holds no text (a scan?)"),
    "encrypted": (encrypted(), "is encrypted"),
    "sixty pages": (pdf([LINES] * 60), "more than 20 pages"),
    "pages in a ring": (pdf([LINES]).replace(b"[4 0 R]", b"[2 0 R]"), "more than 20 pages"),
    "endless pages": (pdf([["x"] * 3000] * 20), "is a broken PDF"),
    "broken pdf": (b"%PDF-1.4\nrubbish", "is a broken PDF"),
    "german": (OTHERS["de"].encode(), "is not in English"),
    "zip": (zipped("x", "readme.txt"), "is a zip but no Word file"),
    "broken zip": (docx(LINES)[:200], "is a broken Word file"),
    "entities": (docx(["&"], ENTITY), "is a broken Word file"),
    "no text": (docx([]), "holds no text"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "is no PDF, DOCX, Markdown or text"),
    "long": (b"word and more " * (MAX_CHARS // 10), "more than 20 pages"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_none_is_one_line(kind: str) -> None:
    data, said = BAD[kind]
    with pytest.raises(BriefError) as caught:
        document_in(data, "file of mine")
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(BriefError, match="too large"):
        docx_text(zipped(" " * 21_000_000), "bomb.docx")


@given(st.binary(max_size=400))
def test_rubbish_in_a_pdf_or_word_file_raises_our_error_only(data: bytes) -> None:
    for read, start in ((pdf_text, b"%PDF-1.4\n"), (docx_text, b"PK\x03\x04")):
        with pytest.raises(BriefError):
            read(start + data, "x")
