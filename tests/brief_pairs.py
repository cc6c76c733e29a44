"""Three pairs of posting and resume of our own, as text, PDF and Word files."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from agent.brief.writing.documents import read_document
from agent.brief.writing.draft import Draft
from agent.brief.writing.posting import Posting, read_posting
from agent.brief.writing.resume import Resume, read_resume
from tests.need import ROOT

FOLDER = ROOT / "tests" / "postings"
NAMES = ("engineer", "nurse", "teacher")
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


FACT = re.compile(r"\d+(?:[.,]\d+)*|\b[A-Z][\w+#&-]*")
"""Numbers and capitalized words, counted here in another way than in the program."""


def files(name: str) -> tuple[Path, Path]:
    """Return the posting and the resume of a profession."""
    (posting,) = FOLDER.glob(f"{name}_posting.*")
    (resume,) = FOLDER.glob(f"{name}_resume.*")
    return posting, resume


def pair(name: str) -> tuple[Posting, Resume]:
    """Return both as understood."""
    posting, resume = files(name)
    return read_posting(read_document(str(posting))), read_resume(read_document(str(resume)))


def real_line(made: Draft, name: str, at: int) -> bool:
    """Return whether the reason of a question quotes the line of the file that it names."""
    cited = re.search(r"(Posting|Resume), line (\d+): “([^”]*)”", made.brief.questions[at].why)
    assert cited
    file = files(name)[cited[1] == "Resume"]
    line = file.read_text(encoding="utf-8").splitlines()[int(cited[2]) - 1]
    plain = line.replace("*", "").replace("`", "")
    return cited[3].removesuffix("…") in " ".join(plain.split())


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with the lines of each page in Helvetica (PDF 32000-1, 7.5)."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(pages):
        shown = "".join(f"({_in_pdf(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font"
            f" << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        size = len(stream.encode("cp1252"))
        objects.append(f"<< /Length {size} >>\nstream\n{stream}\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{offset:010} 00000 n \n" for offset in offsets).encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def _in_pdf(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def docx(lines: Sequence[str], before: str = "") -> bytes:
    """Return a Word file: "# " makes a heading, "- " an item of a list, else a paragraph."""
    return zipped(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{_WORDS}"><w:body>'
        + "".join(map(_paragraph, lines))
        + "</w:body></w:document>"
    )


def zipped(xml: str, name: str = "word/document.xml") -> bytes:
    """Return a zip with one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return buffer.getvalue()


def _paragraph(line: str) -> str:
    forms = {
        "# ": '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
        "- ": '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    }
    form = forms.get(line[:2], "")
    text = line[2:] if form else line
    half = len(text) // 2
    runs = (text[:half], text[half:])
    body = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    return f"<w:p>{form}{body}</w:p>"
