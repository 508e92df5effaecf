"""Leeway as `python -m bot` starts it, with a clock that runs ahead by so many seconds: `ahead.py SECONDS`."""

import asyncio
import sys

from bot import app, logs
from bot.settings import read_settings
from scheduler.clock import MovableClock

if __name__ == "__main__":
    settings = read_settings()
    logs.configure(settings.log_level, settings.log_format)
    asyncio.run(app.serve(settings, lambda words: None, MovableClock(int(sys.argv[1]))))
