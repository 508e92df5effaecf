"""Catalogues and rendering for a reader; typed words read as choices, dates, yes and no."""
