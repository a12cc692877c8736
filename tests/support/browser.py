"""Drive a Chromium through a pipe, in the protocol of its developer tools."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# HUSRUM_BROWSER names another, or where it is empty none.
CHROMIUM = (
    os.environ.get("HUSRUM_BROWSER")
    if "HUSRUM_BROWSER" in os.environ
    else next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
)
# Nothing of its own may go out, and nothing of a user's comes in.
_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars"),
)
_PATIENCE = 120.0


class Tab:
    """One page, freshly opened: its `requests` and what was said on its `console`, and the means to ask it."""

    def __init__(self, browser: Browser, session: str) -> None:
        self.browser = browser
        self.session = session
        self.requests: list[str] = []
        self.console: list[str] = []

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command of the protocol, and return what it answers."""
        return self.browser.call(method, self.session, **parameters)

    def ask(self, script: str) -> Any:
        """Return the value of an expression of JavaScript, which the page's own policy doesn't bind."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def hear(self, method: str, output: dict[str, Any]) -> None:
        """Keep what the page does meanwhile."""
        if method == "Network.requestWillBeSent":
            self.requests.append(output["request"]["url"])
        elif method == "Log.entryAdded":
            self.console.append(output["entry"]["text"])
        elif method == "Runtime.consoleAPICalled":
            self.console.append(str(output["args"]))


class Browser:
    """A running Chromium."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM
        # Chromium reads at 3 and writes at 4.
        there, self._out = os.pipe()
        self._in, back = os.pipe()
        ends = [fcntl.fcntl(each, fcntl.F_DUPFD, 20) for each in (there, back)]

        def place() -> None:
            for number, end in zip((3, 4), ends, strict=True):
                os.dup2(end, number)

        command = [CHROMIUM, *_QUIET, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            command, pass_fds=(3, 4), preexec_fn=place, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for each in (there, back, *ends):
            os.close(each)
        self._number = 0
        self._read = b""
        self._heard: list[tuple[str, str]] = []
        self._tabs: dict[str, Tab] = {}

    def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Give a command, and return what it answers."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        content = json.dumps(message).encode() + b"\0"
        while content:
            content = content[os.write(self._out, content) :]
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer)
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        """Return the next message. Events of a tab are passed on to that tab."""
        while b"\0" not in self._read:
            assert select.select([self._in], [], [], _PATIENCE)[0], "Chromium doesn't answer"
            more = os.read(self._in, 1 << 20)
            assert more, "Chromium is gone"
            self._read += more
        first, self._read = self._read.split(b"\0", 1)
        message: dict[str, Any] = json.loads(first)
        if "method" in message:
            session = message.get("sessionId", "")
            self._heard.append((session, message["method"]))
            if session in self._tabs:
                self._tabs[session].hear(message["method"], message["params"])
        return message

    @contextlib.contextmanager
    def opened(self, page: Path, width: int = 1280, height: int = 900, *, dark: bool = False) -> Iterator[Tab]:
        """A page in a tab of this size, loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        tab = Tab(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        self._tabs[tab.session] = tab
        for domain in ("Page", "Network", "Log", "Runtime"):
            tab.call(f"{domain}.enable")
        tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        tab.call("Emulation.setEmulatedMedia", features=[scheme])
        self._heard.clear()
        tab.call("Page.navigate", url=page.as_uri())
        while (tab.session, "Page.loadEventFired") not in self._heard:
            self._next()
        yield tab
        del self._tabs[tab.session]
        self.call("Target.closeTarget", targetId=target)

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(AssertionError, OSError):
            self.call("Browser.close")
        os.close(self._out)
        os.close(self._in)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
