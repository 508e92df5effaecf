"""What is wrong in a file of content, and where: found all at once, shown a line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """A file, a line (from 1), what is wrong and what to do."""

    path: Path
    line: int
    what: str

    def within(self, root: Path) -> str:
        """The mistake as "file:line: what", the file as seen from a folder where it lies inside it."""
        path = self.path.relative_to(root) if self.path.is_relative_to(root) else self.path
        return f"{path.as_posix()}:{self.line}: {self.what}"


def shown(mistakes: Iterable[Mistake], root: Path) -> list[str]:
    """All mistakes in the order of files and lines."""
    return [mistake.within(root) for mistake in sorted(set(mistakes))]
