"""Figures: each is defined once, in `registry`; its value is the number of rows that its query selects, or what they add up to."""
