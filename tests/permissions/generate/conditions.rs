//! Conditions of every kind, on the attributes that the world names.

use super::Generator;
use crate::value::Scalar;
use crate::world::{Check, Condition, Conditions, Op, Operand};

impl Generator {
    /// None, one or two, mostly about this type; `percent` is how often there is any.
    pub fn conditions(&mut self, kind: &str, percent: u32) -> Conditions {
        let mut conditions: Conditions = Vec::new();
        if !self.dice.chance(percent) {
            return conditions;
        }
        for _ in 0..self.dice.weighted(&[(3, 1), (2, 2)]) {
            let condition = self.condition(kind);
            if conditions.iter().all(|known| known.key != condition.key) {
                conditions.push(condition);
            }
        }
        conditions
    }

    fn condition(&mut self, kind: &str) -> Condition {
        if self.dice.chance(30) {
            let name = self.dice.weighted(&[
                (5, "role"),
                (3, "team_id"),
                (2, "id"),
                (3, "type"),
                (2, "entity"),
                (2, "level"),
                (2, "region"),
                (1, "vip"),
                (1, "since"),
                (1, "skills"),
            ]);
            return self.on(format!("user.{name}"), name, true);
        }
        let mut names = self.named.clone();
        names.push("team_id");
        names.extend(self.named.clone());
        names.extend(self.owners.then_some("owner"));
        names.extend((!self.projects.is_empty()).then_some("project"));
        let name = *self.dice.pick(&names);
        let key = match self.dice.between(0, 19) {
            0..=9 => name.to_owned(),
            10 => {
                let other = self.a_type();
                format!("{other}.{name}")
            }
            _ if self.world.types.iter().any(|declared| declared.name == kind) => format!("{kind}.{name}"),
            _ => name.to_owned(),
        };
        self.on(key, name, false)
    }

    fn on(&mut self, key: String, name: &str, of_user: bool) -> Condition {
        let brief = self.dice.chance(50);
        let mut checks = Vec::new();
        if brief {
            let listed = self.dice.chance(35);
            checks.push(if listed {
                Check { op: Op::In, operands: self.list(name, of_user) }
            } else {
                Check { op: Op::Eq, operands: vec![self.operand(name, of_user)] }
            });
        } else {
            for _ in 0..self.dice.weighted(&[(4, 1), (1, 2)]) {
                let check = self.check(name, of_user);
                if checks.iter().all(|known: &Check| known.op != check.op) {
                    checks.push(check);
                }
            }
        }
        Condition { key, checks, brief }
    }

    fn check(&mut self, name: &str, of_user: bool) -> Check {
        let listed = [Op::In, Op::NotIn];
        let mut ops = vec![Op::Eq, Op::Ne, Op::In, Op::NotIn, Op::Exists];
        if ["amount", "due", "frozen", "level", "since"].contains(&name) || self.text_has_order {
            ops.extend([Op::Gt, Op::Gte, Op::Lt, Op::Lte]);
        } else {
            ops.push(Op::Glob);
        }
        let op = *self.dice.pick(&ops);
        let operands = match op {
            Op::Exists => vec![Operand::Value(Scalar::plain(*self.dice.pick(&["true", "false"])))],
            Op::Glob => vec![Operand::Value(Scalar::quoted(*self.dice.pick(&["pay*", "*s", "?", "*", "h?gh"])))],
            op if listed.contains(&op) && self.dice.chance(30) => vec![self.template(name)],
            op if listed.contains(&op) => self.list(name, of_user),
            _ => vec![self.operand(name, of_user)],
        };
        Check { op, operands }
    }

    /// One or two different operands, now and then a template among them.
    fn list(&mut self, name: &str, of_user: bool) -> Vec<Operand> {
        let mut operands = Vec::new();
        for _ in 0..self.dice.between(1, 2) {
            let operand = if self.dice.chance(8) { self.template(name) } else { Operand::Value(self.constant(name, of_user)) };
            if !operands.contains(&operand) {
                operands.push(operand);
            }
        }
        operands
    }

    fn operand(&mut self, name: &str, of_user: bool) -> Operand {
        if self.dice.chance(if of_user { 8 } else { 35 }) {
            return self.template(name);
        }
        Operand::Value(self.constant(name, of_user))
    }

    /// A value of the user of the same sort, now and then of another.
    fn template(&mut self, name: &str) -> Operand {
        let fitting: &[&str] = match name {
            "team_id" => &["team_id", "team_id", "squads"],
            "owner" | "assignee" | "id" => &["id"],
            "project" | "entity" => &["entity"],
            "priority" | "region" => &["region"],
            "amount" | "level" => &["level"],
            "frozen" | "vip" => &["vip"],
            "due" | "since" => &["since"],
            "role" | "type" => &["type"],
            _ => &["skills"],
        };
        let other = !self.text_has_order && name != "assignee" && self.dice.chance(4);
        let from = if other { &["level", "region", "vip", "skills"] } else { fitting };
        Operand::Template((*self.dice.pick(from)).to_owned())
    }

    fn constant(&mut self, name: &str, of_user: bool) -> Scalar {
        match name {
            "role" => {
                let mut names = self.role_names();
                names.extend(["agent", "lead", "hr-team"].map(str::to_owned));
                Scalar::quoted(self.dice.pick(&names).clone())
            }
            "type" => Scalar::quoted(*self.dice.pick(&["internal-user", "external-user"])),
            "entity" => Scalar::quoted(*self.dice.pick(&["acme", "globex"])),
            "id" => self.value_of("owner"),
            "team_id" if self.world.teams.is_empty() => Scalar::quoted("payments"),
            "due" | "since" if !of_user && self.dice.chance(20) => Scalar::plain("2026-03-02"),
            "amount" if self.dice.chance(8) => Scalar::quoted("10"),
            _ => self.value_of(name),
        }
    }
}
