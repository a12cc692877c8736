"""Files that are written: all or nothing, readable by their owner alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from husrum_cli.errors import Refused, UnusableFile
from husrum_cli.render.data_files import open_output


def test_written_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.txt"
    mask = os.umask(0)
    try:
        with open_output(path) as temporary:
            temporary.write_text("one")
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="exists already"), open_output(path) as temporary:
        pytest.fail("opened")
    with pytest.raises(ValueError), open_output(path, overwrite=True) as temporary:
        temporary.write_text("half")
        raise ValueError
    with pytest.raises(UnusableFile, match="disk is full"), open_output(path, overwrite=True) as temporary:
        raise OSError(28, "No space left on device")
    for place in (tmp_path / "no" / "out.txt", tmp_path):
        with pytest.raises(UnusableFile), open_output(place, overwrite=True):
            pytest.fail("opened")
    assert path.read_text() == "one"
    assert os.listdir(tmp_path) == ["out.txt"]
