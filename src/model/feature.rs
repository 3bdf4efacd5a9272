//! Features inside apps, as the site, an app or an override configures them.

use std::collections::{BTreeMap, HashMap};

use super::fields::{Shape, deciding, deciding_also, known};
use super::near::is_slip_of;
use super::{Rules, SITE_FEATURES};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Node, spelling::camel};
use crate::source::Span;

/// Whether a key under an app's `features` is a feature: entities are the site's, and the home page is a target of its own.
pub fn is_feature(id: &str) -> bool {
    id != "entity" && id != "homePage"
}

/// The features of a site, an app or an override, by id.
pub type Features = BTreeMap<String, Feature>;

/// One feature's configuration.
#[derive(Debug)]
pub struct Feature {
    /// Its rules.
    pub rules: Rules,
    /// `detailedTraces`, which `traces` may have.
    pub detailed_traces: Option<Rules>,
    /// What else is configured. It decides nothing.
    pub settings: Vec<(String, Node)>,
}

const FEATURE: Shape = Shape {
    what: "a feature",
    fields: &[
        deciding("enabled"),
        deciding_also("userTypes", "chatAppUserTypes"),
        deciding_also("userRoles", "allowedRoles"),
        deciding("applyRulesAs"),
        deciding("detailedTraces"),
        known("featureId"),
        known("description"),
    ],
};

const DETAILED_TRACES: Shape = Shape {
    what: "`detailedTraces`",
    fields: &[
        deciding("enabled"),
        deciding_also("userTypes", "chatAppUserTypes"),
        deciding_also("userRoles", "allowedRoles"),
        deciding("applyRulesAs"),
    ],
};

impl Feature {
    pub(super) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = FEATURE.read(node, problems)?;
        let detailed = fields.node("detailedTraces").and_then(|node| DETAILED_TRACES.read(node, problems));
        Some(Self {
            rules: Rules::read(&fields, problems),
            detailed_traces: detailed.map(|fields| Rules::read(&fields, problems)),
            settings: fields.unknown.iter().map(|(name, entry)| (name.clone(), entry.value.clone())).collect(),
        })
    }
}

/// Reads a mapping of feature ids to configurations. Entries that are null are absent.
pub(super) fn read(node: &Node, what: &str, problems: &mut Vec<Diagnostic>) -> Features {
    let mut features = Features::new();
    let Some(entries) = node.entries() else {
        problems.push(super::fields::wrong_type(node, what, "a mapping of feature ids"));
        return features;
    };
    let mut seen: HashMap<String, Span> = HashMap::new();
    for entry in entries {
        // The tables hold feature ids in snake_case too.
        let id = camel(&entry.key).into_owned();
        if let Some(first) = seen.get(&id) {
            let message = format!("`{id}` is configured under two spellings");
            problems
                .push(Diagnostic::new(Code::TwoSpellings, entry.key_span, message).related(*first, "first here").help("keep one of them"));
            continue;
        }
        seen.insert(id.clone(), entry.key_span);
        reject_slip(&id, SITE_FEATURES.iter(), entry.key_span, problems);
        let name = super::Spanned { value: id.as_str().into(), span: entry.key_span };
        super::fields::check_name(&name, "a feature id", problems);
        if entry.value.is_null() {
            continue;
        }
        if let Some(feature) = Feature::read(&entry.value, problems) {
            features.insert(id, feature);
        }
    }
    features
}

/// Refuses a feature id that is nearly one of the framework's: the rule would apply to nothing.
pub(super) fn reject_slip<'n>(
    id: &str,
    mut framework: impl Iterator<Item = &'n &'static str> + Clone,
    span: Span,
    problems: &mut Vec<Diagnostic>,
) {
    if framework.clone().any(|known| *known == id) {
        return;
    }
    if let Some(meant) = framework.find(|known| is_slip_of(id, known)) {
        problems.push(
            Diagnostic::new(Code::MisspelledField, span, format!("`{id}` is not a feature of the framework"))
                .label(format!("did you mean `{meant}`?"))
                .help(format!(
                    "a rule under `{id}` decides nothing about `{meant}`: correct the spelling, or give the feature a name of its own"
                )),
        );
    }
}
