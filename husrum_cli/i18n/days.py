"""Days and moments as ISO texts, which is how they are kept, and the patterns by which a language writes them."""

from collections.abc import Sequence


def is_day(text: str) -> bool:
    """Return whether a text is the ISO form of a day, and nothing else."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return False
    from datetime import date  # most runs that show no date load it neither

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Return whether a text is a day and a time to the minute, as in `2024-10-08 13:05`."""
    return len(text) == 16 and text[10] == " " and text[13] == ":" and (text[11:13] + text[14:]).isdigit() and is_day(text[:10])


def format_day(pattern: str, day: str, months: Sequence[str]) -> str:
    """Write a day by a pattern of Unicode's locale data: yyyy, MM, MMMM (the month's name), dd, d."""
    for letters, text in (("yyyy", day[:4]), ("dd", day[8:]), ("d", str(int(day[8:]))), ("MMMM", "\0"), ("MM", day[5:7])):
        pattern = pattern.replace(letters, text)
    return pattern.replace("\0", months[int(day[5:7]) - 1])
