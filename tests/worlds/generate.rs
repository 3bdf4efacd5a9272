//! Random worlds, all of them valid, biased so that every gate decides often and each deciding
//! branch is taken.

mod people;

use crate::worlds::dice::Dice;
use crate::worlds::names::Names;
use crate::worlds::world::{
    App, Combine, EntitySettings, FeatureConfig, Features, HomePageRule, Override, Rules, Site, User, UserType, World,
};

pub struct Generator {
    dice: Dice,
    names: Names,
}

impl Generator {
    /// The names follow from the seed; `salt` varies what is made of them.
    pub fn new(seed: u64, salt: u64) -> Self {
        let names = Names::draw(&mut Dice::seeded(seed));
        let dice = Dice::seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt);
        Self { dice, names }
    }

    pub fn world(&mut self) -> World {
        let apps = self.names.apps.clone();
        // The last user name is kept for a newcomer.
        let users = self.names.users[..8].to_vec();
        World {
            apps: apps.iter().map(|id| self.app(id)).collect(),
            users: users.iter().map(|id| self.user(id)).collect(),
            site: self.site(),
        }
    }

    /// A user whom `world` of the same seed does not have.
    pub fn newcomer(&mut self) -> User {
        let id = self.names.users[8].clone();
        self.user(&id)
    }

    pub fn app(&mut self, id: &str) -> App {
        App {
            id: id.to_owned(),
            rules: Rules { enabled: self.switch(90, 5), ..self.rules() },
            required_roles: self.names_list(16, 2, |names| &names.roles),
            allowed_entities: self.names_list(16, 3, |names| &names.entities),
            allowed_user_ids: self.user_list(14),
            denied_user_ids: self.user_list(22),
            features: self.features(40),
            test: if self.dice.chance(25) { Some(self.dice.chance(40)) } else { None },
            test_type: self.dice.chance(8).then(|| "mock".to_owned()),
            admin_override: self.dice.chance(45).then(|| self.admin_override()),
        }
    }

    pub fn admin_override(&mut self) -> Override {
        Override {
            rules: Rules { enabled: self.switch(76, 9), ..self.rules() },
            exclusive_user_ids: self.user_list(28),
            exclusive_internal: self.names_list(30, 3, |names| &names.entities),
            exclusive_external: self.names_list(30, 3, |names| &names.entities),
            features: self.features(35),
            home_page_rules: self.dice.chance(35).then(|| self.home_page_rules()),
        }
    }

    /// Access rules; `enabled` is mostly true here, and absent often enough for configurations that
    /// are invalid.
    pub fn rules(&mut self) -> Rules {
        Rules {
            enabled: self.switch(74, 12),
            user_types: self.type_list(30, 11),
            user_roles: self.names_list(55, 4, |names| &names.roles),
            apply_rules_as: self.dice.weighted(&[(5, None), (2, Some(Combine::And)), (4, Some(Combine::Or))]),
        }
    }

    pub fn features(&mut self, percent: u32) -> Features {
        let mut features = Features::new();
        let mut names = vec!["traces".to_owned(), "verifyResponse".to_owned(), "logout".to_owned()];
        names.extend(self.names.features.iter().cloned());
        for name in names {
            if self.dice.chance(percent) {
                let config = self.feature_config(&name);
                features.insert(name, config);
            }
        }
        features
    }

    pub fn feature_config(&mut self, name: &str) -> FeatureConfig {
        let detailed_traces = (name == "traces" && self.dice.chance(55)).then(|| self.detailed_rules());
        let rules = if self.dice.chance(7) { Rules::default() } else { self.rules() };
        FeatureConfig { rules, detailed_traces }
    }

    /// Rules that are off more often: who is asked about them has passed two stages already.
    fn detailed_rules(&mut self) -> Rules {
        Rules { enabled: self.switch(62, 26), ..self.rules() }
    }

    pub fn home_page_rules(&mut self) -> Vec<HomePageRule> {
        let count = self.dice.between(0, 4);
        (0..count).map(|_| HomePageRule { user_types: self.type_list(40, 8), chat_app_user_types: self.type_list(12, 14) }).collect()
    }

    pub fn site(&mut self) -> Site {
        let mut features = self.features(60);
        // Detailed traces are three stages deep, so the way there is opened more often than chance
        // would.
        if self.dice.chance(45) {
            let open = |generator: &mut Self| Rules { enabled: Some(true), ..generator.rules() };
            let config = FeatureConfig { rules: open(self), detailed_traces: Some(open(self)) };
            features.insert("traces".to_owned(), config);
        }
        Site {
            features,
            entity: self.entity_settings(),
            home_page_rules: self.dice.chance(80).then(|| self.home_page_rules()),
            site_admin: self.switch(70, 15),
            content_admin: self.switch(70, 15),
        }
    }

    fn entity_settings(&mut self) -> Option<EntitySettings> {
        if self.dice.chance(30) {
            return None;
        }
        Some(EntitySettings { enabled: self.switch(85, 8), attribute_name: self.dice.chance(92).then(|| self.names.attribute.clone()) })
    }

    /// Absent, false or true: `yes` and `no` in a hundred, absent for the rest.
    fn switch(&mut self, yes: u32, no: u32) -> Option<bool> {
        self.dice.weighted(&[(yes, Some(true)), (no, Some(false)), (100 - yes - no, None)])
    }

    /// A list of user types: `absent` and `empty` in a hundred, else one type or both.
    fn type_list(&mut self, absent: u32, empty: u32) -> Option<Vec<UserType>> {
        match self.dice.weighted(&[(absent, 0), (empty, 1), (100 - absent - empty, 2)]) {
            0 => None,
            1 => Some(Vec::new()),
            _ => Some(self.dice.some(&UserType::ALL, 2)),
        }
    }

    /// A list of up to `most` names of one pool: `present` in a hundred, one in six of those empty.
    fn names_list(&mut self, present: u32, most: usize, pool: fn(&Names) -> &Vec<String>) -> Option<Vec<String>> {
        if !self.dice.chance(present) {
            return None;
        }
        if self.dice.chance(16) {
            return Some(Vec::new());
        }
        Some(self.dice.some(pool(&self.names), most))
    }

    /// A list of user ids, long enough to name somebody on either side, at times with what looks
    /// like a pattern.
    pub fn user_list(&mut self, present: u32) -> Option<Vec<String>> {
        if !self.dice.chance(present) {
            return None;
        }
        if self.dice.chance(20) {
            return Some(Vec::new());
        }
        let mut ids = self.dice.some(&self.names.users, 5);
        if self.dice.chance(8) {
            ids.push("u*".to_owned());
        }
        Some(ids)
    }

    pub fn role_list(&mut self, present: u32) -> Option<Vec<String>> {
        self.names_list(present, 2, |names| &names.roles)
    }

    pub fn entity_list(&mut self, present: u32) -> Option<Vec<String>> {
        self.names_list(present, 3, |names| &names.entities)
    }
}
