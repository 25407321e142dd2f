"""Certificates from an authority of the run's own: bench/native/certificates.c."""

import subprocess

from harness import backend
from harness.failure import Failure

#: Of every listener with one certificate: those of hosts.py, and what wrk is told to ask for.
NAMES = ["*.example.com", "localhost"]


class Authority:
    def __init__(self, folder):
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "ca.crt"

    def make(self, first, count, *names, key="ec"):
        """Certificates numbered from `first` on; % in a name stands for the number."""
        command = [backend.build("certificates"), self._folder, str(first), str(count), key, *names]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise Failure(f"making certificates failed: {done.stderr.strip()}")

    def certificate(self, number=0):
        """Files (certificate, key)."""
        return self._folder / f"{number}.crt", self._folder / f"{number}.key"
