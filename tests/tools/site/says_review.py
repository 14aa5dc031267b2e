"""The reviews look back to when the address says, and have a field for it."""
import json

LEDGERS = ("sample",)


def check(site):
    for path, more in (("/review", ()), ("/monthly", ("--monthly",))):
        for since in ("2026-03-02", "2026-02-11"):
            page, answer = site.page(path, since=since), site.get((path, {"as-of": site.ledger.as_of, "since": since}))[0]
            said = json.loads(site.ledger.review(*more, "--since", since, "--json"))
            site.check(f"{path}, since", said["since"].startswith(since) and since in page.text[:1500], page.text[:300])
            site.check(f"{path}, since", 'name="since" type="text"' in answer.text and f'value="{since}"' in answer.text,
                       "there is no field")
    refused = site.get("/review?since=soon")[0]
    site.check("/review, since", refused.status == 400, refused.status)
