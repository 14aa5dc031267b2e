"""Experiments: all in a table, those of each state with their arms, and one alone."""
from says_deals import seen
from says_losses import check_listed


def percent(rate):
    return "\u2013" if rate is None else f"{100 * rate:.1f} %"


def points(value):
    return f"{100 * value:+.1f} pt"


def check_arms(site, where, rows, one, enough=10):
    """Its rows follow one another: a head, the arms, all of them, a head, the differences."""
    arms = one["arms"] + [one["all"]]
    for row, arm in zip(rows[1:], arms):
        site.check(where, seen(arm["arm"] or "none" if "arm" in arm else "all")[:40] in row[0], row)
        site.check(where, f"{arm['converted']} of {arm['n']}" == row[1], f"{row}, expected {arm}")
        site.check(where, percent(arm["rate"]) in row, f"{row}, expected {percent(arm['rate'])}")
        if arm["rate"] is not None:
            site.check(where, f"{100 * arm['low']:.1f} to {100 * arm['high']:.1f} %" in row, f"{row}, expected {arm}")
    for row, pair in zip(rows[2 + len(arms):], one["compare"]):
        if pair["difference"] is not None:
            site.check(where, points(pair["difference"]) in row and f"{pair['p']:.3f}" in row,
                       f"{row}, expected {pair}")
    return 1 + len(arms) + (1 + len(one["compare"]) if one["compare"] else 0)


def check_verdicts(site, where, text, one):
    numbers = {arm["arm"]: arm["n"] for arm in one["arms"]}
    for pair in one["compare"]:
        pairs = [pair["arm"], pair["control"]]
        if any(seen(arm) != arm for arm in pairs):
            continue
        word = "enough deals" if pair["enough"] else "too few to tell"
        site.check(where, f"{word} {pair['arm']} against {pair['control']}: " in text, f"no {word}: {pair}")
        for arm in pairs:
            site.check(where, (f"{arm} has {numbers[arm]}" in text) == (numbers[arm] < 10), f"{arm}: {numbers[arm]}")


def check(site):
    page, answer = site.page("/experiments"), site.json("experiments")["experiments"]
    rows = page.sections["experiments"][1:]
    site.check("experiments", len(rows) == len(answer), f"{len(rows)} rows of {len(answer)}")
    for row, one in zip(rows, answer):
        site.check("experiments", seen(one["experiment"]) in row[0] and row[1:3] == [one["state"], str(one["all"]["n"])],
                   f"{row}, expected {one}")
        met = {None: "\u2013", True: "met", False: "not met"}[one["met"]]
        site.check("experiments", row[5] == met and row[6] == (one["outcome"] or "\u2013"), f"{row}, expected {one}")
    for state in ("running", "concluded"):
        rows, at = page.sections[state], 0
        for one in answer:
            if one["state"] == state:
                at += check_arms(site, f"experiments, {state}", rows[at:], one)
        site.check(f"experiments, {state}", at == len(rows), f"{len(rows)} rows, expected {at}")
    check_listed(site, page, "experiments", 3)
    for one in answer[:3]:
        alone = site.page("/experiment", id=one["experiment"])
        where = f"experiment {seen(one['experiment'])}"
        at = check_arms(site, where, alone.sections["arms"], one)
        site.check(where, at == len(alone.sections["arms"]), alone.sections["arms"])
        check_verdicts(site, where, alone.texts["arms"], one)
    site.check("experiment", site.get("/experiment?id=no-such")[0].status == 400, "one that is not there")
