#!/usr/bin/env python3
"""lint.py BUILD [FILE...] - clang-tidy over our sources, on all cores; .clang-tidy says how.

A file that was clean is not looked at again as long as its text with all that it includes is the same:
build/lint has a stamp for each such text. Ends with 1 where something is found."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
STAMPS = ROOT / "build" / "lint"
CONFIGS = [".clang-tidy", "tests/.clang-tidy"]


def output(argv, folder=ROOT):
    return subprocess.run(argv, cwd=folder, check=True, stdout=subprocess.PIPE).stdout


def commands(build):
    """How each of our sources is compiled, as (folder, arguments); by its path from the root."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT) and not path.is_relative_to(build):
            found.setdefault(str(path.relative_to(ROOT)),
                             (entry["directory"], shlex.split(entry["command"])))
    return found


def preprocessed(folder, arguments):
    """What clang-tidy reads, with comments, of which some are for it."""
    arguments = [argument for argument in arguments if not argument.endswith("ccache")]
    place = arguments.index("-o")
    return output([*arguments[:place], "-E", "-P", "-C", "-D__clang_analyzer__",
                   *arguments[place + 2:]], folder)


def looked_at(path, command, common, build):
    """What is found in a file, and its stamp."""
    key = hashlib.sha256(common + " ".join(command[1]).encode() + preprocessed(*command))
    stamp = STAMPS / key.hexdigest()
    if stamp.exists():
        return "", stamp
    done = subprocess.run(["clang-tidy", "--quiet", "-p", str(build), "--warnings-as-errors=*",
                           "--extra-arg=-Wno-unknown-warning-option", path],
                          cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode == 0:
        stamp.touch()
        return "", stamp
    return (done.stdout.strip() or done.stderr.strip()) + "\n", stamp


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    known = commands(build)
    asked = sys.argv[2:] or sorted(known)
    common = output(["clang-tidy", "--version"])
    common += b"".join((ROOT / config).read_bytes() for config in CONFIGS)
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamps, bad = set(), 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found, stamp in pool.map(
                lambda path: looked_at(path, known[path], common, build), asked):
            print(found, end="", flush=True)
            stamps.add(stamp)
            bad += found != ""
    if not sys.argv[2:]:
        for stamp in set(STAMPS.iterdir()) - stamps:
            stamp.unlink()
    print(f"{len(asked)} files, {len(asked) - bad} of them clean")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
