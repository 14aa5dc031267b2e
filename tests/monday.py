"""monday.py README BACKCAST - the lines for a crontab that README shows on the weekly review do what they say.

Each is run as cron runs it, by /bin/sh with the variables above it, on a Monday morning, with a `mail` and a `curl`
that write down what they were given: the mail is the page of the review, whole, as HTML that any mail server
takes, the message to Slack its text. Where the review fails, nothing is sent."""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile

NOW = "2026-03-30T07:00:00Z"  # a Monday
SLACK_MOST = 40000            # letters of a message
LINE_MOST = 998               # bytes of a line of a mail (RFC 5322)
# Each writes its words and its input down; mail knows the options of Debian's bsd-mailx.
MAIL = """#!/bin/sh
printf '%s\\n' "$@" > mail.words
while getopts EIinvda:b:c:r:s: option; do case "$option" in E) empty=no;; \\?) exit 64;; esac; done
cat > mail.body
[ -s mail.body ] || [ "$empty" != no ] || rm mail.words mail.body
"""
CURL = """#!/bin/sh
printf '%s\\n' "$@" > curl.words
cat > curl.body
[ -s curl.body ] || { rm curl.words curl.body; exit 22; }
"""
faults = []


def expect(what, there):
    if not there:
        faults.append(what)


def read(home, name):
    path = os.path.join(home, name)
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def crontab(readme):
    """The variables and the lines of the section, as README has them."""
    with open(readme, encoding="utf-8") as file:
        section = file.read().partition("\n## On Monday morning\n")[2].partition("\n## ")[0]
    block = [line[4:] for line in section.split("\n") if line.startswith("    ")]
    names = dict(line.split("=", 1) for line in block if re.match(r"[A-Z_]+=", line))
    lines = [re.match(r"(\S+ \S+ \S+ \S+ \S+) +(.*)", line) for line in block if re.match(r"[\d*]", line)]
    return names, [(line[1], line[2]) for line in lines if line]


def run(home, command, env):
    return subprocess.run(["/bin/sh", "-c", command], env=env, cwd=home, capture_output=True, text=True, check=False)


def prepare(home, root, backcast):
    os.mkdir(os.path.join(home, "bin"))
    for name, text in (("mail", MAIL), ("curl", CURL)):
        with open(os.path.join(home, "bin", name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(file.name, 0o755)
    env = {"PATH": f"{home}/bin:{os.path.dirname(os.path.abspath(backcast))}:/usr/bin:/bin", "BACKCAST_NOW": NOW,
           "XDG_CONFIG_HOME": home, "HOME": home, "BACKCAST_LEDGER": os.path.join(home, "ledger")}
    for words in (["init"], ["import", "jsonl", "--keep-recorded-at", f"{root}/tests/sample/sample.jsonl"]):
        subprocess.run(["backcast", *words], env=env, check=True, capture_output=True)
    return env


def answer(env, *words):
    return subprocess.run(["backcast", "review", *words], env=env, check=True, capture_output=True).stdout


def check_mail(home, env):
    words, body = read(home, "mail.words"), read(home, "mail.body")
    expect("mail is called", words)
    if not words:
        return
    said = words.decode().split("\n")
    expect("the address is the last word", re.fullmatch(r"\S+@\S+", said[-2]))
    for header in ("MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64"):
        expect(f"the mail says {header}", header in said)
    expect("no line is too long for a mail", max(map(len, body.split(b"\n"))) <= LINE_MOST)
    expect("the mail is the page", base64.b64decode(body, validate=False) == answer(env, "--html", "-"))


def check_slack(home, env, webhook):
    words, body = read(home, "curl.words"), read(home, "curl.body")
    expect("curl is called", words)
    if not words:
        return
    expect("the webhook is asked", webhook in words.decode().split("\n"))
    text = json.loads(body)["text"]
    expect("the message is the review", text == "```" + answer(env).decode() + "```")
    expect("the message is not too long", len(text) <= SLACK_MOST)


def check_nothing(home, env, command):
    for name in ("mail.words", "mail.body", "curl.words", "curl.body"):
        if os.path.exists(os.path.join(home, name)):
            os.remove(os.path.join(home, name))
    done = run(home, command, dict(env, BACKCAST_LEDGER=os.path.join(home, "none")))
    expect("what failed is said, for cron to mail", "no ledger" in done.stderr)
    expect("of a review that failed nothing is sent",
           not read(home, "mail.words") and not read(home, "curl.words"))


def main(readme, backcast):
    names, lines = crontab(readme)
    expect("README names the ledger and the webhook", {"BACKCAST_LEDGER", "SLACK_WEBHOOK"} <= set(names))
    expect("README has two lines", len(lines) == 2)
    with tempfile.TemporaryDirectory() as home:
        env = dict(names, **prepare(home, os.path.dirname(os.path.abspath(readme)), backcast))
        for when, command in lines:
            expect(f"{when} is a time on Monday", re.fullmatch(r"\d+ \d+ \* \* 1", when))
            expect("cron takes a % for the end of a line", "%" not in command)
            done = run(home, command, env)
            expect(f"it succeeds: {done.stderr}", done.returncode == 0 and not done.stderr)
        check_mail(home, env)
        check_slack(home, env, names.get("SLACK_WEBHOOK"))
        for _, command in lines:
            check_nothing(home, env, command)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
