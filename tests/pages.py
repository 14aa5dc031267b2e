"""pages.py FOLDER BACKCAST CHECK SCDOC - every command has its page, and --help and the manual agree.

Each tools/*/NAME.scd, of a topic by `help NAME`, is asked for both ways: they name the same options and arguments, each option
that a page speaks of (in its prose, in its examples) is one of the command's, the lists of commands
have a page for each line, and scdoc takes the manual where it is installed."""
import glob
import os
import re
import subprocess
import sys

faults = []


def ask(command, *words):
    done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        faults.append(f"{' '.join(command[1:])} {' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def options(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z](?![a-z-])", text.replace("\\", "")))


def offered(help_text):
    """The options in the table of a --help."""
    return options("\n".join(re.findall(r"(?m)^  (-.*?)(?:  |$)", help_text)))


def main(folder, backcast, check, scdoc):
    texts = sorted(glob.glob(os.path.join(folder, "*", "*.scd")))
    helps = {}  # title: what --help says; of a topic, what `help` has
    titles, mentions = set(), []
    for path in texts:
        with open(path, encoding="utf-8") as text:
            title, section = re.fullmatch(r"(.*)\(([15])\)\n", text.readline()).groups()
            rest = text.read()
        file = os.path.basename(path)[:-len(".scd")]
        titles.add(f"{title}({section})")
        mentions += [(os.path.basename(path), one) for one in re.findall(r"backcast[a-z-]*\([1-9]\)", rest)]
        words = title.split("-")[1:] if title != "backcast-check" else []
        if "-" in file and title == f"backcast-{file.replace('_', '-')}":
            words = file.split("_")  # words of their own have hyphens: red-lines, import dropbox-sign
        if section == "5":
            title, words = f"backcast-{file}", ["help", file]
        words = ["dealCreated" if word == "BODY" else word for word in words]
        command = [check if title == "backcast-check" else backcast, *words]
        helps[title] = ask(command, "--help")
        manual = ask(command, "--help=man")
        if options(helps[title]) - {"--help"} != options(manual) - {"--help"}:
            faults.append(f"{title}: --help and the manual differ: "
                          f"{options(helps[title]) ^ options(manual)}")
        if scdoc:
            done = subprocess.run([scdoc], input=manual, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                faults.append(f"{title}: scdoc: {done.stderr.strip()}")
    faults.extend(f"{file} speaks of {one}, which is no page" for file, one in mentions if one not in titles)
    every = {"--help", "--version", "--verbose", "--ledger"}.union(*map(offered, helps.values()))
    for title, said in helps.items():
        for word in sorted(options(said) - every if title != "backcast-record" else ()):
            faults.append(f"{title}: no command has {word}")
        for line in re.findall(r"(?m)^  (backcast .*)$", said.split("\nexamples:\n")[-1]):
            line = re.sub(r" -- .*", "", re.sub(r".*\| (?=backcast)", "", line))  # after it are words
            line = re.sub(r"^backcast (--\S+ \S+ )?", "", line).split()
            name = "-".join(["backcast", *line[:2]])
            name = name if name in helps else "-".join(["backcast", *line[:1]])
            known = (offered(ask([backcast, *line[:2]], "--help")) if line[0] == "record"
                     else offered(helps.get(name, "")))
            for word in options(" ".join(line)) - known:
                faults.append(f"{title}: its example gives {name} an unknown {word}")
        if "\ncommands:\n" in said:
            for word in re.findall(r"(?m)^  ([a-z]+) ", said.split("\ncommands:\n")[1].split("\n\n")[0]):
                if f"{title}-{word}" not in helps:
                    faults.append(f"{title}: {word} has no page")
    print("\n".join(faults) if faults else f"{len(texts)} pages")
    return 1 if faults else 0


sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else None))
