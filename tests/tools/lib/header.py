"""header.py ROOT LIBRARY ARCHIVE NM CC CXX - what libbackcast shows is what its header says.

The header stands alone in C11, C17 and C++17 without a warning; the shared library exports the functions
that it declares and nothing else; so does the static one, but for what C++ must share."""
import os
import re
import subprocess
import sys
import tempfile

root, library, archive, nm, cc, cxx = sys.argv[1:]
header = os.path.join(root, "tools/lib/backcast.h")
faults = []


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def names(path, *options):
    """{name: kind of symbol}"""
    code, said = run(nm, "--defined-only", *options, path)
    if code:
        sys.exit(said)
    found = (line.split()[-2:] for line in said.splitlines() if len(line.split()) >= 2)
    return {name.split("@")[0]: kind for kind, name in found}


with tempfile.TemporaryDirectory() as folder:
    for compiler, standard, ending in ((cc, "c11", "c"), (cc, "c17", "c"), (cxx, "c++17", "cpp")):
        source = os.path.join(folder, "alone." + ending)
        with open(source, "w", encoding="utf-8") as text:
            text.write('#include "backcast.h"\n#include "backcast.h"\n'
                       "extern int (*there)(void);\n"
                       "const char *version(void);\n"
                       "const char *version(void) { return backcast_version(); }\n")
        code, said = run(compiler, "-std=" + standard, "-Wall", "-Wextra", "-Wpedantic", "-Wshadow",
                         "-Werror", "-I", os.path.dirname(header), "-c", source, "-o",
                         os.path.join(folder, "alone.o"))
        if code:
            faults.append(f"the header as {standard}: {said}")
        elif "backcast_version" not in run(nm, os.path.join(folder, "alone.o"))[1].split():
            faults.append(f"the header as {standard}: its functions are not C's")

with open(header, encoding="utf-8") as text:
    code_alone = re.sub(r"/\*.*?\*/", " ", text.read(), flags=re.S)
declared = set(re.findall(r"\bBACKCAST_API\b[^;]*?\b(backcast_\w+)\s*\(", code_alone))
marked = len(re.findall(r"\bBACKCAST_API\b[^;#]*\(", code_alone))
if len(declared) < 10:
    faults.append(f"only {len(declared)} functions were found in the header")

shown = {name for name, kind in names(library, "-D").items() if kind != "A"}
for name in sorted(declared ^ shown):
    faults.append(f"{library} {'lacks' if name in declared else 'shows'} {name}")
inside = names(archive, "-g")
for name in sorted(declared - inside.keys()):
    faults.append(f"{archive} lacks {name}")
for name, kind in sorted(inside.items()):
    if name not in declared and kind not in "WVu":
        faults.append(f"{archive} shows {name}")
if faults:
    sys.exit("\n".join(faults))
print(f"{len(declared)} functions in the header, the shared library and the archive")
