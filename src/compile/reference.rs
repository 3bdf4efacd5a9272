//! The gates as the reference page lists them: by stage, in order.

use super::gate::GateDoc;
use super::list::StageId;
use super::{app, detailed_traces, feature, home_page, permission, site};

/// Every stage with its gates, in the order in which they are walked.
pub fn gates() -> Vec<(StageId, Vec<GateDoc>)> {
    vec![
        (StageId::App, app::GATES.iter().map(|gate| gate.doc).collect()),
        (StageId::Feature, feature::GATES.iter().map(|gate| gate.doc).collect()),
        (StageId::DetailedTraces, detailed_traces::GATES.iter().map(|gate| gate.doc).collect()),
        (StageId::HomePage, home_page::GATES.iter().map(|gate| gate.doc).collect()),
        (StageId::Site, site::GATES.iter().map(|gate| gate.doc).collect()),
        (StageId::Permission, permission::reference()),
    ]
}
