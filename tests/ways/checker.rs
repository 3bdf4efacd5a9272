//! The checks hold an answer that is made from the search itself, and notice each way of being wrong.

use serde_json::{Value as Json, json};

use crate::answer::{self, Part, Row};
use crate::edit::Edit;
use crate::generated::small_world;
use crate::oracle::{self, Semantics};
use crate::search::{Blast, Search, Way, blast};
use crate::target::Target;
use crate::vocabulary::Question;
use crate::{compare, order, rows};

/// The row of a way, as the binary is to write it.
fn row(search: &Search<'_>, way: &Way, blast: &Blast, alternatives: &[(String, Blast)]) -> Json {
    let edits: Vec<&Edit> = way.iter().filter_map(|key| search.edit(key)).collect();
    let loosens = |edit: &Edit| !["user-add-role", "user-set-entity", "user-set-type", "list-add"].contains(&edit.kind.name());
    let part = |edit: &&Edit| {
        let (kind, key) = (edit.kind.name(), edit.key());
        let value: Json = serde_json::from_str(&key.value).expect("a value is JSON");
        json!({"change": "words", "kind": kind, "of": key.of, "path": key.path, "value": value, "source": null, "loosens": loosens(edit)})
    };
    let parts: Vec<Json> = edits.iter().map(part).collect();
    let mut row = json!({
        "change": "words", "kind": parts[0]["kind"], "edits": parts.len(), "source": null, "diff": null, "administration": null,
        "loosens": edits.iter().any(|edit| loosens(edit)), "othersGain": blast.gained.len(), "othersLose": blast.lost.len(),
        "gained": blast.gained, "lost": blast.lost, "parts": parts,
    });
    let varies = edits.iter().position(|edit| Edit::has_alternatives(edit));
    if let Some(at) = varies.filter(|_| !alternatives.is_empty()) {
        let alternative = |(name, blast): &(String, Blast)| json!({"value": name, "othersGain": blast.gained.len(), "othersLose": blast.lost.len(), "alsoOpens": blast.own});
        row["parts"][at]["alternatives"] = alternatives.iter().map(alternative).collect();
        row["parts"][at]["alternativesCount"] = json!(alternatives.len());
    }
    row
}

/// The answer for a question, with single edits gathered into rows.
fn answer(asked: &Question<'_>, search: &Search<'_>, order: &[&str]) -> Vec<Json> {
    let counted = |way: &Way| {
        let edits: Vec<&Edit> = way.iter().filter_map(|key| search.edit(key)).collect();
        blast(asked, &search.after(&edits), order)
    };
    let mut groups: Vec<Vec<Way>> = Vec::new();
    for way in search.minimal() {
        let several = way.iter().filter(|key| search.edit(key).is_some_and(Edit::has_alternatives)).count();
        let alike = |other: &Way| {
            let (one, two) = (way.difference(other).collect::<Vec<_>>(), other.difference(&way).collect::<Vec<_>>());
            let ([one], [two]) = (one.as_slice(), two.as_slice()) else { return false };
            search.edit(one).is_some_and(Edit::has_alternatives) && (&one.of, &one.path) == (&two.of, &two.path)
        };
        match groups.iter_mut().find(|group| several == 1 && group.iter().all(alike)) {
            Some(group) => group.push(way),
            None => groups.push(vec![way]),
        }
    }
    let mut ranked = Vec::new();
    for group in groups {
        let varying = |way: &Way| way.iter().find(|key| search.edit(key).is_some_and(Edit::has_alternatives)).cloned();
        let name = |way: &Way| varying(way).and_then(|key| serde_json::from_str::<String>(&key.value).ok()).unwrap_or_default();
        let mut best: Vec<(usize, usize, String, &Way)> = Vec::new();
        for way in &group {
            let blast = counted(way);
            best.push((blast.gained.len(), blast.own, name(way), way));
        }
        best.sort();
        let names = best.iter().map(|(_, _, name, way)| (name.clone(), counted(way))).filter(|_| best.len() > 1);
        let names: Vec<(String, Blast)> = names.collect();
        let (first, blast) = (best[0].3, counted(best[0].3));
        let kind = first.iter().filter_map(|key| search.edit(key)).map(|edit| edit.kind).next();
        ranked.push(((first.len(), blast.gained.len(), !blast.lost.is_empty(), kind), row(search, first, &blast, &names)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, row)| row).collect()
}

fn checked(asked: &Question<'_>, search: &Search<'_>, order_of_users: &[&str], ways: &[Json]) -> Result<(), String> {
    let all: Vec<Row> = answer::rows(&json!({ "waysIn": ways }))?.unwrap_or_default();
    compare::sets(search, &all)?;
    rows::blast(asked, search, &all, order_of_users)?;
    rows::alternatives(asked, search, &all, order_of_users)?;
    rows::order(&all)?;
    order::short(&all, &cut(&all))
}

/// What is listed without `--all`.
fn cut(all: &[Row]) -> Vec<Row> {
    let three = |names: &[String]| names[..names.len().min(3)].to_vec();
    let part = |part: &Part| Part {
        alternatives: three(&part.alternatives),
        counts: part.counts.iter().take(3).copied().collect(),
        ..part.clone()
    };
    let short =
        |row: &Row| Row { gained: three(&row.gained), lost: three(&row.lost), parts: row.parts.iter().map(part).collect(), ..row.clone() };
    all.iter().take(10).map(short).collect()
}

type Change = fn(&mut Json);

/// What is changed in a row, for it to be wrong.
const WRONG: &[(&str, Change)] = &[
    ("a count", |row| row["othersGain"] = json!(row["othersGain"].as_u64().unwrap_or_default() + 1)),
    ("a name", |row| row["gained"] = json!(["somebody"])),
    ("who loses", |row| row["lost"] = json!(["somebody"])),
    ("a value", |row| row["parts"][0]["value"] = json!("something")),
    ("a path", |row| row["parts"][0]["path"] = json!("title")),
    ("a kind", |row| row["kind"] = json!("grant")),
    ("the number of edits", |row| row["edits"] = json!(7)),
    ("whether it loosens", |row| row["loosens"] = json!(row["loosens"] == false)),
    ("a part twice", |row| {
        let part = row["parts"][0].clone();
        row["parts"] = json!([part.clone(), part]);
        row["edits"] = json!(2);
    }),
];

#[test]
fn an_answer_of_the_search_is_taken_and_a_wrong_one_is_not() {
    let (mut taken, mut refused, mut gathered) = (0, 0, 0);
    for seed in 0..24 {
        let world = small_world(seed);
        let users: Vec<&str> = world.users.iter().map(|user| user.id.as_str()).collect();
        let semantics = Semantics::ALL[usize::try_from(seed % 3).expect("it is below three")];
        for (index, text) in oracle::targets(&world).iter().enumerate() {
            let target = Target::parse(text);
            let user = &world.users[index % world.users.len()];
            let asked = Question { world: &world, user, target: &target, semantics };
            let search = Search::new(asked);
            if search.lets_in(&[]) {
                continue;
            }
            let right = answer(&asked, &search, &users);
            assert_eq!(checked(&asked, &search, &users, &right), Ok(()), "seed {seed}, {} on {target}", user.id);
            taken += 1;
            for at in [0, right.len() / 2] {
                let Some(row) = right.get(at) else { continue };
                gathered += usize::from(row["parts"].to_string().contains("alternatives"));
                for (what, change) in WRONG {
                    let mut wrong = right.clone();
                    change(&mut wrong[at]);
                    assert!(checked(&asked, &search, &users, &wrong).is_err(), "seed {seed}: {what} is wrong unnoticed in {:#}", wrong[at]);
                    refused += 1;
                }
                let mut missing = right.clone();
                missing.remove(at);
                assert!(checked(&asked, &search, &users, &missing).is_err(), "seed {seed}: nothing is missed without {row:#}");
                let mut twice = right.clone();
                twice.push(row.clone());
                assert!(checked(&asked, &search, &users, &twice).is_err(), "seed {seed}: it may stand twice: {row:#}");
            }
        }
    }
    assert!(taken > 100 && refused > 1000 && gathered > 30, "{taken} answers, {refused} wrong ones, {gathered} with alternatives");
}

#[test]
fn too_much_and_a_wrong_order_are_noticed() {
    let mut tried = 0;
    for seed in 0..24 {
        let world = small_world(seed);
        let users: Vec<&str> = world.users.iter().map(|user| user.id.as_str()).collect();
        for text in oracle::targets(&world) {
            let target = Target::parse(&text);
            let asked = Question { world: &world, user: &world.users[0], target: &target, semantics: Semantics::Documented };
            let search = Search::new(asked);
            if search.lets_in(&[]) {
                continue;
            }
            let right = answer(&asked, &search, &users);
            let Some(first) = right.iter().find(|row| row["edits"] == 1) else { continue };
            // One edit more than is needed.
            let way: Way = answer::rows(&json!({ "waysIn": [first] })).ok().flatten().map(|rows| rows[0].way()).unwrap_or_default();
            let Some(more) = search.edits.iter().find(|edit| !way.contains(&edit.key())) else { continue };
            let larger: Way = way.iter().cloned().chain([more.key()]).collect();
            let mut wrong = right.clone();
            wrong.push(row(&search, &larger, &Blast::default(), &[]));
            assert!(checked(&asked, &search, &users, &wrong).is_err(), "seed {seed}: {larger:?} is more than is needed");
            let mut reversed = right.clone();
            reversed.reverse();
            if right.first().map(|row| &row["edits"]) != right.last().map(|row| &row["edits"]) {
                assert!(checked(&asked, &search, &users, &reversed).is_err(), "seed {seed}: the order may be reversed");
                tried += 1;
            }
        }
    }
    assert!(tried > 10, "only {tried} orders were tried");
}
