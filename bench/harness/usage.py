"""What a process has used: CPU time and memory, read from the kernel."""

import os
import resource
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
    """VmRSS (resident), VmHWM (the most of it so far) and RssAnon (private, not backed by a file) in kilobytes."""
    fields = {}
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("VmRSS", "VmHWM", "RssAnon"):
            fields[name] = int(value.split()[0])
    return fields


def exact_memory_kb(pid):
    """Resident and private memory in kilobytes, counted page by page: /proc/PID/status may lag behind by some per core."""
    fields = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("Rss", "Anonymous"):
            fields[name] = int(value.split()[0])
    return fields


def peak_resident_kb(pid):
    """VmHWM: the most that was ever resident, in kilobytes."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


def family_memory_kb(pid):
    """Of a process and its children: resident and private memory, pages that several of them share counted once."""
    total = {"VmRSS": 0, "RssAnon": 0}
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for member in [pid, *children]:
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name == "Pss_Anon":
                total["RssAnon"] += int(value.split()[0])
            elif name == ("Rss" if member == pid else "Pss"):
                total["VmRSS"] += int(value.split()[0])
    return total


def cores_busy_ns(cores):
    """Time that these cores were not idle since boot, taken by the hypervisor for others included (proc_stat(5))."""
    ticks = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, *fields = line.split()
        if name[:3] == "cpu" and name[3:].isdigit() and int(name[3:]) in cores:
            user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[:8])
            ticks += user + nice + system + irq + softirq + steal
    return ticks * 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def children_ns():
    """CPU time of all child processes that have ended and were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return int((used.ru_utime + used.ru_stime) * 1e9)
