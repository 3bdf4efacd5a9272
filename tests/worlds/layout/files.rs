//! Which files there are, and which records lie in which.

use super::node::Node;
use super::scribe::Scribe;
use super::{csv, json, yaml};
use crate::worlds::dice::Dice;
use crate::worlds::world::{User, World};

/// One file, before compression.
#[derive(Clone, Debug)]
pub struct Document {
    pub path: String,
    pub text: String,
    /// The ids of the users it defines, in order.
    pub users: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    App,
    Override,
    User,
}

impl Kind {
    /// The file or folder that records of this kind are looked for in.
    fn place(self) -> &'static str {
        match self {
            Self::App => "apps",
            Self::Override => "overrides",
            Self::User => "users",
        }
    }

    /// The key under which a mapping of kinds lists them.
    pub fn key(self) -> &'static str {
        match self {
            Self::App => "chatApps",
            Self::Override => "overrides",
            Self::User => "users",
        }
    }
}

#[derive(Clone)]
pub struct Record<'a> {
    pub kind: Kind,
    pub node: Node,
    pub user: Option<&'a User>,
    /// Lies among records of another kind and is told from them by its id alone.
    guest: bool,
}

pub struct Layout<'a> {
    pub dice: &'a mut Dice,
    files: Vec<Document>,
    /// Records that share one file with a mapping of kinds.
    pub bundle: Vec<Record<'a>>,
}

pub fn of(world: &World, dice: &mut Dice) -> Vec<Document> {
    let mut layout = Layout { dice, files: Vec::new(), bundle: Vec::new() };
    let (apps, overrides) = layout.app_records(world);
    let users = layout.user_records(world);
    layout.place(Kind::App, apps);
    layout.place(Kind::Override, overrides);
    layout.place(Kind::User, users);
    layout.bundle_and_site(&world.site);
    layout.bystanders();
    layout.files
}

impl<'a> Layout<'a> {
    fn app_records(&mut self, world: &'a World) -> (Vec<Record<'a>>, Vec<Record<'a>>) {
        let mut apps = Vec::new();
        let mut overrides = Vec::new();
        for app in &world.apps {
            let mut scribe = Scribe::new(self.dice);
            let inline = app.admin_override.is_none() || scribe.dice.chance(45);
            apps.push(record(Kind::App, scribe.app(app, inline)));
            let Some(over) = &app.admin_override else {
                continue;
            };
            if inline {
                continue;
            }
            let suffixed = scribe.dice.chance(50);
            let id = if suffixed { format!("{}:override", app.id) } else { app.id.clone() };
            let node = scribe.admin_override(&id, over);
            if suffixed && scribe.dice.chance(35) {
                apps.push(Record { guest: true, ..record(Kind::Override, node) });
            } else {
                overrides.push(record(Kind::Override, node));
            }
        }
        self.dice.shuffle(&mut apps);
        self.dice.shuffle(&mut overrides);
        (apps, overrides)
    }

    fn user_records(&mut self, world: &'a World) -> Vec<Record<'a>> {
        let mut users: Vec<&User> = world.users.iter().collect();
        if self.dice.chance(50) {
            self.dice.shuffle(&mut users);
        }
        let written = users.into_iter().map(|user| {
            let node = Scribe::new(self.dice).user(user);
            Record { user: Some(user), ..record(Kind::User, node) }
        });
        written.collect()
    }

    /// Puts the records of one kind into files of their own, or some of them into the shared one.
    fn place(&mut self, kind: Kind, mut records: Vec<Record<'a>>) {
        let most = self.dice.weighted(&[(5, usize::MAX), (2, 1), (2, 3)]);
        let shares = self.dice.chance(30);
        while !records.is_empty() {
            let rest = records.split_off(most.min(records.len()));
            let group = std::mem::replace(&mut records, rest);
            if shares && self.dice.chance(70) && !group.iter().any(|record| record.guest) {
                self.bundle.extend(group);
            } else {
                self.own_file(kind, &group);
            }
        }
    }

    fn own_file(&mut self, kind: Kind, group: &[Record<'a>]) {
        if kind == Kind::User && self.dice.chance(20) {
            self.csv_and_rest(group);
        } else {
            self.document_file(kind, group);
        }
    }

    /// CSV for the users whom it can hold, another file for the others.
    fn csv_and_rest(&mut self, group: &[Record<'a>]) {
        let fits = |record: &Record<'_>| record.user.is_some_and(csv::fits);
        let (fit, rest): (Vec<_>, Vec<_>) = group.iter().cloned().partition(fits);
        let users: Vec<&User> = fit.iter().filter_map(|record| record.user).collect();
        match csv::users(&users, self.dice) {
            Some(text) => self.add(Kind::User.place(), "csv", text, ids(&fit)),
            None => self.document_file(Kind::User, &fit),
        }
        self.document_file(Kind::User, &rest);
    }

    fn document_file(&mut self, kind: Kind, group: &[Record<'a>]) {
        if group.is_empty() {
            return;
        }
        let nodes: Vec<Node> = group.iter().map(|record| record.node.clone()).collect();
        let users = ids(group);
        // Records of two kinds lie together where the product's own table is exported.
        let mixed = group.iter().any(|record| record.guest);
        let (extension, text) = match self.dice.between(if mixed { 60 } else { 0 }, 99) {
            0..=34 => (self.yaml_extension(), self.yaml_records(kind, &nodes)),
            35..=47 => {
                let value = self.listed_or_keyed(kind, nodes);
                ("json", json::Json::new(self.dice).file(&value))
            }
            48..=59 => ("ndjson", self.lines(&nodes)),
            _ => self.table_export(kind, group),
        };
        self.add(kind.place(), extension, text, users);
    }

    pub fn yaml_extension(&mut self) -> &'static str {
        if self.dice.chance(70) { "yaml" } else { "yml" }
    }

    /// A list, one document each, a few lists, or a mapping of kinds.
    fn yaml_records(&mut self, kind: Kind, nodes: &[Node]) -> String {
        let documents = match self.dice.between(0, 3) {
            0 => nodes.to_vec(),
            1 => {
                let size = self.dice.between(1, nodes.len());
                nodes.chunks(size).map(|chunk| Node::List(chunk.to_vec())).collect()
            }
            _ => vec![self.listed_or_keyed(kind, nodes.to_vec())],
        };
        yaml::stream(&documents, self.dice)
    }

    fn listed_or_keyed(&mut self, kind: Kind, mut nodes: Vec<Node>) -> Node {
        if self.dice.chance(40) {
            let key = Scribe::new(self.dice).key(kind.key());
            return Node::Map(vec![(key, Node::List(nodes))]);
        }
        if nodes.len() == 1 && self.dice.chance(60) {
            return nodes.remove(0);
        }
        Node::List(nodes)
    }

    pub fn lines(&mut self, nodes: &[Node]) -> String {
        let mut json = json::Json::new(self.dice);
        let lines: Vec<String> = nodes.iter().map(|node| json.line(node)).collect();
        lines.join("\n") + if self.dice.chance(85) { "\n" } else { "" }
    }

    /// Adds a file under a path that is still free.
    pub fn add(&mut self, place: &str, extension: &str, text: String, users: Vec<String>) {
        let packed = if self.dice.chance(8) { ".gz" } else { "" };
        let mut path = format!("{place}.{extension}{packed}");
        while self.dice.chance(40) || self.files.iter().any(|file| file.path == path) {
            let folder = *self.dice.pick(&["", "a/", "team b/", "B/deep/er/"]);
            let stem = *self.dice.pick(&["main", "Z", "one", "users", "apps", "été"]);
            let number = self.dice.between(0, 99);
            path = format!("{place}/{folder}{stem}{number}.{extension}{packed}");
        }
        let text = self.bytes_differ(text);
        self.files.push(Document { path, text, users });
    }

    /// A byte-order mark and the other line ending say nothing.
    fn bytes_differ(&mut self, text: String) -> String {
        let text = if self.dice.chance(12) { text.replace('\n', "\r\n") } else { text };
        if self.dice.chance(8) { format!("\u{feff}{text}") } else { text }
    }

    /// Files that define nothing: nobody's name, or nothing in them.
    fn bystanders(&mut self) {
        let stray = "chatAppId: stray\nenabled: true\nuserId: stray\n";
        for path in ["notes.yaml", "apps.yaml.bak", "old/users.yaml", "apps/README.md", "users/list.txt", "apps.csv"] {
            if self.dice.chance(4) {
                self.files.push(Document { path: path.to_owned(), text: stray.to_owned(), users: Vec::new() });
            }
        }
        if self.dice.chance(4) {
            let text = (*self.dice.pick(&["", "# nothing yet\n"])).to_owned();
            self.files.push(Document { path: "overrides/empty.yaml".to_owned(), text, users: Vec::new() });
        }
    }
}

fn record<'a>(kind: Kind, node: Node) -> Record<'a> {
    Record { kind, node, user: None, guest: false }
}

fn ids(records: &[Record<'_>]) -> Vec<String> {
    records.iter().filter_map(|record| record.user).map(|user| user.id.clone()).collect()
}
