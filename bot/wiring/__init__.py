"""The parts of the program, wired: what bot/app.py runs."""
