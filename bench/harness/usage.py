"""What a process has used: CPU time and memory, read from the kernel."""

import time
from pathlib import Path


def cpu_ns(pid):
    """Run time of all threads in nanoseconds, ended threads included.

    The process CPU clock is the sum of the threads' schedstat run times, and does not lose a thread that ended
    between two readings as a walk over /proc/PID/task would.
    """
    return time.clock_gettime_ns((~pid << 3) | 2)  # CPUCLOCK_SCHED of another process, see clock_getcpuclockid(3)


def thread_cpu_ns(pid):
    """Run time of every live thread: {(thread id, name): nanoseconds}."""
    threads = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            name = (task / "comm").read_text().strip()
            threads[int(task.name), name] = int((task / "schedstat").read_text().split()[0])
        except FileNotFoundError:
            continue  # ended while we looked
    return threads


def memory_kb(pid):
    """VmRSS (resident) and RssAnon (private, not backed by a file) in kilobytes."""
    fields = {}
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("VmRSS", "RssAnon"):
            fields[name] = int(value.split()[0])
    return fields
