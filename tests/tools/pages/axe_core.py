"""axe-core, which ./run test fetches into build/axe as package-lock.json beside this says: by version and by
the hash of what is in it, from whatever registry npm asks. Where it is not to be had, what asks for it is
skipped (77)."""
import json
import os

from chromium import skip

HERE = os.path.dirname(os.path.abspath(__file__))


def faults_of_lock():
    """What is fetched is bound by its hash, and comes from nowhere in particular."""
    with open(os.path.join(HERE, "package-lock.json"), encoding="utf-8") as file:
        text = file.read()
    package = json.loads(text)["packages"]["node_modules/axe-core"]
    faults = [] if package.get("integrity", "").startswith("sha512-") else ["the lock has no hash of axe-core"]
    return faults + (["the lock names a registry"] if "resolved" in package or "://" in text else [])


def read_axe(root):
    """Its text, if that is there and of the version in the lock."""
    folder = os.path.join(root, "build", "axe")
    try:
        with open(os.path.join(folder, "package-lock.json"), encoding="utf-8") as had, \
                open(os.path.join(HERE, "package-lock.json"), encoding="utf-8") as want, \
                open(os.path.join(folder, "node_modules", "axe-core", "axe.min.js"), encoding="utf-8") as file:
            return file.read() if had.read() == want.read() else skip("axe-core of this version in build/axe")
    except FileNotFoundError:
        return skip("axe-core in build/axe, where ./run test puts it if npm can fetch it")
