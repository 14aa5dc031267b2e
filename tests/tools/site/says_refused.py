"""What no page answers: each page says so with the bar, and no address opens a file or costs without bound."""
import os

from ledgers import run

LEDGERS = ("sample",)
PLACES = ("review", "monthly", "metrics", "pipeline", "deals", "timeline", "experiments", "signals", "leads", "losses",
          "learnings", "revenue", "members", "red-lines", "audit", "diff", "handoff", "people", "paths", "versions")


def check(site):
    secret = os.path.join(site.ledger.home, "secret.yaml")
    text = run(["backcast", "rules", "show", "default"], site.ledger.env, site.ledger.home)
    with open(secret, "w", encoding="utf-8") as file:
        file.write(text.replace("version: default", "version: hidden").replace("Outreach", "TOP SECRET"))
    wrong = [{"slice": "nosuch"}, {"rules": "nosuch"}, {"rules": secret}, {"rules": "latest," + secret}, {"as-of": "nonsense"},
             {"rules": ",".join(["latest"] * 40)}]
    asked = [(f"/{place}", pairs) for place in PLACES for pairs in wrong]
    asked += [("/rules", {"from": "default", "to": secret}), ("/diff", {"vs-rules": secret}),
              ("/metric", {"name": "sqd", "rules": secret}), ("/metric", {"name": secret}), ("/deal", {"id": "--svg=x"})]
    for where, answer in zip(asked, site.get(*asked)):
        site.check(where, b"TOP SECRET" not in answer.body, "a file was read")
        site.check(where, answer.status in (200, 400, 404), f"status {answer.status}")
        site.check(where, b'<form class="ask"' in answer.body or answer.kind != "text/html;charset=utf-8", "no bar")
    place, pairs = "/%2Fevil.example/x", {"as-of": site.ledger.as_of}
    site.check(place, b"//evil" not in site.get((place, pairs))[0].body, "leads elsewhere")
