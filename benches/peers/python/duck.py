"""The same decisions in DuckDB, counted per app. `python3 duck.py DIR [--plan cross|join|fold] [--threads N]`

`cross` is what somebody writes who knows the rules and SQL: a cross join and one condition with list functions.
`join` is what somebody writes who knows DuckDB: no pair of user and app is looked at unless a role, an entity or an id
brings them together, and what hangs on the type alone is counted, not joined. `fold` is the same, and the fastest way
found to have each pair once. Both give counts and no cells.
"""

import argparse

import duckdb

RECORDS = """
CREATE TEMP TABLE users AS
SELECT row_number() OVER () AS n, userId AS id, coalesce(userType, 'external-user') AS type, coalesce(roles, []) AS roles,
       nullif(customData.accountId, '') AS entity
FROM read_json('{folder}/users.ndjson', format = 'newline_delimited',
               columns = {{userId: 'VARCHAR', userType: 'VARCHAR', roles: 'VARCHAR[]', customData: 'STRUCT(accountId VARCHAR)'}});

CREATE TEMP TABLE apps AS
SELECT * FROM read_json('{folder}/apps.ndjson', format = 'newline_delimited', columns = {{
    chatAppId: 'VARCHAR', enabled: 'BOOLEAN', userTypes: 'VARCHAR[]', userRoles: 'VARCHAR[]', applyRulesAs: 'VARCHAR',
    requiredRoles: 'VARCHAR[]', allowedEntities: 'VARCHAR[]', allowedUserIds: 'VARCHAR[]', deniedUserIds: 'VARCHAR[]'}});

CREATE TEMP TABLE overrides AS
SELECT * FROM read_json('{folder}/overrides.ndjson', format = 'newline_delimited', columns = {{
    chatAppId: 'VARCHAR', enabled: 'BOOLEAN', userTypes: 'VARCHAR[]', userRoles: 'VARCHAR[]', applyRulesAs: 'VARCHAR',
    exclusiveUserIdAccessControl: 'VARCHAR[]', exclusiveInternalAccessControl: 'VARCHAR[]',
    exclusiveExternalAccessControl: 'VARCHAR[]'}});

-- The rules that count: an override's replace the app's whole.
CREATE TEMP TABLE rules AS
SELECT a.chatAppId AS app,
       a.enabled IS NOT DISTINCT FROM true AND (o.chatAppId IS NULL OR o.enabled IS DISTINCT FROM false) AS open,
       CASE WHEN len(o.exclusiveUserIdAccessControl) > 0 THEN o.exclusiveUserIdAccessControl END AS exclusive_ids,
       CASE WHEN len(o.exclusiveInternalAccessControl) > 0 THEN o.exclusiveInternalAccessControl END AS internal_entities,
       CASE WHEN len(o.exclusiveExternalAccessControl) > 0 THEN o.exclusiveExternalAccessControl END AS external_entities,
       o.chatAppId IS NULL OR o.enabled IS NOT DISTINCT FROM true AS rules_enabled,
       CASE WHEN o.chatAppId IS NULL THEN a.userTypes ELSE o.userTypes END AS types,
       CASE WHEN o.chatAppId IS NULL THEN a.userRoles ELSE o.userRoles END AS roles,
       coalesce(CASE WHEN o.chatAppId IS NULL THEN a.applyRulesAs ELSE o.applyRulesAs END, 'and') = 'or' AS either,
       CASE WHEN o.chatAppId IS NULL THEN a.requiredRoles END AS required,
       CASE WHEN o.chatAppId IS NULL THEN a.allowedEntities END AS entities,
       CASE WHEN o.chatAppId IS NULL THEN a.allowedUserIds END AS ids,
       CASE WHEN o.chatAppId IS NULL THEN a.deniedUserIds END AS denied
FROM apps a LEFT JOIN overrides o USING (chatAppId);
"""

# One condition for every cell.
CROSS = """
SELECT r.app, count(*) FILTER (WHERE CASE
    WHEN NOT r.open THEN false
    WHEN r.exclusive_ids IS NOT NULL THEN list_contains(r.exclusive_ids, u.id)
    WHEN u.type = 'internal-user' AND r.internal_entities IS NOT NULL THEN coalesce(list_contains(r.internal_entities, u.entity), false)
    WHEN u.type = 'external-user' AND r.external_entities IS NOT NULL THEN coalesce(list_contains(r.external_entities, u.entity), false)
    WHEN NOT r.rules_enabled THEN false
    WHEN r.types IS NULL AND r.roles IS NULL AND r.required IS NULL AND r.entities IS NULL AND r.ids IS NULL THEN false
    WHEN r.denied IS NOT NULL AND list_contains(r.denied, u.id) THEN false
    ELSE (CASE WHEN r.types IS NULL AND r.roles IS NULL THEN true
               WHEN r.either THEN coalesce(list_contains(r.types, u.type), true) OR coalesce(list_has_any(r.roles, u.roles), true)
               ELSE coalesce(list_contains(r.types, u.type), true) AND coalesce(list_has_any(r.roles, u.roles), true) END)
         AND (r.entities IS NULL OR coalesce(list_contains(r.entities, u.entity), false))
         AND (r.required IS NULL OR (len(r.required) > 0 AND list_has_all(u.roles, r.required)))
         AND (r.ids IS NULL OR list_contains(r.ids, u.id))
    END) AS allowed
FROM users u CROSS JOIN rules r GROUP BY r.app ORDER BY r.app
"""

# What is left of an app for the users of one type, and the pairs that can matter.
JOIN = """
CREATE TEMP TABLE sides AS
SELECT app, type, by_entities, ids, required, entities, denied,
       CASE WHEN by_entities THEN NULL
            WHEN NOT rules_enabled OR (types IS NULL AND roles IS NULL AND required IS NULL AND entities IS NULL AND ids IS NULL) THEN 'nobody'
            WHEN roles IS NULL THEN CASE WHEN either OR by_type THEN 'all' ELSE 'nobody' END
            WHEN either THEN CASE WHEN by_type THEN 'all' ELSE 'role' END
            ELSE CASE WHEN by_type THEN 'role' ELSE 'nobody' END END AS way,
       roles, CASE type WHEN 'internal-user' THEN internal_entities ELSE external_entities END AS exclusive
FROM (SELECT *, CASE type WHEN 'internal-user' THEN internal_entities ELSE external_entities END IS NOT NULL AS by_entities,
             types IS NULL OR list_contains(types, type) AS by_type
      FROM rules CROSS JOIN (VALUES ('internal-user'), ('external-user')) t(type)
      WHERE open AND exclusive_ids IS NULL);

CREATE TEMP TABLE simple AS SELECT * FROM sides WHERE required IS NULL AND entities IS NULL AND ids IS NULL AND way IN ('all', 'role');
CREATE TEMP TABLE narrowed AS
    SELECT * FROM sides WHERE way IN ('all', 'role') AND NOT (required IS NULL AND entities IS NULL AND ids IS NULL);
CREATE TEMP TABLE side_roles AS
    SELECT app, type, unnest(roles) AS role FROM simple WHERE way = 'role';

{pairs}

CREATE TEMP TABLE counts AS
-- Named users, and nobody else.
SELECT app, count(*) AS allowed FROM (SELECT app, unnest(exclusive_ids) AS id FROM rules WHERE open) JOIN users USING (id) GROUP BY app
UNION ALL
-- The users of named entities.
SELECT app, sum(held) FROM (SELECT app, type, unnest(exclusive) AS entity FROM sides WHERE by_entities)
    JOIN (SELECT type, entity, count(*) AS held FROM users GROUP BY type, entity) USING (type, entity) GROUP BY app
UNION ALL
-- Everybody of a type.
SELECT app, held FROM simple JOIN (SELECT type, count(*) AS held FROM users GROUP BY type) USING (type) WHERE way = 'all'
UNION ALL
-- Whoever has a role.
SELECT app, allowed FROM by_role
UNION ALL
-- Less those who are denied by id, where they would have been let in.
SELECT app, -count(*) FROM (SELECT app, type, way, roles, unnest(denied) AS id FROM simple) s JOIN users u USING (id, type)
WHERE s.way = 'all' OR list_has_any(s.roles, u.roles) GROUP BY app
UNION ALL
-- Where more is asked, start from the fewest.
SELECT app, count(*) FROM (
    SELECT app, s.type, way, s.roles, required, entities, ids, denied, u.id, u.roles AS held, u.entity
    FROM (SELECT *, unnest(ids) AS id FROM narrowed) s JOIN users u USING (id, type)
    UNION ALL
    SELECT app, s.type, way, s.roles, required, entities, ids, denied, u.id, u.roles, u.entity
    FROM (SELECT *, unnest(entities) AS entity FROM narrowed WHERE ids IS NULL) s JOIN users u USING (entity, type)
    UNION ALL
    SELECT app, s.type, way, s.roles, required, entities, ids, denied, u.id, u.roles, u.entity
    FROM (SELECT *, required[1] AS role FROM narrowed WHERE ids IS NULL AND entities IS NULL) s
    JOIN (SELECT id, type, roles, entity, unnest(roles) AS role FROM users) u USING (role, type)
) WHERE (way = 'all' OR list_has_any(roles, held))
    AND (required IS NULL OR (len(required) > 0 AND list_has_all(held, required)))
    AND (entities IS NULL OR coalesce(list_contains(entities, entity), false))
    AND (ids IS NULL OR list_contains(ids, id))
    AND (denied IS NULL OR NOT list_contains(denied, id))
GROUP BY app;

SELECT app, coalesce(allowed, 0)::BIGINT AS allowed
FROM rules LEFT JOIN (SELECT app, sum(allowed) AS allowed FROM counts GROUP BY app) USING (app) ORDER BY app
"""

# Every pair once.
PAIRS = """
CREATE TEMP TABLE by_role AS
SELECT app, count(*) AS allowed FROM (
    SELECT DISTINCT app, n FROM (SELECT n, type, unnest(roles) AS role FROM users) JOIN side_roles USING (role, type)
) GROUP BY app;
"""

# The same without a hash table of all pairs: a role brings the list of its apps, and a user's lists are folded.
FOLDED = """
CREATE TEMP TABLE numbers AS SELECT app, row_number() OVER ()::INTEGER AS number FROM rules;
CREATE TEMP TABLE role_apps AS SELECT type, role, list(number) AS apps FROM side_roles JOIN numbers USING (app) GROUP BY type, role;
CREATE TEMP TABLE by_role AS
SELECT app, allowed FROM numbers JOIN (
    SELECT number, count(*) AS allowed FROM (
        SELECT unnest(list_distinct(flatten(list(apps)))) AS number
        FROM (SELECT n, type, unnest(roles) AS role FROM users) JOIN role_apps USING (role, type) GROUP BY n
    ) GROUP BY number
) USING (number);
"""

PLANS = {"cross": CROSS, "join": JOIN.format(pairs=PAIRS), "fold": JOIN.format(pairs=FOLDED)}


def main():
    arguments = argparse.ArgumentParser(description="Counts who is let into each app")
    arguments.add_argument("folder")
    arguments.add_argument("--plan", choices=PLANS, default="fold")
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    database = duckdb.connect(config={"threads": options.threads})
    database.execute("SET enable_progress_bar = false")
    database.execute(RECORDS.format(folder=options.folder.replace("'", "''")))
    rows = database.execute(PLANS[options.plan]).fetchall()
    (users,) = database.execute("SELECT count(*) FROM users").fetchone()
    for app, allowed in rows:
        print(f'{{"target":"{app}","allowed":{allowed},"denied":{users - allowed}}}')


if __name__ == "__main__":
    main()
