"""What pages took, as a part of the benchmark's Markdown, beside the goals of a quiet machine."""

import datetime
import statistics

# By page: milliseconds of a step on the screen, at a million events; of the sample any has SAMPLE_MS.
GOALS_MS = {"Pipeline": 100, "Metric": 100, "Review": 250, "Metric, ten years": 500}
SAMPLE_MS = 30
FIRST_KB = 150
HEADING = "\n## Pages\n"


def p90(numbers):
    """The smallest that nine of ten do not exceed."""
    ordered = sorted(numbers)
    return ordered[max(0, -(-len(ordered) * 9 // 10) - 1)]


def row(*cells):
    return "| " + " | ".join(cells) + " |\n"


def milliseconds(number):
    return f"{number:.0f} ms" if number >= 10 else f"{number:.1f} ms"


def pair(numbers):
    return f"{milliseconds(statistics.median(numbers))}, {milliseconds(p90(numbers))}"


def verdict(most, wall, cpu):
    """A machine that others use, too, lengthens the wall time, and what was worked hardly."""
    return "met" if min(wall, cpu) <= most else "**not met**"


def page_row(name, page, most):
    """`most` None: there is no goal."""
    shown = [step["shown"] for step in page["steps"]]
    answer = [step["answer"] for step in page["steps"]]
    wall, terminal = statistics.median(shown), statistics.median(page["terminal"])
    cpu = page.get("cpu")
    judged = "" if most is None else f"{most} ms: {verdict(most, wall, sum(cpu) if cpu else wall)}"
    return row(name, pair(shown), pair(answer), " + ".join(map(milliseconds, cpu)) if cpu else "",
               milliseconds(terminal), f"{wall / terminal:.2f}",
               f"{statistics.median(step['bytes'] for step in page['steps']) / 1000:.0f} kB", judged)


def goal_of(name, measured):
    if measured["sample"]:
        return None if name not in GOALS_MS or "years" in name else SAMPLE_MS
    return GOALS_MS.get(name) if measured["events"] <= 1_000_000 else None


def first_page(measured):
    first = measured["first"]
    whole = (first["document"] + sum(first["with it"])) / 1000
    text = f"The first page weighs {first['document'] / 1000:.0f} kB, with what goes with it {whole:.0f} kB"
    if not measured["sample"]:
        return text + ".\n"
    return f"{text} (at most {FIRST_KB} kB: {'met' if whole <= FIRST_KB else '**not met**'}).\n"


def of_ledger(measured):
    text = f"\n### {measured['name']}\n\n"
    if "skipped" in measured:
        return f"{text}Not measured: {measured['skipped']}.\n"
    text += row("page", "on the screen", "of it the answer", "cpu: program + page", "in the terminal",
                "of that", "bytes", "goal") + row(*["---"] * 8)
    for name, page in measured["pages"].items():
        text += page_row(name, page, goal_of(name, measured))
    text += "".join(f"\n{name}: there is no such page.\n" for name in measured["absent"])
    return f"{text}\n{first_page(measured)}"


def section(measured, version, machine):
    """Of all ledgers that were measured; a part of the whole, and by itself."""
    text = (f"{HEADING}\n{datetime.date.today()}; {machine}; {version}; "
            f"{next((one['browser'] for one in measured if 'browser' in one), 'no browser')}.\n\n"
            "A step of the slider by a key, from the key's event to the frame that shows the answer; ten years "
            "are opened, not slid. Medians, and what nine of ten do not exceed. The terminal is asked the same, "
            "by a process of its own for each command. ")
    loads = [load for one in measured for load in one.get("load", ())]
    if loads:
        text += f"{min(loads):.1f} to {max(loads):.1f} processes wanted the processor meanwhile. "
    return text.rstrip() + "\n" + "".join(map(of_ledger, measured))


def put_into(results, text):
    """The results of an earlier run, with this section in the place of its own, or at the end."""
    before, found, after = results.partition(HEADING)
    _, heading, rest = after.partition("\n## ") if found else ("", "", "")
    return before + text + heading + rest
