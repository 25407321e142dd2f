"""bench/rotation: a certificate replaced every second under load, none of which may fail a handshake or a request."""

import ssl
import statistics
import time

from harness import backend, certificates, clients, command, figures, manifests, net, sluice
from harness.failure import Failure
from harness.figures import Figure
from harness.hosts import host
from harness.processes import Processes

SECONDS = 60

EXPLANATION = """\
The Secret of an HTTPS listener is replaced every second for {seconds} s, each time by a certificate with another key, and waited for
at the data plane: a handshake has to show it. Meanwhile {keep_alive} keep-alive connections (responses of 100 B, 10 KiB and 1 MiB),
a client with a full handshake per request and one that resumes the session of its connection before check every answer, every
chain and every name. A keep-alive connection that ends, even politely, counts as dropped."""


def options():
    p = command.parser("rotation", "Replaces a certificate every second under load and counts what fails.")
    p.add_argument("--seconds", type=int, default=SECONDS, metavar="S", help="how long, with one replacement each (default: %(default)s)")
    return p.parse_args()


def trusting(file):
    """A client's context: TLS 1.3, the chain and the name checked."""
    context = ssl.create_default_context(cafile=str(file))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def served(port, name, context):
    """The certificate (DER) that a new handshake shows."""
    with clients.Https(port, name, context).socket as s:
        return s.getpeercert(binary_form=True)


def der(file):
    """The first certificate of a PEM file."""
    text = file.read_text()
    end = "-----END CERTIFICATE-----\n"
    return ssl.PEM_cert_to_DER_cert(text[:text.index(end) + len(end)])


class Rotation:
    def __init__(self, folder, authority, port, backend_port):
        self._folder, self._authority, self._port = folder, authority, port
        self._context = trusting(authority.file)
        folder.mkdir()
        (folder / "gateway.yaml").write_text(manifests.join(
            manifests.CLASS, manifests.gateway(manifests.https_listener("https", port, "certificate", "*.example.com")),
            manifests.service("backend", backend_port), manifests.numbered_route(0, "backend")))
        self.replace(0)

    def replace(self, number):
        manifests.replace(self._folder / "secret.yaml", manifests.secret("certificate", *self._authority.certificate(number)))

    def shows(self, number):
        return served(self._port, host(0), self._context) == der(self._authority.certificate(number)[0])

    def run(self, seconds, running, check):
        """Milliseconds that each replacement took to show."""
        times, start = [], time.monotonic()
        for number in range(1, seconds + 1):
            time.sleep(max(0, start + number - time.monotonic()))
            began = time.monotonic()
            self.replace(number)
            net.wait_until(lambda: self.shows(number), f"serving of certificate {number}", 10, check, pause=0.001)
            times.append((time.monotonic() - began) * 1000)
            if not running.check():
                raise Failure("a client process ended early")
        return times


def main(o):
    sluice_command = sluice.published(o.sluice)
    with Processes() as processes:
        port, blue = net.free_ports(2)
        backend.start(processes, blue, "blue", core=None)
        authority = certificates.Authority(processes.folder / "certificates")
        authority.make(0, o.seconds + 1, "*.example.com")
        rotation = Rotation(processes.folder / "manifests", authority, port, blue)
        process, _ = sluice.start(processes, "rotation", sluice_command, processes.folder / "manifests")
        context, name = trusting(authority.file), host(0)
        running = clients.Clients(
            clients.keep_alive(lambda: clients.Https(port, name, context), name),
            clients.new_connections(lambda _: clients.Https(port, name, context), name, "requests with a full handshake"),
            clients.new_connections(lambda before: clients.Https(port, name, context, before and before.session), name,
                                    "requests with a session to resume"))
        try:
            times = rotation.run(o.seconds, running, lambda: processes.check(process))
            tallies = running.finish()
        finally:
            running.end()
    return report(o, tallies, times, sluice.version(sluice_command))


def report(o, tallies, times, version):
    for tally in tallies:
        for example in tally.examples:
            print(f"failed: {tally.name}: {example}")
    found = [Figure("certificates served", len(times), ""),
             Figure("failed handshakes and requests", sum(t.failed for t in tallies), "", 0),
             Figure("dropped connections", sum(t.dropped for t in tallies), "", 0),
             *(Figure(t.name, t.done, "") for t in tallies),
             Figure("Secret written to new handshake, median", statistics.median(times), "ms"),
             Figure("the slowest", max(times), "ms")]
    explanation = EXPLANATION.format(seconds=o.seconds, keep_alive=len(clients.KEEP_ALIVE))
    return figures.publish(o, "rotation", "Certificates replaced under load", explanation, found, version, full=o.seconds >= SECONDS)


if __name__ == "__main__":
    command.run(options(), main)
