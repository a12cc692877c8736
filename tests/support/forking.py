"""Commands in processes of their own that need not load the program first: a process that has loaded all of it forks for each.

Loading is most of the time of a short command. What is about the start itself, or about the environment that Python starts in, runs Python: `running.husrum_process`.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import fcntl
import functools
import gc
import importlib
import os
import pickle
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

# How long anything may take on a busy machine (seconds).
PATIENCE = 120.0
Streams = tuple[int, int, int]
_CAPABILITIES_3 = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_OVERRIDE_MODES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class Forked:
    """A command, running. `streams`: the descriptors that it has as its own; without them it reads the input, and `communicate` returns what it wrote."""

    def __init__(
        self,
        *words: object,
        env: Mapping[str, str],
        streams: Streams | None = None,
        before: Callable[[], None] | None = None,
        cwd: Path | None = None,
        input: str = "",
    ) -> None:
        self.returncode: int | None = None
        self._outputs: list[int] = []
        theirs: list[int] = []
        if not streams:
            with tempfile.TemporaryFile() as file:
                file.write(input.encode())
                file.seek(0)
                theirs.append(os.dup(file.fileno()))
            for _stream in ("output", "error"):
                ours, end = os.pipe()
                self._outputs.append(ours)
                theirs.append(end)
        os.umask(umask := os.umask(0))
        asked = ([str(word) for word in words], dict(env), str(cwd or Path.cwd()), umask, before)
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(_served_at(env.get("PYTHONPATH", "")))
        socket.send_fds(self._line, [b"-"], streams or theirs)
        self._line.sendall(pickle.dumps(asked))
        self._line.shutdown(socket.SHUT_WR)
        self._said = self._line.makefile()
        self.pid = int(self._said.readline())
        for end in theirs:
            os.close(end)

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait for its end, and return the exit status, as of `subprocess.Popen`."""
        if self.returncode is None:
            if not select.select([self._line], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("husrum", timeout)
            self.returncode = int(self._said.readline())
            self._said.close()
            self._line.close()
        return self.returncode

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended just now
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it, unless it has ended."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = PATIENCE) -> tuple[bytes, bytes]:
        """Wait for its end, and return what it wrote to standard output and standard error."""
        found = {stream: b"" for stream in self._outputs}
        end = time.monotonic() + timeout
        while self._outputs:
            ready = select.select(self._outputs, [], [], max(0.0, end - time.monotonic()))[0]
            if not ready:
                raise subprocess.TimeoutExpired("husrum", timeout)
            for stream in ready:
                found[stream] += (part := os.read(stream, 65536))
                if not part:
                    self._outputs.remove(stream)
                    os.close(stream)
        self.wait(max(0.0, end - time.monotonic()))
        output, error = found.values()
        return output, error


def bound_by_modes() -> None:
    """Have the modes of files hold for root too, from here on."""
    if os.geteuid() == 0:
        header, sets = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)()
        assert not ctypes.CDLL(None).capget(header, sets)
        sets[0] &= ~_OVERRIDE_MODES  # the effective ones
        assert not ctypes.CDLL(None).capset(header, sets)


@functools.cache
def _served_at(python_path: str) -> str:
    """Start the process that forks, with this program on Python's path, and return the address where it takes commands."""
    folder = tempfile.TemporaryDirectory(prefix="husrum-fork-")
    address = f"{folder.name}/commands"
    env = {**os.environ, "PYTHONPATH": python_path, "PYTHONUTF8": "1"}
    server = subprocess.Popen([sys.executable, __file__, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
    assert server.stdin and server.stdout and server.stdout.readline(), "the program could not be loaded"

    def end() -> None:
        server.communicate()  # the end of its input is the end of it
        folder.cleanup()

    atexit.register(end)
    return address


def _serve(address: str) -> None:
    """Fork for each command. Returns in the process that is to run it."""
    import husrum_cli

    for module in pkgutil.walk_packages(husrum_cli.__path__, "husrum_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from cheap import cheap_hashes

    cheap_hashes()
    sys.dont_write_bytecode = True  # half a compiled module would stay where a disk is full
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    print("listening", flush=True)
    while sys.stdin not in select.select([sys.stdin, listening], [], [])[0]:
        line, _from = listening.accept()
        if not os.fork():
            _nothing, streams, _flags, _address = socket.recv_fds(line, 1, 3)
            with line.makefile("rb") as file:
                asked = pickle.load(file)
            if not (pid := os.fork()):
                line.detach(), listening.detach()  # `_become` closes them
                return _become(streams, *asked)
            line.sendall(f"{pid}\n".encode())
            line.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())
            os._exit(0)
        line.close()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    os._exit(0)


def _become(streams: list[int], words: list[str], env: dict[str, str], folder: str, umask: int, before: Callable[[], None] | None) -> None:
    """Have the streams, arguments, environment and folder of a command that was just started."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, 256)
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    os.umask(umask)
    time.tzset()
    sys.argv = ["husrum", *words]
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", errors="surrogateescape")  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", errors="surrogateescape")  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", 1, encoding="utf-8", errors="backslashreplace")  # type: ignore[misc]  # noqa: SIM115
    if before:
        before()


def _run() -> None:
    """Run the command, and end at once: Python would take down everything that was loaded, piece by piece."""
    from husrum_cli.__main__ import main

    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve(sys.argv[1])
    _run()
