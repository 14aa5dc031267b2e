#!/usr/bin/env python3
"""What lint.py looks at again, and what not; clang-tidy is played by a script that finds `slip`."""

import json
import os
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import lint

CLANG_TIDY = """#!/bin/sh
[ "$1" != --version ] || { echo 14; exit; }
for file; do :; done
echo "$file" >>looked
! grep -H slip "$file"
"""


class Lint(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="bc-lint-")
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name).resolve()
        (self.root / "build").mkdir()
        self.write("config", "")
        self.write("one.c", '#include "one.h"\nint one = ONE;\n')
        self.write("one.h", "#define ONE 1\n")
        self.write("two.c", "int two;\n")
        self.write("clang-tidy", CLANG_TIDY)
        (self.root / "clang-tidy").chmod(0o755)
        self.write("build/compile_commands.json", json.dumps([
            {"directory": str(self.root), "file": str(self.root / name),
             "command": f"/usr/bin/ccache cc -o {name}.o -c {self.root / name}"}
            for name in ("one.c", "two.c", "build/made.c")]))
        for name, value in (("ROOT", self.root), ("STAMPS", self.root / "build/lint"),
                            ("CONFIGS", ["config"])):
            patch = mock.patch.object(lint, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def write(self, name, text):
        (self.root / name).write_text(text)

    def look(self):
        """Which files were looked at, and the exit code."""
        self.write("looked", "")
        with mock.patch.object(sys, "argv", ["lint.py", str(self.root / "build")]), \
                mock.patch.dict(os.environ, PATH=f"{self.root}:{os.environ['PATH']}"), \
                mock.patch("builtins.print"):
            code = lint.main()
        return sorted((self.root / "looked").read_text().split()), bool(code)

    def test_what_was_clean_and_is_the_same_is_not_looked_at_again(self):
        self.assertEqual(self.look(), (["one.c", "two.c"], False))
        self.assertEqual(self.look(), ([], False))

    def test_what_includes_a_changed_header_is(self):
        self.look()
        self.write("one.h", "#define ONE 2\n")
        self.assertEqual(self.look(), (["one.c"], False))

    def test_a_comment_counts_since_some_are_for_clang_tidy(self):
        self.look()
        self.write("two.c", "int two; /* NOLINT */\n")
        self.assertEqual(self.look(), (["two.c"], False))

    def test_another_configuration_counts(self):
        self.look()
        self.write("config", "more")
        self.assertEqual(self.look(), (["one.c", "two.c"], False))

    def test_a_finding_ends_it_with_1_each_time(self):
        self.write("two.c", "int slip;\n")
        self.assertEqual(self.look(), (["one.c", "two.c"], True))
        self.assertEqual(self.look(), (["two.c"], True))

    def test_stamps_of_other_texts_are_removed(self):
        self.look()
        self.write("two.c", "int other;\n")
        self.look()
        self.assertEqual(len(list((self.root / "build/lint").iterdir())), 2)


if __name__ == "__main__":
    unittest.main()
