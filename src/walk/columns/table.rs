//! The resources that are asked about, by the values of the attributes that rules look at.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::compile::{Single, Teams};
use crate::model::permissions::{Attribute, Attributes, Number, Value};

/// The resources of one type.
#[derive(Debug)]
pub(super) struct Table {
    resources: Vec<Arc<Attributes>>,
    by_name: HashMap<Arc<str>, Values>,
}

/// What resources have for one attribute. Resources of the same values are kept together: all of them are told apart, or none is.
#[derive(Debug)]
pub(super) struct Values {
    name: Arc<str>,
    /// For each resource its values, by number; `None` where the attribute is missing.
    of: Vec<Option<u32>>,
    /// For each of the different values the resources that have them.
    holders: Vec<Vec<u32>>,
    index: OnceLock<Index>,
}

/// Where to look for equal values: those of the same text, and of the same number or time. Whether they are equal is not said here.
#[derive(Debug, Default)]
struct Index {
    texts: HashMap<Box<str>, Vec<u32>>,
    numbers: HashMap<Number, Vec<u32>>,
    times: HashMap<Timestamp, Vec<u32>>,
}

impl Table {
    /// The resources, by the attributes of these names.
    pub(super) fn new(resources: Vec<Arc<Attributes>>, names: impl IntoIterator<Item = Arc<str>>) -> Self {
        let mut by_name = HashMap::new();
        for name in names {
            by_name.entry(Arc::clone(&name)).or_insert_with(|| Values::new(name, &resources));
        }
        Self { resources, by_name }
    }

    /// How many resources there are.
    pub(super) fn len(&self) -> usize {
        self.resources.len()
    }

    /// What they have for an attribute that rules look at.
    pub(super) fn values(&self, name: &str) -> Option<&Values> {
        self.by_name.get(name)
    }

    /// An attribute of a resource.
    pub(super) fn attribute(&self, resource: u32, name: &str) -> Option<&Attribute> {
        self.resources.get(resource as usize)?.get(name)
    }

    /// The resources for which something holds.
    pub(super) fn holding(&self, name: &str, asked: Single<'_>, teams: &Teams) -> Holding<'_> {
        let mut numbers = Vec::new();
        match self.by_name.get(name) {
            Some(values) => values.holding(self, asked, teams, |at| numbers.push(at)),
            // Nothing is known of an attribute that no rule was known to look at.
            None => numbers.extend((0..).zip(&self.resources).filter_map(|(resource, attributes)| {
                attributes.get(name).filter(|attribute| asked.holds(attribute, teams)).map(|_| resource)
            })),
        }
        numbers.sort_unstable();
        numbers.dedup();
        Holding { values: self.by_name.get(name), numbers }
    }
}

/// Resources for which something holds: those whose values are among some; where no values are known, the resources themselves.
#[derive(Debug)]
pub(super) struct Holding<'t> {
    values: Option<&'t Values>,
    numbers: Vec<u32>,
}

impl Holding<'_> {
    /// Whether it holds for a resource.
    pub(super) fn has(&self, resource: u32) -> bool {
        let number = self.values.map_or(Some(resource), |values| values.of(resource));
        number.is_some_and(|number| self.numbers.binary_search(&number).is_ok())
    }

    /// The resources, in stretches.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &[u32]> {
        let of_values = self.values.into_iter().flat_map(|values| self.numbers.iter().filter_map(|at| values.holders.get(*at as usize)));
        let alone = self.values.is_none().then_some(self.numbers.as_slice());
        of_values.map(Vec::as_slice).chain(alone)
    }
}

impl Values {
    fn new(name: Arc<str>, resources: &[Arc<Attributes>]) -> Self {
        let mut known: HashMap<&[Value], u32> = HashMap::new();
        let mut holders: Vec<Vec<u32>> = Vec::new();
        let mut of = Vec::with_capacity(resources.len());
        for (resource, attributes) in (0..).zip(resources) {
            of.push(attributes.get(&name).map(|attribute| {
                let at = *known.entry(&attribute.values).or_insert_with(|| {
                    holders.push(Vec::new());
                    u32::try_from(holders.len() - 1).unwrap_or(u32::MAX)
                });
                holders.get_mut(at as usize).into_iter().for_each(|holders| holders.push(resource));
                at
            }));
        }
        Self { name, of, holders, index: OnceLock::new() }
    }

    /// Which of the different values a resource has.
    pub(super) fn of(&self, resource: u32) -> Option<u32> {
        self.of.get(resource as usize).copied().flatten()
    }

    /// How many different ones there are.
    pub(super) fn len(&self) -> usize {
        self.holders.len()
    }

    /// Visits the values for which something holds, some perhaps twice.
    pub(super) fn holding(&self, table: &Table, asked: Single<'_>, teams: &Teams, mut visit: impl FnMut(u32)) {
        let mut look = |at: u32| {
            if self.attribute(table, at).is_some_and(|attribute| asked.holds(attribute, teams)) {
                visit(at);
            }
        };
        match asked {
            Single::Compares(operator, value) if operator.is_of_equality() => self.index(table).candidates(value).for_each(look),
            _ => (0..).take(self.len()).for_each(&mut look),
        }
    }

    /// The attribute of one of those that have the values.
    fn attribute<'t>(&self, table: &'t Table, at: u32) -> Option<&'t Attribute> {
        table.attribute(*self.holders.get(at as usize)?.first()?, &self.name)
    }

    fn index(&self, table: &Table) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for at in (0..).take(self.len()) {
                self.attribute(table, at).into_iter().flat_map(|attribute| &attribute.values).for_each(|value| index.add(value, at));
            }
            index
        })
    }
}

impl Index {
    fn add(&mut self, value: &Value, at: u32) {
        match self.texts.get_mut(value.text()) {
            Some(known) => known.push(at),
            None => _ = self.texts.insert(value.text().into(), vec![at]),
        }
        if let Some(number) = value.number() {
            self.numbers.entry(number.clone()).or_default().push(at);
        }
        if let Some(time) = value.time() {
            self.times.entry(time).or_default().push(at);
        }
    }

    fn candidates(&self, value: &Value) -> impl Iterator<Item = u32> {
        let texts = self.texts.get(value.text());
        let numbers = value.number().and_then(|number| self.numbers.get(number));
        let times = value.time().and_then(|time| self.times.get(&time));
        texts.into_iter().chain(numbers).chain(times).flatten().copied()
    }
}
