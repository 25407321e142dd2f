"""Results that are one figure with one target each: memory, startup, change, flips."""

from dataclasses import dataclass
from typing import Optional

from harness import command, document, table


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    #: The largest value that passes. None: reported only.
    target: Optional[float] = None
    #: The target itself is already a miss ("under 2 s" against "at most 15 MB").
    below: bool = False

    @property
    def passed(self):
        return self.target is None or self.value < self.target or (self.value == self.target and not self.below)


def number(value):
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 0.1 else f"{value:.4f}"


def _row(figure):
    measured = f"{number(figure.value)} {figure.unit}".strip()
    if figure.target is None:
        return [figure.name, measured, "", ""]
    sign = "<" if figure.below else "≤" if figure.target else ""
    return [figure.name, measured, f"{sign} {number(figure.target)} {figure.unit}".strip(), "pass" if figure.passed else "MISS"]


def publish(options, group, title, explanation, figures, version, full=True):
    """Prints and writes the figures, and documents those of a full run. Returns whether every target was reached."""
    header = ["what", "measured", "target", ""]
    rows = [_row(figure) for figure in figures]
    print(f"\n{title} (Sluice {version})\n")
    print(table.text(header, rows) + "\n")
    command.write_json(options.json, [
        {"group": group, "what": f.name, "value": f.value, "unit": f.unit, "target": f.target, "passed": f.passed, "version": version}
        for f in figures])
    if full:
        document.refresh(group, title, f"Sluice {version}. {explanation}\n\n{table.markdown(header, rows)}")
    else:
        print("docs/performance.md is left as it is: only a run of the default length or longer refreshes it.")
    return all(figure.passed for figure in figures)
