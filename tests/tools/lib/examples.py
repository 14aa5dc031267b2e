"""examples.py ROOT BACKCAST LIBRARY PRELOAD PROGRAM... - the examples answer what the program answers.

Each PROGRAM is the example in C, linked in another way; the one in Python loads LIBRARY, with PRELOAD
before it where a sanitizer is in it. Both print a metric over twelve months and the last ten events of the
sample, as the program's own --json has them, and end as it does where something is wrong."""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

root, backcast, library, preload, *programs = sys.argv[1:]
example = os.path.join(root, "tools/lib/examples/year.py")
NOW = "2026-03-30T11:00:00Z"


def run(*words, **more):
    env = {"PATH": os.environ["PATH"], "BACKCAST_NOW": NOW, **more}
    return subprocess.run(words, capture_output=True, text=True, check=False, env=env)


def program(ledger, *words):
    done = run(backcast, *words, "--ledger", ledger, "--no-config")
    assert done.returncode == 0, done.stderr
    return done.stdout


def year(ledger, metric, first="2025-04-30", last="2026-03-31"):
    """How each way of running the example ends: {way: (code, output, error)}"""
    told = {}
    python = {"BACKCAST_LIBRARY": library}
    if preload:
        python.update(LD_PRELOAD=preload, ASAN_OPTIONS="detect_leaks=0")
    for way in programs:
        told[way] = run(way, ledger, metric, first, last)
    told[example] = run(sys.executable, "-B", example, ledger, metric, first, last, **python)
    return {way: (done.returncode, done.stdout, done.stderr) for way, done in told.items()}


def wanted(ledger, metric):
    """What they are to print, by the program's JSON."""
    lines = []
    for line in program(ledger, "series", "--from", "2025-04-30", "--to", "2026-03-31", "--every", "1m",
                        "--metric", metric, "--json").splitlines():
        answer = json.loads(line)
        text = answer["asOf"][:10]
        for row in answer["metrics"]:
            unit = " days" if row["unit"] == "days" else ""
            value = "none" if row["value"] is None else f"{row['value']:.6f}{unit}"
            text += f"  {row['slice']} {value}"
        lines.append(text)
    assert len(lines) == 12, lines
    for line in program(ledger, "log", "--reverse", "-n", "10", "--json").splitlines()[::-1]:
        event = json.loads(line)
        kind, = (key for key, body in event.items() if isinstance(body, dict) and key != "source")
        fields = [f"{name}={value}" for name, value in event[kind].items()
                  if isinstance(value, str) and name != "startsAt"]
        lines.append("  ".join([event["seq"], event["occurredAt"][:10], event["deal"], kind] + fields))
    assert len(lines) == 22, lines
    return "\n".join(lines) + "\n"


def check_answers(ledger):
    for metric in "sqd", "outreach_to_discovery", "days_in_discovery":
        want = wanted(ledger, metric)
        for way, (code, output, error) in year(ledger, metric).items():
            assert (code, output, error) == (0, want, ""), f"{way}: {code}\n{output}{error}\nwanted\n{want}"


def check_faults(folder, ledger):
    for where, metric, code, said in ((os.path.join(folder, "nowhere"), "sqd", 4, "nowhere"),
                                      (folder, "sqd", 3, "is no ledger"),
                                      (ledger, "sqdd", 2, "no metric 'sqdd'")):
        for way, (got, output, error) in year(where, metric).items():
            assert (got, output) == (code, ""), f"{way}: {got}, wanted {code}: {output}{error}"
            assert said in error and error.count("\n") == 1, f"{way}: {error}"


def check_binding(ledger):
    """All that the binding in Python has, beside the program."""
    spec = importlib.util.spec_from_file_location("year", example)
    binding = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(binding)
    words = ["metrics", "--as-of", "2026-03-29"]
    with binding.Ledger(ledger, now_us=1774868400000000) as opened:
        answer, = opened.ask_json(*words)
        assert answer + "\n" == program(ledger, *words, "--json")
        typed, = opened.ask(*words)
        plain = json.loads(answer)
        assert [row["value"] for row in typed["metrics"]] == [row["value"] for row in plain["metrics"]]
        assert typed["asOf"].isoformat() == "2026-03-29T23:59:59.999999+00:00"
        events = opened.events(4000)
        assert [event["json"] for event in events] == program(ledger, "log", "--json").splitlines()[3999:]
        assert all(event["id"].encode() in event["stored"] for event in events)
        size = opened.head()[0]
        line = '{"id":"x%d","occurredAt":"2026-03-01T00:00:00Z","reviewHeld":{}}\n'
        assert opened.append(line % 1 + line % 2 + line % 1) == [size + 1, size + 2, size + 1]
        assert opened.head()[0] == size + 2 == int(program(ledger, "head", "--count"))
        try:
            opened.append('{"id":"x3"}\n')
            raise AssertionError("a bad event was taken")
        except binding.Fault as fault:
            assert fault.status == 3 and str(fault).startswith("events:1:"), fault


if programs == ["binding"]:
    check_binding(sys.argv[4])
    sys.exit()
with tempfile.TemporaryDirectory() as scratch:
    made = os.path.join(scratch, "ledger")
    assert run(backcast, "init", "--ledger", made).returncode == 0
    program(made, "import", "jsonl", "--keep-recorded-at", os.path.join(root, "tests/sample/sample.jsonl"))
    check_answers(made)
    check_faults(scratch, made)
    inner = run(sys.executable, "-B", __file__, root, backcast, library, made, "binding",
                BACKCAST_LIBRARY=library,
                **({"LD_PRELOAD": preload, "ASAN_OPTIONS": "detect_leaks=0"} if preload else {}))
    assert inner.returncode == 0, inner.stderr
print(f"{len(programs)} programs in C and one in Python answer as the program does")
