//! The check of a diff takes a right one and none that is wrong.

use serde_json::{Value as Json, json};

use crate::answer;
use crate::folder::Folder;
use crate::oracle::Semantics;
use crate::patch::{self, Outcome};
use crate::read;
use crate::search::Search;
use crate::target::Target;
use crate::vocabulary::Question;
use crate::worlds::layout::Document;

const TEXT: &str = "\
chatApps:
  - chatAppId: desk
    enabled: true
    # kept 0.
    userRoles: [agent]
users:
  - userId: alice
    # kept 1.
    roles:
      - sales
  - userId: bob
    roles: [sales]
";

const RIGHT: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -8,5 +8,6 @@
     # kept 1.
     roles:
       - sales
+      - agent
   - userId: bob
     roles: [sales]
";

const OF_BOB_TOO: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -8,5 +8,6 @@
     # kept 1.
     roles:
       - sales
+      - agent
   - userId: bob
-    roles: [sales]
+    roles: [sales, agent]
";

const WITHOUT_THE_COMMENT: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -7,5 +7,5 @@
   - userId: alice
-    # kept 1.
     roles:
       - sales
+      - agent
   - userId: bob
";

const SPELLED_WRONG: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -8,5 +8,6 @@
     # kept 1.
     roles:
       - sales
+      - agents
   - userId: bob
     roles: [sales]
";

const OF_ANOTHER_TEXT: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -8,5 +8,6 @@
     # kept 1.
     roles:
       - nothing
+      - agent
   - userId: bob
     roles: [sales]
";

const WRITTEN_ANEW: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -7,6 +7,4 @@
   - userId: alice
     # kept 1.
-    roles:
-      - sales
-  - userId: bob
-    roles: [sales]
+    roles: [sales, agent]
+  - {userId: bob, roles: [sales]}
";

const NO_LONGER_YAML: &str = "\
--- a/site.yaml
+++ b/site.yaml
@@ -8,5 +8,6 @@
     # kept 1.
     roles:
       - sales
+    - [agent
   - userId: bob
     roles: [sales]
";

fn tried(path: &str, diff: Option<&str>) -> Result<Outcome, String> {
    let world = read::world(TEXT);
    let target = Target::parse("desk");
    let user = world.user("alice").expect("the user is defined");
    let asked = Question { world: &world, user, target: &target, semantics: Semantics::Documented };
    let search = Search::new(asked);
    let folder = Folder::of(vec![Document { path: path.to_owned(), text: TEXT.to_owned(), users: Vec::new() }]);
    let source = json!({"file": path, "line": 9, "column": 5});
    let part = json!({
        "change": "words", "kind": "user-add-role", "of": "user", "path": "roles", "value": "agent", "source": source, "loosens": false,
    });
    let row: Json = json!({
        "change": "words", "kind": "user-add-role", "edits": 1, "source": source, "diff": diff, "loosens": false,
        "othersGain": 0, "othersLose": 0, "gained": [], "lost": [], "parts": [part],
    });
    let rows = answer::rows(&json!({ "waysIn": [row] }))?.unwrap_or_default();
    patch::check(&asked, &search, &folder, &rows[0])
}

#[test]
fn a_right_diff_is_taken_and_a_wrong_one_is_not() {
    assert_eq!(tried("site.yaml", Some(RIGHT)), Ok(Outcome::Works));
    let wrong = [
        (OF_BOB_TOO, "and others are there: [(\"bob\""),
        (WITHOUT_THE_COMMENT, "comments [1]"),
        (SPELLED_WRONG, "check still says deny"),
        (OF_ANOTHER_TEXT, "does not take it"),
        (WRITTEN_ANEW, "more lines are changed"),
        (NO_LONGER_YAML, "check did not answer"),
        ("--- a/site.yaml\n+++ b/site.yaml\n", "does not take it"),
    ];
    for (diff, expected) in wrong {
        let problem = tried("site.yaml", Some(diff)).expect_err(diff);
        assert!(problem.contains(expected), "{problem}");
    }
}

#[test]
fn only_a_packed_file_may_have_no_diff() {
    assert_eq!(tried("site.yaml", None), Ok(Outcome::Missing));
    assert_eq!(tried("site.yaml.gz", None), Ok(Outcome::Excused));
}
