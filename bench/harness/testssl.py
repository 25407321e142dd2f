"""bench/testssl: what testssl.sh finds at an HTTPS listener with default options."""

import json
import os
import re
import subprocess

from harness import backend, certificates, command, machine, manifests, net, packages, paths, releases, sluice, tls
from harness.failure import Failure
from harness.processes import Processes

HOST = "www.example.com"
MINUTES = 15
#: Findings of these severities are misses. WARN is none: it is what testssl.sh says of itself.
BAD = ("MEDIUM", "HIGH", "CRITICAL", "FATAL")
REPORT = paths.ROOT / "docs" / "tls-report.md"

#: What the application in front of which Sluice stands decides, and a browser looks for: set on responses by the route.
FIELDS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

#: Sections of the report, by how findings of testssl.sh are named; the first that matches counts.
SECTIONS = [
    ("Rating", r"rating_|.*score|overall_grade|grade_cap_reason"),
    ("Client simulations", r"clientsimulation"),
    ("Certificates", r"cert|OCSP|intermediate|DNS_CAA"),
    ("Vulnerabilities", r"heartbleed|CCS|ticketbleed|ROBOT|secure_|CRIME|BREACH|POODLE|fallback_SCSV|SWEET32|FREAK|DROWN|LOGJAM|BEAST|LUCKY13|winshock|RC4|opossum"),
    ("HTTP", r"HTTP|HSTS|HPKP|banner|cookie|X-|Content-|Referrer|Strict|security_headers|insecure_redirect|server"),
    ("Protocols", r"SSLv|TLS1|NPN|ALPN|QUIC"),
    ("Ciphers and groups", r"cipher|FS|supportedciphers|DH_groups|std_"),
    ("Other", r""),
]

FRAME = """\
# TLS, as testssl.sh sees it

Written by `bench/testssl`: an HTTPS listener with default options, an ECDSA and an RSA certificate, looked at by testssl.sh
{testssl}. The certificates are of an authority of the script's own, which testssl.sh is told to trust; the fields that it looks for
in responses are set by the route, since they are the application's.

{machine}

Sluice {version} with OpenSSL {openssl}. {verdict}

"""


def options():
    p = command.parser("testssl", "Looks at an HTTPS listener with testssl.sh; a finding of severity MEDIUM or worse is a miss.")
    return p.parse_args()


def write_manifests(file, port, backend_port, authority):
    fields = "".join(f'        - name: {name}\n          value: "{value}"\n' for name, value in FIELDS.items())
    route = manifests.route("www", [HOST], "backend").replace(
        "    backendRefs:", f"    filters:\n    - type: ResponseHeaderModifier\n      responseHeaderModifier:\n        set:\n{fields}    backendRefs:")
    listener = manifests.https_listener("https", port, "ecdsa", HOST) + "      - name: rsa\n"
    file.write_text(manifests.join(
        manifests.CLASS, manifests.gateway(listener), manifests.secret("ecdsa", *authority.certificate(0)),
        manifests.secret("rsa", *authority.certificate(1)), manifests.service("backend", backend_port), route))


def look(port, authority, folder):
    """All findings."""
    packages.need("openssl", "host", "hexdump", "ps")
    program, environment = releases.testssl()
    output = folder / "findings.json"
    line = [program, "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "--add-ca", authority.file, "--ip", "127.0.0.1",
            "--jsonfile", output, f"{HOST}:{port}"]
    with open(folder / "testssl.log", "wb") as log:
        done = subprocess.run([str(part) for part in line], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
                              timeout=MINUTES * 60, env=dict(os.environ, **environment))
    if not output.exists():
        raise Failure(f"testssl.sh ended with exit code {done.returncode}:\n{(folder / 'testssl.log').read_text(errors='replace')[-2000:]}")
    return json.loads(output.read_text()), _version(program)


def _version(program):
    return re.search(r'^declare -r VERSION="([^"]+)"', program.read_text(), re.MULTILINE)[1]


def bad(findings):
    return [finding for finding in findings if finding["severity"] in BAD]


def section(finding):
    return next(title for title, pattern in SECTIONS if re.match(pattern, finding["id"], re.IGNORECASE))


def clean(text):
    """One line for a table. What names this run alone is left out."""
    return " ".join(text.split()).replace("|", "\\|")


def main(o):
    sluice_command = sluice.published(o.sluice)
    with Processes() as processes:
        port, backend_port = net.free_ports(2)
        backend.start(processes, backend_port, core=None)
        authority = certificates.Authority(processes.folder / "certificates")
        authority.make(0, 1, HOST)
        authority.make(1, 1, HOST, key="rsa")
        file = processes.folder / "testssl.yaml"
        write_manifests(file, port, backend_port, authority)
        process, _ = sluice.start(processes, "testssl", sluice_command, file)
        status, _ = tls.get(port, "/", HOST, authority.file, True)
        if status != 200:
            raise Failure(f"https://{HOST}/ answers {status}")
        print("looking with testssl.sh, which takes a few minutes", flush=True)
        findings, version = look(port, authority, processes.folder)
        openssl = tls.openssl_of(process.pid)
    return report(o, findings, version, openssl, sluice.version(sluice_command))


def report(o, findings, testssl_version, openssl, version):
    misses = bad(findings)
    grade = next((finding["finding"] for finding in findings if finding["id"] == "overall_grade"), "none")
    verdict = f"{len(misses)} findings of severity MEDIUM or worse; overall grade {grade}."
    print(f"\ntestssl.sh {testssl_version}: {len(findings)} findings, {verdict}")
    for finding in misses:
        print(f"  {finding['severity']:9} {finding['id']}: {finding['finding']}")
    command.write_json(o.json, findings)
    body = FRAME.format(testssl=testssl_version, machine=machine.describe(), version=version, openssl=openssl, verdict=verdict)
    hidden = re.compile(r"scanTime|scanProblem|engine_problem|cert_serialNumber|cert_fingerprint|cert_notBefore|cert_notAfter|cert\b|cert <|TLS_timestamp"
                        r"|DROWN_hint|rating_spec|rating_doc|HTTP_clock_skew|HTTP_headerTime|service|pre_128cipher")
    for title, _ in SECTIONS:
        rows = [[f["id"], f["severity"], clean(f["finding"])] for f in findings if section(f) == title and not hidden.match(f["id"])]
        if rows:
            body += f"## {title}\n\n| what | severity | finding |\n| --- | --- | --- |\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"
    REPORT.write_text(body.rstrip() + "\n")
    print(f"wrote {REPORT.relative_to(paths.ROOT)}")
    return not misses


if __name__ == "__main__":
    command.run(options(), main)
