"""The same decisions in Polars, counted per app. `python3 frames.py DIR`"""

import json
import sys
from pathlib import Path

import polars as pl

TYPES = ("internal-user", "external-user")


def records(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read(folder):
    schema = {
        "userId": pl.String,
        "userType": pl.String,
        "roles": pl.List(pl.String),
        "customData": pl.Struct({"accountId": pl.String}),
    }
    users = pl.read_ndjson(folder / "users.ndjson", schema=schema)
    return users.select(
        pl.col("userId").alias("id"),
        pl.col("userType").fill_null("external-user").alias("type"),
        pl.col("roles").fill_null([]),
        pl.col("customData").struct.field("accountId").replace("", None).alias("entity"),
    ).with_row_index("n")


def side(app, override, kind):
    """What an app asks of the users of a type: a name, and what goes with it."""
    if app.get("enabled") is not True or (override and override.get("enabled") is False):
        return "nobody", None
    rules = override or app
    if rules.get("exclusiveUserIdAccessControl"):
        return "ids", rules["exclusiveUserIdAccessControl"]
    exclusive = rules.get("exclusiveInternalAccessControl" if kind == TYPES[0] else "exclusiveExternalAccessControl")
    if exclusive:
        return "entities", exclusive
    types, roles = rules.get("userTypes"), rules.get("userRoles")
    more = {} if override else {key: app[key] for key in ("requiredRoles", "allowedEntities", "allowedUserIds", "deniedUserIds") if key in app}
    ruled = types is not None or roles is not None or any(key != "deniedUserIds" for key in more)
    if rules.get("enabled") is not True or not ruled:
        return "nobody", None
    by_type = types is None or kind in types
    if rules.get("applyRulesAs") == "or":
        way = None if roles is None or by_type else roles
    elif not by_type:
        return "nobody", None
    else:
        way = roles
    if more:
        return "narrowed", (way, more)
    return ("all", None) if way is None else ("roles", way)


def narrowed(way, more):
    """The condition on a user where an app asks for more than types and roles."""
    user = pl.lit(True)
    if way is not None:
        user &= pl.col("roles").list.set_intersection(way).list.len() > 0
    if (required := more.get("requiredRoles")) is not None:
        user &= pl.lit(bool(required)) & (pl.col("roles").list.set_intersection(required).list.len() == len(set(required)))
    if (entities := more.get("allowedEntities")) is not None:
        user &= pl.col("entity").is_in(entities).fill_null(False)
    if (ids := more.get("allowedUserIds")) is not None:
        user &= pl.col("id").is_in(ids)
    if (denied := more.get("deniedUserIds")) is not None:
        user &= ~pl.col("id").is_in(denied)
    return user


def main():
    folder = Path(sys.argv[1])
    users = read(folder)
    overrides = {record["chatAppId"]: record for record in records(folder / "overrides.ndjson")}
    apps = sorted(records(folder / "apps.ndjson"), key=lambda app: app["chatAppId"])
    allowed = dict.fromkeys((app["chatAppId"] for app in apps), 0)
    by_role = {"app": [], "type": [], "roles": []}
    by_entity = {"app": [], "type": [], "entity": []}
    of_type = {kind: users.filter(pl.col("type") == kind) for kind in TYPES}
    conditions = {kind: [] for kind in TYPES}
    for app in apps:
        name = app["chatAppId"]
        for kind in TYPES:
            way, what = side(app, overrides.get(name), kind)
            if way == "all":
                allowed[name] += of_type[kind].height
            elif way == "ids":
                allowed[name] += of_type[kind].filter(pl.col("id").is_in(what)).height
            elif way == "narrowed":
                conditions[kind].append(narrowed(*what).sum().alias(name))
            elif way == "roles":
                for role in set(what):
                    by_role["app"].append(name), by_role["type"].append(kind), by_role["roles"].append(role)
            elif way == "entities":
                for entity in set(what):
                    by_entity["app"].append(name), by_entity["type"].append(kind), by_entity["entity"].append(entity)
    for kind in TYPES:
        if conditions[kind]:
            for name, count in of_type[kind].select(conditions[kind]).row(0, named=True).items():
                allowed[name] += count
    text = {"app": pl.String, "type": pl.String}
    rows = pl.DataFrame(by_role, schema={**text, "roles": pl.String}).with_columns(number=pl.col("app").rank("dense"))
    names = dict(rows.select("number", "app").unique().iter_rows())
    pairs = users.lazy().select("n", "type", "roles").explode("roles").join(rows.lazy().drop("app"), on=["type", "roles"])
    for number, count in pairs.select("n", "number").unique().group_by("number").len().collect(engine="streaming").iter_rows():
        allowed[names[number]] += count
    held = users.group_by("type", "entity").len("held")
    entities = pl.DataFrame(by_entity, schema={**text, "entity": pl.String}).join(held, on=["type", "entity"])
    for name, count in entities.group_by("app").agg(pl.col("held").sum()).iter_rows():
        allowed[name] += count
    for name, count in allowed.items():
        print(f'{{"target":"{name}","allowed":{count},"denied":{users.height - count}}}')


if __name__ == "__main__":
    main()
