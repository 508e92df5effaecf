"""Measures everything and prints the table: `python -m benchmarks [--small | --write]`."""

from __future__ import annotations

import logging
from argparse import ArgumentParser

import structlog

from benchmarks import durable, engine, lanes, many, weekly
from benchmarks.figures import Figure, table
from benchmarks.page import machine, write
from benchmarks.sizes import FULL, SMALL

MEASURES = (engine.measure, durable.measure, many.measure, weekly.measure, lanes.measure)


def main() -> None:
    """Runs one measure after the other."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--small", action="store_true", help="only so much that it is seen to work")
    how.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    here = machine()
    print(here, flush=True)
    figures: list[Figure] = []
    for measure in MEASURES:
        for figure in measure(SMALL if asked.small else FULL):
            print(f"{figure.what}: {figure.measured}", flush=True)
            figures.append(figure)
    print(f"\n{table(figures)}")
    if asked.write:
        write(figures, here)


if __name__ == "__main__":
    main()
