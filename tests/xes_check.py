"""xes_check.py FILE - an XES log has the structure that IEEE 1849-2016 gives it.

The standard's own XML schema (xes-ieee-1849-2016.xsd) may not be copied, so what it asks for is said here in
other words: which elements stand where and in which order, which attributes each has, of which type the
values are. Besides it holds what the schema cannot: that prefixes of keys are of declared extensions, and that
each trace and event has what the globals promise."""
import re
import sys
import xml.etree.ElementTree as tree

SPACE = "{http://www.xes-standard.org/}"
NAME = re.compile(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?\Z")  # of xs:Name, those with one prefix
NC_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
VALUES = {
    "string": re.compile(r".*\Z", re.S),
    "date": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\Z"),
    "int": re.compile(r"[+-]?\d+\Z"),
    "float": re.compile(r"([+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN)\Z"),
    "boolean": re.compile(r"(true|false|1|0)\Z"),
    "id": re.compile(r".*\Z", re.S),
}
LOG = ["extension", "global", "classifier", "attribute", "trace", "event"]
TRACE = ["attribute", "event"]
faults = []


def fault(where, what):
    if len(faults) < 20:
        faults.append(f"{where}: {what}")


def name_of(element):
    if not element.tag.startswith(SPACE):
        fault(element.tag, "is not of the namespace of XES")
    return element.tag.rpartition("}")[2]


def check_attribute(element, prefixes, where):
    """Its key; its type is known to be one of VALUES."""
    kind, key, value = name_of(element), element.get("key"), element.get("value")
    if set(element.attrib) != {"key", "value"}:
        fault(where, f"<{kind}> has {sorted(element.attrib)}, expected a key and a value")
        return None
    if not NAME.match(key):
        fault(where, f"the key {key!r} is no name")
    prefix = key.rpartition(":")[0]
    if prefix and prefix not in prefixes:
        fault(where, f"no extension has the prefix of {key!r}")
    if not VALUES[kind].match(value):
        fault(where, f"{value!r} is no {kind}")
    for nested in element:
        check_attribute(nested, prefixes, where)
    return key


def check_children(element, order, prefixes, where):
    """The keys of its attributes; that its children stand in this order, and no key is there twice."""
    keys, at = set(), 0
    for child in element:
        kind = name_of(child)
        part = "attribute" if kind in VALUES else kind
        if part not in order:
            fault(where, f"<{kind}> may not stand in <{name_of(element)}>")
            continue
        if order.index(part) < at:
            fault(where, f"<{kind}> comes too late in <{name_of(element)}>")
        at = max(at, order.index(part))
        if part == "attribute":
            key = check_attribute(child, prefixes, where)
            if key in keys:
                fault(where, f"{key!r} is there twice")
            keys.add(key)
    return keys


def check_head(log):
    """The prefixes of its extensions, and what its globals promise of a trace and an event."""
    prefixes, promised = set(), {"trace": set(), "event": set()}
    if name_of(log) != "log" or not re.match(r"\d+(\.\d+)?\Z", log.get("xes.version", "")):
        fault("log", "no <log> with a version that is a number")
    for extension in log.iter(SPACE + "extension"):
        if not NC_NAME.match(extension.get("name", "")) or not NC_NAME.match(extension.get("prefix", "")):
            fault("extension", "no name, or no prefix")
        if not re.match(r"https?://\S+\Z", extension.get("uri", "")):
            fault("extension", "no uri")
        prefixes.add(extension.get("prefix"))
    for promise in log.iter(SPACE + "global"):
        promised[promise.get("scope", "event")] = check_children(promise, ["attribute"], prefixes, "global")
    for classifier in log.iter(SPACE + "classifier"):
        if not NC_NAME.match(classifier.get("name", "")) or not classifier.get("keys", "").split():
            fault("classifier", "no name, or no keys")
    return prefixes, promised


def main(path):
    log = tree.parse(path).getroot()
    prefixes, promised = check_head(log)
    check_children(log, LOG, prefixes, "log")
    traces = events = 0
    for trace in log.iter(SPACE + "trace"):
        traces += 1
        keys = check_children(trace, TRACE, prefixes, f"trace {traces}")
        if promised["trace"] - keys:
            fault(f"trace {traces}", f"lacks {sorted(promised['trace'] - keys)}")
        for event in trace.iter(SPACE + "event"):
            events += 1
            keys = check_children(event, ["attribute"], prefixes, f"event {events}")
            if promised["event"] - keys:
                fault(f"event {events}", f"lacks {sorted(promised['event'] - keys)}")
    print("\n".join(faults) if faults else f"sound: {traces} traces, {events} events")
    return 1 if faults else 0


sys.exit(main(sys.argv[1]))
