"""The link key and the national office's key: made, chosen, shared, and refused where they can't be used; and files encrypted with them."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from nations import linked
from running import ENCRYPTED, husrum, looked_into, new_city

from husrum_cli.domain.national.linking import key_fingerprint, read_link_key, tag_version
from husrum_cli.errors import UnusableFile
from husrum_cli.exporting.encryption import encrypt, opener

HEX = "00112233445566778899aabbccddeeff" * 2


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let no test know what another one remembered."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("HUSRUM_LINK_KEY", raising=False)
    return tmp_path


def link(*words: object) -> tuple[int, str, str]:
    done = husrum("link", *words, env={"XDG_CONFIG_HOME": os.environ["XDG_CONFIG_HOME"]})
    return done.exit_code, done.stdout, done.stderr


def key_file(path: Path, text: str = HEX + "\n", mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_new_key(tmp_path: Path) -> None:
    path = tmp_path / "land.key"
    status, _out, output = link("new-key", path)
    assert status == 0
    key = read_link_key(path)
    assert len(key) == 32 and key_fingerprint(key) in output and "use-key" in output
    assert key.hex() not in output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    status, _out, output = link("new-key", path)
    assert status == 5 and "exists already" in output and path.read_bytes() == before
    link("new-key", tmp_path / "other.key")
    assert read_link_key(tmp_path / "other.key") != key


def test_a_new_key_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    status, _out, output = link("new-key", tmp_path / "none" / "land.key")
    assert status == 3 and "can't be written" in output


def test_a_full_disk_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _out, output = link("new-key", tmp_path / "land.key")
    assert status == 3 and "No space left" in output
    assert not (tmp_path / "land.key").exists()


@pytest.mark.parametrize("text", [HEX, f"# remark\r\n\r\n{HEX.upper()}\r\n", f"\ufeff{HEX}\n"])
def test_a_key_typed_or_saved_elsewhere(tmp_path: Path, text: str) -> None:
    assert read_link_key(key_file(tmp_path / "k", text)) == bytes.fromhex(HEX)


@pytest.mark.parametrize(
    "text", ["", "# only remarks\n", HEX[:-2], HEX + "00", HEX + "\n" + HEX, HEX[:-1] + "g", "hunter2", "\0" * 32, "a" * 70_000]
)
def test_what_is_no_key(tmp_path: Path, text: str) -> None:
    path = key_file(tmp_path / "k", text)
    status, out, output = link("use-key", path)
    assert (status, out) == (3, "") and f"{path} holds no link key" in output
    assert not text or text.strip() not in output.replace(str(path), "")


def test_a_key_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "k"
    path.write_bytes(bytes(range(200, 232)))
    path.chmod(0o600)
    assert link("use-key", path)[0] == 3


def test_a_key_that_can_not_be_read(tmp_path: Path) -> None:
    assert "does not exist" in link("use-key", tmp_path / "none")[2]
    assert "is a folder" in link("use-key", tmp_path)[2]
    assert link("use-key", tmp_path)[0] == 3


@pytest.mark.skipif(os.name != "posix", reason="only there files have such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = key_file(tmp_path / "k", mode=mode)
    status, _out, output = link("use-key", path)
    assert status == 3 and f"chmod 600 {path}" in output


def test_which_key_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {name: key_file(tmp_path / name, f"{number:064x}") for number, name in enumerate(("option", "environment", "configuration"), 1)}
    city = new_city(tmp_path / "aarhus.db")

    def used(*option: object) -> str | None:
        out = tmp_path / "handover.db"
        out.unlink(missing_ok=True)
        environment = {name: os.environ.get(name) for name in ("XDG_CONFIG_HOME", "HUSRUM_LINK_KEY")}
        done = husrum("export", "handover", out, "--unencrypted", "--db", city, *option, env=environment)
        assert done.exit_code == 0, done.stderr
        with closing(looked_into(out)) as file:
            found = file.execute("SELECT fingerprint FROM link_keys").fetchone()
        return found and next(name for name, path in keys.items() if tag_version(read_link_key(path)) == found[0])

    assert used() is None
    assert link("use-key")[0] == 4
    monkeypatch.chdir(tmp_path)
    status, _out, output = link("use-key", "configuration")
    assert status == 0 and key_fingerprint(read_link_key(keys["configuration"])) in output
    monkeypatch.chdir("/")
    assert used() == "configuration"
    assert str(keys["configuration"]) in link("use-key")[2]
    monkeypatch.setenv("HUSRUM_LINK_KEY", str(keys["environment"]))
    assert used() == "environment"
    assert used("--key", keys["option"]) == "option"
    monkeypatch.delenv("HUSRUM_LINK_KEY")
    keys["configuration"].unlink()
    done = husrum(
        "export", "handover", tmp_path / "x", "--unencrypted", "--db", city, env={"XDG_CONFIG_HOME": os.environ["XDG_CONFIG_HOME"]}
    )
    assert done.exit_code == 3 and "configuration does not exist" in done.stderr, "nobody is left unlinked by a slip"


# The national office's key

SECRET = b"SQLite format 3\0" + b"Anna Holm" * 100_000


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, str]:
    """The national office: its identity and its public key."""
    path = tmp_path / "office.identity"
    status, public, output = link("national-key", "--new", path)
    assert status == 0 and "AGE-SECRET" not in public + output
    return path, public.strip()


def test_a_new_identity(office: tuple[Path, str]) -> None:
    path, public = office
    assert public.startswith("age1") and len(public) == 62
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert link("national-key", "--new", path)[0] == 5
    assert path.read_bytes() == before


def test_a_city_keeps_the_public_key_in_its_file(tmp_path: Path, office: tuple[Path, str]) -> None:
    city = new_city(tmp_path / "aarhus.db")
    status, _out, output = link("national-key", "--db", city)
    assert status == 4 and "Ask the national office" in output
    assert link("national-key", f" {office[1].upper()} ", "--db", city)[0] == 0
    assert link("national-key", "--db", city) == (0, office[1] + "\n", "")


@pytest.mark.parametrize("typed", ["age1", "age1" + "q" * 58, "hunter2", "", "AGE-SECRET-KEY-1QQQQ", "ssh-ed25519 AAAA"])
def test_what_is_no_public_key(tmp_path: Path, typed: str) -> None:
    city = new_city(tmp_path / "aarhus.db")
    before = city.read_bytes()
    status, out, output = link("national-key", "--db", city, "--", typed)
    assert (status, out) == (2, "")
    assert "QQQQ" not in output and "hunter2" not in output
    assert city.read_bytes() == before


def test_the_public_key_and_a_new_identity_are_not_named_at_once(tmp_path: Path, office: tuple[Path, str]) -> None:
    assert link("national-key", office[1], "--new", tmp_path / "x")[0] == 2


def encrypted(tmp_path: Path, public: str, content: bytes = SECRET) -> Path:
    path = tmp_path / "handover.age"
    path.write_bytes(encrypt(content, public))
    return path


@pytest.mark.parametrize("content", [b"", b"x", SECRET])
def test_what_is_encrypted_is_opened_by_the_office_alone(tmp_path: Path, office: tuple[Path, str], content: bytes) -> None:
    identity, public = office
    path = encrypted(tmp_path, public, content)
    assert path.read_bytes().startswith(b"age-encryption.org/") and b"Anna" not in path.read_bytes()
    assert opener(identity)(path) == content


def test_any_of_the_office_s_identities_opens_what_was_encrypted_to_it(tmp_path: Path, office: tuple[Path, str]) -> None:
    identity, public = office
    path = encrypted(tmp_path, public)
    link("national-key", "--new", tmp_path / "new.identity")
    both = key_file(tmp_path / "both", (tmp_path / "new.identity").read_text() + identity.read_text())
    assert opener(both)(path) == SECRET


def test_another_identity_opens_nothing(tmp_path: Path, office: tuple[Path, str]) -> None:
    path = encrypted(tmp_path, office[1])
    link("national-key", "--new", tmp_path / "other.identity")
    with pytest.raises(UnusableFile, match="was encrypted for another key"):
        opener(tmp_path / "other.identity")(path)


def test_a_damaged_or_cut_off_file_opens_nothing(tmp_path: Path, office: tuple[Path, str]) -> None:
    identity, public = office
    path = encrypted(tmp_path, public)
    whole = path.read_bytes()
    places = [30, 150, 170, 250, 70_000, len(whole) - 1]
    flipped = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in places]
    for damaged in [b"", whole[:10], whole[:100], whole[:200], whole[:70_000], whole[:-1], whole + b"x", SECRET, *flipped]:
        path.write_bytes(damaged)
        with pytest.raises(UnusableFile, match=r"is damaged or cut off|was encrypted for another key"):
            opener(identity)(path)


def test_files_that_are_not_there_or_are_taken(tmp_path: Path, office: tuple[Path, str]) -> None:
    identity, public = office
    for wrong in (tmp_path / "none", tmp_path):
        with pytest.raises(UnusableFile):
            opener(identity)(wrong)
        with pytest.raises(UnusableFile):
            opener(wrong)
    for no_identity in ("", HEX, public):
        with pytest.raises(UnusableFile, match="holds no identity"):
            opener(key_file(tmp_path / "k", no_identity))
    identity.chmod(0o644)
    with pytest.raises(UnusableFile, match="chmod 600"):
        opener(identity)


def test_without_the_extra_package_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    status, _out, output = link("national-key", "--new", tmp_path / "office.identity")
    assert status == 2 and "-m pip install pyrage" in output
    assert not (tmp_path / "office.identity").exists()


# From two cities to the nation


@pytest.fixture
def cities(tmp_path: Path, office: tuple[Path, str]) -> list[Path]:
    """Two cities that know the link key and the national office; Anna is in both, Bo has no birth date, Carla withdrew her consent."""
    link("new-key", tmp_path / "land.key")
    paths = []
    for name, anna in (("Aarhus", "Anna-Marie Ågård"), ("Horsens", "anna marie aagaard")):
        path = new_city(tmp_path / f"{name.lower()}.db", name)
        for person, born in ((anna, "2003-05-01"), ("Bo Krog", "2001"), ("Carla Dam", "1999-09-09")):
            assert (
                husrum("--db", path, "intake", "add", person, "--born", born, "--enquired", "2024-01-08", "--held", "2024-01-09").exit_code
                == 0
            )
        assert husrum("--db", path, "person", "consent", "Carla Dam", "national_linking", "--withdrawn", "2024-02-01").exit_code == 0
        assert link("national-key", office[1], "--db", path)[0] == 0
        paths.append(path)
    return paths


def hand_over(city: Path, *more: object) -> tuple[int, str]:
    out = city.with_suffix(".age")
    done = husrum("--db", city, "export", "handover", out, "--key", city.with_name("land.key"), *more)
    return done.exit_code, done.stderr


def merged(out: Path, *words: object) -> tuple[int, str]:
    done = husrum("merge", out, *words)
    return done.exit_code, done.stderr


def test_encrypted_handovers_become_the_nation_s_and_each_human_counts_once(
    tmp_path: Path, cities: list[Path], office: tuple[Path, str]
) -> None:
    for city in cities:
        status, output = hand_over(city)
        assert status == 0 and "unlinkable: 2" in output, output
        assert stat.S_IMODE(city.with_suffix(".age").stat().st_mode) == 0o600
        content = city.with_suffix(".age").read_bytes()
        assert content.startswith(b"age-encryption.org/") and b"SQLite" not in content
    encrypted = [city.with_suffix(".age") for city in cities]
    before = [path.read_bytes() for path in encrypted]
    out = tmp_path / "denmark.db"
    status, output = merged(out, *encrypted)
    assert status == 3 and "--identity" in output and not out.exists()
    status, output = merged(out, *encrypted, "--identity", office[0])
    assert status == 0, output
    assert linked(out) == {frozenset({"Aarhus:1", "Horsens:1"})}
    assert [path.read_bytes() for path in encrypted] == before
    assert b"gaard" not in out.read_bytes() and b"2003-05-01" not in out.read_bytes()
    refused = husrum("--db", out, "link", "same", "Aarhus:3", "Horsens:3")
    assert refused.exit_code == 5 and "Aarhus:3 can't be linked" in refused.stderr
    assert husrum("--db", out, "link", "different", "Aarhus:1", "Horsens:1").exit_code == 0
    assert merged(out, *encrypted, "--identity", office[0])[0] == 0
    assert linked(out) == set(), "what was decided outlives the next merge"


def test_a_full_disk_leaves_no_half_handover(cities: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_content: bytes, _key: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("husrum_cli.exporting.handover.encrypt", full)
    before = sorted(cities[0].parent.iterdir())
    status, output = hand_over(cities[0])
    assert status == 3 and output == f"Error: The disk is full; nothing was written to {cities[0].with_suffix('.age')}.\n"
    assert sorted(cities[0].parent.iterdir()) == before


def test_an_encrypted_handover_that_can_not_be_opened_changes_nothing(tmp_path: Path, cities: list[Path], office: tuple[Path, str]) -> None:
    hand_over(cities[0])
    path, out = cities[0].with_suffix(".age"), tmp_path / "denmark.db"
    link("national-key", "--new", tmp_path / "other.identity")
    status, output = merged(out, path, "--identity", tmp_path / "other.identity")
    assert status == 3 and f"{path} was encrypted for another key" in output
    for wrong in (tmp_path / "none", tmp_path / "land.key"):
        assert merged(out, path, "--identity", wrong)[0] == 3
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole[:300], whole[:5000] + b"x" + whole[5001:]):
        path.write_bytes(damaged)
        status, output = merged(out, path, "--identity", office[0])
        assert status == 3 and f"{path} is damaged or cut off" in output, output
    clear = tmp_path / "no-database"
    clear.write_bytes(encrypt(b"Anna Holm", office[1]))
    status, output = merged(out, clear, "--identity", office[0])
    assert status == 3 and str(clear) in output and output.count("\n") == 1
    assert not out.exists()


def test_a_city_that_knows_no_national_key_hands_nothing_over_by_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link("new-key", tmp_path / "land.key")
    city = new_city(tmp_path / "aarhus.db")
    status, output = hand_over(city)
    assert status == 5 and "husrum link national-key KEY" in output and "--unencrypted" in output
    assert not city.with_suffix(".age").exists()
    assert hand_over(city, "--unencrypted")[0] == 0
    assert city.with_suffix(".age").read_bytes().startswith(b"SQLite format 3")


def test_without_the_extra_package_nothing_is_handed_over(cities: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    status, output = hand_over(cities[0])
    assert status == 2 and "-m pip install pyrage" in output
    assert not cities[0].with_suffix(".age").exists()


def test_a_handover_is_never_in_clear_at_its_target(cities: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick keeps what was written to it, and a synchronised folder sends it: also when the run is killed."""
    from husrum_cli.exporting import handover

    stick, seen = tmp_path / "stick", []
    stick.mkdir()

    def looking(city: Path, plain: Path, *more: object) -> object:
        merged = hand_over(city, plain, *more)
        seen.append((plain, plain.read_bytes(), {path: path.read_bytes() for path in stick.iterdir()}))
        return merged

    hand_over = handover.hand_over
    monkeypatch.setattr(handover, "hand_over", looking)
    done = husrum("--db", cities[0], "export", "handover", stick / "h.age", "--key", cities[0].with_name("land.key"))
    assert done.exit_code == 0, done.stderr
    ((plain, content, on_stick),) = seen
    assert plain.parent.parent == cities[0].parent and plain.parent.name.startswith(".husrum-")
    assert content.startswith(b"SQLite format 3") != ENCRYPTED, "next to an encrypted file it is never in clear"
    assert not any(on_stick.values()) and {path.name for path in stick.iterdir()} == {"h.age"}
    assert not list(tmp_path.glob(".husrum-*"))


def test_a_key_is_not_read_from_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(UnusableFile, match="pipe"):
        read_link_key(tmp_path / "pipe")
