"""prose.py ROOT - comments, messages and READMEs keep to plain English.

Much of this was first written in the word order of another tongue, and a few words came along: behind
for after, in front for before, told for recorded. Readers stumble over them, so those that are always
wrong here may not come back. What is right somewhere (the deals behind a figure) is not in the list."""
import os
import re
import sys

PHRASES = (  # what is wrong, what to write
    (r"in front", "before"),
    (r"(?:lies?|stands?|comes?|begins?|one|right) behind", "after"),
    (r"behind (?:it|its|them|the (?:head|last|end|first|next|line|event|one|record|date|position|prefix"
     r"|key|token|version|log))", "after; lags for time"),
    (r"(?:is|are|was|were) told (?:by|as|from|without|apart)", "recorded, given, reported"),
    (r"(?:is|are|was|were) not told|told (?:by|of|anew|otherwise)", "recorded, given, reported"),
    (r"(?:is|are) none (?:that|of a)|none such", "is not a"),
    (r"in memory yet|are there yet", "still"),
    (r"what (?:was|is) learnt", "changed events"),
    (r"whoever ask(?:s|ed)|who asks", "the caller"),
    (r"(?:made|put|written) aside", "beside its place, into a temporary file"),
    (r"filed (?:under|where|there)", "placed"),
    (r"deal at hand|block at hand|event at hand|pass at hand", "current"),
)
BLANK = r"(?:[ \t]+|[ \t]*\n[ \t]*(?:\*|//)?[ \t]*)"  # a sentence goes on over the ends of lines
FORBIDDEN = [(re.compile(r"\b(?:" + words.replace(" ", BLANK) + r")\b", re.I), better)
             for words, better in PHRASES]
C = (".c", ".h", ".cpp", ".proto")
# A comment, or a text between quotes, which is what a message is made of.
SAID = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
SAID_IN_PYTHON = re.compile(r'#[^\n]*|"""(?:[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n])*"', re.S)
WHOLE = re.compile(r".+", re.S)
OTHERS = (".md", ".py", ".scd", ".yaml", ".sh")
NOT_SEEN = ("CHANGELOG.md", "prose.py")  # what was; the phrases themselves


def is_seen(name, folder):
    of_golden_case = name == "cmd" and os.path.basename(os.path.dirname(folder)) == "cli"
    return name not in NOT_SEEN and (name.endswith(C + OTHERS) or of_golden_case)


def faults(shown, text):
    pattern = SAID if shown.endswith(C) else SAID_IN_PYTHON if shown.endswith(".py") else WHOLE
    said = pattern.finditer(text)
    for piece in said:
        for forbidden, better in FORBIDDEN:
            for found in forbidden.finditer(piece.group(0)):
                line = text.count("\n", 0, piece.start() + found.start()) + 1
                phrase = " ".join(re.findall(r"\w+", found.group(0)))
                yield f"{shown}:{line}: \"{phrase}\", write: {better}"


def main(root):
    said, n = [], 0
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in ("build", "data", "node_modules", ".git")]
        for name in names:
            if is_seen(name, folder):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as text:
                    said += faults(os.path.relpath(path, root), text.read())
                n += 1
    if said:
        sys.exit("\n".join(sorted(said)))
    print(f"{n} files, none of {len(PHRASES)} kinds of phrases")


main(*sys.argv[1:])
