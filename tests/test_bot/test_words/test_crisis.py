"""The crisis card's rules: what they know of the labelled lines, and every mistake with its line."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpora" / "crisis.en.tsv"
IN_DANGER = {"suicide", "self-harm", "abuse", "fear", "child", "threat"}
NOT = {"idiom", "quote", "title", "negation", "grief", "past", "screen", "work", "quarrel", "answer"}
Labelled = tuple[bool, str, str]


def labelled(half: str) -> Iterator[Labelled]:
    """Danger or not, kind and words of each line of a half; a hash tells which scene is whose."""
    for line in CORPUS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            label, kind, scene, words = line.split("\t")
            if half == ("held" if sha256(scene.encode()).digest()[0] % 2 else "tuned"):
                yield label == "crisis", kind, words


def test_the_labelled_set_is_whole() -> None:
    """571 lines, none twice; every kind under its label and in both halves, and neither label rare in either."""
    halves = {half: list(labelled(half)) for half in ("tuned", "held")}
    assert len({words for half in halves.values() for *_, words in half}) == 571
    for half in halves.values():
        assert {kind for truth, kind, _ in half if truth} == IN_DANGER
        assert {kind for truth, kind, _ in half if not truth} == NOT
        assert 0.4 < sum(truth for truth, *_ in half) / len(half) < 0.6
