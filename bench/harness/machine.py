"""What the numbers were measured on."""

import datetime
import os
import platform
import re
from pathlib import Path

from harness.processes import CORES, can_raise_priority


def describe():
    return f"Measured on {datetime.date.today().isoformat()}: {facts()}."


def facts():
    parts = [f"{len(CORES)} {'core' if len(CORES) == 1 else 'cores'} ({_processor()})", f"{_memory_gb():.0f} GB",
             f"Linux {re.match(r'[0-9.]+', os.uname().release)[0]}", _distribution(), platform.machine()]
    return ", ".join(part for part in parts if part)


def warnings():
    lines = []
    if len(CORES) == 1:
        lines.append("only one core is available: proxy, backend and load share it, so the numbers are not comparable")
    if not can_raise_priority():
        lines.append("without CAP_SYS_NICE (root) processes run at normal priority: expect more noise")
    load = os.getloadavg()[0]
    if load > 0.7:
        lines.append(f"the machine is busy (load average {load:.1f}): expect more noise")
    return lines


def _processor():
    match = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return match[1] if match else platform.processor() or "unknown processor"


def _memory_gb():
    match = re.search(r"^MemTotal:\s*(\d+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return int(match[1]) / 1024 / 1024


def _distribution():
    release = Path("/etc/os-release")
    match = re.search(r'^PRETTY_NAME="?([^"\n]+)', release.read_text(), re.MULTILINE) if release.exists() else None
    return match[1] if match else ""
