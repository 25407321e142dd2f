"""Where things are in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NATIVE = ROOT / "bench" / "native"
REPORT = ROOT / "docs" / "performance.md"
BUILD = ROOT / "artifacts" / "bench"
#: The newest releases of what Sluice is compared with: see releases.py.
PEERS = ROOT / "artifacts" / "peers"
TESTSSL = ROOT / "artifacts" / "testssl"
KUBECTL = ROOT / "artifacts" / "kubectl"
JIT = ROOT / "artifacts" / "bin" / "Sluice.Cli" / "release" / "sluice.dll"
PROXY_LOAD = ROOT / "artifacts" / "bin" / "Sluice.ProxyLoad" / "release" / "Sluice.ProxyLoad"
PUBLISHED = ROOT / "artifacts" / "publish" / "linux-x64" / "sluice"
QUICKSTART = ROOT / "examples" / "quickstart"
