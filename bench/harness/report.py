"""The comparison's result: tables, verdicts, JSON, and the document's section."""

from dataclasses import dataclass
from typing import Optional

from harness import command, document, table
from harness.comparison import median
from harness.scenarios import ROUTING_GROWTH, TITLES

PEERS = ("nginx", "haproxy")
#: Share of the cores that other work may take before the numbers deserve a warning.
QUIET = 0.03


@dataclass(frozen=True)
class Verdict:
    scenario: str
    #: Best CPU microseconds of each peer, then Sluice's; None where it did not run.
    peers: dict
    ours: Optional[float]
    target: Optional[float]
    #: The same of rates, where they have a target.
    peer_rates: dict
    our_rate: Optional[float]
    rate_target: Optional[float]

    def ratio(self, peer):
        return self.ours / self.peers[peer] if self.ours and self.peers.get(peer) else None

    @property
    def against_better(self):
        ratios = [ratio for ratio in map(self.ratio, PEERS) if ratio]
        return max(ratios) if ratios else None

    def rate_ratio(self, peer):
        return self.our_rate / self.peer_rates[peer] if self.our_rate and self.peer_rates.get(peer) else None

    @property
    def passed(self):
        rates = [ratio for ratio in map(self.rate_ratio, PEERS) if ratio]
        slower = self.rate_target and rates and min(rates) < self.rate_target
        return not slower and (self.target is None or self.against_better is None or self.against_better <= self.target)


def _cpu(runs, scenario, name):
    found = runs.get((scenario, name))
    return median(found, "cpu_us") if found else None


def _best_of_peer(runs, scenario, contestants, peer):
    """The cheaper of default and tuned; with many routes, the peer's plain one-route configuration counts as well."""
    plain = ["small"] if scenario.family == "small" else []
    values = [_cpu(runs, name, c.name) for name in [scenario.name, *plain] for c in contestants if c.peer == peer]
    return min((value for value in values if value), default=None)


def _rate(runs, scenario, name):
    found = runs.get((scenario, name))
    return median(found, "rps") if found else None


def _best_rate_of_peer(runs, scenario, contestants, peer):
    values = [_rate(runs, scenario.name, c.name) for c in contestants if c.peer == peer]
    return max((value for value in values if value), default=None)


def verdicts(scenarios, contestants, runs, ours="sluice"):
    return [Verdict(s.name, {peer: _best_of_peer(runs, s, contestants, peer) for peer in PEERS}, _cpu(runs, s.name, ours), s.target,
                    {peer: _best_rate_of_peer(runs, s, contestants, peer) for peer in PEERS}, _rate(runs, s.name, ours), s.rate_target)
            for s in scenarios]


def routing_growth(runs, name="sluice"):
    one, many = _cpu(runs, "small", name), _cpu(runs, "small-5000", name)
    return many / one - 1 if one and many else None


def _show(value, pattern="{:.2f}"):
    return "–" if value is None else pattern.format(value)


def detail_rows(scenario, contestants, runs):
    plural = scenario.unit if scenario.unit == "MB" else f"{scenario.unit}s"
    header = ["proxy", f"µs/{scenario.unit}", "min", "max", "core busy", f"{plural}/s", "p50 ms", "p99 ms", "errors", "RSS MB"]
    rows = []
    for c in contestants:
        r = runs[scenario.name, c.name]
        rows.append([
            c.name, f"{median(r, 'cpu_us'):.2f}", f"{min(x.cpu_us for x in r):.2f}", f"{max(x.cpu_us for x in r):.2f}",
            f"{median(r, 'busy') * 100:.0f} %", f"{median(r, 'rps'):,.0f}", _show(median(r, "p50_us") / 1e3 or None),
            _show(median(r, "p99_us") / 1e3 or None), str(sum(x.errors for x in r)), f"{median(r, 'rss_kb') / 1024:.1f}"])
    return header, rows


def summary_rows(scenarios, found, jit):
    """Columns for a unit and for rates only where scenarios have them."""
    units, rates = any(s.unit != "request" for s in scenarios), any(s.rate_target for s in scenarios)
    header = ["scenario", *(["per"] if units else []), "nginx µs", "HAProxy µs", "Sluice µs", "to nginx", "to HAProxy", "JIT µs", "target",
              *(["rate to nginx", "to HAProxy", "target"] if rates else []), "verdict"]
    rows = []
    for s, v, j in zip(scenarios, found, jit):
        judged = (v.target and v.against_better) or (v.rate_target and any(map(v.rate_ratio, PEERS)))
        verdict = "" if not judged else "pass" if v.passed else "MISS"
        row = [v.scenario, *([s.unit] if units else []), _show(v.peers["nginx"]), _show(v.peers["haproxy"]), _show(v.ours),
               _show(v.ratio("nginx")), _show(v.ratio("haproxy")), _show(j.ours), _show(v.target, "≤ {:.2f}") if v.target else ""]
        if rates:
            row += [_show(v.rate_ratio("nginx")), _show(v.rate_ratio("haproxy")), _show(v.rate_target, "≥ {:.2f}") if v.rate_target else ""]
        rows.append([*row, verdict])
    return header, rows


def _tls_lines(facts):
    tickets = [f"{name} {fact['tickets']}" for name, fact in facts.items() if "tickets" in fact and not name.endswith("-tuned")]
    ours = [f"{name} {fact['openssl']}" for name, fact in facts.items() if name.startswith("sluice") and fact.get("openssl")]
    return ([f"Session tickets with each full handshake: {', '.join(tickets)}."] if tickets else []) + (
        [f"OpenSSL: {', '.join(ours)}; of the peers it stands with their versions."] if ours else [])


def _packet_lines(scenarios, contestants, runs):
    return [f"{s.name}: packets per CPU second: "
            + ", ".join(f"{c.name} {1e6 / median(runs[s.name, c.name], 'cpu_us'):,.0f}" for c in contestants) + "."
            for s in scenarios if s.unit == "packet"]


def json_rows(group, scenarios, contestants, runs):
    rows = []
    for s in scenarios:
        for c in contestants:
            r = runs[s.name, c.name]
            rows.append({
                "group": group, "scenario": s.name, "proxy": c.name, "unit": s.unit, "cpu_us_per_unit": round(median(r, "cpu_us"), 3),
                "rss_kb": round(median(r, "rss_kb")), "rps": round(median(r, "rps"), 1), "p50_us": round(median(r, "p50_us")),
                "p99_us": round(median(r, "p99_us")), "errors": sum(x.errors for x in r),
                "cpu_us_min": round(min(x.cpu_us for x in r), 3), "cpu_us_max": round(max(x.cpu_us for x in r), 3),
                "core_busy": round(median(r, "busy"), 3), "other_work": round(median(r, "others"), 3), "rounds": len(r), "version": c.version})
    return rows


def _unit(scenarios):
    return scenarios[0].unit if len({s.unit for s in scenarios}) == 1 else "unit of work"


def publish(options, scenarios, contestants, runs, facts, full):
    """Prints everything; refreshes the document after a full run. Returns whether every target was reached."""
    for s in scenarios:
        print(f"\n{s.name}: {s.title}\n")
        print(table.text(*detail_rows(s, contestants, runs)))
    found = verdicts(scenarios, contestants, runs)
    header, rows = summary_rows(scenarios, found, verdicts(scenarios, contestants, runs, "sluice-jit"))
    growth = routing_growth(runs)
    growth_reached = growth is None or growth < ROUTING_GROWTH
    versions = ", ".join(f"{c.name} {c.version}" for c in contestants if not c.name.endswith("-tuned"))
    print(f"\nCPU microseconds per {_unit(scenarios)}, best configuration of each peer ({versions})\n")
    print(table.text(header, rows))
    lines = _tls_lines(facts) + _packet_lines(scenarios, contestants, runs)
    if growth is not None:
        lines.append(f"Routing cost from 1 to 5,000 HTTPRoutes: {growth * 100:+.1f} % CPU per request "
                     f"(target: under +{ROUTING_GROWTH * 100:.0f} %, {'pass' if growth_reached else 'MISS'}).")
    every = [run for found_runs in runs.values() for run in found_runs]
    lines.append(f"{len(every)} runs of {options.seconds} s, failed requests: {sum(run.errors for run in every)}.")
    others = median(every, "others")
    lines.append(f"Other work took {others * 100:.0f} % of the cores during the median run"
                 + (": too much for verdicts closer than 15 %." if others > QUIET else "."))
    print("\n" + "\n".join(lines) + "\n")
    command.write_json(options.json, json_rows(options.group, scenarios, contestants, runs))
    if full:
        _document(options, scenarios, contestants, runs, table.markdown(header, rows), lines, versions)
    else:
        print("docs/performance.md is left as it is: only a run of all scenarios and proxies in five rounds refreshes it.")
    return growth_reached and all(v.passed for v in found)


def _document(options, scenarios, contestants, runs, summary, lines, versions):
    body = [f"Peers and versions: {versions}. {options.rounds} interleaved rounds, {options.seconds} s per run.", "",
            f"CPU microseconds per {_unit(scenarios)}: the better of default and tuned configuration of each peer, Sluice as published, and",
            "Sluice's share of each. The target is against the better peer.", "", summary, "", *lines]
    for s in scenarios:
        body += ["", f"### {s.name}: {s.title}", "", table.markdown(*detail_rows(s, contestants, runs))]
    document.refresh(options.group, TITLES[options.group], "\n".join(body))
