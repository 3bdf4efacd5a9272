//! Changes to a world that only gates after a deciding one could notice.
//!
//! Precedence says that a gate which decides makes everything after it moot. What each gate leaves
//! unread is written here from the gate table's order, apart from the oracle, which would otherwise
//! vouch for itself.

mod stages;

use self::stages::after_later_stage;
use crate::oracle::Semantics;
use crate::target::Target;
use crate::worlds::dice::Dice;
use crate::worlds::generate::Generator;
use crate::worlds::world::{App, Override, Rules, World};

/// A cell whose answer must stay.
pub struct Fixed<'a> {
    pub user: &'a str,
    pub target: &'a Target,
    pub gate: &'a str,
    pub allow: bool,
    pub semantics: Semantics,
}

/// The world with what later gates read made anew; equal to `world` where no later gate reads
/// anything.
pub fn changed(world: &World, cell: &Fixed<'_>, generator: &mut Generator, dice: &mut Dice) -> World {
    let mut changed = world.clone();
    let Some(id) = cell.target.app() else {
        after_site_gate(&mut changed, cell, generator);
        return changed;
    };
    if in_app_stage(cell.gate) {
        after_app_stage(&mut changed, id, generator, dice);
        let app = app_of(&mut changed, id);
        if cell.gate == "app-enabled" {
            let fresh = generator.app(id);
            *app = App { rules: Rules { enabled: app.rules.enabled, ..fresh.rules }, ..fresh };
        } else if let Some(over) = app.admin_override.take() {
            let over = after_override_gate(over, cell.gate, generator, dice);
            // Under an override no gate consults the base's rules.
            let fresh = generator.app(id);
            let rules = Rules { enabled: app.rules.enabled, ..fresh.rules };
            *app = App { rules, admin_override: Some(over), ..fresh };
        } else {
            after_base_gate(app, cell, generator);
        }
    } else {
        after_later_stage(&mut changed, id, cell, generator);
    }
    changed
}

fn app_of<'a>(world: &'a mut World, id: &str) -> &'a mut App {
    world.apps.iter_mut().find(|app| app.id == id).expect("the target's app exists")
}

fn in_app_stage(gate: &str) -> bool {
    let later_stage = gate.starts_with("feature-") || gate.starts_with("detailed-traces-");
    !later_stage && !["site-feature-enabled", "not-test-app", "home-page-rules"].contains(&gate)
}

fn after_site_gate(world: &mut World, cell: &Fixed<'_>, generator: &mut Generator) {
    let user = world.users.iter_mut().find(|user| user.id == cell.user).expect("the cell's user exists");
    match cell.gate {
        "site-feature-enabled" => *user = generator.user(cell.user),
        "user-type" => user.roles = generator.roles(),
        _ => {}
    }
}

/// Where the app's stage decided, no feature, home page or site feature was read.
fn after_app_stage(world: &mut World, id: &str, generator: &mut Generator, dice: &mut Dice) {
    let entity = world.site.entity.take();
    world.site = generator.site();
    world.site.entity = entity;

    let app = app_of(world, id);
    app.features = generator.features(40);
    app.test = Some(dice.chance(50));
    if let Some(over) = &mut app.admin_override {
        over.features = generator.features(40);
        over.home_page_rules = Some(generator.home_page_rules());
    }
}

fn after_override_gate(over: Override, gate: &str, generator: &mut Generator, dice: &mut Dice) -> Override {
    let fresh = generator.admin_override();
    // The exclusive gates were reached, so nothing later may switch the override off; but true and
    // absent differ only later.
    let not_off = if dice.chance(50) { Some(true) } else { None };
    match gate {
        "override-enabled" => Override { rules: Rules { enabled: over.rules.enabled, ..fresh.rules }, ..fresh },
        "exclusive-user-ids" => {
            Override { rules: Rules { enabled: not_off, ..fresh.rules }, exclusive_user_ids: over.exclusive_user_ids, ..fresh }
        }
        "exclusive-entities" => Override { rules: Rules { enabled: not_off, ..fresh.rules }, ..over },
        "rules-enabled" => Override { rules: Rules { enabled: over.rules.enabled, ..fresh.rules }, ..over },
        "rules-present" => {
            let rules = Rules { apply_rules_as: fresh.rules.apply_rules_as, ..over.rules };
            Override { rules, ..over }
        }
        _ => over,
    }
}

/// Gates 6 to 13 of an app without an override. Only denials are changed: where one of these gates
/// allows, none after it applies.
fn after_base_gate(app: &mut App, cell: &Fixed<'_>, generator: &mut Generator) {
    if cell.gate == "rules-present" {
        app.rules.apply_rules_as = generator.rules().apply_rules_as;
    }
    if cell.allow {
        return;
    }
    let order = ["rules-present", "denied-user-ids", "combine-rules", "allowed-entities", "required-roles", "allowed-user-ids"];
    let position = |gate: &str| order.iter().position(|known| *known == gate);
    let unread = |gate: &str| position(gate) > position(cell.gate);

    if unread("denied-user-ids") {
        app.denied_user_ids = generator.user_list(80);
        // The other lists must stay absent: that is what the gate found.
        return;
    }
    if unread("combine-rules") {
        app.rules = Rules { enabled: app.rules.enabled, ..generator.rules() };
        if app.rules.user_types.is_none() {
            // A gate before the deciding one asked for some rule.
            app.rules.user_roles = generator.role_list(100);
        }
    }
    if unread("allowed-entities") {
        app.allowed_entities = generator.entity_list(70);
    }
    if unread("required-roles") {
        app.required_roles = generator.role_list(70);
    }
    if unread("allowed-user-ids") {
        app.allowed_user_ids = generator.user_list(70);
    }
}
