"""Which exercises there are."""

from bot.engine.exercise import Exercise
from bot.exercises.afterwards import afterwards
from bot.exercises.ask import ask
from bot.exercises.asked import asked, drawn
from bot.exercises.asking_back import answering, asking_back
from bot.exercises.curiosity import curiosity
from bot.exercises.dance import dance
from bot.exercises.guess import grade
from bot.exercises.job import job
from bot.exercises.meanwhile import good_wish, kind_word, meanwhile
from bot.exercises.mine import mine, mine_after
from bot.exercises.near import near, near_reply
from bot.exercises.no import no
from bot.exercises.no_later import came_of_it, made_room, received_no, received_yes
from bot.exercises.own_time import own_time
from bot.exercises.renew import renew
from bot.exercises.ritual import asked as ritual_asked
from bot.exercises.ritual import ritual
from bot.exercises.ritual import tell as ritual_tell
from bot.exercises.space import space
from bot.exercises.step import step
from bot.exercises.table import heard, table
from bot.exercises.village import village
from bot.exercises.week import beside, week
from bot.exercises.woo import woo

TIME_ALONE: tuple[Exercise, ...] = (
    space,
    own_time,
    meanwhile,
    good_wish,
    kind_word,
    afterwards,
    asking_back,
    answering,
)
OF_THE_TWO: tuple[Exercise, ...] = (dance, ritual, ritual_asked, ritual_tell, renew, woo, week, beside)
EXERCISES: tuple[Exercise, ...] = (
    curiosity,
    grade,
    heard,
    table,
    village,
    ask,
    asked,
    drawn,
    *TIME_ALONE,
    near,
    near_reply,
    *OF_THE_TWO,
    step,
    job,
    no,
    received_no,
    received_yes,
    made_room,
    came_of_it,
    mine,
    mine_after,
)
