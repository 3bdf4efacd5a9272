//! Files that hold a mapping of kinds: what several kinds share, and the site.

use super::files::{Kind, Layout, Record};
use super::node::Node;
use super::scribe::Scribe;
use super::{json, yaml};
use crate::worlds::world::Site;

type Entry = (String, Node);

impl Layout<'_> {
    /// Writes what was put aside for the shared file, and the site into that file or one of its
    /// own.
    pub fn bundle_and_site(&mut self, site: &Site) {
        let (mut kinds, mut configuration, users) = self.bundled();
        let silent = *site == Site::default() && self.dice.chance(60);
        if !silent {
            let mut scribe = Scribe::new(self.dice);
            let entry = (scribe.key("siteFeatures"), scribe.site(site));
            let alone = kinds.is_empty() && configuration.is_empty();
            if alone || self.dice.chance(60) {
                configuration.push(entry);
            } else {
                self.kinds_file("site", &[Node::Map(vec![entry])], Vec::new());
            }
        }
        if kinds.is_empty() && configuration.is_empty() {
            return;
        }

        if !configuration.is_empty() && self.dice.chance(30) {
            self.dice.shuffle(&mut configuration);
            let key = Scribe::new(self.dice).key("pikaConfig");
            configuration = vec![(key, Node::Map(configuration))];
        }
        kinds.extend(configuration);
        self.dice.shuffle(&mut kinds);
        let documents =
            if self.dice.chance(25) { kinds.into_iter().map(|kind| Node::Map(vec![kind])).collect() } else { vec![Node::Map(kinds)] };
        let place = *self.dice.pick(&["site", "site", "apps", "overrides", "users"]);
        self.kinds_file(place, &documents, users);
    }

    /// The lists of the shared file: overrides and users, then what may also stand in the product's
    /// own configuration file. With them the users in order.
    fn bundled(&mut self) -> (Vec<Entry>, Vec<Entry>, Vec<String>) {
        let (mut kinds, mut configuration, mut users) = (Vec::new(), Vec::new(), Vec::new());
        for kind in [Kind::App, Kind::Override, Kind::User] {
            let records: Vec<&Record<'_>> = self.bundle.iter().filter(|record| record.kind == kind).collect();
            if records.is_empty() {
                continue;
            }
            users.extend(records.iter().filter_map(|record| record.user).map(|user| user.id.clone()));
            let list = Node::List(records.iter().map(|record| record.node.clone()).collect());
            let entry = (Scribe::new(self.dice).key(kind.key()), list);
            if kind == Kind::App {
                configuration.push(entry);
            } else {
                kinds.push(entry);
            }
        }
        (kinds, configuration, users)
    }

    fn kinds_file(&mut self, place: &str, documents: &[Node], users: Vec<String>) {
        match documents {
            [only] if self.dice.chance(40) => {
                let text = json::Json::new(self.dice).file(only);
                self.add(place, "json", text, users);
            }
            _ => {
                let extension = self.yaml_extension();
                let text = yaml::stream(documents, self.dice);
                self.add(place, extension, text, users);
            }
        }
    }
}
