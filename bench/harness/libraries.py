"""Sluice with the C library and OpenSSL that the newest peers bring along: proxies are to be compared, not releases of OpenSSL."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from harness import paths
from harness.failure import Failure

#: Where a program names its loader, near its beginning (ELF, PT_INTERP).
LOADER = re.compile(rb"/lib\w*/ld-linux[^\0]*\0")
HEAD = 4096


def of_peers(program):
    """A script that starts a copy of the program which names the peers' loader. (Told to start the program itself, a loader would be what
    the program takes for its own file, in which it finds nothing.)"""
    libraries = next((paths.PEERS / "root").glob("usr/lib/*/libc.so.6")).parent
    folder = Path(tempfile.mkdtemp(prefix="ld-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "ld").symlink_to(next(libraries.glob("ld-linux*.so.*")))
    (folder / "sluice").write_bytes(_naming(Path(program).read_bytes(), os.fsencode(folder / "ld")))
    script = folder / "start"
    script.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{folder / "sluice"}" "$@"\n')
    for file in (folder / "sluice", script):
        file.chmod(0o755)
    return str(script)


def _naming(content, loader):
    found = LOADER.search(content, 0, HEAD)
    if not found:
        raise Failure("the published Sluice names no loader of programs where it was expected.")
    room = len(found[0])
    if len(loader) >= room:
        raise Failure(f"the folder for temporary files has too long a name: {loader.decode()} does not fit where the program names its loader ({room - 1} characters).")
    return content[:found.start()] + loader.ljust(room, b"\0") + content[found.end():]
