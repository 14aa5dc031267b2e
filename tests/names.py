"""names.py ROOT - a name of ours means one thing.

C has one space of names for a program, and no compiler looks beyond the files that it is given at once:
a struct that two of ours define is a fault that waits for the file that includes both. So no tag of a
struct, union or enum is in two headers, nor one that begins with bc_ in any two files; no constant in
two headers; and where the functions of a WORD.h are bc_WORD_..., the headers of other folders have none
of that prefix, but for a WORD_MORE.h, whose are bc_WORD_MORE_..."""
import collections
import os
import re
import sys


def code(path):
    """The text without comments, strings, and what is for the preprocessor."""
    with open(path, encoding="utf-8") as text:
        found = re.sub(r"/\*.*?\*/", " ", text.read(), flags=re.S)
    found = re.sub(r"\\\n", " ", found)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', re.sub(r"(?m)^[ \t]*#.*$", "", found))


def outside(text):
    """Without what is in braces: no body of a function."""
    while True:
        fewer = re.sub(r"\{[^{}]*\}", ";", text)
        if fewer == text:
            return text
        text = fewer


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def taken_prefixes(functions):
    owners = [path for path, names in functions.items()
              if any(name.startswith(stem(path) + "_") for name in names)]
    return [f"{path}: bc_{name} has the prefix of {owner}"
            for path, names in sorted(functions.items()) for owner in owners
            if os.path.dirname(owner) != os.path.dirname(path)
            for name in sorted(names) if name.startswith(stem(owner) + "_")
            and not (stem(path).startswith(stem(owner) + "_") and name.startswith(stem(path)))]


def main(root):
    tags, constants = collections.defaultdict(set), collections.defaultdict(set)
    functions = {}  # a header's name: (its path, the names that it declares)
    for floor in ("ledger", "projections", "tools"):
        for folder, _, names in os.walk(os.path.join(root, floor)):
            for name in names:
                if not name.endswith((".c", ".h")):
                    continue
                path = os.path.join(folder, name)
                text, shown = code(path), os.path.relpath(path, root)
                for tag in re.findall(r"\b(?:struct|union|enum)\s+(\w+)\s*\{", text):
                    if name.endswith(".h") or tag.startswith("bc_"):
                        tags[tag].add(shown)
                if name.endswith(".h"):
                    for body in re.findall(r"\benum\b[^{;()]*\{([^}]*)\}", text):
                        for constant in re.findall(r"(?:^|,)\s*(\w+)", body):
                            constants[constant].add(shown)
                    functions[shown] = set(re.findall(r"\bbc_(\w+)\s*\(", outside(text)))
    faults = [f"{what} {name} is defined in {' and in '.join(sorted(files))}"
              for what, found in (("the tag", tags), ("the constant", constants))
              for name, files in sorted(found.items()) if len(files) > 1]
    faults += taken_prefixes(functions)
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(functions)} headers, {len(tags)} tags, {len(constants)} constants; no name twice")


main(*sys.argv[1:])
