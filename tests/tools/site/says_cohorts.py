"""Signals, cohorts and leads: every row of the tables, and the deals that their counts link to."""
from says_deals import seen
from says_losses import check_listed


def percent(rate):
    return "\u2013" if rate is None else f"{100 * rate:.1f} %"


def days(value):
    return "\u2013" if value is None else f"{round(value, 1) + 0.0:.1f} d"


def check_rows(site, where, rows, answer, all_of_them):
    """Rows of VALUE, "a of n", failed, open, rate, the drawing, the interval, ..."""
    said = answer + ([all_of_them] if all_of_them else [])
    site.check(where, len(rows) == len(said), f"{len(rows)} rows of {len(said)}")
    for row, one in zip(rows, said):
        value = one["values"][0] or "none" if "values" in one else "all"
        site.check(where, seen(value)[:40] in row[0], f"{row}, expected {value}")
        want = [f"{one['converted']} of {one['n']}", str(one["failed"]), str(one["open"]), percent(one["rate"])]
        site.check(where, row[1:5] == want, f"{row}, expected {want}")
        if one["rate"] is not None:
            want = f"{100 * one['low']:.1f} to {100 * one['high']:.1f} %"
            site.check(where, row[6] == want, f"{row}, expected {want}")
        site.check(where, days(one["medianDays"]) in row[7:], f"{row}, expected {days(one['medianDays'])}")


def check_signals(site, stage, **pairs):
    page = site.page("/signals", **pairs)
    answer = site.json("signals", f"--at={stage}", *(f"--{key}={value}" for key, value in pairs.items() if key != "at"))
    where = f"signals {pairs}"
    for key in ("converted", "failed", "open"):
        site.check(where, f"{answer['all'][key]} {key}" in page.texts["signals"], page.texts["signals"][:300])
    keys = [row for row in page.sections["signals"] if len(row) == 4][1:]
    keys = [row for row in keys if row[0] != "Key"]
    site.check(where, len(keys) == len(answer["signals"]), f"{len(keys)} keys of {len(answer['signals'])}")
    for row, one in zip(keys, answer["signals"]):
        want = [one["key"], f"{one['p']:.4f}", f"{one['gain']:.4f}", str(one["values"])]
        site.check(where, row == want, f"{row}, expected {want}")
    values = [row for row in page.sections["signals"] if len(row) == 9 and row[0] != "Value"]
    check_rows(site, where, values, [row for one in answer["signals"] for row in one["rows"]], None)
    for one in answer["leftOut"]:
        site.check(where, one["key"] in page.texts["signals"], f"no {one['key']}")
    check_listed(site, page, "signals")
    return answer


def check_cohorts(site, key, **pairs):
    page = site.page("/cohorts", by=key, **pairs)
    options = [f"--{name}={value}" for name, value in pairs.items() if name != "at"]
    answer = site.json("cohorts", f"--at={pairs.get('at', 'outreach')}", f"--by={key}", *options)
    rows = [row for row in page.sections["groups"] if len(row) == 9][1:]
    check_rows(site, f"cohorts by {key} {pairs}", [row for row in rows if row[0] != key], answer["rows"], answer["all"])
    check_listed(site, page, "cohorts", 3)


def check_leads(site):
    page = site.page("/leads")
    for by in ("campaign", "channel", "month"):
        answer = site.json("leads", f"--by={by}")
        rows = [row for row in page.sections[by] if len(row) > 1 and row[0] != by.title()]
        check_rows(site, f"leads by {by}", rows, answer["rows"], answer["all"] if answer["rows"] else None)
        for row, one in zip(rows, answer["rows"]):
            met = {None: "\u2013", True: "met", False: "not met"}[one["met"]]
            site.check(f"leads by {by}", met in row, f"{row}, expected {met}")
            if by == "campaign":
                money = [" ".join((f"{float(one[key]):.2f}", one["currency"])) if one[key] else "\u2013" for key in
                         ("cost", "costPerConverted")]
                site.check("leads, cost", row[-2:] == money, f"{row}, expected {money}")
    if answer["all"]["withoutDeal"]:
        site.check("leads", f"{answer['all']['withoutDeal']} of no deal" in page.texts["campaign"], "of no deal")
    check_listed(site, page, "leads")


def check(site):
    answer = check_signals(site, "outreach")
    check_signals(site, "discovery", at="discovery", mature="90")
    check_cohorts(site, answer["signals"][0]["key"] if answer["signals"] else "month")
    check_cohorts(site, "channel", at="discovery")
    check_leads(site)
