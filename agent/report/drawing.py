"""The one place where a page is made of a template: escaping, style, script and policy."""

import base64
import hashlib
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from agent.analysis import bands, phrases
from agent.text.display import clean, clock, length, plural


def draw_page(name: str, values: Mapping[str, object]) -> str:
    """Return a page with the style sheets and the script of its name, every text escaped."""
    style = Markup("").join(_asset(f"{one}.css") for one in ("base", name, "print"))
    page = {"style": style, "script": _asset(f"{name}.js"), "served": False}
    return _environment().get_template(f"{name}.html.j2").render(page | dict(values))


def draw_part(template: str, values: Mapping[str, object], package: str = "agent.report") -> Markup:
    """Return a template of a package filled in, to be put into a page as it is."""
    return Markup(_environment(package).get_template(template).render(values))


@cache
def _asset(name: str) -> Markup:
    path = resources.files("agent.report") / "assets" / name
    return Markup(path.read_text(encoding="utf-8") if path.is_file() else "")


@cache
def _environment(package: str = "agent.report") -> Environment:
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = {"clock": clock, "duration": length, "fixed": _fixed, "seconds": _seconds}
    environment.filters |= filters | {"source_hash": _source_hash}
    environment.globals |= {"bands": bands, "phrases": phrases, "plural": plural}
    return environment


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _fixed(value: float, digits: int = 0) -> str:
    return f"{value:.{digits}f}"


def _source_hash(text: str) -> str:
    """Return what a content security policy names an inline style or script by (W3C CSP 3)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _seconds(at_s: float) -> str:
    return f"{at_s:.2f}".rstrip("0").rstrip(".") if math.isfinite(at_s) else "0"
