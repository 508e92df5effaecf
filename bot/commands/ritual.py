"""What both hear about the day on which they renew."""

from bot.engine.text import T

ITS_DAY = T("The next time to renew opens on {day}, and is open for seven days.")
BEGINS = T(
    "You have both said yes: there is a time to renew now, once a season. The first opens on {day}; "
    "/renew changes that."
)
WAITS = T("Noted. It begins once {name} has said yes, too.")
NOT_BEFORE = T(
    "That is the first day there is: at least thirteen weeks lie between two of them, and none is in a rest."
)
TWO = T("Renewing takes two. Once you are linked with somebody, /renew is there.")
