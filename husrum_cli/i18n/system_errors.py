"""The most common error texts of operating systems about files, marked to be translated, since `_` translates the `reason` of an error."""

from . import N_

REASONS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("File exists"),
    N_("File name too long"),
    N_("Input/output error"),
    N_("Device or resource busy"),
    N_("File too large"),
    N_("Disk quota exceeded"),
    N_("Too many levels of symbolic links"),
)
