"""topics.py ROOT BACKCAST - the pages about files and forms have all that the program knows of them.

backcast-event(5): each key of the envelope, each kind in proto/ with its fields, required ones with a star.
backcast-rules(5), as it is written, without the built-in rules at its end: each key that the readers of
rules have in a table, and each word that a key may have. backcast-ledger(5): each file of a ledger's folder
and each family of its database. (Of backcast-map(5) maps.py says it.)"""
import glob
import os
import re
import subprocess
import sys

faults = []


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as text:
        return text.read()


def has(page, text, words, what, least):
    if len(words) < least:
        faults.append(f"only {len(words)} {what} were found")
    for word in sorted(words):
        if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text):
            faults.append(f"{page} has no {what} `{word}`")


def camel(name):
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def messages(root):
    """{message: [(field, required)]}"""
    found = {}
    for path in glob.glob(os.path.join(root, "proto/*.proto")):
        with open(path, encoding="utf-8") as text:
            for name, body in re.findall(r"(?ms)^message (\w+) \{(.*?)^\}", text.read()):
                found[name] = [(camel(field), label == "required") for label, field in
                               re.findall(r"(?m)^\s*(required|optional|repeated) [\w.]+ (\w+) =", body)]
    return found


def check_event(root, backcast):
    said = subprocess.run([backcast, "help", "event"], check=True, capture_output=True, text=True).stdout
    keys = re.findall(r'NAME\("(\w+)"\)', read(root, "tools/json/event_json.c"))
    has("backcast-event(5)", said.split("\nkinds:\n")[0], set(keys), "key", 10)
    kinds = re.findall(r"^    (\w+) (\w+) = \d+;", read(root, "proto/event.proto").split("oneof body")[1], re.M)
    fields = messages(root)
    if len(kinds) < 41:
        faults.append(f"only {len(kinds)} kinds of events were found")
    for message, name in kinds:
        block = re.search(rf"(?m)^  {camel(name)}\b.*\n((?:    .*\n)*)", said)
        if not block:
            faults.append(f"backcast-event(5) has no kind `{camel(name)}`")
            continue
        got = re.findall(r"(?m)^    (\w+) +(\*?)", block[1])
        if [(field, star == "*") for field, star in got] != fields[message]:
            faults.append(f"backcast-event(5): {camel(name)} has {got}, and {message} {fields[message]}")


def check_rules(root):
    page, keys, words = read(root, "tools/cmd/rules-file.scd"), set(), set()
    for path in glob.glob(os.path.join(root, "projections/rules/parse*.c")):
        with open(path, encoding="utf-8") as text:
            code = text.read()
        keys |= set(re.findall(r'\{ "([a-z_]+)", \S', code))
        keys |= set(re.findall(r'\[BC_KEY_\w+\] = "([a-z_]+)"', code))
    for listed in re.findall(r"const char \*const bc_\w+_words\[\w*\] = \{(.*?)\};",
                             read(root, "projections/rules/rules.c"), re.S):
        words |= set(re.findall(r'"([a-z_]+)"', listed))
    words |= set(re.findall(r"    KIND\([A-Z_]+, (\w+),", read(root, "projections/rules/metric_kinds.h")))
    has("backcast-rules(5)", page, keys, "key", 45)
    has("backcast-rules(5)", page, words, "word", 20)


def check_ledger(root):
    page = read(root, "tools/cmd/ledger.scd")
    files = set(re.findall(r"(?m)^ \*   DIR/(\w+)", read(root, "ledger/ledger.h")))
    names = re.search(r"family_names\[\] = \{(.*?)\}", read(root, "ledger/store/store_rocksdb.c"), re.S)
    has("backcast-ledger(5)", page, files, "file", 6)
    has("backcast-ledger(5)", page, set(re.findall(r'"(\w+)"', names[1])) - {"default"}, "family", 8)


def main(root, backcast):
    check_event(root, backcast)
    check_rules(root)
    check_ledger(root)
    print("\n".join(faults) if faults else "every kind, field, key, word, file and family is there")
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
