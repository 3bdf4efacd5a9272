"""Runs queries on one engine for the tests: jobs as JSON lines on standard input, answers as JSON lines on standard output.

A job is {"users": [[...]], "instances": [[...]], "query": "...", "quick": bool}; an answer {"cells": [[user, target, decision, gate]]}
or {"error": "..."}. Tables have the columns below, in this order. The first line out says which engine answers.
"""

import json
import os
import sys

USERS = [("id", "text"), ("type", "text"), ("roles", "texts"), ("entity", "text"), ("custom_data", "text"),
         ("attributes", "text"), ("started_at", "text"), ("completed", "texts")]
INSTANCES = [("type", "text"), ("id", "text"), ("attributes", "text")]


class DuckDb:
    def __init__(self):
        import duckdb
        self.connection = duckdb.connect()
        self.version = f"duckdb {duckdb.__version__}"

    def table(self, name, columns, rows):
        types = {"text": "VARCHAR", "texts": "VARCHAR[]"}
        written = ", ".join(f"{column} {types[kind]}" for column, kind in columns)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} ({written})")
        if rows:
            marks = ", ".join("?" for _ in columns)
            self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)

    def cells(self, query, quick):
        found = self.connection.execute(query)
        names = [column[0] for column in found.description]
        return names, [list(row) for row in found.fetchall()]


class Spark:
    def __init__(self):
        import pyspark
        from pyspark.sql import SparkSession
        builder = SparkSession.builder.master("local[2]").appName("gatewalk")
        for name, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1",
                            "spark.driver.memory": "2g", "spark.ui.showConsoleProgress": "false",
                            "spark.sql.session.timeZone": "America/New_York"}.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")
        self.version = f"pyspark {pyspark.__version__}"

    def table(self, name, columns, rows):
        from pyspark.sql.types import ArrayType, StringType, StructField, StructType
        types = {"text": StringType(), "texts": ArrayType(StringType())}
        schema = StructType([StructField(column, types[kind]) for column, kind in columns])
        self.session.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def cells(self, query, quick):
        # Small tables are done before code for them would be made; what is not quick runs as it does out there.
        for name in ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled"):
            self.session.conf.set(name, "false" if quick else "true")
        self.session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN" if quick else "FALLBACK")
        # Queries mean the same in both modes.
        self.session.conf.set("spark.sql.ansi.enabled", "false" if quick else "true")
        found = self.session.sql(query)
        return found.columns, [list(row) for row in found.collect()]


def main():
    # Engines print to standard output too; answers must not run into that.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    try:
        engine = {"duckdb": DuckDb, "spark": Spark}[sys.argv[1]]()
    except Exception as problem:
        answer({"error": f"{type(problem).__name__}: {problem}"[:500]})
        return
    answer({"engine": engine.version})
    for line in sys.stdin:
        job = json.loads(line)
        try:
            engine.table("users", USERS, job["users"])
            engine.table("instances", INSTANCES, job["instances"])
            names, cells = engine.cells(job["query"], job["quick"])
            if names != ["user", "target", "decision", "gate"]:
                raise ValueError(f"columns are {names}")
            answer({"cells": cells})
        except Exception as problem:
            answer({"error": f"{type(problem).__name__}: {problem}"[:100000]})


main()
