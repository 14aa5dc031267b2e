"""rings.py ROOT BUILD NM - no file of ours depends on one that depends on it.

Down to files, inside a folder too: neither do their includes make a ring, nor the functions and data
that their objects (of the build) call one another by. And an object takes nothing from a folder that
its own does not depend on, by what bc_folder says of each: a declaration of one's own would get past
the includes, which layers.cmake holds. What is RESERVED for some is called by them alone."""
import os
import re
import subprocess
import sys

FLOORS = ("ledger", "projections", "tools")
# What is declared for more than may call it: who may.
RESERVED = {"bc_log_store": ("projections/timelines/",),
            "bc_meta_put": ("ledger/", "projections/timelines/"),
            "cmd_dispatch": ("tools/lib/", "tools/cmd/", "tools/cli/", "tools/site/frame/")}


def sources(root):
    for floor in FLOORS:
        for folder, _, names in os.walk(os.path.join(root, floor)):
            for name in names:
                if name.endswith((".c", ".h", ".cpp")) and "/examples" not in folder:
                    yield os.path.relpath(os.path.join(folder, name), root)


def read_includes(root, files):
    """{file: {file that it includes: its name, as the tie}}"""
    ties = {}
    for file in files:
        with open(os.path.join(root, file), encoding="utf-8") as text:
            found = re.findall(r'^[ \t]*#[ \t]*include[ \t]*"([^"]*)"', text.read(), re.M)
        ties[file] = {other: {"#include"} for other in found if other in files}
    return ties


def objects(build):
    """(source, object) of what was compiled; of a source in two programs, both."""
    for floor in FLOORS:
        for folder, _, names in os.walk(os.path.join(build, floor)):
            for name in names:
                path = os.path.join(folder, name)
                made = re.fullmatch(r"CMakeFiles/[^/]*\.dir/(.*)\.o",
                                    os.path.relpath(path, os.path.join(build, floor)))
                if made:
                    yield floor + "/" + made[1], path


def read_symbols(build, nm, files):
    """{source: {source whose symbols it needs: them}}"""
    defined, needed = {}, {}
    for source, path in objects(build):
        if source not in files:
            continue  # of a file that is no more
        needed.setdefault(source, set())
        said = subprocess.run([nm, "-g", path], check=True, capture_output=True, text=True).stdout
        for line in said.splitlines():
            kind, name = line.split()[-2:]
            if kind == "U":
                needed[source].add(name)
            elif kind.isupper():
                defined[name] = source
    ties = {}
    for source, names in needed.items():
        ties[source] = {}
        for name in names & defined.keys():
            if defined[name] != source:
                ties[source].setdefault(defined[name], set()).add(name)
    return ties


def rings(ties):
    """The sets of files that depend on each other."""
    number, low, path, found = {}, {}, [], []

    def visit(file):
        number[file] = low[file] = len(number)
        path.append(file)
        for other in ties.get(file, ()):
            if other not in number:
                visit(other)
            if other in path:
                low[file] = min(low[file], low[other])
        if low[file] == number[file]:
            ring = path[path.index(file):]
            del path[path.index(file):]
            if len(ring) > 1:
                found.append(set(ring))

    for file in ties:
        if file not in number:
            visit(file)
    return found


def grounds(root):
    """{folder: all that it depends on}, by the lines that make its library."""
    stands_on = {}
    for floor in FLOORS:
        with open(os.path.join(root, floor, "CMakeLists.txt"), encoding="utf-8") as text:
            calls = re.findall(r"^bc_folder\(([^)]*)\)", text.read(), re.M)
        for call in calls:
            folder, *words = call.split()
            used = words[words.index("USES") + 1:] if "USES" in words else []
            if "LINKS" in used:
                used = used[:used.index("LINKS")]
            stands_on[folder] = set(used).union(*(stands_on[other] for other in used))
    return stands_on


def main(root, build, nm):
    files = set(sources(root))
    includes, symbols = read_includes(root, files), read_symbols(build, nm, files)
    faults = [f"{file} was not compiled" for file in sorted(files)
              if not file.endswith(".h") and file not in symbols]
    for ties in includes, symbols:
        for ring in rings(ties):
            faults.append("a ring: " + ", ".join(sorted(ring)))
            faults += [f"  {file} -> {other}: {', '.join(sorted(ties[file][other]))}"
                       for file in sorted(ring) for other in sorted(ties[file]) if other in ring]
    stands_on = grounds(root)
    for file, others in sorted(symbols.items()):
        folder = os.path.dirname(file)
        for other, names in sorted(others.items()):
            if os.path.dirname(other) not in stands_on[folder] | {folder}:
                faults.append(f"{file} takes {', '.join(sorted(names))} of {other}, "
                              f"and {folder}/ does not depend on {os.path.dirname(other)}/")
            faults += [f"{file} takes {name}, which is for {' and '.join(RESERVED[name])} alone"
                       for name in sorted(names & RESERVED.keys())
                       if not file.startswith(RESERVED[name])]
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(files)} files, {len(symbols)} objects; no ring, no step up")


main(*sys.argv[1:])
