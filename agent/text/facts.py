"""The facts of a talking point: its figures with units and its names."""

from dataclasses import dataclass
from functools import lru_cache

from agent.text.figures import Figure, figures_of
from agent.text.names import LEAST_LETTERS, names_in


@dataclass(frozen=True)
class Facts:
    """What a text claims beside its meaning."""

    figures: tuple[Figure, ...]
    """All its figures, in order."""
    names: tuple[str, ...]
    """Its names, each once; those of fewer than three letters, and the units, left out."""

    @property
    def claims(self) -> tuple[int, ...]:
        """Indexes of the figures on which a point can fail."""
        return tuple(at for at, figure in enumerate(self.figures) if figure.is_claim)

    @property
    def result(self) -> int | None:
        """Index of the end of the first change ("to 4 minutes"), None without any."""
        ends = ((at, figure.partner) for at, figure in enumerate(self.figures))
        return next((at for at, start in ends if start is not None and start < at), None)

    @property
    def shown(self) -> tuple[str, ...]:
        """The facts as written, figures first, each once."""
        figures = (self.figures[at].shown for at in self.claims)
        return tuple(dict.fromkeys((*figures, *self.names)))


@lru_cache(maxsize=512)
def facts_of(name: str, text: str) -> Facts:
    """Return the facts of a talking point by its name and its text."""
    whole = f"{name}. {text}"
    figures = figures_of(whole)
    taken: set[int] = set()
    for one in figures:
        taken.update(range(one.hit.start, one.hit.start + len(one.shown)))
    names = (
        whole[start:end] for start, end in names_in(whole) if taken.isdisjoint(range(start, end))
    )
    long = (one for one in names if sum(map(str.isalpha, one)) >= LEAST_LETTERS)
    return Facts(figures, tuple(dict.fromkeys(long)))
