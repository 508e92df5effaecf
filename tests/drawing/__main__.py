"""Writes docs/exercises/ again: `make exercises`."""

from tests.drawing.pages import FOLDER, pages

if __name__ == "__main__":
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, page in made.items():
        (FOLDER / name).write_text(page, encoding="utf-8")
