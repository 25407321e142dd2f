"""bench/listenersets: 2,500 ListenerSets with a certificate each and 40,000 HTTPRoutes: memory, and one changed certificate."""

import random
import statistics
import time

from harness import backend, certificates, clients, command, figures, manifests, net, rotation, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.processes import Processes, raise_own_priority

SETS, ROUTES = 2500, 16
NAMESPACES = 50
CHANGES, SETTLE = 200, 10
MOST_MB, MOST_MS = 140, 50

EXPLANATION = """\
{sets:,} ListenerSets in {namespaces} namespaces, each with one HTTPS listener for a wildcard hostname, one certificate (ECDSA, P-256), {routes}
HTTPRoutes with a hostname each and a Service with its EndpointSlice; every set in a file of its own, every Secret in another, as
cert-manager would write it. Default options (one worker per core). Private is RssAnon, read {settle} s after readiness, and again {settle} s
after one request to a route of every set. Then {changes} Secrets, one after the other, get another certificate: the time starts before the
file is written and ends with the first handshake that shows it, which a client tries in a tight loop; no change is left out."""


def options():
    p = command.parser("listenersets", "Measures many ListenerSets with certificates of their own.")
    p.add_argument("--sets", type=int, default=SETS, metavar="N", help="ListenerSets (default: %(default)s)")
    p.add_argument("--changes", type=int, default=CHANGES, metavar="N", help="changed certificates (default: %(default)s)")
    p.add_argument("--settle", type=int, default=SETTLE, metavar="S", help="seconds to wait before reading memory (default: %(default)s)")
    return p.parse_args()


def domain(number):
    return f"set-{number}.example.com"


def space(number):
    return f"team-{number % NAMESPACES}"


def listener_set(number, port):
    """Its manifests, without the Secret."""
    routes = [manifests.route(f"app-{number}-{i}", [f"app-{i}.{domain(number)}"], f"backend-{number}", namespace=space(number),
                              parent=("ListenerSet", f"set-{number}")) for i in range(ROUTES)]
    listener = manifests.https_listener("https", port, f"certificate-{number}", f"*.{domain(number)}")
    return manifests.join(f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata:
  name: set-{number}
  namespace: {space(number)}
spec:
  parentRef:
    name: bench
    namespace: bench
  listeners:
{listener}""", *routes)


def write(folder, sets, port, http_port, backend_port, authority):
    folder.mkdir()
    (folder / "gateway.yaml").write_text(manifests.join(
        manifests.CLASS, manifests.gateway(("http", http_port)) + "  allowedListeners:\n    namespaces:\n      from: All\n"))
    for number in range(sets):
        (folder / f"set-{number}.yaml").write_text(manifests.join(
            listener_set(number, port), manifests.service_with_slice(f"backend-{number}", backend_port, namespace=space(number))))
        write_secret(folder, number, authority.certificate(number))


def write_secret(folder, number, files):
    text = manifests.secret(f"certificate-{number}", *files, namespace=space(number))
    manifests.replace(folder / f"secret-{number}.yaml", text)


def ask_all(port, sets, context):
    """One request to each set, so that whatever is only made when it is needed has been made."""
    for number in range(sets):
        name = f"app-{number % ROUTES}.{domain(number)}"
        connection = clients.Https(port, name, context)
        with connection.socket:
            connection.send("/", name, close=True)
            head, body = connection.receive(100)
            if clients.fault(head, body, 100):
                raise Failure(f"{name} {clients.fault(head, body, 100)}")


def change(folder, port, sets, authority, context, changes, check):
    """Milliseconds from before the file is written to the first handshake with the new certificate."""
    chosen, times = random.Random(20260302), []
    for index in range(changes):
        number = chosen.randrange(sets)
        authority.make(sets + index, 1, "*." + domain(number))
        files = authority.certificate(sets + index)
        wanted, name = rotation.der(files[0]), f"app-0.{domain(number)}"
        started = time.monotonic()
        write_secret(folder, number, files)
        net.wait_until(lambda: rotation.served(port, name, context) == wanted, f"serving of change {index + 1}", 10, check, pause=0)
        times.append((time.monotonic() - started) * 1000)
        time.sleep(chosen.uniform(0, 0.02))  # so that the next change does not keep step with a timer
    return times


def main(o):
    raise_own_priority()
    sluice_command = sluice.published(o.sluice)
    with Processes() as processes:
        folder, [port, http_port, backend_port] = processes.folder / "manifests", net.free_ports(3)
        backend.start(processes, backend_port, "blue")
        authority = certificates.Authority(processes.folder / "certificates")
        authority.make(0, o.sets, "*." + domain("%"))
        print(f"writing {o.sets:,} ListenerSets", flush=True)
        write(folder, o.sets, port, http_port, backend_port, authority)
        started = time.monotonic()
        process, _ = sluice.start(processes, "listenersets", sluice_command, folder, seconds=300)
        ready = time.monotonic() - started
        context = rotation.trusting(authority.file)
        time.sleep(o.settle)
        idle = usage.memory_kb(process.pid)
        ask_all(port, o.sets, context)
        time.sleep(o.settle)
        asked = usage.memory_kb(process.pid)
        used = usage.cpu_ns(process.pid)
        times = change(folder, port, o.sets, authority, context, o.changes, lambda: processes.check(process))
        per_change_ms = (usage.cpu_ns(process.pid) - used) / 1e6 / o.changes
    return report(o, ready, idle, asked, times, per_change_ms, sluice.version(sluice_command))


def report(o, ready, idle, asked, times, per_change_ms, version):
    p99 = statistics.quantiles(times, n=100, method="inclusive")[98]
    found = [Figure(f"{o.sets:,} ListenerSets, {o.sets * ROUTES:,} HTTPRoutes, private", idle["RssAnon"] / 1024, "MB", MOST_MB, below=True),
             Figure("the same, resident", idle["VmRSS"] / 1024, "MB"),
             Figure("after a request to every set, private", asked["RssAnon"] / 1024, "MB", MOST_MB, below=True),
             Figure("Secret written to new handshake, p50", statistics.median(times), "ms"),
             Figure("Secret written to new handshake, p99", p99, "ms", MOST_MS, below=True),
             Figure("Secret written to new handshake, slowest", max(times), "ms"),
             Figure("CPU per change, handshakes included", per_change_ms, "ms"),
             Figure("start to ready", ready, "s")]
    explanation = EXPLANATION.format(sets=o.sets, namespaces=NAMESPACES, routes=ROUTES, settle=o.settle, changes=o.changes)
    return figures.publish(o, "listenersets", "ListenerSets with certificates", explanation, found, version,
                           full=o.sets >= SETS and o.changes >= CHANGES and o.settle >= SETTLE)


if __name__ == "__main__":
    command.run(options(), main)
