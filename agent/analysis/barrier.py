"""A fault of ours takes down one measure: the rest stands, and the report says which is missing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from agent.errors import RehearseError, fault_of

Value = TypeVar("Value")


@dataclass
class Faults:
    """What failed in one analysis."""

    _told: dict[str, str] = field(default_factory=dict)

    def measured(self, measure: str, otherwise: Value, measuring: Callable[[], Value]) -> Value:
        """Return what `measuring` returns, `otherwise` where it fails by a fault of ours."""
        try:
            return measuring()
        except (RehearseError, MemoryError):
            raise
        except Exception as error:
            self._told.setdefault(measure, fault_of(error))
            return otherwise

    def of(self, measure: str) -> str:
        """Return why a measure has no score, "" where it did not fail."""
        return self._told.get(measure, "")

    @property
    def notes(self) -> tuple[str, ...]:
        """Return a line for each measure that failed."""
        return tuple(f"{measure}: not scored, by {why}." for measure, why in self._told.items())
