"""Runs Seaward on one capture, within bounds that hold for every input."""

import json
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass

SECONDS = 20
MEMORY_MIB = 64


@dataclass
class Run:
    command: str
    code: int
    output: str
    errors: str
    seconds: float
    memory_mib: float

    def complaints(self):
        """What no input may cause: a signal, a hang, growth, a refusal without a word, or output that is not JSON."""
        if self.code == -signal.SIGKILL and self.seconds >= SECONDS:
            yield f"{self.command}: still running after {SECONDS} s"
        elif self.code < 0:
            yield f"{self.command}: ended by {signal.Signals(-self.code).name}: {self.errors[-300:]}"
        elif self.code > 0 and not self.errors.strip():
            yield f"{self.command}: exit code {self.code} without a message"
        try:
            for line in self.output.splitlines():
                json.loads(line)
        except ValueError as error:
            yield f"{self.command}: {error}: {line[:200]}"
        if self.memory_mib > MEMORY_MIB:
            yield f"{self.command}: {self.memory_mib:.0f} MiB of memory, more than {MEMORY_MIB}"


def run(binary, *arguments):
    """Output goes through files, so that nothing here can block; `wait4` tells the peak of this very process."""
    environment = os.environ | {"SWIFT_BACKTRACE": "enable=no"}  # after a crash the handler would take long
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.monotonic()
        child = subprocess.Popen(
            [binary, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=environment)
        timer = signal.signal(signal.SIGALRM, lambda *_: child.kill())
        signal.alarm(SECONDS)
        _, status, usage = os.wait4(child.pid, 0)
        signal.alarm(0)
        signal.signal(signal.SIGALRM, timer)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started

        def text(file):
            file.seek(0)
            return file.read().decode("utf-8", "backslashreplace")

        return Run(" ".join(arguments), child.returncode, text(output), text(errors), seconds, usage.ru_maxrss / 1024)
