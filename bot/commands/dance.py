"""What both hear when what the dance shows has changed."""

from bot.engine.text import T

TWO = T("Two lines take two. Once you are linked with somebody, the dance asks whether you want that.")
TOGETHER = T("From now on each of you sees the other's line in the dance, too, once there are four weeks of it.")
APART = T("From now on each of you sees only your own line in the dance.")
WAITS = T("Noted, for you alone. It counts once both of you want it.")
STAYS = T("Noted. Your line stays yours.")
