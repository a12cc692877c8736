"""Figures: each is defined once, in `definitions`; its value is the number of rows its question selects, or what they add up to."""
