"""ocel_check.py FILE [SAME] - an object-centric event log is one of OCEL 2.0, as JSON or a database of SQLite's.

The standard's schemas may not be copied, so what they ask for is said here in other words: the lists, the
members of each entry and their types; the tables, their columns, what refers to what. With a second file it
holds that both say the same. Besides, what the standard says
and no schema can: ids are unique, types and attributes are declared, values are of the declared type, what
is related to is there, nothing has two values of an attribute at one time, events are in the order of time."""
import collections
import datetime
import json
import re
import sqlite3
import sys

VALUES = {
    "string": re.compile(r".*\Z", re.S),
    "time": re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\Z"),
    "integer": re.compile(r"[+-]?\d+\Z"),
    "float": re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\Z"),
    "boolean": re.compile(r"(true|false|0|1)\Z"),
}
SQL_TYPES = {"TEXT": "string", "TIMESTAMP": "time", "BOOLEAN": "boolean", "INTEGER": "integer", "REAL": "float"}
faults = []


def fault(where, what):
    if len(faults) < 20:
        faults.append(f"{where}: {what}")


def members(entry, where, wanted, optional=()):
    """Whether an entry has these members, of these types, and no others."""
    if not isinstance(entry, dict):
        fault(where, "is no object")
        return False
    for key, kind in wanted.items():
        if key not in entry and key not in optional:
            fault(where, f"has no {key}")
            return False
        if not isinstance(entry.get(key, kind()), kind):
            fault(where, f"{key} is no {kind.__name__}")
            return False
    for key in entry:
        if key not in wanted:
            fault(where, f"has {key}")
    return True


def declared(types, where):
    """{type: {attribute: its type}} of a list of types."""
    found = {}
    for entry in types:
        if not members(entry, where, {"name": str, "attributes": list}):
            continue
        name, attributes = entry["name"], {}
        if name in found:
            fault(where, f"{name!r} is there twice")
        for attribute in entry["attributes"]:
            if members(attribute, f"{where} {name}", {"name": str, "type": str}):
                if attribute["name"] in attributes:
                    fault(f"{where} {name}", f"{attribute['name']!r} is there twice")
                if attribute["type"] not in VALUES:
                    fault(f"{where} {name}", f"{attribute['type']!r} is no type")
                attributes[attribute["name"]] = attribute["type"]
        found[name] = attributes
    return found


def instant(text, where):
    if not isinstance(text, str) or not VALUES["time"].match(text):
        fault(where, f"{text!r} is no time")
        return None
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def check_values(entry, types, where, timed):
    attributes, seen = types.get(entry["type"]), set()
    if attributes is None:
        fault(where, f"the type {entry['type']!r} is not declared")
        return
    for value in entry.get("attributes", []):
        wanted = {"name": str, "value": str, **({"time": str} if timed else {})}
        if not members(value, where, wanted):
            continue
        if timed:
            instant(value["time"], where)
        if value["name"] not in attributes:
            fault(where, f"the attribute {value['name']!r} is not declared")
        elif not VALUES[attributes[value["name"]]].match(value["value"]):
            fault(where, f"{value['value']!r} is no {attributes[value['name']]}")
        key = (value["name"], value.get("time"))
        if key in seen:
            fault(where, f"{key} is there twice")
        seen.add(key)


def check_relations(entry, ids, where):
    seen = set()
    for relation in entry.get("relationships", []):
        if not members(relation, where, {"objectId": str, "qualifier": str}):
            continue
        if relation["objectId"] not in ids:
            fault(where, f"no object {relation['objectId']!r}")
        key = (relation["objectId"], relation["qualifier"])
        if key in seen:
            fault(where, f"{key} is there twice")
        seen.add(key)


def check(log):
    lists = {"objectTypes": list, "eventTypes": list, "events": list, "objects": list}
    if not members(log, "log", lists):
        return
    object_types = declared(log["objectTypes"], "object type")
    event_types = declared(log["eventTypes"], "event type")
    ids, used = set(), collections.Counter()
    lacking = ("attributes", "relationships")
    for entry in log["objects"]:
        if members(entry, "object", {"id": str, "type": str, "attributes": list, "relationships": list}, lacking):
            if entry["id"] in ids:
                fault(entry["id"], "is there twice")
            ids.add(entry["id"])
            used[entry["type"]] += 1
            check_values(entry, object_types, entry["id"], True)
    for entry in log["objects"]:
        check_relations(entry, ids, entry["id"])
    before, events = None, set()
    for entry in log["events"]:
        wanted = {"id": str, "type": str, "time": str, "attributes": list, "relationships": list}
        if not members(entry, "event", wanted, lacking):
            continue
        if entry["id"] in events:
            fault(entry["id"], "is there twice")
        events.add(entry["id"])
        used[entry["type"]] += 1
        at = instant(entry["time"], entry["id"])
        if before and at and at < before:
            fault(entry["id"], "is earlier than the event before it")
        before = at
        check_values(entry, event_types, entry["id"], False)
        check_relations(entry, ids, entry["id"])
    for name in [*object_types, *event_types]:
        if not used[name]:
            fault(name, "nothing is of this type")
    print(f"{len(events)} events of {len(event_types)} types, {len(ids)} objects of {len(object_types)}")


def columns(rows, table, fixed):
    """The attributes of a type's table with their types; that it has the columns of the standard."""
    found = {row[1]: row[2] for row in rows.execute("SELECT * FROM pragma_table_info(?)", (table,))}
    for column in fixed:
        if column not in found:
            fault(table, f"has no {column}")
    return {name: SQL_TYPES.get(kind, kind) for name, kind in found.items() if name not in fixed}


def text_of(kind, value):
    return {0: "false", 1: "true"}.get(value, value) if kind == "boolean" else value


def types_of(rows, what, fixed):
    types, tables = [], {}
    for name, part in rows.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type ORDER BY rowid"):
        tables[name] = (f"{what}_{part}", columns(rows, f"{what}_{part}", fixed))
        types.append({"name": name, "attributes": [{"name": key, "type": kind}
                                                   for key, kind in tables[name][1].items()]})
    return types, tables


def related(rows, table, one, other):
    found = collections.defaultdict(list)
    for key, target, qualifier in rows.execute(f"SELECT {one}, {other}, ocel_qualifier FROM {table} ORDER BY rowid"):
        found[key].append({"objectId": target, "qualifier": qualifier})
    return found


def load_database(path):
    """A database as the JSON would be."""
    rows = sqlite3.connect(path)
    for fault_of in [*rows.execute("PRAGMA foreign_key_check"), *rows.execute("PRAGMA integrity_check")]:
        if fault_of != ("ok",):
            fault("database", fault_of)
    log = {}
    log["objectTypes"], object_tables = types_of(rows, "object", ["ocel_id", "ocel_time", "ocel_changed_field"])
    log["eventTypes"], event_tables = types_of(rows, "event", ["ocel_id", "ocel_time"])
    told = collections.defaultdict(list)
    for table, attributes in object_tables.values():
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in ["ocel_id", *attributes])
        for row in rows.execute(f'SELECT ocel_time, ocel_changed_field, {names} FROM "{table}" ORDER BY rowid'):
            values = [(name, value) for name, value in zip(attributes, row[3:]) if value is not None]
            if row[1] is not None and [name for name, _ in values] != [row[1]]:
                fault(row[2], f"says that {row[1]!r} changed, and has {values}")
            told[row[2]] += [{"name": name, "time": row[0], "value": text_of(attributes[name], value)}
                             for name, value in values]
    links = related(rows, "object_object", "ocel_source_id", "ocel_target_id")
    log["objects"] = [{"id": key, "type": kind, "attributes": told[key], "relationships": links[key]}
                      for key, kind in rows.execute("SELECT ocel_id, ocel_type FROM object ORDER BY rowid")]
    links = related(rows, "event_object", "ocel_event_id", "ocel_object_id")
    log["events"] = []
    for key, kind in rows.execute("SELECT ocel_id, ocel_type FROM event ORDER BY rowid"):
        table, attributes = event_tables[kind]
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in ["ocel_time", *attributes])
        row = rows.execute(f'SELECT {names} FROM "{table}" WHERE ocel_id = ?', (key,)).fetchone()
        log["events"].append({
            "id": key, "type": kind, "time": row[0], "relationships": links[key],
            "attributes": [{"name": name, "value": text_of(attributes[name], value)}
                           for name, value in zip(attributes, row[1:]) if value is not None]})
    return log


def load(path):
    if path.endswith(".sqlite"):
        return load_database(path)
    with open(path, encoding="utf-8") as text:
        return json.load(text)


def main(path, same=None):
    log = load(path)
    check(log)
    if same:
        other = load(same)
        for key in log:
            if log[key] != other.get(key):
                fault(key, f"is not the same in {same}")
    print("\n".join(faults) if faults else "sound")
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
