"""Colours and sizes. Okabe and Ito's colours are told apart by the colour-blind; none of them ever stands alone: a
hatch, a mark or a label says the same.

Lengths are in points of a sheet 390 wide, as a phone is: on it, a point is as large as the phone's own.
"""

from __future__ import annotations

from typing import Final

WIDTH: Final = 390
MARGIN: Final = 16
INNER: Final = WIDTH - 2 * MARGIN

PAPER: Final = "#fbfaf6"  # a ground of its own: the picture is the same in light chats and in dark ones
CARD: Final = "#f0ede4"
CHIP: Final = "#ffffff"
INK: Final = "#1d2430"
FAINT: Final = "#525a68"  # of words beside the matter; still 6 to 1 on the card
RULE: Final = "#c9c4b6"

BLUE: Final = "#0072b2"
VERMILLION: Final = "#d55e00"
GREEN: Final = "#009e73"
PURPLE: Final = "#a3487c"  # theirs, darker: on the card it would be pale

TITLE: Final = 17
HEAD: Final = 15
BODY: Final = 14
SMALL: Final = 12.5
LEADING: Final = 1.36  # from line to line, in sizes
