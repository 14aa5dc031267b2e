"""complete.py SHELL BACKCAST SCRIPTS SAMPLE - completions in a real shell: typed on a terminal, with tabs.

SHELL is bash, zsh or fish; where it is not installed this ends with 77, which ctest calls skipped. The
ledger is the sample, and deals whose ids a shell would obey if it took them for anything but text: each
such id would make a file, and none may. Nothing here waits for a time to pass, but for what is printed, at
most TIMEOUT seconds."""
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
TIMEOUT = 60
# A shell would run, expand or split these; the \u001b one would turn a terminal red, and is no candidate.
HOSTILE = ("h1$(touch pwned)", "h2`touch pwned`", "h3;touch pwned", "h4 a  b", "h5'\"\\", "h6*?[a]{b,c}",
           "h7|touch pwned", "h8\n touch pwned", "h9\u001b[31m", "h10&touch pwned", "h11%F{red}!!", "h12#~é",
           "~h13", "h14=$USER:x")
PRINTABLE = [one for one in HOSTILE if "\n" not in one and "\u001b" not in one]

faults = []


def expect(what, got, want):
    if got != want:
        faults.append(f"{what}:\n  got    {got!r}\n  wanted {want!r}")


def make_ledger(backcast, sample):
    for words in (["init"], ["import", "jsonl", "--keep-recorded-at", sample], ["import", "jsonl", "hostile"]):
        subprocess.run([backcast, *words], check=True, capture_output=True)


def tell_hostile():
    with open("hostile", "w", encoding="utf-8") as out:
        for i, deal in enumerate(HOSTILE):
            for body in ({"dealCreated": {"stage": "outreach"}},
                         {"propertyChanged": {"name": "deal_name", "value": f"called $(touch pwned) \u001b[31m{i}"}}):
                out.write(json.dumps({"id": f"{deal}{list(body)[0]}", "occurredAt": "2026-03-01T09:00:00Z",
                                      "deal": deal, **body}) + "\n")


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, argv):
        self.said = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvp(argv[0], argv)

    def read(self, until):
        """What is said up to a text, which must come."""
        end = time.monotonic() + TIMEOUT
        while until.encode() not in self.said:
            if time.monotonic() > end:
                raise TimeoutError(f"no {until!r} in {self.said.decode(errors='replace')!r}")
            if select.select([self.fd], [], [], 1)[0]:
                try:
                    self.said += os.read(self.fd, 65536)
                except OSError:
                    raise EOFError(self.said.decode(errors="replace")) from None
        before, _, self.said = self.said.partition(until.encode())
        return before.decode(errors="replace")

    def type(self, text):
        os.write(self.fd, text.encode())

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


# What is typed, with a tab, and the words that the command line then has. `show` prints its words.
TYPED = (
    ("show metr\t", ["metrics"]),
    ("show history 165\t", ["history", "165-larkness"]),
    ("show cohorts --at=outr\t", ["cohorts", "--at=outreach"]),
    ("show cohorts --at outreach,disc\t", ["cohorts", "--at", "outreach,discovery"]),
    ("show metrics --sl\tne\t", ["metrics", "--slice", "new"]),
    ("show import csv a\\ ta\t", ["import", "csv", "a table.csv"]),
    ("show members --list Alderb\t", ["members", "--list", "Alderbridge University of Applied Sciences"]),
    *((f"show history h{i}\t", ["history", next(one for one in PRINTABLE if one.startswith(f"h{i}"))])
      for i in (2, 3, 4, 5, 6, 7, 10, 11, 12, 14)),
    ("show --ledger ~/ledger deals --slice n\t", ["--ledger", "HOME/ledger", "deals", "--slice", "new"]),
    ("show history --nothing\t", ["history", "--nothing"]),
)


def on_terminal(argv, setup, typed=TYPED):
    """The command lines, typed: `show` is a command of the shell's that is completed as backcast is."""
    terminal = Terminal(argv)
    try:
        for line in setup:
            terminal.type(line + "\n")
        terminal.type("echo rea''dy\n")
        terminal.read("ready")
        for number, (line, want) in enumerate(typed):
            terminal.type(line)
            terminal.type(f" END{number}\n")
            said = terminal.read(f"<END{number}>")
            expect(line, said[said.rfind("BEGIN<") + 6:].rstrip("\r\n>").split("><"),
                   [word.replace("HOME", os.environ["HOME"]) for word in want])
    finally:
        terminal.close()


def quote(text):
    return "'" + text.replace("'", "'\\''") + "'"


def bash_replies(backcast, scripts):
    """COMPREPLY, as bash would fill it."""
    def reply(*words):
        line = " ".join(("backcast", *words)).replace(" = ", "=").replace(" : ", ":")
        script = (f"source {quote(scripts + '/backcast.bash')}; COMP_LINE={quote(line)}; "
                  f"COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=(backcast {' '.join(map(quote, words))}); "
                  f"COMP_CWORD={len(words)}; _backcast backcast; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, check=False)
        expect(f"bash, {words}: its errors", done.stderr, "")
        return [one for one in done.stdout.split("\n") if one]

    expect("bash, commands", reply("me"), ["metrics", "members"])
    expect("bash, a value", reply("metrics", "--slice", ""), ["new", "existing", "all"])
    expect("bash, the ledger that is named", reply("--ledger", "~/ledger", "metrics", "--slice", "n"), ["new"])
    expect("bash, another one", reply("--ledger", "~/nowhere", "metrics", "--slice", "n"), [])
    expect("bash, after =, which bash takes for a word", reply("cohorts", "--at", "=", "outr"), ["outreach"])
    expect("bash, after :", reply("cohorts", "--by", "arm", ":", "exp-06"), ["exp-06-call-first"])
    expect("bash, no such command", reply("nonsense", ""), [])
    expect("bash, options", reply("history", "165-larkness", "--i"), ["--ids"])
    expect("bash, within a quote only what means itself", reply("history", "\"h1"), [])
    expect("bash, a plain one within a quote", reply("history", "'165"), ["165-larkness"])
    # The whole of what it puts into a line, read by bash again, is the id.
    for deal in PRINTABLE:
        for one in reply("history", deal[:3]):
            done = subprocess.run(["bash", "-c", f"printf '%s' {one}"], capture_output=True, text=True, check=False)
            if done.stdout not in PRINTABLE:
                faults.append(f"bash, {one!r} means {done.stdout!r}, which is no id")


def try_bash(backcast, scripts):
    bash_replies(backcast, scripts)
    on_terminal(["bash", "--norc", "--noprofile", "-i"],
                ["PS1=; bind 'set enable-bracketed-paste off'; set +H",
                 "show() { printf 'BEGIN'; printf '<%s>' \"$@\"; echo; }",
                 f"source {quote(scripts + '/backcast.bash')}; complete -F _backcast show"])


def try_zsh(_, scripts):
    on_terminal(["zsh", "-f", "-i"],
                ["PS1=; unsetopt zle_bracketed_paste prompt_cr prompt_sp bang_hist; unset zle_bracketed_paste",
                 "show() { printf 'BEGIN'; printf '<%s>' \"$@\"; echo; }",
                 f"fpath=({quote(scripts)} $fpath); autoload -Uz compinit; compinit -D -u; compdef _backcast show"])


def try_fish(_, scripts):
    def complete(line):
        done = subprocess.run(["fish", "--no-config", "-c",
                               "source $argv[1]; complete -C$argv[2]", "--", scripts + "/backcast.fish",
                               "backcast " + line], capture_output=True, text=True, check=False)
        expect(f"fish, {line}: its errors", done.stderr, "")
        return [one for one in done.stdout.split("\n") if one]

    expect("fish, commands", complete("me"),
           ["members\twho has a contract, till when, and how they are", "metrics\tevery metric and red line, as of a date"])
    expect("fish, after =", complete("cohorts --at=outr"), ["--at=outreach\tOutreach"])
    expect("fish, a list", complete("cohorts --at outreach,disc"), ["outreach,discovery\tDiscovery"])
    expect("fish, a value", sorted(complete("metrics --slice ")), ["all", "existing", "new"])
    expect("fish, a file", complete("import csv a\\ ta"), ["a table.csv"])
    expect("fish, a file after =", complete("import csv x --map=a\\ ta"), ["--map=a table.csv"])
    expect("fish, a folder", complete("metrics --ledger led"), ["ledger/"])
    expect("fish, the ledger that is named", complete("metrics --ledger ~/ledger --slice n"), ["new"])
    expect("fish, no such command", complete("nonsense "), [])
    expect("fish, within a quote", complete("members --list \"Alderb"), ["Alderbridge University of Applied Sciences"])
    expect("fish, hostile ids are texts", sorted(one.split("\t")[0] for one in complete("history h")),
           sorted(one for one in PRINTABLE if one.startswith("h")))
    expect("fish, what they are called is safe", complete("history h1\\$"),
           ["h1$(touch pwned)\tcalled $(touch pwned) \\x1b[31m0"])


def main(shell, backcast, scripts, sample):
    if not shutil.which(shell):
        print(f"{shell} is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        os.environ.update(HOME=scratch, XDG_CONFIG_HOME=scratch, BACKCAST_LEDGER="ledger", TERM="dumb",
                          PATH=os.path.dirname(backcast) + ":" + os.environ["PATH"], LC_ALL="C.UTF-8",
                          BACKCAST_NOW="2026-03-30T08:00:00Z")
        tell_hostile()
        with open("a table.csv", "w", encoding="utf-8"):
            pass
        make_ledger(backcast, sample)
        before = {name: os.path.getsize(os.path.join("ledger/db", name)) for name in os.listdir("ledger/db")}
        {"bash": try_bash, "zsh": try_zsh, "fish": try_fish}[shell](backcast, scripts)
        after = {name: os.path.getsize(os.path.join("ledger/db", name)) for name in os.listdir("ledger/db")}
        expect("the ledger's files", after, before)
        if os.path.exists("pwned"):
            faults.append("an id was run")
    print("\n".join(faults) if faults else f"{shell}: what is typed is completed")
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
