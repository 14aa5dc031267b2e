#!/usr/bin/env python3
"""learning.py WORK OURS THEIRS NAME - whether two answers of the learning half are the same.

OURS is backcast's JSON, THEIRS what a peer's script of that work printed: rows of what, a key of one
or two parts, and the values, by tabs. Counts, amounts and words must be equal, what was computed to
1e-9 of its size. Tails of distributions, which SQL does not have, are computed here of what the peer
gives. Ends with 1 at the first difference, and names it. A program of its own, so that the memory of
the driver stays small (see measure.py).
"""

import decimal
import json
import math
import sys

import works

NEAR = 1e-9
RATES = ("n", "converted", "failed", "open", "rate", "low", "high", "resolvedRate", "resolvedLow",
         "resolvedHigh", "meanDays", "medianDays", "p90Days")
PACE = ("now", "stalled", "entered", "left", "n", "meanDays", "medianDays", "p90Days", "openN",
        "openMedianDays", "oldestDays", "oldestDeal", "dealDays")


def pick(row, names):
    return [row[name] for name in names]


def millionths(text):
    return int(decimal.Decimal(text).scaleb(6))


def chi_squared_tail(x, freedom):
    """Of whole degrees of freedom, by the sum that the incomplete gamma function then is."""
    half, odd = x / 2, freedom % 2
    total = math.erfc(math.sqrt(half)) if odd else 0.0
    for i in range(1, freedom // 2 + 1):
        power = i - 0.5 if odd else i - 1
        if half > 0 or power == 0:
            total += math.exp(power * (math.log(half) if half > 0 else 0) - half -
                              math.lgamma(power + 1))
    return total


def mid_p(converted, n, other_converted, other_n):
    """Fisher's, of both sides: tables that are less likely whole, those as likely half."""
    row, column, total = n, converted + other_converted, n + other_n
    low, high = max(0, row + column - total), min(row, column)
    middle = min(max((row + 1) * (column + 1) // (total + 2), low), high)
    weights = {middle: 1.0}
    for k in range(middle, high):
        weights[k + 1] = (weights[k] * (row - k) * (column - k) /
                          ((k + 1) * (total - row - column + k + 1)))
    for k in range(middle, low, -1):
        weights[k - 1] = (weights[k] * k * (total - row - column + k) /
                          ((row - k + 1) * (column - k + 1)))
    seen = weights[converted]
    if low == high:
        return 1.0
    return (sum(weight for weight in weights.values() if weight * (1 + 1e-7) < seen) +
            sum(weight for weight in weights.values()
                if seen <= weight * (1 + 1e-7) and weight <= seen * (1 + 1e-7)) / 2) / sum(
                    weights.values())


# --- our answers, as rows ---

def cohort(answer):
    yield ("all", ""), [*pick(answer["all"], RATES), None,
                        *pick(answer["all"], ("excluded", "gone"))]
    for row in answer["rows"]:
        yield ("row", row["values"][0]), [*pick(row, RATES), row["lift"], None, None]


def signals(answer):
    for signal in answer["signals"]:
        for row in signal["rows"]:
            yield ("row", signal["key"], row["values"][0]), [
                *pick(signal, ("values", "gain", "p")), *pick(row, RATES), row["lift"]]
    for key in answer["leftOut"]:
        yield ({"one_value": "one", "too_many_values": "many"}[key["reason"]], key["key"], ""), []


def flow(answer):
    for group in ("in", "out", "stayed"):
        for kind, n in answer[f"{group}By"].items():
            yield ("kind", f"{group}.{kind}", ""), [n]
    for move in answer["moves"]:
        yield ("move", move["from"], move["to"]), [move["n"]]
    yield ("sum", "before", ""), [answer["before"]]
    yield ("sum", "after", ""), [answer["after"]]


def stages(answer):
    for stage in answer["stages"]:
        yield ("stage", stage["stage"], ""), pick(stage, PACE)
        for after in stage["next"]:
            yield ("next", stage["stage"], after["stage"]), [after["n"]]
    if answer["bottleneck"]:
        yield ("bottleneck", answer["bottleneck"], ""), []


def revenue(answer):
    for row in answer["rows"]:
        yield ("row", row["month"]), [millionths(row[name]) for name in (
            "cmrr", "renewalMrr", "newMrr", "otherMrr", "fmrr")]
    yield ("six", ""), [0, 0, 0, 0, millionths(answer["fmrr6"])]
    for name in ("rho", "eta"):
        yield ("share", name), pick(answer[name], ("n", "converted"))
    yield ("members", ""), pick(answer["renewal6"], (
        "n", "retained", "overdue", "churned", "withoutCompany"))
    yield ("without", ""), pick(answer, ("withoutValue", "withoutInterval"))


def experiments(answer):
    for one in answer["experiments"]:
        name = one["experiment"]
        yield ("all", name, ""), [one["all"]["already"], *pick(one["all"], RATES),
                                  one["all"]["gone"], one["met"]]
        for arm in one["arms"]:
            yield ("arm", name, arm["arm"]), [arm["already"], *pick(arm, RATES)]
        for pair in one["compare"]:
            yield ("compare", name, pair["arm"]), [
                *pick(pair, ("difference", "low", "high", "p"))]


def review(answer):
    """What a peer is asked of it: the figures week by week, the flow, the stages."""
    for figure in answer["figures"]:
        values = [figure["weeks13"], *figure["line"]]
        for date, value in zip(works.WEEKS, values, strict=True):
            yield (date, figure["name"], figure["slice"]), [value]
    yield from flow(answer["flow"])
    yield from stages(answer["stages"])


# --- the peer's, made alike ---

def signals_of(rows, _):
    for key, values in rows:
        if key[0] == "row":
            n, freedom, gain, distance = values[:4]
            tail = chi_squared_tail(float(distance), int(freedom)) if int(freedom) else 1.0
            yield key, [n, gain, repr(tail), *values[4:]]
        else:
            yield key, []


def experiments_of(rows, _):
    rows = dict(rows)
    for key, values in rows.items():
        if key[0] == "compare":
            arm = rows["arm", key[1], key[2]]
            control = rows["arm", key[1], values[-1]]
            p = mid_p(int(arm[2]), int(arm[1]), int(control[2]), int(control[1]))
            yield key, [*values[5:8], repr(p)]
        else:
            yield key, values


def review_of(rows, ours):
    """A metric in the slice in which the review shows it; the script has it in all of them."""
    for key, values in rows:
        if key[0] not in works.WEEKS or key in ours:
            yield key, values


WORKS = {  # ours; parts of a key; what else the peer's take
    "cohort": (cohort, 2, None),
    "signals": (signals, 3, signals_of),
    "flow": (flow, 3, None),
    "stages": (stages, 3, None),
    "revenue": (revenue, 2, None),
    "experiments": (experiments, 3, experiments_of),
    "review": (review, 3, review_of),
}


def same(ours, theirs):
    if ours is None or theirs == "":
        return ours is None and theirs == ""
    if isinstance(ours, bool):
        return theirs == ("true" if ours else "false")
    if isinstance(ours, str):
        return ours == theirs
    if isinstance(ours, int):
        return ours == float(theirs) and ours == int(float(theirs))
    return math.isclose(ours, float(theirs), rel_tol=NEAR, abs_tol=1e-15)


def difference(ours, theirs, name):
    """The first, in words; None where there is none."""
    for key in sorted(ours.keys() | theirs.keys()):
        where = ", ".join(part or "none" for part in key)
        if key not in ours:
            return f"{where}: only {name} says something: {theirs[key]}"
        if key not in theirs:
            if any(ours[key]):
                return f"{where}: {name} says nothing"
            continue
        for i, value in enumerate(ours[key]):
            if not same(value, theirs[key][i]):
                return (f"{where}, value {i + 1}: backcast's is {json.dumps(value)}, "
                        f"{name}'s is {theirs[key][i] or 'null'}")
    return None


def main():
    work, ours_path, theirs_path, name = sys.argv[1:5]
    rows_of, parts, made = WORKS[work]
    with open(ours_path, encoding="utf-8") as file:
        ours = dict(rows_of(json.load(file)))
    with open(theirs_path, encoding="utf-8") as file:
        cells = [line.rstrip("\n").split("\t") for line in file]
    rows = [(tuple(row[:parts]), row[parts:]) for row in cells]
    theirs = dict(made(rows, ours) if made else rows)
    found = ("two rows of one key" if len(dict(rows)) < len(rows) else
             difference(ours, theirs, name))
    if found:
        print(f"bench: {work}: {found}", file=sys.stderr)
        return 1
    print(sum(len(values) for values in ours.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
