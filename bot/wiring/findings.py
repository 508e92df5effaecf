"""What whoever runs the bot is told about one thing: that it is well, or what is wrong and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` was looked at, `told` what there is to be said; with a `remedy` it is wrong."""

    what: str
    told: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy

    def __str__(self) -> str:
        """A line; below it, what to do."""
        if self.is_well:
            return f"ok     {self.what}: {self.told}"
        return f"wrong  {self.what}: {self.told}\n       → {self.remedy}"
