#!/usr/bin/env python3
"""gatewalk beside its peers, as whole processes: the same data, the same run, one after the other in turn.

    python3 benches/whole.py --job summary --size M --rounds 5

Prints a Markdown table a job. Nothing is asserted of times; it exits with 1 where two ways do not count alike, or a program fails.
DuckDB and Polars are measured where this Python can import them, Node where there is a `node`, Cedar with `--cedar`.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "benches" / "peers"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
SIZES = {"S": (1_000, 100), "M": (20_000, 500), "L": (1_000_000, 1_000)}
SLOW = 60
"""Seconds; what takes longer is run once."""


class Wrong(Exception):
    """A program failed, or two do not agree."""


@dataclass
class Way:
    """One way of doing a job."""

    name: str
    command: list
    answers: str = ""
    """Ways that answer the same must write the same."""
    piped: bool = False
    """Written through a pipe that somebody empties, instead of into a file."""
    environment: dict = field(default_factory=dict)
    exits: tuple = (0,)
    missing: str = ""
    seconds: list = field(default_factory=list)
    memory: int = 0


def run(way, output):
    """Runs a way once; gives its seconds and its peak memory in KiB."""
    environment = {**os.environ, **way.environment}
    with open(os.devnull if way.piped else output, "wb") as out, open(output.with_suffix(".err"), "wb") as errors:
        start = time.perf_counter()
        if way.piped:
            reader = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=out)
            process = subprocess.Popen(way.command, stdout=reader.stdin, stderr=errors, env=environment)
            reader.stdin.close()
        else:
            process = subprocess.Popen(way.command, stdout=out, stderr=errors, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if way.piped:
            reader.wait()
        seconds = time.perf_counter() - start
    if process.returncode not in way.exits:
        told = output.with_suffix(".err").read_text(errors="replace")
        raise Wrong(f"{way.name} ended with {process.returncode}: {' '.join(way.command)}\n{told}")
    return seconds, usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def measure(ways, rounds, scratch):
    """Runs all ways in turn, so that whatever else the machine does falls on all of them."""
    answers = {}
    for turn in range(rounds):
        for way in ways:
            if way.missing or (turn > 0 and way.seconds[-1] > SLOW):
                continue
            output = scratch / "output"
            seconds, memory = run(way, output)
            way.seconds.append(seconds)
            way.memory = max(way.memory, memory)
            if way.answers:
                answer = output.read_bytes()
                first = answers.setdefault(way.answers, (way.name, answer))
                if first[1] != answer:
                    raise Wrong(f"{way.name} does not answer as {first[0]} does:\n{difference(first[1], answer)}")


def difference(one, other):
    pairs = zip(one.decode().splitlines(), other.decode().splitlines())
    return next((f"  {a}\n  {b}" for a, b in pairs if a != b), "  one of them writes more")


def floor(scratch):
    """The memory that every child seems to have had: Python's own, before the child became a program of its own."""
    return run(Way("nothing", ["true"]), scratch / "nothing")[1]


def table(title, ways, reference, scratch):
    """A Markdown table. Ratios are how many times as fast as the reference a way is, and how many times as long as gatewalk it takes."""
    least = floor(scratch)
    ours = next((way for way in ways if way.name.startswith("gatewalk") and way.seconds), None)
    base = next(way for way in ways if way.name == reference)
    lines = [f"### {title}", ""]
    lines.append(f"| way | median | least to most | runs | memory | speed, of *{reference}* | time, of {ours.name if ours else 'gatewalk'} |")
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for way in ways:
        if way.missing:
            lines.append(f"| {way.name} | {way.missing} | | | | | |")
            continue
        median = statistics.median(way.seconds)
        memory = f"{way.memory / 1024:.0f} MiB" if way.memory > least * 1.02 else f"< {least / 1024:.0f} MiB"
        spread = f"{shown(min(way.seconds))} to {shown(max(way.seconds))}"
        ratio = f"{significant(statistics.median(base.seconds) / median)} x"
        longer = f"{significant(median / statistics.median(ours.seconds))} x" if ours else ""
        lines.append(f"| {way.name} | {shown(median)} | {spread} | {len(way.seconds)} | {memory} | {ratio} | {longer} |")
    return "\n".join(lines) + "\n"


def shown(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def significant(number):
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


class Bench:
    """What jobs share: programs, data and where output goes."""

    def __init__(self, options, scratch):
        self.options = options
        self.scratch = scratch
        self.gatewalk = str(options.binary or TARGET / "release" / "gatewalk")
        self.peers = str(TARGET / "peers" / "release" / "peers")
        self.made = {}

    def build(self):
        def cargo(*arguments):
            subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", *arguments], cwd=ROOT, check=True)

        cargo("--bin", "gatewalk", "--example", "generate", "--target-dir", str(TARGET))
        for name in ["rust", *(["cedar"] if self.options.cedar else [])]:
            cargo("--manifest-path", str(PEERS / name / "Cargo.toml"), "--target-dir", str(TARGET / "peers"))

    def data(self, users, apps, *more):
        """A workspace, made once in a run."""
        key = (users, apps, *more)
        if key not in self.made:
            folder = self.scratch / "-".join(str(part).strip("-") for part in key)
            generate = [TARGET / "release" / "examples" / "generate", "--seed", "1", "--out", folder]
            subprocess.run([*generate, "--users", str(users), "--apps", str(apps), *more], check=True, stdout=subprocess.DEVNULL)
            self.made[key] = folder
        return self.made[key]

    def summary(self, folder, name="gatewalk matrix --summary"):
        return Way(name, [self.gatewalk, "matrix", "--summary", "--format", "ndjson", "-C", str(folder)], "counts")

    def plain(self, folder):
        return Way("hash sets in Rust", [self.peers, "plain", str(folder)], "counts")

    def reader(self, parser, threads, folder):
        name = f"only reading, {parser}, {threads} {'thread' if threads == 1 else 'threads'}"
        return Way(name, [self.peers, "read", parser, str(threads), str(folder / "users.ndjson")], "names")

    def node(self, folder, workers):
        missing = "" if shutil.which("node") else "no `node`"
        name = "Node" if workers == 1 else f"Node, {workers} workers"
        return Way(name, ["node", str(PEERS / "node" / "decide.mjs"), str(folder), "--workers", str(workers)], "counts", missing=missing)

    def python(self, name, module, script, folder, *more):
        missing = "" if importlib.util.find_spec(module) else f"no Python package `{module}`"
        command = [sys.executable, str(PEERS / "python" / script), str(folder), *more]
        return Way(name, command, "counts", environment={"POLARS_MAX_THREADS": "2"}, missing=missing)

    def table(self, title, ways, reference):
        measure(ways, self.options.rounds, self.scratch)
        return table(title, ways, reference, self.scratch)


def summary(bench, size):
    """Everybody on everything, counted."""
    users, apps = SIZES[size]
    folder = bench.data(users, apps)
    ways = [
        bench.summary(folder),
        bench.plain(folder),
        bench.node(folder, 1),
        bench.node(folder, 2),
        bench.python("DuckDB, one condition with list functions", "duckdb", "duck.py", folder, "--plan", "cross"),
        bench.python("DuckDB, joins, every pair once", "duckdb", "duck.py", folder, "--plan", "join"),
        bench.python("DuckDB, joins, lists of apps folded", "duckdb", "duck.py", folder, "--plan", "fold"),
        bench.python("Polars, joins", "polars", "frames.py", folder),
        *(bench.reader(parser, threads, folder) for parser in ("serde_json", "sonic-rs") for threads in (1, 2)),
    ]
    if bench.options.cedar:
        ways.append(Way("Cedar, a policy set an app", [str(TARGET / "peers" / "release" / "cedar-peer"), str(folder)], "counts"))
    return [bench.table(f"summary: {users:,} users x {apps:,} apps", ways, "hash sets in Rust")]


def read(bench, size):
    """The same, beside programs that only read the users."""
    users, apps = SIZES[size]
    folder = bench.data(users, apps)
    parsers = ("nothing", "serde_json", "sonic-rs", "simd-json")
    ways = [bench.reader(parser, threads, folder) for parser in parsers for threads in (1, 2)]
    for way in ways[:2]:
        way.answers = "bytes"
    ways.insert(0, bench.summary(folder))
    return [bench.table(f"read: {users:,} users x {apps:,} apps", ways, "only reading, serde_json, 1 thread")]


def check(bench, _size):
    """One question, asked of 1,000 files."""
    folder, lines = bench.data(1, 1000, "--apps-as", "yaml"), bench.data(1, 1000)
    ways = [Way("gatewalk check", [bench.gatewalk, "check", "u00000000", "app-00001", "-C", str(folder)], exits=(0, 1))]
    ways.append(Way("only reading, events of granit-parser", [bench.peers, "events", str(folder)]))
    ways.append(Way("only reading, values of yaml_serde", [bench.peers, "values", str(folder)]))
    missing = "" if shutil.which("node") else "no `node`"
    ways.append(Way("Node, starting: `node -e 0`", ["node", "-e", "0"], missing=missing))
    answer = bench.table("check: a user and an app, 1,000 apps in YAML", ways, "only reading, events of granit-parser")
    measure([bench.plain(lines), bench.summary(lines), bench.summary(folder)], 1, bench.scratch)
    counts = next(line for line in (bench.scratch / "output").read_text().splitlines() if '"app-00001"' in line)
    run(ways[0], bench.scratch / "answer")
    if (bench.scratch / "answer").read_text().startswith("allow") != ('"allowed":1,' in counts):
        raise Wrong(f"gatewalk check does not answer as the counts say: {counts}")
    return [answer]


def ways(bench, size):
    """A denial with its ways in, once for each gate that denies, beside loading the same."""
    users, apps = {"L": (1_000_000, 1_000), "M": (100_000, 1_000), "S": (10_000, 100)}[size]
    folder = bench.data(users, apps)
    command = [bench.gatewalk, "matrix", "--user", "u0000000?", "--target", "*", "--only", "denied", "--format", "csv", "-C", str(folder)]
    run(Way("denied cells", command), bench.scratch / "denied")
    first = {}
    for line in (bench.scratch / "denied").read_text().splitlines()[1:]:
        user, target, _, gate = line.split(",")
        first.setdefault(gate, (user, target))
    one = first["combine-rules"]
    asked = [Way("gatewalk check: loading, and one decision", [bench.gatewalk, "check", *one, "-C", str(folder)], exits=(1,))]
    for gate, cell in sorted(first.items()):
        command = [bench.gatewalk, "explain", *cell, "--format", "json", "-C", str(folder)]
        asked.append(Way(f"gatewalk explain, denied at {gate}", command, exits=(1,)))
    return [bench.table(f"ways: a denial explained, {users:,} users x {apps:,} apps", asked, asked[0].name)]


def yaml(bench, _size):
    """100,000 users in YAML."""
    users, apps = 100_000, 10
    as_list = bench.data(users, apps, "--users-as", "yaml")
    ways = [
        bench.summary(as_list),
        bench.summary(bench.data(users, apps, "--users-as", "yaml-documents"), "gatewalk, a document each"),
        bench.summary(bench.data(users, apps, "--users-as", "yaml", "--user-files", "8"), "gatewalk, 8 files"),
        Way("only reading, structs of yaml_serde", [bench.peers, "yaml", str(as_list / "users.yaml")]),
        Way("only reading, events of granit-parser", [bench.peers, "events", str(as_list / "users.yaml")]),
        bench.plain(bench.data(users, apps)),
    ]
    return [bench.table(f"yaml: {users:,} users in YAML x {apps} apps", ways, "only reading, structs of yaml_serde")]


def pipe(bench, size):
    """Every cell, through a pipe."""
    users, apps = SIZES[size]
    folder = bench.data(users, apps)
    written, ways = [], []
    for form in ("ndjson", "csv"):
        command = [bench.gatewalk, "matrix", "--format", form, "-C", str(folder)]
        path = bench.scratch / f"cells.{form}"
        run(Way(f"gatewalk matrix --format {form}", command), path)
        written.append(path)
        ways.append(Way(f"gatewalk matrix --format {form}", command, piped=True))
        ways.append(Way(f"cat of the same {form}, {path.stat().st_size / 1e6:,.0f} MB", ["cat", str(path)], piped=True))
    answer = bench.table(f"pipe: the cells of {users:,} users x {apps:,} apps through a pipe", ways, ways[1].name)
    tally = Way("the cells, counted", ["sh", "-c", '"$1" tally < "$2"', "sh", bench.peers, str(written[0])], "counts")
    measure([bench.plain(folder), tally], 1, bench.scratch)
    for path in written:
        path.unlink()
    return [answer]


def formats(bench, size):
    """The same users in every format."""
    users, apps = SIZES[size]
    ways = [bench.plain(bench.data(users, apps))]
    for form in ("ndjson", "csv", "json", *(["yaml"] if size != "L" else [])):
        folder = bench.data(users, apps, "--users-as", form)
        ways.append(bench.summary(folder, f"gatewalk, {form}"))
    for form in ("ndjson", "csv"):
        folder = bench.data(users, apps, "--users-as", form, "--gzip")
        ways.append(bench.summary(folder, f"gatewalk, {form}.gz"))
        ways.append(Way(f"only unpacking, {form}.gz", ["gzip", "-dc", str(folder / f"users.{form}.gz")], piped=True))
    return [bench.table(f"formats: {users:,} users x {apps:,} apps", ways, "gatewalk, ndjson")]


def growth(bench, size):
    """What twice the work costs."""
    users, apps = SIZES[size]
    tables = []
    for what, sizes in {
        "users": [(times * users, apps) for times in (1, 2, 4)],
        "apps": [(users, times * apps) for times in (1, 2, 4)],
        "rules": [(users, apps, "--rules", str(times)) for times in (1, 2, 4)],
    }.items():
        ways = []
        for times, wanted in zip((1, 2, 4), sizes):
            way = bench.summary(bench.data(*wanted), f"gatewalk, {times} x {what}")
            way.answers = f"{times} x {what}"
            ways.append(way)
            if size != "L":
                measure([bench.plain(bench.data(*wanted)), bench.summary(bench.data(*wanted))], 1, bench.scratch)
        tables.append(bench.table(f"growth: {what}, from {users:,} users x {apps:,} apps", ways, ways[0].name))
    return tables


JOBS = {"summary": summary, "read": read, "check": check, "ways": ways, "yaml": yaml, "pipe": pipe, "formats": formats, "growth": growth}


def main():
    jobs = "; ".join(f"{name}: {job.__doc__.rstrip('.').lower()}" for name, job in JOBS.items())
    arguments = argparse.ArgumentParser(description="gatewalk beside its peers, as whole processes", epilog=f"Jobs are {jobs}.")
    arguments.add_argument("--job", action="append", choices=JOBS, help="one job (repeatable); all of them without")
    arguments.add_argument("--size", choices=SIZES, default="M", help="S, M or L; L takes long for ways that look at every cell")
    arguments.add_argument("--rounds", type=int, default=5, help=f"how often each way is run; once where it takes over {SLOW} seconds")
    arguments.add_argument("--binary", type=Path, help="another gatewalk than the one of this folder")
    arguments.add_argument("--cedar", action="store_true", help="also Cedar, which takes minutes to build")
    arguments.add_argument("--out", type=Path, metavar="FILE", help="also write the tables to a file")
    options = arguments.parse_args()
    if options.rounds < 1:
        arguments.error("--rounds is at least 1")
    TARGET.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="whole-", dir=TARGET) as scratch:
            bench = Bench(options, Path(scratch))
            bench.build()
            tables = []
            for name in options.job or JOBS:
                for made in JOBS[name](bench, options.size):
                    print(made, flush=True)
                    tables.append(made)
        if options.out:
            options.out.write_text("\n".join(tables), encoding="utf-8")
    except (Wrong, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
