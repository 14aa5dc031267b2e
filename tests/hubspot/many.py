"""Deals in number: each goes through the same twenty changes, a day apart or so."""

import datetime

STAGES = ["1001", "1002", "1003", "1005", "closedwon"]
CHANGES = 20
FIRST_ID = 100000
START = datetime.datetime(2025, 1, 6, 9, 0, tzinfo=datetime.timezone.utc)


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def entry(value, moment, user):
    return {"value": value, "timestamp": iso(moment), "sourceType": "CRM_UI",
            "sourceId": f"userId:{user}", "updatedByUserId": user}


def deal(n):
    begun = START + datetime.timedelta(hours=n % 500, milliseconds=n % 1000)
    history = {"dealstage": [], "amount": [], "dealname": [], "dealtype": [], "pipeline": []}
    for change in range(CHANGES):
        moment = begun + datetime.timedelta(hours=20 * change)
        user = 7001 + n % 2
        if change % 4 == 0:
            name, value = "dealstage", STAGES[change // 4]
        elif change < 4:
            name, value = [("pipeline", "default"), ("dealname", f"Made up {n}"),
                           ("dealtype", "newbusiness")][change - 1]
        else:
            name, value = "amount", str(1000 * change + n)
        history[name].insert(0, entry(value, moment, user))
    return {"id": str(FIRST_ID + n), "createdAt": iso(begun),
            "updatedAt": iso(begun + datetime.timedelta(hours=20 * CHANGES)), "archived": False,
            "properties": {}, "history": history}


def fill(account, n):
    for i in range(n):
        account.put("deals", deal(i))
