"""maps.py ROOT - the page about maps (tools/cmd/maps.scd) has every key and word that the map's reader knows.

The keys are what stands in its tables of keys (`{ "name", 0, 0 }`), in its list of an event's keys and in
its lists of words; the parts of a time are those that its check of formats allows."""
import glob
import os
import re
import sys

TABLE = re.compile(r'\{\s*"([a-z_]+)",\s*\w+,\s*\w+\s*\}')
LIST = re.compile(r"const char \*const \w+\[\w*\]\s*=\s*\{(.*?)\};", re.S)
DELIMITER = re.compile(r'\{\s*"([a-z]+)",\s*"[a-z]+",\s*\'')
PARTS = re.compile(r'strchr\("(\w+%)", text')


def main(root):
    folder = os.path.join(root, "tools/import/csv")
    with open(os.path.join(root, "tools/cmd/maps.scd"), encoding="utf-8") as text:
        page = text.read()
    words, parts = set(), set()
    for path in sorted(glob.glob(os.path.join(folder, "csv_*.c"))):
        with open(path, encoding="utf-8") as text:
            code = text.read()
        if os.path.basename(path).startswith("csv_map"):
            words |= set(TABLE.findall(code))
            for one in LIST.findall(code):
                words |= set(re.findall(r'"([\w-]+)"', one))
        words |= set(DELIMITER.findall(code))
        for one in PARTS.findall(code):
            parts |= set(one)
    faults = [f"the page has no `{word}`" for word in sorted(words)
              if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", page)]
    faults += [f"the page has no %{part}" for part in sorted(parts) if f"%{part}" not in page]
    if len(words) < 30 or len(parts) < 10:
        faults.append(f"only {len(words)} words and {len(parts)} parts were found in {folder}")
    print("\n".join(faults) if faults else f"{len(words)} words, {len(parts)} parts of a time")
    return 1 if faults else 0


sys.exit(main(sys.argv[1]))
