"""Which exercises there are."""

from bot.engine.exercise import Exercise
from bot.exercises.ask import ask
from bot.exercises.asked import asked, drawn
from bot.exercises.curiosity import curiosity
from bot.exercises.guess import grade
from bot.exercises.table import heard, table
from bot.exercises.village import village

EXERCISES: tuple[Exercise, ...] = (curiosity, grade, heard, table, village, ask, asked, drawn)
