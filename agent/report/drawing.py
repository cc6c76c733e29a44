"""The one place where a page is made of a template: escaping, filters, style, script and policy."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from functools import cache
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from agent import bands
from agent.report import phrases
from agent.text.display import clean, clock, length, plural, who

_COMMAND = re.compile("`([^`]+)`")


def draw_page(template: str, **values: object) -> str:
    """Return a template filled in; every text among the values is cleaned and escaped."""
    return _environment().get_template(template).render(values)


def draw_part(template: str, **values: object) -> Markup:
    """Return a template filled in, to be put into a page as it is."""
    return Markup(draw_page(template, **values))


@cache
def styles(names: tuple[str, ...]) -> Markup:
    """Return the style sheets of these names one after another, as they stand in a page."""
    return Markup(_assets(names))


@cache
def script(names: tuple[str, ...]) -> Markup:
    """Return the scripts of these names as one: they see each other and nothing else does."""
    return Markup(f"(() => {{\n{_assets(names)}}})();\n")


def _assets(names: tuple[str, ...]) -> str:
    folder = resources.files("agent.report") / "assets"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("agent.report"),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clock": clock,
        "duration": length,
        "fixed": _fixed,
        "prose": _prose,
        "seconds": seconds,
        "sound_url": sound_url,
        "source_hash": _source_hash,
        "who": who,
    }
    environment.globals |= {"bands": bands, "phrases": phrases, "plural": plural}
    return environment


def _cleaned(value: object) -> object:
    """Return what is put into a page, without the characters that a page cannot hold."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _fixed(value: float, digits: int = 0) -> str:
    return f"{value:.{digits}f}"


def _prose(text: str) -> Markup:
    """Return outside text with what stands in backticks shown as a command."""
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(clean(text)))))


def _source_hash(text: str) -> str:
    """Return what a content security policy names an inline style or script by (W3C CSP 3)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def sound_url(file_name: str) -> str:
    """Return a relative URL of a file beside the page; it can never name another scheme or host."""
    return "./" + quote(file_name.encode("utf-8", "replace"), safe="/")


def seconds(at_s: float) -> str:
    """Return a time for a data attribute: seconds, two decimals at most."""
    return f"{at_s:.2f}".rstrip("0").rstrip(".") if math.isfinite(at_s) else "0"
