"""What both hear about the day on which they renew."""

from bot.engine.text import T

ITS_DAY = T("The next time to renew opens on {day}, for seven days.")
BEGINS = T("You have both said yes to renewing, once a season. The first time opens on {day}; /renew changes that.")
WAITS = T("Noted. It begins once {name} has said yes, too.")
NOT_BEFORE = T("That is the earliest day: at least thirteen weeks lie between two of them, and none falls into a rest.")
TWO = T("Renewing takes two. Once you are linked with somebody, /renew is there.")
