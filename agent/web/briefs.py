"""The briefs that the page offers: the person's own, those rehearsed before, the samples."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agent.analysis.listing import same_brief
from agent.brief import Brief
from agent.brief.check import check_brief, facts_of
from agent.brief.dates import days_left
from agent.brief.page import Reading
from agent.brief.read import read_brief, understand
from agent.brief.write import write_brief
from agent.config import home, sample_briefs_dir
from agent.errors import BriefError, RehearseError
from agent.session import read_meta, session_folders, write_private

_NAME = "the brief"


@dataclass(frozen=True)
class Known:
    """A brief that can be rehearsed."""

    id: str
    """What addresses call it: "own-acme", "sample-ward-nurse", "before-<session>"."""
    brief: Brief
    path: Path | None = None
    """Its file; None where a session holds it."""

    @property
    def own(self) -> bool:
        """Whether it lies in the person's own folder, and can be changed there."""
        return self.id.startswith("own-")

    @property
    def text(self) -> str:
        """The text to edit: the file's own, else the project's form."""
        if self.path is None:
            return write_brief(self.brief)
        return self.path.read_text(encoding="utf-8", errors="replace")


def briefs_dir() -> Path:
    """Return the folder of the person's own briefs."""
    return home() / "briefs"


def known_briefs(recordings: Path) -> list[Known]:
    """Return the person's own briefs, then those of earlier sessions, then the samples."""
    found = list(_in_folder(briefs_dir(), "own"))
    samples = list(_in_folder(sample_briefs_dir(), "sample"))
    taken = [known.brief for known in (*found, *samples)]
    for folder in reversed(session_folders(recordings)):
        try:
            meta = read_meta(folder)
        except RehearseError:
            continue
        brief = meta.brief
        if meta.retry_of or meta.recording or not (brief.questions or brief.talking_points):
            continue
        if not any(same_brief(brief, other) for other in taken):
            taken.append(brief)
            found.append(Known(f"before-{folder.name}", brief))
    return [*found, *samples]


def _in_folder(folder: Path, kind: str) -> Iterator[Known]:
    """Yield the briefs in a folder; what cannot be read is passed over."""
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        try:
            yield Known(f"{kind}-{path.stem}", read_brief(str(path)), path)
        except BriefError:
            continue


def find_brief(id: str, recordings: Path) -> Known:  # noqa: A002
    """Return the brief of that id, or raise BriefError."""
    for known in known_briefs(recordings):
        if known.id == id:
            return known
    raise BriefError("this brief is not there any more; choose another on the first page")


def read_text(text: str, name: str) -> Reading:
    """Return what a text says, or raise BriefError; the ending of `name` tells YAML and JSON."""
    return understand(text, Path(name.replace("\\", "/")).name[-80:] or _NAME)


def save(text: str, name: str, over: Known | None) -> str:
    """Keep a brief among the person's own, as it was written; return its id, or raise BriefError.

    `name` is that of its file, "" for none; it takes the place of `over` where that is their own.
    """
    brief = read_text(text, name).brief
    folder = briefs_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = over.path if over and over.own and over.path else _free(folder, brief)
        write_private(path, text)
    except OSError as error:
        raise BriefError(
            f"cannot write to {folder}: {error.strerror}; make room or see to its rights"
        ) from error
    return f"own-{path.stem}"


def _free(folder: Path, brief: Brief) -> Path:
    path, number = folder / f"{brief.slug}.md", 2
    while path.exists():
        path = folder / f"{brief.slug}-{number}.md"
        number += 1
    return path


def understood(reading: Reading, today: date) -> dict[str, object]:
    """Return what the page shows of a brief."""
    from agent.interview.probes import unasked

    brief = reading.brief
    return {
        "brief": brief,
        "points": [(point, facts_of(point)) for point in brief.talking_points],
        "warnings": [*check_brief(brief, today), *unasked(brief), *reading.left_out],
        "days_left": days_left(brief.interview_date, today),
    }  # fmt: skip
