"""Revenue by month, six months, the forecast, and the deals behind a figure; members; red lines."""
from decimal import ROUND_HALF_UP, Decimal


def amount(text):
    if text is None:
        return "\u2013"
    return str(Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP))


def check_table(site, where, rows, answer, cells):
    site.check(where, len(rows) == len(answer), f"{len(rows)} rows of {len(answer)}")
    for row, said in zip(rows, answer):
        site.check(where, row == cells(said), f"{row}, expected {cells(said)}")


def check_revenue(site):
    page, answer = site.page("/revenue"), site.json("revenue")
    check_table(site, "revenue, months", page.sections["months"][1:], answer["rows"], lambda said: [
        said["month"], *(amount(said[key]) for key in ("cmrr", "renewalMrr", "newMrr", "otherMrr", "fmrr"))])
    check_table(site, "revenue, forecast", page.sections["forecast"][1:],
                site.json("revenue", "--backtest", "3")["rows"], lambda said: [
                    said["month"], *(amount(said[key]) for key in ("forecast", "outcome", "error"))])
    for key in ("fmrr6",):
        site.check("revenue, six months", amount(answer[key]) in page.texts["half"], page.texts["half"])
    for key in ("otherCurrency", "withoutValue", "withoutInterval"):
        site.check("revenue, left out", str(answer[key]) in page.texts["half"], f"no {key}")
    path = answer["rows"][1]["month"] + ".cmrr"
    deals = site.json("revenue", "--list", path)["deals"]
    listed = site.page("/revenue", list=path)
    rows = [row[0] for row in listed.sections["listed"] if row[0] != "Deal"]
    site.check(f"revenue, {path}", len(rows) == len(deals) and all(
        deal in row for deal, row in zip(deals, rows)), f"{rows}, expected {deals}")


def check_members(site):
    page, answer = site.page("/members"), site.json("members")
    check_table(site, "members", [row for row in page.sections["members"] if row[0] != "Member"], answer["rows"],
                lambda said: [said["member"], f"{said['state']} until {said['end']}", amount(said["mrr"]), said["end"],
                              said["start"], str(said["deals"]), said["health"] or "\u2013", said["intent"] or "\u2013"])


def check_red_lines(site):
    page = site.page("/red-lines", **{"from": "2025-03-31"})
    answer = site.json("red-lines", "--from", "2025-03-31")
    spans = [row for row in page.sections["spans"] if len(row) == 3 and row[0] != "State"]
    said = [span for line in answer["redLines"] for span in line["spans"]]
    check_table(site, "red lines, spans", [row[1:] for row in spans], said, lambda span: [span["from"], span["to"]])
    for line in answer["redLines"]:
        for pivot in line["pivots"]:
            site.check("red lines, pivots", pivot["decision"] in page.texts["spans"], pivot["decision"])


def check(site):
    check_revenue(site)
    check_members(site)
    check_red_lines(site)
