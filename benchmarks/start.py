"""A start, in a process of its own: all imports and all content, and the store in the folder that is named."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter


def main(where: Path) -> None:
    """Says what opening the store took, in seconds, as soon as it is open."""
    from benchmarks.couples import audits
    from benchmarks.folder import store_in

    audits()
    begun = perf_counter()
    store = store_in(where)
    print(perf_counter() - begun, flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
