"""docs.py ROOT - what the documents name is there.

In every Markdown file but the changelog, which tells of what was: a path between backquotes, in a drawing
or of a link is a file or folder of the tree. It is as from the root, or as it ends within the
document's own folder; * matches anything, and so does a word in capitals where no file has it (NAME).
The name of a test is one, too. Every folder of code has a README, and the decisions in one are numbered,
in the order of their days. In ARCHITECTURE.md's list folders stand after those that they use. Each
service that is imported from has its row in the tables of README.md, SECURITY.md and of its tests. And
ledger/FORMAT.md has each family, each key in the family meta and each file that puts it there, and each
kind of fact."""
import fnmatch
import os
import re
import sys

FLOORS = ("proto", "ledger", "projections", "tools", "tests")
CODE = (".c", ".h", ".cpp", ".proto")
SOURCE = re.compile(r"\.(c|h|cpp|py|cmake|md|sh|proto)$")
FORMAT = "ledger/FORMAT.md"


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as text:
        return text.read()


def tree(root):
    """All files, and all folders with a slash after, as from the root."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders
                      if name not in ("build", "node_modules", "__pycache__", ".git")]
        below = os.path.relpath(folder, root)
        below = "" if below == "." else below + "/"
        found += [below + name for name in names] + [below + name + "/" for name in folders]
    return found


def is_path(word, own, paths):
    """Does it look like a path of ours? One without a slash only by its ending."""
    if not re.fullmatch(r"[\w.*/+-]+", word) or re.match(r"/|build/|[*]?[.]\w+$", word):
        return False
    first = word.split("/")[0] + "/"
    if SOURCE.search(word):
        return True
    return "/" in word and (first in paths or (own and own + first in paths))


def named(text):
    """(the word, whether it is a link)"""
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", link):
            yield link, True
    fences = re.findall(r"^```.*?^```", text, re.S | re.M)
    for fence in fences:
        for word in re.findall(r"(?<![\w./-])(?:(?:%s)/[\w.*/+-]*[\w*/]|[\w./-]+[.](?:c|h|cpp|py)\b)"
                               % "|".join(FLOORS), fence):
            yield word, False
    for word in re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)):
        yield word.split("#")[0], False


def is_there(word, own, paths, listed):
    pattern = os.path.normpath(os.path.join(own, word)) if word.startswith("..") else word
    pattern = pattern.removeprefix("./")
    patterns = [pattern, re.sub(r"\b[A-Z]{2,}\b|(?<=_)[A-Z]{2,}", "*", pattern)]
    for one in patterns:
        for form in (one, one.rstrip("/") + "/"):
            if form in paths:
                return True
            if any(fnmatch.fnmatchcase(path, form) or
                   (path.startswith(own) and fnmatch.fnmatchcase(path, "*/" + form))
                   for path in listed):
                return True
    folder, _, name = word.rpartition("/")  # or a test: FOLDER/NAME, or FOLDER/NAME/BEHAVIOUR
    return f"tests/{folder}/test_{name}.c" in paths or (
        "/" in folder and f"tests/{os.path.dirname(folder)}/test_{os.path.basename(folder)}.c" in paths)


def check_names(root, listed, faults):
    paths, n = set(listed), 0
    for document in sorted(path for path in listed if path.endswith(".md")):
        if document == "CHANGELOG.md":
            continue
        own = document[:document.rfind("/") + 1]
        for word, link in named(read(root, document)):
            if link:
                word = os.path.normpath(os.path.join(own, word))
            elif not is_path(word, own, paths):
                continue
            n += 1
            if not is_there(word, "" if link else own, paths, listed):
                faults.append(f"{document} names {word}, which is not there")
    if n < 100:
        faults.append(f"only {n} paths were found in the documents")


def check_readmes(listed, faults):
    for folder in sorted({os.path.dirname(path) for path in listed if path.endswith(CODE)}):
        if folder.split("/")[0] != "tests" and folder + "/README.md" not in listed:
            faults.append(f"{folder}/ has no README.md")


def check_decisions(root, listed, faults):
    n = 0
    for document in listed:
        if not document.endswith("README.md"):
            continue
        text, last = read(root, document).partition("\n## Decisions\n")[2], ""
        for number, item in enumerate(re.findall(r"(?m)^- (.*)", text.split("\n## ")[0]), 1):
            n += 1
            made = re.match(r"\*\*D%d, (\d{4}-\d\d-\d\d)(, [0-9a-f]{7})?: " % number, item)
            if not made or made[1] < last:
                faults.append(f"{document}: expected D{number}, its day, not before {last or 'any'}: {item}")
            last = made[1] if made else last
    if n < 30:
        faults.append(f"only {n} decisions were found")


def check_format(root, listed, faults):
    text = read(root, FORMAT)
    said = set(re.findall(r"`([^`\n]+)`", text))
    store, facts = read(root, "ledger/store/store_rocksdb.c"), read(root, "projections/facts/facts.h")
    families = re.search(r"family_names\[\] = \{(.*?)\}", store, re.S)
    names = re.findall(r'"(\w+)"', families[1])
    faults += [f"{FORMAT} lacks the family {name}" for name in names if name not in said]
    owners = re.search(r"\bowners\[\w+\] = \{(.*?)\n\};", read(root, "ledger/log/meta.c"), re.S)
    keys = set(re.findall(r'\.word = "(\w+)"', owners[1]))
    for path in listed:
        if path.endswith(".c") and path.split("/")[0] in ("projections", "tools"):
            if re.search(r"\bBC_META_\w+", read(root, path)) and path not in said:
                faults.append(f"{FORMAT} does not say that {path} has to do with meta")
    faults += [f"{FORMAT} lacks the key {key} of meta" for key in sorted(keys) if key not in said]
    if len(names) < 8 or len(keys) < 4:
        faults.append(f"only {len(names)} families and {len(keys)} keys were found")
    kinds = re.search(r"enum bc_fact_kind \{(.*?)BC_FACT_KIND_END", facts, re.S)
    n = len(re.findall(r"^\s*BC_FACT_\w+", kinds[1], re.M))
    rows = re.search(r"<!-- facts -->(.*?)<!-- end of facts -->", text, re.S)[1]
    last = max(int(number) for number in re.findall(r"(?m)(?:^\| |, )(\d+) [a-zA-Z]", rows))
    if n != last:
        faults.append(f"there are {n} kinds of fact, and {FORMAT} has {last}")


def check_order(root, faults):
    """In ARCHITECTURE's list a folder stands after all that its CMakeLists.txt says it uses."""
    rows = re.findall(r"(?m)^\| ([^|]*) \|", read(root, "ARCHITECTURE.md"))
    place = {folder: i for i, row in enumerate(rows) for folder in re.findall(r"`([\w/]+)/`", row)}
    n = 0
    for floor in ("ledger", "projections", "tools"):
        text = read(root, floor + "/CMakeLists.txt")
        for folder, used in re.findall(r"bc_folder\((\S+)\s+USES ([^)]*?)(?:\s+LINKS[^)]*)?\)", text):
            n += 1
            if "/" not in folder:
                continue  # what is made of the floor's own folders
            if folder not in place:
                faults.append(f"ARCHITECTURE.md lacks {folder}/")
            faults += [f"ARCHITECTURE.md has {other}/ after {folder}/, which uses it"
                       for other in used.split()
                       if place.get(other, 0) > place.get(folder, len(rows))]
    if n < 20:
        faults.append(f"only {n} folders were found that use others")


def check_services(root, faults):
    """What a connector says of its service, the tables say: its command, its variables, its hosts."""
    folder = os.path.join(root, "tools/connect")
    sources = [read(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".c")]
    names = re.findall(r"X\((\w+)\)", re.search(r"#define CONNECTORS\(X\) (.*)",
                                                 read(folder, "connectors.h"))[1])
    readme, security = read(root, "README.md"), read(root, "SECURITY.md")
    for name in names:
        source = next(text for text in sources if f"const struct connector connector_{name} =" in text)
        said = dict(re.findall(r'\.(\w+) = "([^"]*)"', source.split(f"connector_{name} =")[1]))
        domains = re.findall(r'"([^"]*)"', re.search(r"domains\[\] = \{([^}]*)\}", source)[1])
        variables = [said[key] for key in ("token_variable", "server_token_variable") if key in said]
        row = re.search(rf"(?m)^\| {said['title']} \| `import {said['word']}` \|.*$", readme)
        faults += [f"README.md's table of systems lacks {said['title']}'s {one}"
                   for one in variables if not row or "$" + one not in row[0]]
        row = re.search(rf"(?m)^\| {said['title']} \| `{variables[0]}` \|.*$", security)
        faults += [f"SECURITY.md's table of tokens lacks {said['title']}'s `{one}`"
                   for one in domains if not row or f"`{one}`" not in row[0]]
        faults += [f"SECURITY.md lacks `{one}`" for one in variables[1:]
                   if f"| `{one}` |" not in security]
        if f"| `{name}.py` |" not in read(root, "tests/connect/README.md"):
            faults.append(f"tests/connect/README.md lacks `{name}.py`")
    if len(names) < 4:
        faults.append(f"only {len(names)} services were found")


def main(root):
    listed, faults = tree(root), []
    check_names(root, listed, faults)
    check_readmes(listed, faults)
    check_decisions(root, listed, faults)
    check_format(root, listed, faults)
    check_order(root, faults)
    check_services(root, faults)
    if faults:
        sys.exit("\n".join(faults))
    print(f"{sum(path.endswith('.md') for path in listed)} documents; all that they name is there")


main(*sys.argv[1:])
