"""bench/run policies: what policies add to the CPU time of a request.

All variants run at once and are measured in turn, round by round, with the same requests: those carry a token and an Origin.
"""

import subprocess

from harness import command, document, manifests, net, sluice, table
from harness.comparison import median
from harness.contestants import Contestant
from harness.failure import Failure
from harness.processes import PROXY_CORE
from harness.scenarios import TITLES

#: The key that signed the token was thrown away.
MODULUS = (
    "vBc4MFK2A6znWll-iXmhOK5HflOLmoY77qvbBQOGJWMnBijN9IdzvI1oZWbZ4RWbanLhlmaeAqXorIcDTc-oUbyc3yrdIrUA7u7SJXSENq7SqCRnQdr6zcsF"
    "R2fgD6awIaFZIKG4_yCwOUvIvWU5_ZdcXg5Ou74ujvdrI72F726tvcLxQLZVw52I8dXT0ju8xcdNENrZY234xo2-4mPTrdWLHYR1V9OhzidH1k_FOdZB7ZEG"
    "kNoYrjy-KIGuIEe6cten9v7UJ_KjfpcnnKlRJTm-1pXBAuYWd34Ixxs0MRrhLM07z-eXzIQjIt249rBbxGXrItcsu4-7qyOZS_EuFw")
TOKEN = (
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJlbmNoIn0.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic3ViIjoiYW5uIiwiYXVkIjoiYmVuY2giLCJl"
    "eHAiOjQxMDI0NDQ4MDB9.R7x1J0D7EQxzgd8QLba7VmSnNtPkfb7EUjFAH5mg1IGFlZgey2DhjhyhaCYQHQcINdlF2nZv0BnJB3V1N8IW-tVB0I5By2qMItc"
    "rcnFbQPurHaa9IVrqO4MPM06TVQeLDL9DQHg9SMeoFcCxGo9Zwx_TWIZ-n8FxUooFxN-uJ4ykwBB865vOXvso0hFjNHR37AXKCCYLbF6TLIK6fd2xmyj5IXU"
    "M93gndLfgU8OO5gZKUMPWTFNY73_6Ak3m8e8CywJY0eX9-ARYeAle3O6ax-qtXhrOpHmaoF6_3LV-iK1ld0pAAXcukh_Wubh_jk-L1uFYGj69SNRBrRAV_xU"
    "nbQ")
FIELDS = (("Authorization", f"Bearer {TOKEN}"), ("Origin", "https://app.example.com"))

#: Microseconds more than without, at most.
TARGETS = {"sluice-policies": 6.0}

RATE_LIMIT = """\
  rateLimit:
    local:
      tokenBucket: {maxTokens: 2000000000, tokensPerFill: 1000000000, fillInterval: 1s}
"""
JWT = """\
  jwtAuth:
    extensionRef: {name: issuer}
"""
HEADERS = """\
  headerModifiers:
    request:
      set: [{name: x-gateway, value: bench}, {name: x-client, value: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"}]
      remove: [accept-encoding]
    response:
      set: [{name: x-frame-options, value: DENY}]
"""
CORS = """\
  cors:
    allowOrigins: ["https://app.example.com", "https://*.example.org"]
    allowMethods: [GET, POST]
"""
ACL = """\
  acl:
    defaultAction: allow
    rules:
    - {name: bad, cidrs: [192.0.2.0/24, 198.51.100.0/24, "2001:db8::/32"], action: deny}
"""
#: What each variant asks of requests.
POLICIES = {
    "sluice": "",
    "sluice-ratelimit": RATE_LIMIT,
    "sluice-jwt": JWT,
    "sluice-headers": HEADERS,
    "sluice-cors": CORS,
    "sluice-acl": ACL,
    "sluice-policies": RATE_LIMIT + JWT + HEADERS + CORS + ACL,
}
NAMES = tuple(POLICIES)

ISSUER = """\
apiVersion: gateway.kgateway.dev/v1alpha1
kind: GatewayExtension
metadata:
  name: issuer
  namespace: bench
spec:
  type: JWT
  jwt:
    validationMode: AllowMissing
    providers:
    - name: bench
      issuer: https://issuer.example
      audiences: [bench]
      jwks:
        local:
          inline: '{"keys":[{"kty":"RSA","kid":"bench","alg":"RS256","e":"AQAB","n":"%s"}]}'
"""


def policy(fields):
    return f"""\
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata:
  name: bench
  namespace: bench
spec:
  targetRefs:
  - group: gateway.networking.k8s.io
    kind: HTTPRoute
    name: route-0
{fields}"""


def contestants(sluice_command, backend_port):
    def ours(name, fields):
        def start(processes, instance, scenario):
            [port] = net.free_ports(1)
            parts = [manifests.CLASS, manifests.service("backend", backend_port), manifests.gateway(("http", port)), manifests.numbered_route(0, "backend")]
            if fields:
                parts += [ISSUER % MODULUS, policy(fields)]
            file = processes.folder / f"{instance}.yaml"
            file.write_text(manifests.join(*parts))
            _check(sluice_command, file)
            process, _ = sluice.start(processes, instance, sluice_command, file, PROXY_CORE, ["--workers", "1", "--api", "off"])
            return process, port
        return Contestant(name, sluice.version(sluice_command), None, start, compiled_at_run_time=True)

    return [ours(name, fields) for name, fields in POLICIES.items()]


def _check(sluice_command, file):
    """A policy that is not in force would cost nothing."""
    done = subprocess.run([*sluice_command, "check", str(file)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"the policies are not in force:\n{done.stdout}{done.stderr}")


def publish(o, chosen, runs, full):
    base = runs.get(("policies", "sluice"))
    header = ["variant", "µs/request", "µs more", "min", "max", "target", "requests/s", "errors", "RSS MB", "verdict"]
    rows, passed, figures = [], True, []
    for c in chosen:
        r = runs["policies", c.name]
        more = sorted(one.cpu_us - other.cpu_us for one, other in zip(r, base)) if base and c.name != "sluice" else []
        middle = more[len(more) // 2] if more else None
        target = TARGETS.get(c.name) if more else None
        verdict = "" if target is None else "pass" if middle <= target else "MISS"
        passed &= verdict != "MISS"
        rows.append([c.name, f"{median(r, 'cpu_us'):.2f}", *([f"{middle:.2f}", f"{more[0]:.2f}", f"{more[-1]:.2f}"] if more else [""] * 3),
                     "" if target is None else f"≤ {target}", f"{median(r, 'rps'):,.0f}", str(sum(x.errors for x in r)),
                     f"{median(r, 'rss_kb') / 1024:.1f}", verdict])
        figures.append({"group": "policies", "variant": c.name, "cpu_us_per_unit": round(median(r, "cpu_us"), 3), "more_us": None if middle is None else round(middle, 3)})
    print("\n" + table.text(header, rows) + "\n")
    command.write_json(o.json, figures)
    if full:
        body = [f"{o.rounds} interleaved rounds, {o.seconds} s per run. The difference is the median of the rounds' differences.", "",
                "Every request carries a token (RS256, a key of 2,048 bits, known after the first request) and an Origin. `-policies` has all of the others at once.",
                "", table.markdown(header, rows)]
        document.refresh("policies", TITLES["policies"], "\n".join(body))
    else:
        print("docs/performance.md is left as it is: only a run of all variants in five rounds refreshes it.")
    return passed
