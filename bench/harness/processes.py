"""Child processes: pinned to a core, at high priority when allowed, and ended by their ids whatever happens."""

import atexit
import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from harness.failure import Failure

CORES = sorted(os.sched_getaffinity(0))
LOAD_CORE = CORES[0]
PROXY_CORE = CORES[1] if len(CORES) > 1 else CORES[0]
DESCRIPTORS = 32768
PR_SET_PDEATHSIG = 1
CAP_SYS_NICE = 23
HIGHEST = -20
#: Where it exists, the kernel shares processor time between sessions first, by this value, and only then by niceness.
AUTOGROUP = Path("/proc/self/autogroup")

_libc = ctypes.CDLL(None)


def raise_descriptor_limit(wanted=DESCRIPTORS):
    """Up to `wanted` where root may, else up to the hard limit. Returns what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(hard, wanted)))
        except (ValueError, PermissionError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def can_raise_priority():
    """Whether CAP_SYS_NICE is there: not always so for root in a container."""
    effective = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff:"))
    return bool(int(effective.split()[1], 16) >> CAP_SYS_NICE & 1)


def raise_own_priority():
    """For scripts whose own promptness is part of what they measure. The session's autogroup is put back at exit."""
    if not can_raise_priority():
        return
    os.setpriority(os.PRIO_PROCESS, 0, HIGHEST)
    if os.access(AUTOGROUP, os.W_OK):
        before = AUTOGROUP.read_text().rsplit(None, 1)[1]
        AUTOGROUP.write_text(str(HIGHEST))
        atexit.register(lambda: AUTOGROUP.write_text(before))


def prepare_child(core, priority):
    def prepare():
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # no orphan, even when this script is killed
        raise_descriptor_limit()
        if core is not None:
            os.sched_setaffinity(0, {core})
        if priority and can_raise_priority():
            os.setpriority(os.PRIO_PROCESS, 0, HIGHEST)
            if os.access(AUTOGROUP, os.W_OK):
                os.setsid()  # a session of its own is an autogroup of its own
                AUTOGROUP.write_text(str(HIGHEST))
    return prepare


def run_pinned(command, core, timeout):
    """Runs a program to its end on one core and returns what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, preexec_fn=prepare_child(core, True))
    if done.returncode != 0:
        raise Failure(f"{command[0]} failed with exit code {done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


class Processes:
    """A context: a temporary folder, and processes that end with it."""

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        raise_descriptor_limit()
        self._folder = tempfile.TemporaryDirectory(prefix="sluice-bench-")
        self.folder = Path(self._folder.name)
        self._running = []
        return self

    def __exit__(self, *_):
        for process, _ in reversed(self._running):
            self._end(process)
        self._folder.cleanup()

    def start(self, name, command, core=None, priority=True, environment=None, talks=False):
        """talks: lines of text go in and out through pipes; else what it prints goes to its log."""
        log = self.folder / f"{name}.log"
        with open(log, "ab") as output:
            process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.PIPE if talks else subprocess.DEVNULL, stdout=subprocess.PIPE if talks else output,
                stderr=output, text=talks, env=dict(os.environ, **(environment or {})), preexec_fn=prepare_child(core, priority))
        self._running.append((process, log))
        return process

    def stop(self, process):
        self._running = [entry for entry in self._running if entry[0] is not process]
        self._end(process)

    def check(self, process):
        """Fails when the process has ended by itself, with the end of its output."""
        if process.poll() is None:
            return
        log = next(log for known, log in self._running if known is process)
        tail = log.read_text(errors="replace")[-2000:].strip()
        raise Failure(f"'{' '.join(process.args[:3])} …' ended with exit code {process.returncode}: {tail}")

    @staticmethod
    def _end(process):
        if process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
