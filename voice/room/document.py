"""A YAML or JSON document of outside origin, and where in it something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from voice.errors import RehearseError

MAX_BYTES = 1_000_000
"""A larger file is refused: a scenario is a page of text."""
_FORMAT = "the keys are candidate, loudspeaker, noise and microphone (see `rehearse run --help`)"


@dataclass(frozen=True, eq=False)
class Document:
    """A file as data, and as nodes that know their lines."""

    path: Path
    """Where it lies."""
    data: object
    """Lists, mappings and scalars."""
    root: yaml.Node
    """The same with lines."""

    def place(self, where: Sequence[str | int]) -> str:
        """Return file, line and entry of a place, entries counted from 1."""
        names = [f"entry {key + 1}" if isinstance(key, int) else key for key in where]
        named = f" ({_one_line(' '.join(names))})" if names else ""
        return f"{self.path}, line {_line(self.root, where)}{named}"

    def wrong(self, error: ValidationError) -> RehearseError:
        """Return the first thing that is wrong, in one line."""
        first = error.errors()[0]
        where, kind = first["loc"], first["type"]
        if kind == "extra_forbidden":
            problem = "no such key; correct its spelling or take it out"
        elif kind == "missing":
            problem = "is missing; add it"
        else:
            problem = _one_line(first["msg"].removeprefix("Value error, ")) + "; correct it"
        return RehearseError(f"{self.place(where)}: {problem}")


def read_document(path: Path) -> Document:
    """Read a YAML or JSON file (JSON is read as the YAML that it is).

    Aliases are refused, so a small file cannot unfold into a huge one.

    Raises:
        RehearseError: it is absent, too large, no text, no YAML, or no mapping.
    """
    text = _text(path)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise RehearseError(f"{path} uses YAML aliases (*{event.anchor}); write them out")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_repeated(root, path)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "unreadable"
        raise RehearseError(
            f"{path}{line}: not valid YAML or JSON ({_one_line(problem)}); correct it"
        ) from error
    except (RecursionError, ValueError) as error:
        raise RehearseError(f"{path} holds YAML that is no scenario; {_FORMAT}") from error
    if root is None or not isinstance(data, dict):
        raise RehearseError(f"{path} is no scenario; {_FORMAT}")
    return Document(path, data, root)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RehearseError(f"{path} is larger than 1 MB; a scenario is a page of text")
        # Tabs between JSON's tokens are no YAML; inside its strings they are escaped.
        return path.read_text(encoding="utf-8-sig").expandtabs()
    except FileNotFoundError as error:
        raise RehearseError(f"no such scenario: {path}; check the path") from error
    except UnicodeDecodeError as error:
        raise RehearseError(f"{path} is no text; give a scenario in YAML or JSON") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RehearseError(f"cannot read {path} ({reason}); check the path") from error


def _refuse_repeated(node: yaml.Node | None, path: Path) -> None:
    """Refuse a key that stands twice in a mapping, of which YAML would drop one in silence."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated(item, path)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                line = key.start_mark.line + 1
                raise RehearseError(
                    f"{path}, line {line}: {_one_line(key.value)} stands twice; keep one"
                )
            seen.add(str(key.value))
            _refuse_repeated(value, path)


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _line(node: yaml.Node, where: Sequence[str | int]) -> int:
    """Return the line of a place, or of the innermost thing around it that is there."""
    line = node.start_mark.line + 1
    for key in where:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line
