//! A definition in as much of its text as a change is about, while it is changed.

use std::ops::Range;

use super::page::Page;
use super::splices::Splices;
use super::step::{Step, find, places, same};
use super::{Change, Edited, plan};
use crate::parse::spelling::means;
use crate::parse::{self, Entry, Node, Style, Syntax, Value};
use crate::source::{FileId, SourceFile, SourceMap, Span};

/// A file of at most so many bytes is read again as a whole, so that nothing at all can be missed.
pub(super) const SMALL: usize = 1 << 16;

/// A stretch of a text.
pub(super) struct Stretch {
    /// It, in a form that can be read alone: what does not belong to it is space, or stands for its neighbours.
    pub(super) text: String,
    /// The bytes of it that are those of the file.
    pub(super) own: Range<usize>,
    /// Where these begin in the file.
    pub(super) base: usize,
    /// Its syntax.
    pub(super) syntax: Syntax,
}

/// A text that is changed.
pub(super) struct Work<'s> {
    sources: SourceMap,
    file: FileId,
    documents: Vec<Node>,
    at: Vec<usize>,
    typed: bool,
    eol: &'s str,
    stretch: Stretch,
    splices: Splices,
}

impl<'s> Work<'s> {
    /// Reads a stretch to change the definition in it; nothing if it is not in it once.
    pub(super) fn new(source: &'s SourceFile, stretch: Stretch, definition: Span) -> Option<Self> {
        Self::of(source, stretch, definition, true)
    }

    /// Reads a stretch to look at the definition in it, which is the same wherever it is repeated.
    pub(super) fn reading(source: &'s SourceFile, stretch: Stretch, definition: Span) -> Option<Self> {
        Self::of(source, stretch, definition, false)
    }

    fn of(source: &'s SourceFile, stretch: Stretch, definition: Span, once: bool) -> Option<Self> {
        let (sources, file, documents) = read(&stretch.text, stretch.syntax)?;
        let shifted = |at: u32| (at as usize + stretch.own.start).checked_sub(stretch.base);
        let (start, end) = (shifted(definition.start)?, shifted(definition.end)?);
        // Comments behind a definition are counted as part of it where more follows, and not where it is read alone.
        let mut found = places(&documents, Span::new(file, start, end));
        if found.is_empty() {
            found = by_start(&documents, start);
        }
        if once && found.len() > 1 {
            return None;
        }
        let at = found.into_iter().next()?;
        let typed = plan::is_typed(find(&documents, &at)?);
        let eol = source.text().find('\n').is_some_and(|at| source.text().get(..at).is_some_and(|line| line.ends_with('\r')));
        let eol = if eol { "\r\n" } else { "\n" };
        Some(Self { sources, file, documents, at, typed, eol, stretch, splices: Splices::default() })
    }

    fn text(&self) -> Option<&str> {
        self.sources.file(self.file).map(SourceFile::text)
    }

    /// The definition, with its places in `file`.
    pub(super) fn tree(&self, file: FileId) -> Option<Node> {
        let mut node = find(&self.documents, &self.at)?.clone();
        let place = |span: Span| {
            let shifted = |at: u32| (at as usize + self.stretch.base).saturating_sub(self.stretch.own.start);
            Span::new(file, shifted(span.start), shifted(span.end))
        };
        node.place(&place);
        if self.typed { parse::untyped(&node) } else { Some(node) }
    }

    /// Makes the changes one after the other.
    pub(super) fn run(mut self, changes: &[Change<'_>]) -> Option<Edited> {
        let mut is_removed = false;
        for change in changes {
            is_removed = matches!(change, Change::Remove);
            if is_removed {
                self.at = self.with_wrapper();
            }
            let definition = find(&self.documents, &self.at)?;
            let steps = plan::steps(definition, &self.at, self.typed, change)?;
            let of_member = matches!(change, Change::Remove | Change::Follow { .. });
            let counted = if of_member { self.counted() } else { Vec::new() };
            // The count goes first, as long as the definition is there to tell how things are written.
            for (at, count) in counted {
                let count = if is_removed { count.checked_sub(1)? } else { count + 1 };
                let span = Span::new(self.file, 0, 0);
                let node = Node { span, value: Value::Scalar(count.to_string().into(), Style::Plain) };
                self.step(&Step::Replace { at, node }, false)?;
            }
            for step in steps {
                self.step(&step, of_member)?;
            }
        }
        let node = if is_removed { None } else { Some(find(&self.documents, &self.at)?.clone()) };
        let node = if self.typed { node.and_then(|node| parse::untyped(&node)) } else { node };
        let (own, base) = (self.stretch.own, self.stretch.base);
        let mut splices = self.splices.finish();
        let text = self.stretch.text;
        splices.retain(|splice| text.get(splice.range.clone()) != Some(splice.with.as_str()));
        for splice in &mut splices {
            let is_own = own.start <= splice.range.start && splice.range.end <= own.end;
            is_own.then_some(())?;
            splice.range = splice.range.start - own.start + base..splice.range.end - own.start + base;
        }
        Some(Edited { splices, node })
    }

    /// Where the list that the definition is an item of is counted beside it, as exports do, and how many it says.
    fn counted(&self) -> Vec<(Vec<usize>, usize)> {
        let Some((_, list)) = self.at.split_last() else { return Vec::new() };
        let Some((_, holder)) = list.split_last() else { return Vec::new() };
        let Some(Value::List(items)) = find(&self.documents, list).map(|list| &list.value) else { return Vec::new() };
        let entries = find(&self.documents, holder).and_then(Node::entries).unwrap_or_default();
        let counts = entries.iter().enumerate().filter(|(_, entry)| entry.key.eq_ignore_ascii_case("count") && entry.value.is_plain());
        let says = |entry: &Entry| entry.value.text()?.parse().ok().filter(|count| *count == items.len());
        counts.filter_map(|(at, entry)| Some(([holder, &[at]].concat(), says(entry)?))).collect()
    }

    /// The place of the definition, or of the wrapper that holds nothing else: an exported item goes as a whole.
    fn with_wrapper(&self) -> Vec<usize> {
        let parent = self.at.split_last().and_then(|(_, into)| Some((into, find(&self.documents, into)?.entries()?)));
        match parent {
            Some((into, [entry])) if means(&entry.key, "Item") => into.to_vec(),
            _ => self.at.clone(),
        }
    }

    /// Makes one step in the text, reads that again, and compares.
    fn step(&mut self, step: &Step, of_member: bool) -> Option<()> {
        let text = self.text()?;
        let definition = find(&self.documents, &self.at)?;
        let is_json = matches!(self.stretch.syntax, Syntax::Json | Syntax::Ndjson);
        let page = Page { text, documents: &self.documents, definition, is_json, from: self.stretch.own.start, eol: self.eol };
        if of_member && !page.is_member(&self.at) {
            return None;
        }
        let splices = super::splices::sorted(page.write(step)?)?;
        let text = super::splices::applied(text, &splices)?;
        let mut expected = self.documents.clone();
        step.make(&mut expected)?;
        let (sources, file, documents) = read(&text, self.stretch.syntax)?;
        same(&expected, &documents).then_some(())?;
        let old = self.text()?.to_owned();
        self.splices.add(&old, splices)?;
        (self.sources, self.file, self.documents) = (sources, file, documents);
        Some(())
    }
}

/// Reads a text in which nothing may be wrong.
pub(super) fn read(text: &str, syntax: Syntax) -> Option<(SourceMap, FileId, Vec<Node>)> {
    let mut sources = SourceMap::default();
    let file = sources.add(String::new(), text.to_owned());
    let mut problems = Vec::new();
    let documents = parse::parse(file, syntax, &sources, &mut problems);
    problems.is_empty().then_some((sources, file, documents))
}

/// The document, or the item of a document, that begins at a byte.
fn by_start(documents: &[Node], start: usize) -> Vec<Vec<usize>> {
    let begins = |node: &Node| node.entries().is_some() && node.span.start as usize == start;
    let mut found = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        if begins(document) {
            found.push(vec![index]);
        } else if let parse::Value::List(items) = &document.value {
            found.extend(items.iter().enumerate().filter(|(_, item)| begins(item)).map(|(item, _)| vec![index, item]));
        }
    }
    found
}
