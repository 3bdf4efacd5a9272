//! Users who are read as a stream are those that the loader reads, whatever a file looks like; what the loader refuses, no stream
//! takes.

use std::fmt::Write as _;

use gatewalk::discover::{Request, load, load_rest};
use gatewalk::model::{Facets, Semantics, UserType, Workspace};
use gatewalk::people::{People, Sight, Sighted, Unsure};
use gatewalk::walk::{Subject, WhatIf};

use crate::worlds::dice::Dice;
use crate::worlds::seeds;

/// What decides of a user: id, type, roles and entity.
type Seen = (String, UserType, Vec<String>, Option<String>);

/// The same with what is supposed, and as it is defined.
type Both = (Seen, Seen);

fn seen(facets: &Facets<'_>) -> Seen {
    let mut roles: Vec<String> = Vec::new();
    for role in facets.roles {
        if !roles.iter().any(|known| known == role) {
            roles.push((*role).to_owned());
        }
    }
    (facets.id.to_owned(), facets.user_type, roles, facets.entity.map(str::to_owned))
}

/// How often streams could tell, how often the loader had to, and how often it refused.
#[derive(Default)]
struct Tried {
    told: usize,
    unsure: usize,
    refused: usize,
}

/// Reads a workspace of such files both ways.
fn compare(files: &[(String, String)], what_if: &WhatIf, semantics: Semantics, piece: usize, tried: &mut Tried) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder for the files");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
    let request = Request { root: folder.path().to_path_buf(), files: Vec::new(), changes: None };
    let expected: Option<Vec<Both>> = load(&request).ok().map(|workspace| {
        let defined = everybody(&workspace, semantics, &WhatIf::default());
        everybody(&workspace, semantics, what_if).into_iter().zip(defined).collect()
    });
    tried.refused += usize::from(expected.is_none());
    let Some((rest, aside)) = load_rest(&request) else { return Ok(()) };
    let people = || People::new(Sight::new(&rest, semantics, what_if), &aside).in_pieces_of(piece);
    let mut threads: Vec<Vec<Both>> = vec![Vec::new(); 3];
    let both = |user: &Sighted<'_>| (seen(&user.supposed), seen(&user.defined));
    let streamed = people();
    match streamed.each(&mut threads, true, |all, user| all.push(both(user)), |_| {}) {
        Err(Unsure) => tried.unsure += usize::from(expected.is_some() && piece > 1000),
        Ok(found) => {
            tried.told += 1;
            let Some(mut expected) = expected else { return Err("the loader refuses what a stream takes".to_owned()) };
            let mut in_order = Vec::new();
            let taken: Result<Result<(), ()>, Unsure> = streamed.in_order(found, |user| {
                in_order.push(both(user));
                Ok(())
            });
            assert_eq!(taken, Ok(Ok(())), "what was read once can be read again");
            if in_order != expected {
                return Err(format!("loaded {expected:?}\nin order {in_order:?}"));
            }
            let mut all = threads.concat();
            all.sort();
            expected.sort();
            if all != expected {
                return Err(format!("loaded {expected:?}\nby threads {all:?}"));
            }
        }
    }
    Ok(())
}

fn everybody(workspace: &Workspace, semantics: Semantics, what_if: &WhatIf) -> Vec<Seen> {
    workspace.users().iter().map(|user| seen(&Subject::new(workspace, user, semantics, what_if).facets())).collect()
}

const NAMES: &[&str] =
    &["ann", "bo", "c d", "ü", "日本", "o'neil", "a;b", "x,y", "q\"q", "back\\slash", "", "0", "null", "true", "a/prefs", "-", " pad "];
const ROLES: &[&str] = &["support", "hr", "pika:site-admin", "ümlaut", "two words", "a,b", "a;b", "", "null", "7"];

/// A JSON text, now and then with escapes that need not be.
fn quoted(text: &str, dice: &mut Dice) -> String {
    let plain = serde_json::Value::from(text).to_string();
    match dice.between(0, 30) {
        0 => text.chars().fold("\"".to_owned(), |all, found| all + &format!("\\u{:04x}", u32::from(found).min(0xd7ff))) + "\"",
        1 => plain.replace('/', "\\/"),
        _ => plain,
    }
}

/// A value that is nobody's business.
fn anything(dice: &mut Dice, depth: usize) -> String {
    match dice.between(0, if depth > 3 { 5 } else { 8 }) {
        0 => "null".to_owned(),
        1 => ["true", "false"][dice.between(0, 1)].to_owned(),
        2 if dice.chance(3) => (*dice.pick(&["01", "1.", "-"])).to_owned(),
        2 => (*dice.pick(&["0", "-1", "12.50", "1e3", "1E+2"])).to_owned(),
        3..=5 => quoted(NAMES[dice.between(0, NAMES.len() - 1)], dice),
        6 => format!("[{}]", (0..dice.between(0, 3)).map(|_| anything(dice, depth + 1)).collect::<Vec<_>>().join(",")),
        _ => {
            let keys = ["a", "b", "accountId", "org", "unit", "a b", "ü"];
            let mut keys = dice.some(&keys, 4);
            if dice.chance(2) {
                keys.extend(keys.first().copied());
            }
            let entries: Vec<String> = keys.iter().map(|key| format!("{}:{}", quoted(key, dice), anything(dice, depth + 1))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn space(dice: &mut Dice) -> &'static str {
    if dice.chance(90) { "" } else { [" ", "\t", "  "][dice.between(0, 2)] }
}

/// A user as JSON, mostly ordinary.
fn json(number: usize, odd: bool, dice: &mut Dice) -> String {
    let id = if odd && dice.chance(30) { NAMES[dice.between(0, NAMES.len() - 1)].to_owned() } else { format!("u{number}") };
    let mut fields = vec![format!("\"userId\":{}{}", space(dice), quoted(&id, dice))];
    if dice.chance(80) {
        let word = if odd {
            ["internal-user", "external-user", "null", "\"staff\"", "7", "\"Internal-User\""][dice.between(0, 5)]
        } else {
            "internal-user"
        };
        let word = if word.starts_with(['"', 'n', '7']) { word.to_owned() } else { format!("\"{word}\"") };
        fields.push(format!("\"userType\":{word}"));
    }
    if dice.chance(80) {
        let roles: Vec<String> = (0..dice.between(0, 5))
            .map(|_| if odd && dice.chance(10) { anything(dice, 3) } else { quoted(ROLES[dice.between(0, ROLES.len() - 1)], dice) })
            .collect();
        fields.push(if odd && dice.chance(5) {
            "\"roles\":null".to_owned()
        } else {
            format!("\"roles\":[{}{}]", space(dice), roles.join(", "))
        });
    }
    if dice.chance(70) {
        let data = match dice.between(0, 3) {
            0 => anything(dice, 1),
            1 => format!("{{\"org\":{{\"unit\":{},\"x\":1}}}}", anything(dice, 3)),
            _ => format!("{{\"accountId\": {}, \"plan\":\"pro\"}}", if odd { anything(dice, 2) } else { "\"acme\"".to_owned() }),
        };
        fields.push(format!("\"customData\":{data}"));
    }
    if dice.chance(20) {
        fields.push(format!("\"entity\":{}", quoted(NAMES[dice.between(0, NAMES.len() - 1)], dice)));
    }
    let known = [
        "firstName",
        "lastName",
        "email",
        "features",
        "userIdPrefix",
        "userIdLower",
        "viewingContentFor",
        "overrideData",
        "authData",
        "createDate",
        "lastUpdate",
    ];
    let strange = [
        "user_type",
        "Roles",
        "role",
        "userTypes",
        "attributes",
        "progress",
        "team",
        "note",
        "lastLogin",
        "roles",
        "custom_data",
        "chatAppId",
        "teams",
    ];
    for _ in 0..dice.between(0, 2) {
        let name =
            if odd && dice.chance(20) { strange[dice.between(0, strange.len() - 1)] } else { known[dice.between(0, known.len() - 1)] };
        if odd || !fields.iter().any(|field| field.contains(name)) {
            fields.push(format!("\"{name}\":{}", anything(dice, 2)));
        }
    }
    if dice.chance(15) {
        let times = ["2026-01-31T18:00:00Z", "2026-02-31T18:00:00Z", "yesterday", "2026-01-31", "2026-01-31T18:00:00.123+01:00", ""];
        fields.push(format!("\"lastLogin\":\"{}\"", times[if odd { dice.between(0, 5) } else { 0 }]));
    }
    dice.shuffle(&mut fields);
    format!("{}{{{}{}{}}}{}", space(dice), space(dice), fields.join(if dice.chance(50) { "," } else { " , " }), space(dice), space(dice))
}

fn ndjson(odd: bool, dice: &mut Dice) -> String {
    let end = if dice.chance(80) { "\n" } else { "\r\n" };
    let mut text = String::new();
    for number in 0..dice.between(0, 12) {
        text += &json(if odd && dice.chance(4) { 0 } else { number }, odd && dice.chance(8), dice);
        text += if dice.chance(95) { end } else { "\n\n  \n" };
    }
    if dice.chance(20) { text.trim_end().to_owned() } else { text }
}

fn json_list(odd: bool, dice: &mut Dice) -> String {
    let users: Vec<String> = (0..dice.between(0, 12)).map(|number| json(number, odd && dice.chance(8), dice)).collect();
    let list = users.join([",", ",\n", " ,\n  "][dice.between(0, 2)]);
    match dice.between(0, if odd { 9 } else { 0 }) {
        8 => format!("{{\"users\": [{list}]}}"),
        9 => format!("[{list},]"),
        7 => format!("[{list}] [{}]", json(99, odd, dice)),
        _ => format!("{}[{}{list}\n]{}", space(dice), space(dice), space(dice)),
    }
}

/// A user as YAML, in the lines of a block.
fn block(number: usize, odd: bool, dice: &mut Dice) -> Vec<String> {
    let scalar = |text: &str, dice: &mut Dice| match dice.between(0, 2) {
        0 if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => text.to_owned(),
        1 if !text.contains('\'') => format!("'{text}'"),
        _ => serde_json::Value::from(text).to_string(),
    };
    let id = if odd && dice.chance(30) { (*dice.pick(NAMES)).to_owned() } else { format!("u{number}") };
    let mut lines = vec![format!("userId: {}", scalar(&id, dice))];
    if dice.chance(70) {
        lines.push(format!("userType: {}", if odd { *dice.pick(&["internal-user", "staff", "~", "&a x"]) } else { "internal-user" }));
    }
    if dice.chance(70) {
        let roles: Vec<String> = (0..dice.between(0, 4))
            .map(|_| {
                let role = *dice.pick(ROLES);
                scalar(role, dice)
            })
            .collect();
        if roles.is_empty() || dice.chance(50) {
            lines.push(format!("roles: [{}]", roles.join(", ")));
        } else {
            lines.push("roles:".to_owned());
            let indent = if dice.chance(50) { "" } else { "  " };
            lines.extend(roles.iter().map(|role| format!("{indent}- {role}")));
        }
    }
    if dice.chance(60) {
        lines.push("customData:".to_owned());
        let account = *dice.pick(NAMES);
        lines.push(format!("  accountId: {}", scalar(account, dice)));
        if dice.chance(30) {
            lines.push("  org: {unit: x}".to_owned());
        }
    }
    if odd && dice.chance(20) {
        let strange = [
            "# a comment",
            "roles: [x]",
            "note: |",
            "  more",
            "- x",
            "teams: [a]",
            "attributes: {a: 1}",
            "? x",
            "firstName: *a",
            "---",
            "...",
        ];
        let at = dice.between(0, lines.len());
        lines.insert(at, (*dice.pick(&strange)).to_owned());
    }
    lines
}

fn yaml(odd: bool, dice: &mut Dice) -> String {
    let users = dice.between(0, 12);
    let blocks: Vec<Vec<String>> = (0..users).map(|number| block(number, odd && dice.chance(8), dice)).collect();
    let mut text = String::new();
    if dice.chance(20) {
        text += "# users\n\n";
    }
    let form = dice.between(0, 3);
    let indent = if form == 1 { " ".repeat(dice.between(0, 3)) } else { String::new() };
    text += match form {
        0 if dice.chance(30) => "---\n",
        1 => "users:\n",
        _ => "",
    };
    for lines in &blocks {
        for (at, line) in lines.iter().enumerate() {
            text += &match form {
                0 | 1 => format!("{indent}{}{line}\n", if at == 0 { "- " } else { "  " }),
                _ => format!("{}{line}\n", if at == 0 { "---\n" } else { "" }),
            };
        }
        if dice.chance(5) {
            text += "\n# next\n";
        }
    }
    if odd && dice.chance(10) {
        text += *dice.pick(&[
            "---\nteams:\n- userId: t1\n",
            "teams:\n  - userId: t1\n",
            "  - userId: t2\n",
            "- userId: t3\n",
            "users: []\n",
            "...",
        ]);
    }
    text
}

fn csv(odd: bool, dice: &mut Dice) -> String {
    let mut columns = vec!["userId", "userType", "roles"];
    let known = ["entity", "lastLogin", "customData.accountId", "customData.org.unit"];
    let strange = ["customData.org", "firstName", "user_type", "nonsense", "entity"];
    let some = if odd && dice.chance(30) { dice.some(&[known.as_slice(), &strange].concat(), 3) } else { dice.some(&known, 3) };
    columns.extend(some);
    let mut text = columns.join(",") + "\n";
    for number in 0..dice.between(0, 12) {
        let field = |name: &str, dice: &mut Dice| match name {
            "userId" => {
                if odd && dice.chance(2) {
                    NAMES[dice.between(0, NAMES.len() - 1)].to_owned()
                } else {
                    format!("u{number}")
                }
            }
            "userType" | "user_type" => {
                ["internal-user", "external-user", "", "staff"][dice.between(0, if odd { 3 } else { 2 })].to_owned()
            }
            "roles" => (0..dice.between(0, 4)).map(|_| ROLES[dice.between(0, ROLES.len() - 1)]).collect::<Vec<_>>().join(";"),
            "lastLogin" => ["", "2026-01-31T18:00:00Z", "yesterday"][dice.between(0, if odd { 2 } else { 1 })].to_owned(),
            _ => NAMES[dice.between(0, NAMES.len() - 1)].to_owned(),
        };
        let fields: Vec<String> = columns
            .iter()
            .map(|name| field(name, dice))
            .map(|text| {
                let needs = text.contains(['"', ',', '\n', '\t']);
                if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
            })
            .collect();
        text += &fields.join(",");
        text += if odd && dice.chance(5) {
            ",\n"
        } else if dice.chance(90) {
            "\n"
        } else {
            "\r\n"
        };
    }
    if dice.chance(20) { text.trim_end().to_owned() } else { text }
}

/// Changes a byte or a few.
fn damaged(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..dice.between(1, 2) {
        let at = dice.between(0, bytes.len());
        match dice.between(0, 3) {
            0 if at < bytes.len() => drop(bytes.remove(at)),
            1 if at < bytes.len() => bytes[at] = *dice.pick(b"\"\\{}[],:\n\r;0\0 -"),
            2 => bytes.truncate(at),
            _ => bytes.insert(at, *dice.pick(b"\"\\{}[],:\n\r;0\x1b an")),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn site(dice: &mut Dice) -> String {
    let entity = match dice.between(0, 5) {
        0 => String::new(),
        1 => "  entity: {enabled: false, attributeName: accountId}\n".to_owned(),
        2 => "  entity: {enabled: true, attributeName: org.unit}\n".to_owned(),
        3 => "  entity: {enabled: true, attributeName: org}\n".to_owned(),
        _ => "  entity: {enabled: true, attributeName: accountId}\n".to_owned(),
    };
    format!("siteFeatures:\n  siteAdmin: {{websiteEnabled: true}}\n{entity}")
}

fn files(odd: bool, dice: &mut Dice) -> Vec<(String, String)> {
    let mut files = vec![
        ("apps.yaml".to_owned(), "chatAppId: a\nenabled: true\nuserRoles: [support]\n".to_owned()),
        ("site.yaml".to_owned(), site(dice)),
    ];
    for number in 0..dice.between(1, 2) {
        let (extension, mut text) = match dice.between(0, 4) {
            4 => ("yaml", yaml(odd, dice)),
            0 => ("csv", csv(odd, dice)),
            1 => ("json", json_list(odd, dice)),
            _ => ("ndjson", ndjson(odd, dice)),
        };
        if number > 0 {
            text = text.replace("\"u", "\"v").replace("\nu", "\nv").replace("\"vserI", "\"userI").replace("\"vserT", "\"userT");
        }
        if odd && dice.chance(30) {
            text = damaged(&text, dice);
        }
        if dice.chance(10) {
            text.insert(0, '\u{feff}');
        }
        files.push((format!("users/{number}.{extension}"), text));
    }
    if dice.chance(30) {
        files.push(("users/0a.yaml".to_owned(), "- {userId: y1, roles: [hr]}\n- {userId: y2}\n".to_owned()));
    }
    files
}

fn supposed(dice: &mut Dice) -> WhatIf {
    let mut what_if = WhatIf::default();
    match dice.between(0, 6) {
        0 => what_if.user_type = Some(UserType::Internal),
        1 => what_if.with_roles = vec!["hr".to_owned(), "new".to_owned()],
        2 => what_if.without_roles = vec!["support".to_owned()],
        3 => what_if.entity = Some(["acme", ""][dice.between(0, 1)].to_owned()),
        _ => {}
    }
    what_if
}

fn shown(files: &[(String, String)]) -> String {
    files.iter().fold(String::new(), |mut all, (name, text)| {
        write!(all, "== {name}\n{text}\n").expect("text can be added to");
        all
    })
}

fn try_worlds(odd: bool, count: u64) -> Tried {
    let all = std::sync::Mutex::new(Tried::default());
    seeds::every_seed(count, |seed| {
        let mut dice = Dice::seeded(seed);
        let mut tried = Tried::default();
        for _ in 0..20 {
            let files = files(odd, &mut dice);
            let (what_if, semantics, piece) = (supposed(&mut dice), *dice.pick(Semantics::ALL), *dice.pick(&[1, 7, 60, 300, 1 << 20]));
            compare(&files, &what_if, semantics, piece, &mut tried)
                .map_err(|problem| format!("{problem}\nin pieces of {piece}\n{}", shown(&files)))?;
        }
        let mut all = all.lock().expect("no thread panicked");
        (all.told, all.unsure, all.refused) = (all.told + tried.told, all.unsure + tried.unsure, all.refused + tried.refused);
        Ok(())
    });
    all.into_inner().expect("no thread panicked")
}

#[test]
fn streams_see_whom_the_loader_loads() {
    let tried = try_worlds(false, 60);
    assert!(tried.told > 10 * tried.unsure, "ordinary files are read as streams: {} told, {} unsure", tried.told, tried.unsure);
}

#[test]
fn streams_take_nothing_that_the_loader_refuses() {
    let tried = try_worlds(true, 150);
    assert!(tried.refused > 300 && tried.told > 300, "{} told, {} unsure, {} refused", tried.told, tried.unsure, tried.refused);
}

#[test]
fn a_comma_before_the_end_of_a_list_is_seen_wherever_the_file_is_cut() {
    let users: Vec<String> = (0..9).map(|number| format!("{{\"userId\":\"u{number}\"}}")).collect();
    let app = ("apps.yaml".to_owned(), "chatAppId: a\n".to_owned());
    for (end, told) in [("]", true), (",]", false), (", \n]\n", false)] {
        let files = [app.clone(), ("users.json".to_owned(), format!("[{}{end}", users.join(", ")))];
        for piece in 1..200 {
            let mut tried = Tried::default();
            compare(&files, &WhatIf::default(), Semantics::Documented, piece, &mut tried).expect("it is read as the loader reads it");
            assert_eq!(tried.told == 1, told, "{end:?} in pieces of {piece}");
        }
    }
}

/// The binary's answer to a question about such files.
fn asked(files: &[(String, String)], arguments: &[&str]) -> crate::ask::Said {
    let document =
        |(path, text): &(String, String)| crate::worlds::layout::Document { path: path.clone(), text: text.clone(), users: Vec::new() };
    crate::ask::Asked::files(files.iter().map(document).collect()).expect("the files are valid").run(arguments)
}

#[test]
fn the_binary_answers_alike_whether_users_are_loaded_or_read() {
    let who_can: [&[&str]; 6] = [
        &["who-can", "a"],
        &["who-can", "b", "--format", "csv"],
        &["who-can", "a", "--format", "json"],
        &["who-can", "b", "--format", "ndjson", "--role", "h*", "--entity", "acme1"],
        &["who-can", "b", "--format", "markdown", "--type", "external-user"],
        &["who-can", "a", "--format", "csv", "--with-role", "support"],
    ];
    let questions: [&[&str]; 9] = [
        &["--format", "csv"],
        &["--format", "json", "--only", "denied"],
        &["--format", "ndjson", "--role", "support", "--role", "h*", "--user", "*"],
        &["--format", "markdown", "--type", "external-user", "--with-role", "support"],
        &["--summary"],
        &["--summary", "--format", "ndjson", "--entity", "ac*"],
        &["--group-by", "role", "--format", "csv"],
        &["--group-by", "entity", "--format", "json", "--without-role", "hr"],
        &["--group-by", "type", "--as-entity", "acme", "--user", "u1", "--format", "csv"],
    ];
    let user = |number: usize, role: &str| {
        format!("{{\"userId\":\"u{number}\",\"roles\":[\"{role}\",\"x\"],\"customData\":{{\"accountId\":\"acme{}\"}}}}\n", number % 3)
    };
    let users: String = (0..40).map(|number| user(number, ["support", "hr", "two words", "h\\u0072"][number % 4])).collect();
    let site = "siteFeatures:\n  entity: {enabled: true, attributeName: accountId}\n";
    let app = "- {chatAppId: a, enabled: true, userRoles: [support]}\n- {chatAppId: b, enabled: true, allowedEntities: [acme1]}\n";
    let mut files: Vec<(String, String)> =
        [("apps.yaml", app), ("site.yaml", site), ("users.ndjson", &users)].map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    let questions: Vec<Vec<&str>> = questions.iter().map(|question| [&["matrix"], *question].concat()).collect();
    let questions: Vec<Vec<&str>> = questions.into_iter().chain(who_can.map(<[&str]>::to_vec)).collect();
    let read: Vec<_> = questions.iter().map(|question| asked(&files, question)).collect();
    // Where permissions could be defined, users are loaded.
    files.push(("permissions.yaml".to_owned(), "# none\n".to_owned()));
    for (question, read) in questions.iter().zip(read) {
        let loaded = asked(&files, question);
        assert_eq!(loaded.code, Some(0), "{question:?}: {loaded:?}");
        assert!(loaded.out.lines().count() > 1, "{question:?}: {loaded:?}");
        assert_eq!((read.code, read.out, read.err), (loaded.code, loaded.out, loaded.err), "{question:?}");
    }
}
