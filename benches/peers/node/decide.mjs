// The same decisions as a Node service makes them: for every user, for every app. `node decide.mjs DIR [--workers N]`
import { closeSync, createReadStream, fstatSync, openSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const LISTS = [
  "userTypes", "userRoles", "allowedEntities", "allowedUserIds", "deniedUserIds",
  "exclusiveUserIdAccessControl", "exclusiveInternalAccessControl", "exclusiveExternalAccessControl",
];

function records(file) {
  return readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => {
    const record = JSON.parse(line);
    for (const list of LISTS) if (record[list]) record[list] = new Set(record[list]);
    return record;
  });
}

function loadApps(folder) {
  const overrides = new Map(records(join(folder, "overrides.ndjson")).map((record) => [record.chatAppId, record]));
  const apps = records(join(folder, "apps.ndjson")).map((app) => ({ ...app, override: overrides.get(app.chatAppId) }));
  return apps.sort((a, b) => (a.chatAppId < b.chatAppId ? -1 : 1));
}

function typesAndRoles(rules, user) {
  if (!rules.userTypes && !rules.userRoles) return undefined;
  const byType = rules.userTypes ? rules.userTypes.has(user.type) : true;
  const byRole = rules.userRoles ? user.roles.some((role) => rules.userRoles.has(role)) : true;
  return rules.applyRulesAs === "or" ? byType || byRole : byType && byRole;
}

function letsIn(app, user) {
  if (app.enabled !== true) return false;
  const override = app.override;
  if (override) {
    if (override.enabled === false) return false;
    if (override.exclusiveUserIdAccessControl?.size) return override.exclusiveUserIdAccessControl.has(user.id);
    const entities =
      user.type === "internal-user" ? override.exclusiveInternalAccessControl : override.exclusiveExternalAccessControl;
    if (entities?.size) return user.entity !== undefined && entities.has(user.entity);
    return override.enabled === true && typesAndRoles(override, user) === true;
  }
  if (app.deniedUserIds?.has(user.id)) return false;
  const combined = typesAndRoles(app, user);
  if (combined === undefined && !app.requiredRoles && !app.allowedEntities && !app.allowedUserIds) return false;
  if (combined === false) return false;
  if (app.allowedEntities && !(user.entity !== undefined && app.allowedEntities.has(user.entity))) return false;
  if (app.requiredRoles && !(app.requiredRoles.length && app.requiredRoles.every((role) => user.roles.includes(role)))) return false;
  return !app.allowedUserIds || app.allowedUserIds.has(user.id);
}

// The lines that begin in a part of the file.
async function count({ folder, part, parts }) {
  const apps = loadApps(folder);
  const allowed = new Array(apps.length).fill(0);
  const file = join(folder, "users.ndjson");
  const descriptor = openSync(file);
  const { size } = fstatSync(descriptor);
  closeSync(descriptor);
  const [from, to] = [Math.floor((size * part) / parts), Math.floor((size * (part + 1)) / parts)];
  let at = Math.max(from - 1, 0);
  let skip = from > 0;
  let users = 0;
  const lines = createInterface({ input: createReadStream(file, { start: at, highWaterMark: 1 << 20 }), crlfDelay: Infinity });
  for await (const line of lines) {
    const start = at;
    at += Buffer.byteLength(line) + 1;
    if (skip) {
      skip = false;
      continue;
    }
    if (start >= to) break;
    if (!line) continue;
    const record = JSON.parse(line);
    const user = {
      id: record.userId,
      type: record.userType ?? "external-user",
      roles: record.roles ?? [],
      entity: record.customData?.accountId || undefined,
    };
    users += 1;
    for (let index = 0; index < apps.length; index += 1) if (letsIn(apps[index], user)) allowed[index] += 1;
  }
  return { users, allowed };
}

async function main() {
  const [folder, ...rest] = process.argv.slice(2);
  const parts = rest[0] === "--workers" ? Number(rest[1]) : 1;
  if (!folder || !(parts >= 1)) throw new Error("usage: node decide.mjs DIR [--workers N]");
  const worked = (part) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { folder, part, parts } });
      worker.once("message", resolve).once("error", reject);
    });
  const counts =
    parts === 1 ? [await count({ folder, part: 0, parts })] : await Promise.all(Array.from({ length: parts }, (_, part) => worked(part)));
  const users = counts.reduce((sum, part) => sum + part.users, 0);
  const rows = loadApps(folder).map((app, index) => {
    const allowed = counts.reduce((sum, part) => sum + part.allowed[index], 0);
    return JSON.stringify({ target: app.chatAppId, allowed, denied: users - allowed });
  });
  process.stdout.write(`${rows.join("\n")}\n`);
}

if (isMainThread) await main();
else parentPort.postMessage(await count(workerData));
