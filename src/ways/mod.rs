//! Ways in: the smallest changes that would let a user in who is denied, and whom else they touch.
//!
//! Edits come from a closed list (`docs/ways-in.md`). What could matter is proposed from what is written; whether it does is decided by
//! making it, on a copy of the definition as the loader reads it, and asking again. No rule of access is known here.

mod besides;
mod draft;
mod edit;
mod kind;
mod places;
mod propose;
mod radius;
mod rights;
mod rows;
mod search;

pub use besides::Besides;
pub use draft::Asker;
pub use edit::{Act, Edit, Of};
pub use kind::Kind;
pub use radius::Radius;

use crate::compile::{Options, Target};
use crate::model::{App, User, Workspace};
use crate::source::Span;
use crate::walk::{Subject, WhatIf};
use draft::Draft;
use rows::Ranking;
use search::Search;

/// What was asked, and denied.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The target.
    pub target: &'a Target,
    /// How to compile.
    pub options: Options,
    /// What is supposed of the user.
    pub what_if: &'a WhatIf,
}

/// A way in.
#[derive(Clone, Debug)]
pub struct Way {
    /// The edits, which are all needed. Of values that do the same, an edit has the best, and the others from the second best on.
    pub edits: Vec<Edit>,
    /// For each edit the place that it changes, where there is one.
    pub places: Vec<Option<Span>>,
    /// For each edit with several values that do, the first of them with what each would change.
    pub variants: Vec<Vec<Variant>>,
    /// The patch that makes them, by file; nothing where some text that they change is no plain file of the workspace.
    pub patch: Option<Vec<(String, String)>>,
    /// Who else is let in or not.
    pub radius: Radius,
    /// What else changes for this user.
    pub besides: Besides,
}

/// One of several values that do, the others of the way being as they are.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The value.
    pub name: String,
    /// Who else is let in or not.
    pub radius: Radius,
    /// What else changes for this user.
    pub besides: Besides,
}

/// The ways in that were found.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// In the order in which they are best looked at; not more than were asked for.
    pub ways: Vec<Way>,
    /// How many were found.
    pub found: usize,
    /// So many edits at a time were tried completely; `None` if all that could matter were.
    pub searched: Option<usize>,
}

/// So many of several values are told with what each would change.
pub const TOLD: usize = 3;

/// As many as are found before larger ones are no longer searched for.
pub const ENOUGH: usize = 10;

impl<'a> Asked<'a> {
    /// A user as the question sees one.
    pub(super) fn subject<'u>(&self, workspace: &'u Workspace, user: &'u User) -> Subject<'u>
    where
        'a: 'u,
    {
        Subject::new(workspace, user, self.options.semantics, self.what_if)
    }
}

impl Way {
    fn new(edits: Vec<Edit>, radius: Radius, besides: Besides) -> Self {
        Self { edits, places: Vec::new(), variants: Vec::new(), patch: None, radius, besides }
    }

    /// Whether some edit takes a guard away.
    pub fn loosens(&self) -> bool {
        self.edits.iter().any(|edit| edit.kind.loosens())
    }
}

impl Ways {
    /// Those that are listed, with their places and patches.
    fn listed(mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, ranking: &mut Ranking, all: bool) -> Self {
        self.ways.truncate(if all { usize::MAX } else { ENOUGH });
        for way in &mut self.ways {
            way.variants = ranking.variants(draft, asked, way, if all { usize::MAX } else { TOLD });
            way.places = way.edits.iter().map(|edit| draft.place(edit)).collect();
            way.patch = draft.patch(&way.edits.iter().collect::<Vec<_>>());
        }
        self
    }
}

/// What can be edited, and the sets of edits that let the user in.
struct Sets {
    edits: Vec<Edit>,
    smallest: Vec<Vec<usize>>,
    searched: Option<usize>,
}

impl Sets {
    fn of(draft: &mut Draft<'_>, asked: &Asked<'_>, all: bool) -> Option<Self> {
        // What is only supposed is nothing that could be written into a list.
        let nothing = WhatIf::default();
        let subject = Subject::new(draft.workspace(), draft.user()?, asked.options.semantics, &nothing);
        let facts = propose::Facts::new(draft.workspace(), &subject, asked.options.semantics);
        let edits = propose::edits(draft.workspace(), &facts, asked);
        let cut = propose::cut(draft.workspace(), &facts, asked.target);
        let mut search = Search::new(draft, &edits, asked);
        let found = search.run(all);
        let smallest = found.sets.into_iter().filter(|set| search.is_smallest(set)).collect();
        Some(Self { edits, smallest, searched: found.searched.or(cut) })
    }
}

fn draft<'w>(workspace: &'w mut Workspace, who: Asker<'w>, asked: &Asked<'_>) -> Draft<'w> {
    let app = places::app_of(workspace, asked.target).map(|app: &App| app.id.value.to_string());
    Draft::new(workspace, who, app)
}

/// How many edits the smallest ways in take for a user who is denied; nothing where none was found.
pub fn fewest(workspace: &mut Workspace, who: Asker<'_>, asked: &Asked<'_>) -> Option<usize> {
    Sets::of(&mut draft(workspace, who, asked), asked, false)?.smallest.first().map(Vec::len)
}

/// Finds the ways in for a user who is denied. With `all`, larger ones are searched for also where many smaller ones were found.
///
/// The workspace is changed and changed back; it is the same afterwards.
pub fn ways(workspace: &mut Workspace, who: Asker<'_>, asked: &Asked<'_>, all: bool) -> Option<Ways> {
    let mut draft = draft(workspace, who, asked);
    let Sets { edits, smallest, searched } = Sets::of(&mut draft, asked, all)?;
    let rows = rows::narrowest(&rows::joined(&edits, &smallest));
    let mut ranking = Ranking::new(&mut draft, asked, &rows)?;
    let mut ways = rows.into_iter().map(|row| ranking.best(&mut draft, asked, row)).collect::<Option<Vec<Way>>>()?;
    rows::sort(&mut ways, asked.target.is_about_resources());
    let found = Ways { found: ways.len(), searched, ways };
    Some(found.listed(&mut draft, asked, &mut ranking, all))
}
