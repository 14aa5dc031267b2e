"""switches.py ROOT - no switch over an enum of ours has a default.

A default speaks for constants that nobody has thought of yet: with one, a new kind of metric, fact or
finding gets the answer of another, and no compiler says so. Without one, -Wswitch names each switch
that must know it."""
import os
import re
import sys

FLOORS = ("ledger", "projections", "tools")


def code(path):
    """The text without comments, strings, characters and what is for the preprocessor; its lines stay."""
    def blank(found):
        return re.sub(r"[^\n]", " ", found[0])

    with open(path, encoding="utf-8") as text:
        return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|"
                      r"^[ \t]*#(?:\\\n|[^\n])*", blank, text.read(), flags=re.S | re.M)


def closing(text, at):
    """Where the bracket at `at` is closed."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "({") - (text[i] in ")}")
        if depth == 0:
            return i
    sys.exit(f"a bracket is not closed: {text[at:at + 60]}")


def switches(text):
    """(where its body begins, its body without those of switches in it), inner ones first."""
    found = []
    while True:
        begins = list(re.finditer(r"\bswitch\s*\(", text))
        if not begins:
            return found
        begin = begins[-1]  # there is none in it
        opened = text.index("{", closing(text, begin.end() - 1))
        end = closing(text, opened) + 1
        found.append((opened, text[opened:end]))
        text = text[:begin.start()] + re.sub(r"[^\n]", " ", text[begin.start():end]) + text[end:]


def main(root):
    texts = {}
    for floor in FLOORS:
        for folder, _, names in os.walk(os.path.join(root, floor)):
            for name in names:
                if name.endswith((".c", ".h")):
                    path = os.path.join(folder, name)
                    texts[os.path.relpath(path, root)] = code(path)
    constants = set()  # of enums with a name; one without is numbers, and no compiler counts them
    for text in texts.values():
        for body in re.findall(r"\benum\s+\w+\s*\{([^}]*)\}", text):
            constants.update(re.findall(r"(?:^|,)\s*(\w+)", body))
    faults, n = [], 0
    for path, text in sorted(texts.items()):
        for at, body in switches(text):
            ours = {name for name in re.findall(r"\bcase\s+(\w+)\s*:", body)
                    if name in constants or name.startswith("BC_")}
            default = re.search(r"\bdefault\s*:", body)
            n += bool(ours)
            if ours and default:
                line = text.count("\n", 0, at + default.start()) + 1
                faults.append(f"{path}:{line}: a default beside {min(ours)}")
    if faults:
        sys.exit("\n".join(faults))
    print(f"{n} switches over enums of ours, none with a default")


main(*sys.argv[1:])
