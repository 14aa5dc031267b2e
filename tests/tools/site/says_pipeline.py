"""The page of the pipeline: the open stages in the rules' order with their figures, the flow between two
dates with its drawing's words, and the open deals."""
from datetime import date, timedelta

from says_deals import amount, days, seen, state

STAGE_COLUMNS = 9


def check_stages(site, page, answer):
    rows = [row for row in page.sections["stages"] if len(row) == STAGE_COLUMNS][1:]
    labels = [row[0].partition(" median ")[0].replace(" bottleneck", "") for row in rows]
    said = [stage for stage in answer["stages"] if stage["stage"].replace("_", " ").title() in labels]
    site.check("pipeline, stages", len(said) == len(rows) == 5, f"{labels}")
    for row, stage in zip(rows, said):
        left = stage["left"] or 1
        want = [str(stage["now"]), str(stage["stalled"])]
        site.check(f"pipeline, {stage['stage']}", row[1:3] == want, row)
        want = [days(stage["openMedianDays"]), days(stage["medianDays"]), str(stage["n"]),
                days(stage["dealDays"] / left if stage["left"] or stage["dealDays"] else None)]
        site.check(f"pipeline, {stage['stage']}", row[4:8] == want, f"{row}, expected {want}")
        first, _, median = row[0].partition(" median ")
        site.check(f"pipeline, {stage['stage']}", median == want[0], row)
        site.check(f"pipeline, {stage['stage']}", first.endswith("bottleneck") == (
            stage["stage"] == answer["bottleneck"]), row)
        label = first.replace(" bottleneck", "")
        titled = page.text.count(f"Days of each open deal in {label}")
        site.check(f"pipeline, {label}", titled == (2 if stage["now"] else 0), f"{titled} strips")
    for stage in answer["stages"]:
        label = stage["stage"].replace("_", " ").title()
        if stage["now"] and label not in labels:
            site.check("pipeline, closed", f"{stage['now']} {label}" in page.texts["stages"], label)


def check_flow(site, page, since):
    answer = site.json("flow", "--from", since)
    text = page.texts["flow"]
    groups = {key: ", ".join(f"{n} {kind}" for kind, n in answer[f"{key}By"].items() if n) for key in ("in", "out")}
    said = [f"{answer['before']} qualified on {answer['from'][:10]}", f"= {answer['after']} on {answer['to'][:10]}"]
    for sign, key in (("+", "in"), ("-", "out")):
        said.append(f"{sign}{answer[key]} {key}" + (f": {groups[key]}" if groups[key] else ""))
    for words in said:
        site.check(f"pipeline, flow from {since}", words in text, f"no {words!r} in {text[:300]}")
    moves = [row for row in page.sections["flow"] if len(row) == 3][1:]
    site.check("pipeline, moves", [row[2] for row in moves] == [str(move["n"]) for move in answer["moves"]], moves)
    drawn = [move for move in answer["moves"] if not move["from"].startswith("closed")] if site.name == "sample" else []
    site.check("pipeline, drawn", page.text.count("Flow in slice new") == 3, "not three drawings")
    for move in drawn:
        places = [move[key].replace("_", " ") or "not there" for key in ("from", "to")]
        ribbon = f"{move['n']} from {places[0]} to {places[1]}"
        site.check("pipeline, drawn", page.text.lower().count(ribbon) == 3, ribbon)


def check_open(site, page):
    answer = site.json("deals", "--open", "--slice=new", "--sort=-stage")
    rows = [row for row in page.sections["open"] if len(row) == 8 and row[0] != "Deal"]
    site.check("pipeline, open", len(rows) == len(answer["rows"]), f"{len(rows)} of {len(answer['rows'])}")
    site.check("pipeline, lead", f"{answer['n']} open deal" in page.text, page.text[:300])
    for row, said in zip(rows, answer["rows"]):
        want = [days(said["days"]), state(said), amount(said["amount"], said["currency"])]
        site.check("pipeline, open", row[2:5] == want, f"{row}, expected {want}")
        site.check("pipeline, open", seen(said["deal"]) in row[0], row)


def check(site):
    page = site.page("/pipeline")
    check_stages(site, page, site.json("stages"))
    check_flow(site, page, str(date.fromisoformat(site.ledger.as_of) - timedelta(days=91)))
    check_open(site, page)
    since = str(date.fromisoformat(site.ledger.as_of) - timedelta(days=200))
    check_flow(site, site.page("/pipeline", **{"from": since}), since)
    ahead = site.page("/pipeline", **{"from": "2027-01-01"})
    site.check("pipeline, from after", "--from is after --to" in ahead.texts["flow"], ahead.texts["flow"])
    site.check("pipeline, from after", len(ahead.sections["stages"]) > 1, "no stages beside it")
