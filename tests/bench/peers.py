"""Who answers: backcast, and the databases that do the same work.

Each can load a file of events, append one, answer the metrics at dates, and list a deal's events;
it does so in processes of its own, whose cost is the work's whole cost, start-up and all.
"""

import os
import pathlib
import pwd
import shutil
import subprocess

import measure
import works

HERE = pathlib.Path(__file__).resolve().parent
THREADS = 2


def output(*argv):
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def size(paths):
    return sum(path.stat().st_size for path in paths if path.is_file())


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


class Backcast:
    name = "backcast"

    def __init__(self, program, folder):
        self.program = str(program)
        self.ledger = folder / "ledger"
        self.env = None
        self.options = {}

    def version(self):
        return output(self.program, "--version")

    def threaded(self, arguments):
        """Whether the command of these arguments has --threads, by its help."""
        command = arguments[:2] if arguments[0] == "import" else arguments[:1]
        if command not in self.options:
            help_text = subprocess.run([self.program, *command, "--help"], capture_output=True,
                                       text=True, check=False).stdout
            self.options[command] = "--threads" in help_text
        return self.options[command]

    def run(self, *arguments, out=None, limit=None):
        threads = ["--threads", str(THREADS)] if self.threaded(arguments) else []
        return measure.run([self.program, *arguments, *threads, "--ledger", str(self.ledger)],
                           out=out, limit=limit, env=self.env)

    def load(self, file, *options, limit=None):
        shutil.rmtree(self.ledger, ignore_errors=True)
        output(self.program, "init", "--ledger", str(self.ledger))
        return self.run("import", "jsonl", *options, str(file), limit=limit)

    def append(self, file, limit=None):
        return self.run("import", "jsonl", str(file), limit=limit)

    def metrics(self, dates, out=None, limit=None):
        """As the peers print them, for comparing: one row a date, metric and slice."""
        return self.run("series", "--from", dates[0], "--to", dates[-1], "--every", "1w", "--csv",
                        out=out, limit=limit)

    def at_date(self, date, out=None, limit=None):
        return self.run("metrics", "--as-of", date, "--json", out=out, limit=limit)

    def series(self, dates, limit=None):
        return self.metrics(dates, limit=limit)

    def history(self, deal, out=None, limit=None):
        return self.run("history", deal, "--json", out=out, limit=limit)

    def export_parquet(self, folder, dates, limit=None):
        """Every table as files for another engine, with the views of the metrics at these dates."""
        return self.run("export", "parquet", str(folder), "--replace", "--from", dates[0], "--to",
                        dates[-1], "--every", "1w", limit=limit)

    def disk(self):
        return size(self.ledger.rglob("*"))


class Database:
    """A peer that runs SQL; the scripts in peers/ say what."""

    def __init__(self, folder):
        self.folder = folder
        self.scripts = HERE / "peers" / self.name

    def script(self, name, **words):
        """A script with its parts and words put in, as a file."""
        text = (self.scripts / f"{name}.sql").read_text()
        for part in (self.scripts / "parts").glob("*.sql"):
            text = text.replace(f"@{part.stem.upper()}@", part.read_text().rstrip("\n"))
        for word, value in words.items():
            text = text.replace(f"@{word.upper()}@", value)
        path = self.folder / f"{self.name}-{name.replace('/', '-')}.sql"
        path.write_text(text)
        return path

    def load(self, file, limit=None):
        self.drop()
        return self.run(self.script("load", file=str(file)), limit=limit)

    def append(self, file, limit=None):
        return self.run(self.script("append", file=str(file)), limit=limit)

    def metrics_script(self, dates):
        return self.script("metrics", dates=", ".join(f"('{date}')" for date in dates))

    def metrics(self, dates, out=None, limit=None):
        return self.run(self.metrics_script(dates), out=out, limit=limit)

    def at_date(self, date, limit=None):
        return self.metrics([date], limit=limit)

    def series(self, dates, limit=None):
        return self.metrics(dates, limit=limit)

    def history(self, deal, out=None, limit=None):
        return self.run(self.script("history", deal=deal), out=out, limit=limit)


class DuckDB(Database):
    name = "DuckDB"

    def __init__(self, folder, shell, modules):
        super().__init__(folder)
        self.scripts = HERE / "peers" / "duckdb"
        self.shell = str(shell)
        self.file = folder / "duckdb.db"
        found = sorted(modules.glob("@duckdb/node-bindings-*/libduckdb.so"))
        self.library = str(found[0]) if found else None

    def missing(self):
        return None if self.library else "its npm package could not be installed"

    def version(self):
        script = self.folder / "version.sql"
        script.write_text("SELECT version()")
        with open(script, "rb") as text:
            return subprocess.run([self.shell, self.library, ":memory:", "1"], stdin=text,
                                  check=True, capture_output=True, text=True).stdout.strip()

    def drop(self):
        for path in self.folder.glob("duckdb.db*"):  # the journals, too
            remove(path)

    def run(self, script, out=None, limit=None):
        return measure.run([self.shell, self.library, str(self.file), str(THREADS)],
                           stdin=script, out=out, limit=limit)

    def learning_script(self, work, before=works.BEFORE):
        return self.script(f"learning/{work}", date=works.DATE, before=before,
                           **{"from": works.MONTHS[0], "to": works.MONTHS[1]})

    def review_script(self):
        """What of a review the other scripts answer, one after the other in one run."""
        path = self.folder / f"{self.name}-review.sql"
        path.write_text("\f".join(script.read_text() for script in (
            self.metrics_script(works.WEEKS), self.learning_script("flow", works.SINCE),
            self.learning_script("stages"))))
        return path

    def learning(self, work, out=None, limit=None):
        script = self.review_script() if work == "review" else self.learning_script(work)
        return self.run(script, out=out, limit=limit)

    def exported(self, folder, out, limit=None):
        """What the views beside an export of ours answer, over its files and nothing else."""
        script = self.folder / "DuckDB-exported.sql"
        script.write_text(f"SET file_search_path = '{folder}';\n"
                          f"{(folder / 'views-duckdb.sql').read_text()}\n"
                          "SELECT date, metric, slice, value, n FROM metrics;\n")
        return measure.run([self.shell, self.library, ":memory:", str(THREADS)], stdin=script,
                           out=out, limit=limit)

    def disk(self):
        return size(self.folder.glob("duckdb.db*"))


class SQLite(Database):
    name = "SQLite"

    def __init__(self, folder):
        super().__init__(folder)
        self.scripts = HERE / "peers" / "sqlite"
        self.file = folder / "sqlite.db"

    def missing(self):
        return None if shutil.which("sqlite3") else "there is no sqlite3"

    def version(self):
        return output("sqlite3", "--version").split()[0]

    def drop(self):
        for path in self.folder.glob("sqlite.db*"):  # the journals, too
            remove(path)

    def run(self, script, out=None, limit=None):
        return measure.run(["sqlite3", "-batch", "-bail", "-list", "-noheader", "-separator", "\t",
                            str(self.file)], stdin=script, out=out, limit=limit)

    def disk(self):
        return size(self.folder.glob("sqlite.db*"))


SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "max_parallel_workers_per_gather": THREADS - 1,
    "max_parallel_maintenance_workers": THREADS - 1,
    "synchronous_commit": "on",
    "jit": "on",
}


class PostgreSQL(Database):
    """A server of its own, on a socket under build/bench, stopped at the end.

    Its cpu is what psql took, and what the server's processes took meanwhile: the postmaster's own
    time, that of its children that ended (it waits for each, so the kernel adds theirs to its
    account), and that of those which still run, in ticks of 10 ms. The peak of its memory is left
    out: each process counts the shared buffers again, and none outlives its question."""

    name = "PostgreSQL"

    def __init__(self, folder):
        super().__init__(folder)
        self.scripts = HERE / "peers" / "postgres"
        self.data = folder / "postgres"
        self.pid = None
        found = shutil.which("initdb")
        bins = [pathlib.Path(found).resolve()] if found else []
        bins += sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
        self.bin = bins[0].parent if bins else None

    def missing(self):
        if not self.bin or not (self.bin / "pg_ctl").exists() or not shutil.which("psql"):
            return "there is no server"
        return None

    def version(self):
        return output(str(self.bin / "postgres"), "--version").split()[2]

    def as_user(self, *argv):
        """The server refuses to be root's."""
        if os.geteuid() != 0:
            return list(argv)
        return ["runuser", "-u", self.user(), "--", *argv]

    @staticmethod
    def user():
        try:
            return pwd.getpwnam("postgres").pw_name
        except KeyError:
            return "nobody"

    def start(self):
        if not (self.data / "PG_VERSION").exists():
            self.make()
        elif (self.data / "postmaster.pid").exists():  # of a run that was killed
            subprocess.run(self.as_user(str(self.bin / "pg_ctl"), "stop", "-m", "fast", "-D",
                                        str(self.data)),
                           check=False, capture_output=True, cwd=self.data)
        subprocess.run(self.as_user(str(self.bin / "pg_ctl"), "start", "-w", "-D", str(self.data),
                                    "-l", str(self.data / "server.log")),
                       check=True, stdout=subprocess.DEVNULL, cwd=self.data)
        self.pid = int((self.data / "postmaster.pid").read_text().split()[0])

    def make(self):
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.data, self.user())
        subprocess.run(self.as_user(str(self.bin / "initdb"), "-D", str(self.data), "-A", "trust",
                                    "-U", "bench", "-E", "UTF8", "--locale=C"),
                       check=True, stdout=subprocess.DEVNULL, cwd=self.data)
        with open(self.data / "postgresql.conf", "a", encoding="ascii") as conf:
            for name, value in SETTINGS.items():
                conf.write(f"{name} = {value}\n")
            conf.write(f"unix_socket_directories = '{self.data}'\n")

    def stop(self):
        if self.pid:
            subprocess.run(self.as_user(str(self.bin / "pg_ctl"), "stop", "-m", "fast", "-D",
                                        str(self.data)),
                           check=True, stdout=subprocess.DEVNULL, cwd=self.data)
            self.pid = None

    def psql(self, *arguments):
        return ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1",
                "-h", str(self.data), "-U", "bench", "-d", "postgres", *arguments]

    def drop(self):
        output(*self.psql("-c", "DROP SCHEMA public CASCADE", "-c", "CREATE SCHEMA public"))
        output(*self.psql("-c", "CHECKPOINT"))

    def load(self, file, limit=None):
        cost = super().load(file, limit)
        output(*self.psql("-c", "CHECKPOINT"))  # so that no later work pays for it
        return cost

    def run(self, script, out=None, limit=None):
        before = self.server_cpu()
        try:
            cost = measure.run(self.psql("-f", str(script)), out=out, limit=limit)
        except measure.TooSlow:
            output(*self.psql("-c", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                    "WHERE pid <> pg_backend_pid() AND backend_type = "
                                    "'client backend'"))
            raise
        return measure.Cost(cost.wall, cost.cpu + self.server_cpu() - before, None)

    def server_cpu(self):
        ticks = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended just now
            user, system, of_ended_user, of_ended_system = map(int, fields[11:15])
            if int(stat.parent.name) == self.pid:
                ticks += user + system + of_ended_user + of_ended_system
            elif int(fields[1]) == self.pid:
                ticks += user + system
        return ticks / os.sysconf("SC_CLK_TCK")

    def disk(self):
        return int(output(*self.psql("-c", "SELECT pg_database_size('postgres') - "
                                           "pg_database_size('template0')")))
