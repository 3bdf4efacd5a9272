//! What is left unread by a gate of a feature, of detailed traces or of the home page.

use super::{Fixed, app_of};
use crate::oracle::Semantics;
use crate::target::Target;
use crate::worlds::generate::Generator;
use crate::worlds::world::{Rules, World};

pub fn after_later_stage(world: &mut World, id: &str, cell: &Fixed<'_>, generator: &mut Generator) {
    let feature = match cell.target {
        Target::Feature(_, feature) => feature.as_str(),
        Target::DetailedTraces(_) => "traces",
        _ => {
            if cell.gate == "not-test-app" {
                world.site.home_page_rules = Some(generator.home_page_rules());
                if let Some(over) = &mut app_of(world, id).admin_override {
                    over.home_page_rules = Some(generator.home_page_rules());
                }
            }
            return;
        }
    };
    // Before mid-2025 a configuration's lists said whether it counted at all, so there they are
    // read first of all.
    let lists_are_late = cell.semantics != Semantics::Legacy;
    let gate = cell.gate;

    if let Some(site) = world.site.features.get_mut(feature) {
        match gate {
            "feature-enabled" => site.rules = generator.rules(),
            "site-feature-enabled" => new_lists(&mut site.rules, generator),
            "feature-rules-present" => new_combination(&mut site.rules, generator),
            _ => {}
        }
        if let Some(detailed) = &mut site.detailed_traces {
            match gate {
                "detailed-traces-site" | "detailed-traces-enabled" => {
                    new_lists(detailed, generator);
                }
                "detailed-traces-rules-present" => new_combination(detailed, generator),
                "detailed-traces-combine-rules" => {}
                _ => *detailed = generator.rules(),
            }
        }
    }

    let app = app_of(world, id);
    let overriding = app.admin_override.as_mut().and_then(|over| over.features.get_mut(feature));
    for config in app.features.get_mut(feature).into_iter().chain(overriding) {
        match gate {
            "feature-enabled" | "site-feature-enabled" if lists_are_late => {
                new_lists(&mut config.rules, generator);
            }
            "feature-rules-present" => new_combination(&mut config.rules, generator),
            _ => {}
        }
        if let Some(detailed) = &mut config.detailed_traces {
            match gate {
                "detailed-traces-enabled" if lists_are_late => new_lists(detailed, generator),
                "detailed-traces-rules-present" => new_combination(detailed, generator),
                "detailed-traces-enabled" | "detailed-traces-combine-rules" => {}
                _ => *detailed = generator.rules(),
            }
        }
    }
}

fn new_lists(rules: &mut Rules, generator: &mut Generator) {
    *rules = Rules { enabled: rules.enabled, ..generator.rules() };
}

fn new_combination(rules: &mut Rules, generator: &mut Generator) {
    rules.apply_rules_as = generator.rules().apply_rules_as;
}
