//! Writes the workspace of a large support desk: a tree of teams, memberships, assignments, rules of every kind, and tickets.
//!
//! ```sh
//! cargo run --release --example generate_desk -- --users 100000 --tickets 100000 --seed 1 --out /tmp/desk
//! gatewalk matrix -C /tmp/desk --summary --target 'ticket:*#*' --format ndjson
//! ```
//!
//! The same numbers and seed write the same files.

#![expect(clippy::indexing_slicing, reason = "writing to a key of a JSON object adds it")]

use std::collections::HashMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use fastrand::Rng;
use serde_json::{Value, json};

type Done = Result<(), Box<dyn Error>>;

const RULES: &str = include_str!("generate_desk/rules.yaml");
const ENTITIES: usize = 500;
const PROJECTS: usize = 20;
const PRIORITIES: &[&str] = &["low", "normal", "high", "urgent"];
const CATEGORIES: &[&str] = &["billing", "technical", "security", "feedback", "legal", "other"];
const IN_TEAMS: &[&str] = &["agent", "agent", "agent", "viewer", "lead", "contractor"];
const ASSIGNED: &[&str] = &["viewer", "agent", "auditor", "duty", "lead", "contractor"];

/// What is asked for on the command line.
struct Sizes {
    users: usize,

    teams: usize,
}

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given: HashMap<&str, &str> = arguments
        .chunks(2)
        .map(|pair| match pair {
            [name, value] => Ok((name.as_str(), value.as_str())),
            _ => Err("every option has a value"),
        })
        .collect::<Result<_, _>>()?;
    let number = |name: &str| -> Result<u64, Box<dyn Error>> { Ok(given.get(name).ok_or(format!("{name} is needed"))?.parse()?) };
    let (users, tickets) = (usize::try_from(number("--users")?)?, usize::try_from(number("--tickets")?)?);
    let sizes = Sizes { users, teams: (users / 400).clamp(8, 400) };
    let mut random = Rng::with_seed(number("--seed")?);
    let out = Path::new(given.get("--out").ok_or("--out is needed")?);
    fs::create_dir_all(out.join("permissions"))?;
    fs::write(out.join("gatewalk.yaml"), "population: complete\n")?;
    fs::write(out.join("permissions/rules.yaml"), RULES)?;
    write(&out.join("users.ndjson"), (0..users).map(|at| user(at, &mut random)))?;
    write(&out.join("permissions/teams.ndjson"), teams(&sizes, &mut random))?;
    write(&out.join("permissions/assignments.ndjson"), (0..users / 4).map(|_| assignment(&sizes, &mut random)))?;
    write(&out.join("permissions/tickets.ndjson"), (0..tickets).map(|at| ticket(at, &sizes, &mut random)))
}

fn write(path: &Path, records: impl IntoIterator<Item = Value>) -> Done {
    let mut file = BufWriter::new(File::create(path)?);
    for record in records {
        writeln!(file, "{record}")?;
    }
    Ok(file.flush()?)
}

/// A number below `count`, of which small ones are the likeliest: as 1, 1/2, 1/3 and so on, nearly.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "chance need not be exact, and it lies between 0 and the count"
)]
fn zipf(count: usize, random: &mut Rng) -> usize {
    let at = (random.f64() * (count as f64).ln()).exp() - 1.0;
    (at as usize).min(count - 1)
}

fn pick<'a>(from: &[&'a str], random: &mut Rng) -> &'a str {
    from.get(random.usize(..from.len())).copied().unwrap_or_default()
}

fn user_id(at: usize) -> String {
    format!("u{at:06}")
}

fn user(at: usize, random: &mut Rng) -> Value {
    let internal = random.u8(..10) < 7;
    let mut user = json!({
        "userId": user_id(at),
        "userType": if internal { "internal-user" } else { "external-user" },
        "entity": format!("entity-{}", zipf(ENTITIES, random)),
        "attributes": {"region": pick(&["emea", "amer", "apac"], random), "limit": 10_u32.pow(random.u32(2..5))},
    });
    let roles: &[&str] = match random.u8(..100) {
        0 => &["admin"],
        1..=4 => &["auditor"],
        5..=9 => &["viewer"],
        _ => &[],
    };
    if !roles.is_empty() {
        user["roles"] = json!(roles);
    }
    if random.u8(..10) == 0 {
        let completed: &[&str] = if random.bool() { &["training"] } else { &["training", "tenure"] };
        user["progress"] = json!({"startedAt": format!("2026-0{}-01", random.u8(1..=9)), "completed": completed});
    }
    user
}

/// A tree in which each team has four below it; every user is in one team, some in two.
fn teams(sizes: &Sizes, random: &mut Rng) -> Vec<Value> {
    let mut members: Vec<Vec<Value>> = vec![Vec::new(); sizes.teams];
    for at in 0..sizes.users {
        for _ in 0..=usize::from(random.u8(..4) == 0) {
            let member = json!({"user": user_id(at), "role": pick(IN_TEAMS, random)});
            members.get_mut(random.usize(..sizes.teams)).into_iter().for_each(|team| team.push(member.clone()));
        }
    }
    let team = |(at, members): (usize, Vec<Value>)| {
        let mut team = json!({"team": team_id(at), "members": members});
        if at > 0 {
            team["parent"] = json!(team_id((at - 1) / 4));
        }
        if at % 3 != 1 {
            team["inheritance"] = json!(at % 3 == 0);
        }
        team
    };
    members.into_iter().enumerate().map(team).collect()
}

fn team_id(at: usize) -> String {
    format!("team-{at:03}")
}

fn assignment(sizes: &Sizes, random: &mut Rng) -> Value {
    let mut assignment = json!({"user": user_id(random.usize(..sizes.users)), "role": pick(ASSIGNED, random)});
    if random.u8(..10) < 7 {
        assignment["team"] = json!(team_id(random.usize(..sizes.teams)));
    }
    if random.u8(..10) < 3 {
        assignment["project"] = json!(format!("project-{}", random.usize(..PROJECTS)));
    }
    if random.u8(..10) < 4 {
        assignment["notBefore"] = json!(format!("2026-{:02}-01", random.u8(1..=6)));
        assignment["expires"] = json!(format!("2026-{:02}-15T12:00:00Z", random.u8(6..=12)));
    }
    assignment
}

fn ticket(at: usize, sizes: &Sizes, random: &mut Rng) -> Value {
    let mut attributes = json!({
        "team_id": team_id(zipf(sizes.teams, random)),
        "owner": user_id(zipf(sizes.users, random)),
        "priority": pick(PRIORITIES, random),
        "category": pick(CATEGORIES, random),
        "customer": format!("entity-{}", zipf(ENTITIES, random)),
        "amount": random.u32(..20_000),
        "created": format!("2026-{:02}-{:02}", random.u8(1..=12), random.u8(1..=28)),
    });
    if random.u8(..20) == 0 {
        attributes["owner"] = json!([user_id(random.usize(..sizes.users)), user_id(random.usize(..sizes.users))]);
    }
    if random.u8(..10) < 3 {
        attributes["project"] = json!(format!("project-{}", random.usize(..PROJECTS)));
    }
    if random.u8(..20) == 0 {
        attributes["frozen"] = json!(true);
    }
    json!({"resource": "ticket", "id": format!("T-{at:06}"), "attributes": attributes})
}
