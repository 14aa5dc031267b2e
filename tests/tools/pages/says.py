"""says.py ROOT BACKCAST - a page of a review is well-formed, stands for itself, and says what the JSON
says: its figures, states, deals and texts, value by value.

Of hostile texts nothing becomes markup. The pages are those of tests/tools/pages/ledgers.py."""
import datetime
import json
import os
import re
import sys
import tempfile

from figures import figure
from ledgers import Ledger
from parsed import clean, faults_of

STATES = {"ok": "fine", "would_breach": "would breach", "not_enough_data": "not enough data",
          "breached": "breached"}
TEXTS = {"deal", "name", "member", "owner", "text", "reason", "end", "until", "due", "report", "experiment",
         "hypothesis", "topic", "health", "intent", "renewedBy", "changelog", "version", "key", "arm",
         "control", "root", "date"}


class Check:
    def __init__(self, page):
        self.page, self.faults, self.n = page, [], 0

    def has(self, what, want, there):
        self.n += 1
        # A page has another face for what is to be typed.
        typed = want.replace("`", "") if isinstance(want, str) else want
        if want not in there and typed not in there:
            self.faults.append(f"{what}: {want!r} is not in {str(there)[:80]}")

    def rows(self, section, about):
        """The rows of a section whose first cells name it."""
        return [row for row in self.page.sections[section] if any(about in cell for cell in row[:2])]

    def row(self, section, about, *cells):
        found = self.rows(section, about)
        self.n += 1
        if not any(all(cell in row for cell in cells) for row in found):
            self.faults.append(f"{section}: no row of {about!r} has {cells}: {found}")


def check_figures(check, answer):
    figures = [row for row in check.page.sections["figures"] if len(row) == 10]
    weeks = [row for row in check.page.sections["figures"] if len(row) == 14]
    for said, row, line in zip(answer["figures"], figures[1:], weeks[1:], strict=True):
        unit, name = said["unit"], said["name"]
        for at, key in ((1, "now"), (5, "weeks4"), (6, "weeks13")):
            check.has(f"{name} {key}", figure(said[key], unit), [row[at]])
        check.has(f"{name} line", [figure(value, unit) for value in said["line"]], [line[1:]])
        hit = said.get("converted", said.get("opened"))
        if hit is not None:
            check.has(f"{name} hit", f"{hit} of {said['n']}", [row[7]])
        if said.get("low") is not None:
            check.has(f"{name} interval", f"{100 * said['low']:.1f} to {figure(said['high'], unit)}", [row[9]])
        if said.get("median") is not None:
            check.has(f"{name} median", figure(said["median"], "days"), row[9])


def check_lines(check, answer):
    rows = [row for row in check.page.sections["red-lines"] if len(row) == 7][1:]
    for said, row in zip(answer["redLines"], rows, strict=True):
        unit = "ratio" if "worst" in said else "deals"
        check.has(said["name"], STATES[said["state"]], [row[0]])
        check.has(said["name"], figure(said["value"], unit), [row[2]])
        check.has(said["name"], figure(said["threshold"], unit), [row[3]])
        if "worst" in said:
            check.has(said["name"], figure(said["worst"], unit), [row[5]])
            if said["worst"] is not None:
                check.has(said["name"], f"at worst {figure(said['worst'], unit)}", row[1])
        check.has(said["name"], f"{said['guard']} of {said['guardNeeds']}", row[6])
        if said["guard"] < said["guardNeeds"]:
            check.has(said["name"], f"{said['guardNeeds'] - said['guard']} to go", row[6])


def check_flow(check, answer):
    flow, text = answer["flow"], check.page.texts["flow"]
    for want in (f"{flow['before']} on", f"+{flow['in']} in", f"-{flow['out']} out", f"= {flow['after']} now"):
        check.has("flow", want, text)
    for by in ("inBy", "outBy", "stayedBy"):
        for kind, n in flow[by].items():
            if n:
                check.has(f"flow {by}", f"{n} {kind}", text)
    check.has("moves", len(flow["moves"]), [len([row for row in check.page.sections["flow"][1:]
                                                 if row[-1].isdigit()])])


def check_stages(check, answer):
    rows = [row for row in check.page.sections["stages"] if len(row) == 11][1:]
    said = [stage for stage in answer["stages"]["stages"] if not stage["stage"].startswith("closed_")]
    for stage, row in zip(said, rows, strict=True):
        check.has(stage["stage"], [str(stage["now"]), str(stage["stalled"]),
                                   figure(stage["openMedianDays"], "days"), figure(stage["oldestDays"], "days"),
                                   str(stage["entered"]), str(stage["left"]),
                                   figure(stage["medianDays"], "days"), figure(stage["p90Days"], "days"),
                                   figure(stage["dealDays"], "days")], [row[1:10]])
        check.has(stage["stage"], stage["stage"] == answer["stages"]["bottleneck"], ["bottleneck" in row[0]])
        for way in stage["next"]:
            check.has(stage["stage"], f"{way['n']} ", row[10])


def check_deals(check, answer):
    for key, section in (("stalled", "stalled"), ("parked", "stalled"), ("closed", "closed")):
        for deal in answer[key]:
            check.row(section, clean(deal["deal"]), figure(deal["days"], "days"))
    for deal in answer["renewals"]:
        check.row("renewals", clean(deal["deal"]), deal["end"])
    for deal in answer["handoff"]["deals"]:
        check.row("handoff", clean(deal["deal"]), figure(deal["waitingDays"], "days"))
        check_steps(check, deal)
    for experiment in answer["experiments"]:
        for arm in experiment["arms"] + [dict(experiment["all"], arm="all")]:
            said = figure(arm["rate"], "ratio")
            check.row("experiments", clean(arm["arm"]) or "none", f"{arm['converted']} of {arm['n']}", said)
    check.has("off", len(answer["off"]), [len([row for row in check.page.sections["off"]
                                               if row[0] in ("off", "at risk", "to know")])])


def check_steps(check, deal):
    """Beside the deal and, for narrow pages, below its name: each step with its days from the win."""
    won = datetime.date.fromisoformat(deal["wonAt"][:10])
    row = check.rows("handoff", clean(deal["deal"]))[0]
    for step in deal["steps"]:
        name = re.sub("([A-Z])", lambda letter: " " + letter[0].lower(), step["step"])
        name = {"health": "health known"}.get(name, name)
        days = step["at"] and (datetime.date.fromisoformat(step["at"][:10]) - won).days
        said = (step["state"] if not step["at"] else step["at"][:10] if name == "won" else
                "same day" if days == 0 else f"{days:+d} d")
        for cell in row[:2]:
            check.has(f"{deal['deal']} {name}", f"{name} {said}", cell)


def check_texts(check, value, key=None):
    """Every text of data is there, as people read it, and every instant by its day."""
    if isinstance(value, dict):
        for name, within in value.items():
            check_texts(check, within, name)
    elif isinstance(value, list):
        for within in value:
            check_texts(check, within, key)
    elif isinstance(value, str) and value and key in TEXTS and value != "unknown_words":
        check.has(key, clean(escaped(value)), check.page.text)


def escaped(text):
    return "".join(c if c not in "\u202e\u2066\x07\x1b"
                   else f"\\x{ord(c):02x}" if ord(c) < 128 else f"\\u{{{ord(c):x}}}" for c in text)


def check_weekly(ledger):
    answer = json.loads(ledger.review("--json"))
    page, faults = faults_of(ledger.review("--html", "-"))
    check = Check(page)
    texts = {key: value for key, value in answer.items() if key not in ("figures", "redLines", "stages")}
    texts["renewals"] = [dict(deal, name=None) for deal in answer["renewals"]]  # it shows the member
    for part in (check_figures, check_lines, check_flow, check_stages):
        part(check, answer)
    plain = json.loads(escape_json(answer))
    check_deals(check, plain)
    check_texts(check, texts)
    check.has("notes", len(answer.get("notes", [])), [max(0, len(page.sections.get("notes", [0])) - 1)])
    return faults + check.faults, check.n


def escape_json(value):
    """The same answer with its texts as they are shown."""
    def walk(at):
        if isinstance(at, dict):
            return {name: walk(within) for name, within in at.items()}
        if isinstance(at, list):
            return [walk(within) for within in at]
        return escaped(at) if isinstance(at, str) else at
    return json.dumps(walk(value))


def check_monthly(ledger):
    answer = json.loads(ledger.review("--monthly", "--json"))
    page, faults = faults_of(ledger.review("--monthly", "--html", "-"))
    check = Check(page)
    check.has("closed", f"{answer['closed']['n']} of", page.texts["closed"])
    check.has("due", "is due" if answer["closed"]["due"] else "not due yet", page.texts["closed"])
    check.has("lost", f"{answer['losses']['n']} lost", page.texts["losses"])
    for by in ("byReason", "byIcp"):
        for row in answer["losses"][by]:
            check.row("losses", clean(escaped(row["value"])) or "none", str(row["n"]))
    for signal in (answer["signals"] or {}).get("signals", []):
        check.row("signals", signal["key"], f"{signal['p']:.4f}", f"{signal['gain']:.4f}", str(signal["values"]))
        for row in signal["rows"]:
            check.row("signals", clean(escaped(row["values"][0])) or "none", figure(row["rate"], "ratio"))
    for version in answer["versions"]:
        for cohort in version["cohorts"]:
            if cohort["row"]:
                row = cohort["row"]
                check.row("versions", clean(escaped(f"{version['what']} {version['version']}")),
                          f"{row['converted']} of {row['n']}", figure(row["rate"], "ratio"))
    texts = {key: value for key, value in answer.items() if key != "notes"}
    for left_out in (answer["signals"] or {}).get("leftOut", []):
        left_out["reason"] = left_out["reason"].replace("_", " ")
    check_texts(check, texts)
    return faults + check.faults, check.n


def check_metrics(ledger):
    answer = json.loads(ledger.ask("metrics", "--json"))
    page, faults = faults_of(ledger.ask("metrics", "--html", "-"))
    check = Check(page)
    rows = [row for row in page.sections["figures"] if len(row) == 6][1:]
    for said, row in zip(answer["metrics"], rows, strict=True):
        name, unit = f"{said['name']} {said['slice']}", said["unit"]
        check.has(name, figure(said["value"], unit), [row[1]])
        hit = said.get("converted", said.get("opened"))
        if hit is not None:
            check.has(name, f"{hit} of {said['n']}", [row[2]])
        if said.get("low") is not None:
            check.has(name, f"{100 * said['low']:.1f} to {figure(said['high'], unit)}", [row[4]])
        for key in ("median", "p90", "closedMean"):
            if said.get(key) is not None:
                check.has(name, figure(said[key], "days"), row[4])
        for deal in said.get("stalled", []):
            check.has(name, clean(escaped(deal)), row[5])
        for campaign in said.get("byCampaign", []):
            check.has(name, f"{clean(escaped(campaign['campaign']))} {campaign['opened']} of {campaign['sent']}", row[5])
    check_lines(check, answer)
    under = faults_of(ledger.ask("metrics", "--rules", "default,as-then", "--by", "owner", "--html", "-"))
    return faults + check.faults + under[1], check.n


def change(by, unit):
    if by == 0:
        return "0"
    return f"{100 * by:+.1f} pt" if unit == "ratio" else f"{by:+.1f} d" if unit == "days" else f"{by:+.0f}"


def check_figure(check, section, said):
    """Both sides of a figure that differs, and what each cause did, through which deals and events."""
    unit = said.get("unit") or ("ratio" if "worst" in (said["new"] or {}) else "deals")
    sides = [figure(said[side]["value"], unit) for side in ("old", "new")]
    check.n += 1
    if not any(len(row) == 5 and row[0] == "differs" and sides[0] in row[2] and sides[1] in row[3] and
               row[4].startswith(change(said["change"], unit)) for row in check.page.sections[section]):
        check.faults.append(f"{section}: {said['name']} from {sides[0]} to {sides[1]} is not there")
    for cause in said["causes"]:
        for deal in cause.get("deals", []):
            rows = [row for row in check.page.sections[section] if len(row) == 3 and
                    row[1].startswith(change(cause["change"], unit)) and clean(escaped(deal["deal"])) in row[2]]
            check.has(f"{said['name']} {cause['cause']}", True, [bool(rows)])
            for event in deal["events"]:
                check.has(said["name"], clean(escaped(event)), rows[0][2] if rows else "")
    if len(said["causes"]) > 1:
        whole = sum(cause["change"] for cause in said["causes"])
        check.has(f"{said['name']} adds up", True, [abs(whole - said["change"]) < 1e-9])


def check_restate(ledger):
    ledger.issue_and_learn()
    answer = json.loads(ledger.restate("--json"))
    page, faults = faults_of(ledger.restate("--html", "-"))
    check = Check(page)
    check.has("list", len(answer["reports"]) + answer["same"], [len(page.sections["reports"]) - 1])
    for number, report in enumerate(answer["reports"], 1):
        section = f"report-{number}"
        differ = report.get("metrics", []) + report.get("redLines", [])
        check.has(section, len(differ), [len([row for row in page.sections[section] if row[0] == "differs"])])
        check.has("list", clean(escaped(report["report"])), " ".join(sum(page.sections["reports"], [])))
        for said in differ:
            check_figure(check, section, said)
    first, more = faults_of(ledger.restate("--report", "later", "--html", "-"))
    check.has("one", {"same"}, [{row[0] for row in first.sections["report-1"] if len(row) == 5} - {"State"}])
    with open(os.path.join(ledger.home, "issued.html"), encoding="utf-8") as file:
        issued = file.read()
    check.has("kept", issued, [ledger.tell("report", "page", "board <b>&'\u202e", "--html", "-")])
    return faults + more + faults_of(issued)[1] + check.faults, check.n


def main(root, backcast):
    bad, n = [], 0
    with tempfile.TemporaryDirectory() as home:
        for name in ("sample", "hostile", "nothing"):
            ledger = Ledger(os.path.abspath(root), os.path.abspath(backcast), home, name)
            for what, check in (("weekly", check_weekly), ("monthly", check_monthly),
                                ("metrics", check_metrics), ("restate", check_restate)):
                faults, values = check(ledger)
                bad += [f"{name}, {what}: {fault}" for fault in faults]
                n += values
    for fault in bad[:40]:
        print(fault)
    print(f"{n} values of the JSON looked for in 15 pages")
    return 1 if bad or n < 500 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
