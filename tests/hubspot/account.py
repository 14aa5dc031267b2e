"""An account of a sales team that nobody has, held in files, and what may be asked of it.

Every method returns (status, body); a body is as the service's own. What cannot be asked is a
Refusal.
"""

import datetime
import json
import pathlib

WRITTEN_ON = "2025-09-01T08:00:00.000Z"
ENTERED = "hs_v2_date_entered_"
ALWAYS = ("createdate", "hs_lastmodifieddate", "hs_object_id")
LIST_MAX, HISTORY_MAX, SEARCH_MAX, OWNERS_MAX = 100, 50, 200, 500
BATCH_MAX, ASSOCIATIONS_MAX, SEARCH_BODY_MAX = 100, 1000, 3000
TYPE_IDS = {
    ("deals", "meetings"): 211, ("meetings", "deals"): 212,
    ("deals", "emails"): 209, ("emails", "deals"): 210,
    ("deals", "companies"): 341, ("companies", "deals"): 342,
    ("deals", "orders"): 513, ("orders", "deals"): 512,
    ("deals", "deals"): 451,
    ("deals", "calls"): 205, ("calls", "deals"): 206,
}
NUMBERS = {"0-3": "deals", "0-2": "companies", "0-47": "meetings", "0-49": "emails",
           "0-123": "orders", "0-48": "calls"}
TYPES = tuple(NUMBERS.values())


class Refusal(Exception):
    def __init__(self, status, message, category="VALIDATION_ERROR", **context):
        super().__init__(message)
        self.status = status
        self.body = {"status": "error", "message": message, "category": category,
                     "correlationId": "5c1fa6c5-0000-4000-8000-000000000001"}
        if context:
            self.body["context"] = context


def to_ms(text):
    """Milliseconds since 1970 of an ISO time or of such a number as text; None if it is neither."""
    if text is None or text == "":
        return None
    if text.isdigit():
        return int(text)
    try:
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return round(moment.timestamp() * 1000)


def names_of(text):
    return [name for name in (text or "").split(",") if name]


class Account:
    def __init__(self, folder, association_page=500, search_cap=10000):
        self.association_page = association_page
        self.search_cap = search_cap
        self.objects = {kind: {} for kind in TYPES}
        self.indexed = None  # what search still sees, where its index lags behind
        self.owners, self.links = {}, {}
        self.pipelines, self.audits, self.properties = {}, {}, {}
        self.details = {}
        self.labels = {}  # "deals deals" -> [{category, typeId, label}, ...]
        self.failing = {}  # (kind, or kinds of an association) -> [ids, times, are they named?]
        self.overlay(folder)

    # ---- what is in it ----

    def overlay(self, folder, lag=False):
        """Takes a folder's files: a record replaces the one of its id, the rest the whole."""
        if lag:
            self.indexed = {kind: dict(of) for kind, of in self.objects.items()}
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            held = json.loads(path.read_text())
            if path.stem in self.objects:
                for record in held:
                    self.put(path.stem, record)
            elif path.stem == "owners":
                self.owners.update({owner["id"]: owner for owner in held})
            elif path.stem == "associations":
                for pair, links in held.items():
                    self.links[tuple(pair.split(" "))] = [tuple(link) for link in links]
            elif path.stem == "gone":
                for kind, ids in held.items():
                    for gone in ids:
                        self.objects[kind].pop(gone, None)
            else:
                setattr(self, path.stem, held)

    def put(self, kind, record):
        self.objects[kind][record["id"]] = record

    def remove(self, kind, record_id):
        self.objects[kind].pop(record_id, None)

    def kind(self, name):
        name = NUMBERS.get(name, name)
        if name not in self.objects:
            raise Refusal(400, f"Unable to infer object type from: {name}")
        return name

    # ---- records ----

    def value(self, record, name):
        """The present value: as the record says, else the newest in its history."""
        if name == "hs_object_id":
            return record["id"]
        if name in record.get("properties", {}):
            return record["properties"][name]
        if name.startswith(ENTERED):
            return self.entered(record, name[len(ENTERED):])
        entries = record.get("history", {}).get(name)
        if entries:
            newest = max(range(len(entries)),
                         key=lambda i: (to_ms(entries[i]["timestamp"]), -i))
            return entries[newest]["value"]
        return {"createdate": record["createdAt"], "hs_createdate": record["createdAt"],
                "hs_lastmodifieddate": record["updatedAt"]}.get(name)

    @staticmethod
    def entered(record, stage):
        """When the deal last came into a stage."""
        times = [entry["timestamp"] for entry in record.get("history", {}).get("dealstage", [])
                 if entry["value"] == stage]
        return max(times, key=to_ms, default=None)

    def history(self, record, name):
        if name in record.get("history", {}):
            return record["history"][name]
        value = self.value(record, name)
        if value is None:
            return []
        return [{"value": value, "timestamp": record["createdAt"], "sourceType": "CRM_UI",
                 "sourceId": "userId:7001", "updatedByUserId": 7001}]

    def known(self, kind, names):
        """Names that the account has no property of are passed over without a word."""
        defined = {prop["name"] for prop in self.properties.get(kind, [])}
        return [name for name in names if name in defined or name in ALWAYS]

    def show(self, kind, record, names, histories=()):
        names = self.known(kind, list(ALWAYS) + [n for n in names if n not in ALWAYS])
        shown = {
            "id": record["id"],
            "properties": {name: self.value(record, name) for name in names},
            "createdAt": record["createdAt"],
            "updatedAt": record["updatedAt"],
            "archived": record.get("archived", False),
            "url": f"https://app.hubspot.com/contacts/1/record/{kind}/{record['id']}",
            "objectWriteTraceId": "0",
        }
        if "archivedAt" in record:
            shown["archivedAt"] = record["archivedAt"]
        if histories:
            known = self.known(kind, histories)
            shown["propertiesWithHistory"] = {n: self.history(record, n) for n in known}
            shown["properties"].update({n: self.value(record, n) for n in known})
        return shown

    def list(self, kind, query):
        kind = self.kind(kind)
        histories = names_of(query.get("propertiesWithHistory"))
        limit = int(query.get("limit", 10))
        limit_max = HISTORY_MAX if histories else LIST_MAX
        if not 1 <= limit <= limit_max:
            raise Refusal(400, f"The limit must be between 1 and {limit_max}")
        archived = query.get("archived", "false") == "true"
        after = int(query.get("after", 0))
        rows = sorted((r for r in self.objects[kind].values()
                       if r.get("archived", False) == archived and not r.get("mergedInto")
                       and int(r["id"]) >= after), key=lambda r: int(r["id"]))
        page = []
        for record in rows[:limit]:
            shown = self.show(kind, record, names_of(query.get("properties")), histories)
            for other in names_of(query.get("associations")):
                self.add_inline(shown, kind, self.kind(other))
            page.append(shown)
        body = {"results": page}
        if len(rows) > limit:
            after = rows[limit]["id"]
            body["paging"] = {"next": {"after": after,
                                       "link": f"https://api.hubapi.com/?after={after}"}}
        return 200, body

    def read(self, kind, record_id, query):
        kind = self.kind(kind)
        record = self.objects[kind].get(record_id)
        if record and record.get("mergedInto"):
            record = self.objects[kind].get(record["mergedInto"])
        archived = query.get("archived", "false") == "true"
        if not record or record.get("archived", False) != archived:
            raise Refusal(404, "Object not found.", "OBJECT_NOT_FOUND", ids=[record_id])
        return 200, self.show(kind, record, names_of(query.get("properties")),
                              names_of(query.get("propertiesWithHistory")))

    def batch(self, kind, query, asked):
        kind = self.kind(kind)
        for key in ("inputs", "properties", "propertiesWithHistory"):
            if not isinstance(asked.get(key), list):
                raise Refusal(400, f"Invalid input JSON: {key} is required")
        most = HISTORY_MAX if asked["propertiesWithHistory"] else BATCH_MAX
        if len(asked["inputs"]) > most:
            raise Refusal(400, f"The maximum number of inputs is {most}")
        archived = query.get("archived", "false") == "true"
        failing = self.take_failing(kind, asked)
        found, missing = [], []
        for item in asked["inputs"]:
            record = self.objects[kind].get(item["id"])
            if record and record.get("archived", False) == archived and "mergedInto" not in record:
                found.append(self.show(kind, record, asked["properties"],
                                       asked["propertiesWithHistory"]))
            else:
                missing.append(item["id"])
        found.reverse()  # no order is promised
        return self.batch_answer(found, missing, *failing)

    def take_failing(self, what, asked):
        """The ids of a batch that fail this time, and whether the answer names them."""
        ids, times, named = self.failing.get(what, [[], 0, True])
        failed = [item["id"] for item in asked["inputs"] if item["id"] in ids and times > 0]
        if failed:
            self.failing[what][1] -= 1
            asked["inputs"] = [item for item in asked["inputs"] if item["id"] not in failed]
        return failed, named

    @staticmethod
    def batch_answer(found, missing, failed=(), named=True):
        body = {"status": "COMPLETE", "results": found, "startedAt": WRITTEN_ON,
                "completedAt": WRITTEN_ON}
        body["errors"] = []
        if failed:
            body["errors"].append({"status": "error", "category": "INTERNAL_ERROR",
                                   "message": "Something went wrong",
                                   "context": {"ids": failed} if named else {}})
        if not missing and not failed:
            del body["errors"]
            return 200, body
        body["numErrors"] = len(missing) + len(failed)
        if not missing:
            return 207, body
        body["errors"] += [{"status": "error", "category": "OBJECT_NOT_FOUND",
                           "message": "Could not get some objects, they may be deleted or not "
                                      "exist. Check that ids are valid.",
                           "context": {"ids": missing}, "errors": [], "links": {}}]
        return 207, body

    # ---- associations ----

    def linked(self, kind, other):
        """(one, other, number of a label there), seen from either; a link is two ids, and the numbers
        of the labels that it has at the first's end and at the second's."""
        return ([(a, b, *labels[:1]) for a, b, *labels in self.links.get((kind, other), [])] +
                [(b, a, *labels[1:]) for a, b, *labels in self.links.get((other, kind), [])])

    def add_inline(self, shown, kind, other):
        ids = [b for a, b, *_ in self.linked(kind, other) if a == shown["id"]]
        if not ids:
            return
        page = ids[:self.association_page]
        of = {"results": [{"id": i, "type": f"{kind[:-1]}_to_{other[:-1]}"} for i in page]}
        if len(ids) > len(page):
            of["paging"] = {"next": {"after": ids[len(page)], "link": "https://api.hubapi.com/"}}
        shown.setdefault("associations", {})[other] = of

    def associations(self, kind, other, asked, dated):
        kind, other = self.kind(kind), self.kind(other)
        if len(asked["inputs"]) > ASSOCIATIONS_MAX:
            raise Refusal(400, f"The maximum number of inputs is {ASSOCIATIONS_MAX}")
        by_id = {}
        for a, b, *labelled in self.linked(kind, other):
            by_id.setdefault(a, {}).setdefault(b, []).extend(labelled)
        failing = self.take_failing(f"{kind} {other}", asked)
        results, missing = [], []
        for item in asked["inputs"]:
            ids = sorted(by_id.get(item["id"], []), key=int)
            if not ids:
                missing.append(item["id"])
                continue
            ids = [i for i in ids if int(i) >= int(item.get("after", 0))]
            page = ids[:self.association_page]
            result = {"from": {"id": item["id"]},
                      "to": [{"toObjectId": i if dated else int(i),
                              "associationTypes": self.types(kind, other, by_id[item["id"]][i])}
                             for i in page]}
            if len(ids) > len(page):
                result["paging"] = {"next": {"after": ids[len(page)],
                                             "link": "https://api.hubapi.com/"}}
            results.append(result)
        status, body = self.batch_answer(results, missing, *failing)
        for error in body.get("errors", []):
            if error["category"] == "OBJECT_NOT_FOUND":
                error["subCategory"] = "crm.associations.NO_ASSOCIATIONS_FOUND"
        return status, body

    def types(self, kind, other, labelled):
        """What an association is: at least one of the two kinds, then what it is labelled."""
        return [{"category": "HUBSPOT_DEFINED", "typeId": TYPE_IDS.get((kind, other), 0),
                 "label": None}] + [label for label in self.labels.get(f"{kind} {other}", [])
                                    if label["typeId"] in labelled]

    def list_labels(self, kind, other):
        kind, other = self.kind(kind), self.kind(other)
        return 200, {"results": self.types(kind, other, []) +
                     self.labels.get(f"{kind} {other}", [])}

    # ---- search ----

    def matches(self, record, item):
        held = self.value(record, item["propertyName"])
        operator = item["operator"]
        if operator in ("HAS_PROPERTY", "NOT_HAS_PROPERTY"):
            return (held not in (None, "")) == (operator == "HAS_PROPERTY")
        if held in (None, ""):
            return operator in ("NEQ", "NOT_IN")
        if operator in ("IN", "NOT_IN"):
            return (held in item["values"]) == (operator == "IN")
        a, b = to_ms(held), to_ms(item["value"])
        if a is None or b is None:
            a, b = held, item["value"]
        if operator == "BETWEEN":
            return b <= a <= to_ms(item["highValue"])
        return {"EQ": a == b, "NEQ": a != b, "LT": a < b, "LTE": a <= b, "GT": a > b,
                "GTE": a >= b}[operator]

    def search(self, kind, asked, length):
        kind = self.kind(kind)
        groups, sorts = asked.get("filterGroups", []), asked.get("sorts", [])
        limit, after = int(asked.get("limit", 10)), int(asked.get("after") or 0)
        filters = [item for group in groups for item in group["filters"]]
        if (length > SEARCH_BODY_MAX or len(groups) > 5 or len(filters) > 18 or len(sorts) > 1 or
                any(len(group["filters"]) > 6 for group in groups)):
            raise Refusal(400, "The search is too large")
        if not 1 <= limit <= SEARCH_MAX:
            raise Refusal(400, f"The limit must be between 1 and {SEARCH_MAX}")
        if after + limit > self.search_cap:
            raise Refusal(400, f"Paging past {self.search_cap} results is not possible")
        records = (self.indexed or self.objects)[kind].values()
        found = [r for r in records
                 if not r.get("archived", False) and not r.get("mergedInto") and
                 (not groups or any(all(self.matches(r, item) for item in group["filters"])
                                    for group in groups))]
        # Those that tie come in no useful order.
        found.sort(key=lambda r: -int(r["id"]))
        for sort in sorts:
            found.sort(key=lambda r: to_ms(self.value(r, sort["propertyName"]) or "0") or 0,
                       reverse=sort.get("direction") == "DESCENDING")
        body = {"total": len(found),
                "results": [self.show(kind, r, asked.get("properties", []))
                            for r in found[after:after + limit]]}
        if after + limit < len(found):
            body["paging"] = {"next": {"after": str(after + limit)}}
        return 200, body

    # ---- the rest ----

    def list_owners(self, query):
        archived = query.get("archived", "false") == "true"
        limit, after = int(query.get("limit", 100)), int(query.get("after", 0))
        if not 1 <= limit <= OWNERS_MAX:
            raise Refusal(400, f"The limit must be between 1 and {OWNERS_MAX}")
        rows = sorted((o for o in self.owners.values()
                       if o["archived"] == archived and int(o["id"]) >= after),
                      key=lambda o: int(o["id"]))
        body = {"results": rows[:limit]}
        if len(rows) > limit:
            body["paging"] = {"next": {"after": rows[limit]["id"]}}
        return 200, body

    def list_pipelines(self, kind):
        return 200, {"results": self.pipelines.get(self.kind(kind), [])}

    def audit(self, kind, name):
        """`name` is a pipeline, or "pipeline/stage"."""
        known = self.audits.get(self.kind(kind), {})
        if name not in known:
            raise Refusal(404, "There is no such pipeline or stage", "OBJECT_NOT_FOUND")
        return 200, {"results": known[name]}

    def list_properties(self, kind, query):
        archived = query.get("archived", "false") == "true"
        return 200, {"results": [p for p in self.properties.get(self.kind(kind), [])
                                 if p.get("archived", False) == archived]}
