"""docs/performance.md: every script keeps its own section, between two comment lines."""

import re

from harness import machine, paths

FRAME = """\
# Performance

Measured by the scripts in `bench/`; each refreshes its own section below. How to run and read them is in
[bench/README.md](../bench/README.md). Absolute numbers belong to the machine named with them; compare ratios.

## Method

- The proxy under test is one process on a core of its own (one worker); nginx with one process, HAProxy with one thread.
  The backend (`bench/native/backend.c`: one thread, prepared responses with six ordinary header fields) and the load
  generator (`wrk -t1`, closed loop) share another core. For HTTP/2 the load comes from `h2load -t1`, and gRPC calls end at
  `bench/native/grpc_backend.c`; their latencies are taken in runs of their own.
- Requests carry Host, User-Agent, Accept, Accept-Encoding and Cookie, about 300 bytes. Every proxy keeps up to 256
  upstream connections alive, adds X-Forwarded-For and X-Forwarded-Proto, and writes no access log; that is checked with a
  request before each measurement. Sluice runs with its metrics on.
- The figure is the CPU time of all threads of the proxy's process, kernel work done on its behalf included, divided by
  the requests that completed. Rates and latencies are contended (three processes on two cores): read them as lower and
  upper bounds only.
- Runs of all proxies alternate, in reverse order every second round, after warm-up runs; the table has medians. nginx and
  HAProxy run in a default and in a tuned configuration, and the better one counts.
- Many routes: one HTTPRoute per hostname, all to one Service, and the load asks for all hostnames in turn. The peers do the
  same in their own way: nginx one server per hostname, HAProxy a map file. The one-route scenario gives the peers a
  configuration without any host matching, and the ratio for 1,000 HTTPRoutes counts that one too where it is cheaper.
- TLS: version 1.3 with TLS_AES_256_GCM_SHA384 and X25519 for everybody, a certificate with a key on P-256. A handshake
  is mostly OpenSSL's work, and its releases differ: Sluice as published runs with the C library and OpenSSL that the newest peers bring
  along (with `--peers installed` all take the system's), from the JIT with the system's. Handshakes come from
  `bench/native/tls_load.c`, which asks for one response on each connection; it checks the signature and not the chain.
- TCP and UDP: `bench/native/stream_load.c` and `stream_backend.c` share a core. Bulk data is taken with MSG_TRUNC, so that the
  proxy does more with it than its neighbours. MB are 10^6 bytes of payload, so that µs per MB are ms per GB; packets are counted
  in both directions. HAProxy does not relay UDP.
- "As published" is the self-contained ReadyToRun file of `eng/publish`.
"""

SECTIONS = ["http1", "h2", "grpc", "tls", "tcp", "udp", "telemetry", "policies", "memory", "listenersets", "scale", "exporter", "startup", "change", "flips", "rotation", "floods"]


def refresh(section, title, body):
    """Replaces one section, or adds it in its place."""
    found = _sections(paths.REPORT.read_text()) if paths.REPORT.exists() else {}
    found[section] = f"## {title}\n\n{machine.describe()}\n\n{body.strip()}\n"
    parts = [FRAME] + [f"<!-- {name} -->\n{found[name]}<!-- /{name} -->\n" for name in SECTIONS if name in found]
    paths.REPORT.parent.mkdir(exist_ok=True)
    paths.REPORT.write_text("\n".join(parts))
    print(f"refreshed {paths.REPORT.relative_to(paths.ROOT)}")


def _sections(text):
    return {m[1]: m[2] for m in re.finditer(r"<!-- (\w+) -->\n(.*?)<!-- /\1 -->", text, re.DOTALL)}
