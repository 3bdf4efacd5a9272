//! YAML: the parser's events become one [`Node`] a document.
//!
//! The parser gives events with positions; this module builds the tree, and refuses what readers disagree on (merge keys,
//! tags, duplicate keys) and what costs more than it says (depth, aliases). Ordinary texts never get so far ([`ordinary`]).

mod ordinary;

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, options};

use super::keys::Keys;
use super::limits;
use super::node::{Entry, Node, Style, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

pub(super) use ordinary::read as ordinary;

/// Reads every document of a file. A document with a problem is left out, the others are still read.
pub(super) fn parse(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    ordinary(file, text, 0..text.len()).unwrap_or_else(|| parse_any(file, text, problems))
}

/// Reads a text whatever it is.
fn parse_any(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    let options = options! { emit_unresolved_aliases: true, flow_nesting_limit: 4 * limits::DEPTH, block_nesting_limit: 4 * limits::DEPTH };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut documents = Vec::new();
    let mut replay = Replay::default();
    let mut building = Builder::new(file, text);
    loop {
        let problem = match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => break,
            Some(Ok((Event::StreamStart, _))) => continue,
            Some(Ok((Event::DocumentStart(..), _))) => {
                building = Builder::new(file, text);
                continue;
            }
            Some(Ok((Event::DocumentEnd, _))) => {
                documents.extend(building.root.take());
                continue;
            }
            Some(Ok((event, span))) => match building.event(event, span, &mut replay, problems) {
                Ok(()) => continue,
                Err(problem) => problem,
            },
            Some(Err(error)) => syntax(file, text, &error),
        };
        // What costs more than it may is not read to its end to look for more.
        let spent = problem.code == Code::TooManyAliases;
        problems.push(*problem);
        if spent {
            break;
        }
        building = Builder::new(file, text);
        match parser.proceed_next_document() {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.push(*syntax(file, text, &error));
                break;
            }
        }
    }
    documents
}

/// Boxed, since it is the rare way out of functions that are called for every event.
type Problem = Box<Diagnostic>;

fn syntax(file: FileId, text: &str, error: &ScanError) -> Problem {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(Span::new(file, at, at));
    }
    Box::new(Diagnostic::new(Code::Syntax, Span::new(file, at, at), format!("this is not well-formed YAML: {}", error.info())))
}

/// What the anchors and aliases of a file have cost so far.
#[derive(Default)]
struct Replay {
    aliases: usize,
    events: usize,
    /// Events of the values that are kept for aliases.
    kept: usize,
}

/// A list or mapping that is still open.
struct Frame {
    start: usize,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        keys: Keys,
        /// The key whose value comes next, and whether it is a second one that is left out.
        key: Option<(Box<str>, Span, bool)>,
    },
}

/// The tree of one document while its events come in.
struct Builder<'t> {
    file: FileId,
    text: &'t str,
    open: Vec<Frame>,
    /// The anchored values; `None` for one that is too large to be repeated.
    anchors: HashMap<usize, Option<Node>>,
    root: Option<Node>,
}

impl<'t> Builder<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        Self { file, text, open: Vec::new(), anchors: HashMap::new(), root: None }
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(self.file, range.start.min(self.text.len()), range.end.min(self.text.len()))
    }

    fn event(
        &mut self,
        event: Event<'_>,
        at: granit_parser::Span,
        replay: &mut Replay,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<(), Problem> {
        let span = self.span(&at);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.is_some(), &at, problems);
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                if self.expects_key() {
                    self.key(&text, style, span, problems);
                    return Ok(());
                }
                self.value(Node { span, value: Value::Scalar(text.into(), style) }, anchor, replay);
                Ok(())
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_tag(tag.is_some(), &at, problems);
                self.start(span, anchor, Content::List(Vec::new()))
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_tag(tag.is_some(), &at, problems);
                self.start(span, anchor, Content::Map { entries: Vec::new(), keys: Keys::default(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.end(span, replay);
                Ok(())
            }
            Event::Alias(id) => self.alias(id, span, replay),
            Event::UnresolvedAlias(name) => Err(Box::new(
                Diagnostic::new(Code::UnknownAlias, span, format!("there is no anchor `&{name}` above this alias in the same document"))
                    .help("an anchor ends with its document: repeat the value, or move both into one document"),
            )),
            _ => Ok(()),
        }
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Frame { content: Content::Map { key: None, .. }, .. }))
    }

    /// A tag is a problem, but what it stands on can still be looked at.
    fn refuse_tag(&self, tagged: bool, at: &granit_parser::Span, problems: &mut Vec<Diagnostic>) {
        if tagged {
            let span = at.tag_span().map_or_else(|| self.span(at), |tag| self.span(&tag));
            let problem = Diagnostic::new(Code::Tag, span, "YAML tags are not read, since readers disagree on what they mean");
            problems.push(problem.help("remove the tag; quote the value if it should be text"));
        }
    }

    /// The second of two equal keys and a merge key are problems, but the mapping around them can still be looked at.
    fn key(&mut self, text: &str, style: Style, span: Span, problems: &mut Vec<Diagnostic>) {
        if text == "<<" && style == Style::Plain {
            let problem = Diagnostic::new(Code::MergeKey, span, "merge keys are not read, since readers disagree on which value wins");
            problems.push(problem.help("write the merged fields out"));
        }
        if let Some(Frame { content: Content::Map { entries, keys, key }, .. }) = self.open.last_mut() {
            let again = keys.note(entries, text, span);
            *key = Some((text.into(), span, again.is_err()));
            problems.extend(again.err());
        }
    }

    fn start(&mut self, span: Span, anchor: usize, content: Content) -> Result<(), Problem> {
        if self.expects_key() {
            return Err(complex_key(span));
        }
        if self.open.len() >= limits::DEPTH {
            return Err(too_deep(span));
        }
        self.open.push(Frame { start: span.start as usize, anchor, content });
        Ok(())
    }

    fn end(&mut self, span: Span, replay: &mut Replay) {
        let Some(frame) = self.open.pop() else { return };
        let value = match frame.content {
            Content::List(items) => Value::List(items),
            Content::Map { entries, .. } => Value::Map(entries),
        };
        // A block collection ends where the next token begins: what stands between is not part of it.
        let end = self.text.get(frame.start..span.end as usize).map_or(frame.start, |text| frame.start + text.trim_end().len());
        self.value(Node { span: Span::new(self.file, frame.start, end), value }, frame.anchor, replay);
    }

    fn alias(&mut self, id: usize, span: Span, replay: &mut Replay) -> Result<(), Problem> {
        if self.expects_key() {
            return Err(complex_key(span));
        }
        let node = match self.anchors.get(&id) {
            None => {
                let problem = Diagnostic::new(Code::UnknownAlias, span, "this alias names a key, or the value it stands in");
                return Err(Box::new(problem.help("write the value out")));
            }
            Some(None) => return Err(too_many_aliases(span)),
            Some(Some(node)) => node,
        };
        replay.aliases += 1;
        replay.events += node.events();
        if replay.aliases > limits::ALIASES || replay.events > limits::REPLAYED_EVENTS {
            return Err(too_many_aliases(span));
        }
        if self.open.len() + node.height() > limits::DEPTH {
            return Err(too_deep(span));
        }
        let node = node.clone();
        self.value(node, 0, replay);
        Ok(())
    }

    fn value(&mut self, node: Node, anchor: usize, replay: &mut Replay) {
        if anchor != 0 {
            // A value that is too large to be repeated need not be kept, and nested anchors keep what is inside them again.
            let events = node.events();
            replay.kept += events;
            let kept = events <= limits::REPLAYED_EVENTS && replay.kept <= limits::KEPT_EVENTS;
            self.anchors.insert(anchor, kept.then(|| node.clone()));
        }
        match self.open.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, key, .. }) => {
                if let Some((key, key_span, false)) = key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
        }
    }
}

fn too_many_aliases(span: Span) -> Problem {
    let problem = Diagnostic::new(Code::TooManyAliases, span, "the aliases of this file repeat more than gatewalk replays");
    let (aliases, events) = (limits::ALIASES, limits::REPLAYED_EVENTS);
    Box::new(problem.help(format!("at most {aliases} aliases that repeat {events} values are read; write values out")))
}

fn complex_key(span: Span) -> Problem {
    Box::new(
        Diagnostic::new(Code::ComplexKey, span, "a key is a plain word or a quoted string, not a list, a mapping or an alias")
            .help("write the key as text"),
    )
}

fn too_deep(span: Span) -> Problem {
    Box::new(Diagnostic::new(Code::TooDeep, span, format!("lists and mappings are nested deeper than {} levels here", limits::DEPTH)))
}
