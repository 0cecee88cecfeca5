"""A terminal of its own for a command line that asks or colours."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Sequence

CTRL_C = "\x03"


def typed(args: list[str], answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run on a terminal of its own, giving each answer when its question stands there."""
    pid, terminal = pty.fork()
    if pid == 0:
        # A shell's background jobs ignore interruptions, and hand that on to what they start.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-m", "forecastlog", *args])  # noqa: S606 - no shell wanted
    text, seen = "", 0
    for question, answer in answers:
        text = _until(terminal, text, question, seen)
        assert question in text[seen:], f"{question!r} was never asked:\n{text}"
        seen = text.find(question, seen) + len(question)
        os.write(terminal, f"{answer}\n".encode() if answer != CTRL_C else answer.encode())
        time.sleep(0.02)
    # The first interruption can come before the program has begun to read.
    text = _until(terminal, text, None, seen, again=CTRL_C if CTRL_C in dict(answers).values() else "")
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), text


def _until(terminal: int, text: str, wanted: str | None, start: int, *, again: str = "") -> str:
    end = time.monotonic() + 30
    while (wanted is None or wanted not in text[start:]) and time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                text += os.read(terminal, 4096).decode("utf-8", "replace")
            except OSError:  # Linux's way to say that the other side is gone
                break
        elif again:
            os.write(terminal, again.encode())
    return text
