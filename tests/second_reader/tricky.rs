//! Documents at which YAML readers are known to part.

use gatewalk::parse::Syntax;

/// How the readers part.
pub(crate) enum Apart {
    /// gatewalk refuses the document, for this one reason.
    WeRefuse(&'static str),
    /// The other reader refuses it.
    TheyRefuse,
    /// Both read it, and not alike.
    BothRead,
}

/// A document that is not read alike, and why.
pub(crate) struct Exception {
    pub(crate) syntax: Syntax,
    pub(crate) text: &'static str,
    pub(crate) how: Apart,
    pub(crate) why: &'static str,
}

const fn json(text: &'static str, how: Apart, why: &'static str) -> Exception {
    Exception { syntax: Syntax::Json, text, how, why }
}

const fn yaml(text: &'static str, how: Apart, why: &'static str) -> Exception {
    Exception { syntax: Syntax::Yaml, text, how, why }
}

/// Each with a name; both readers read it, and alike.
pub(crate) const ALIKE: &[(&str, &str)] = &[
    ("literal block, clipped", "a: |\n  one\n  two\n\n\nb: x\n"),
    ("literal block, stripped", "a: |-\n  one\n  two\n\n\nb: x\n"),
    ("literal block, kept", "a: |+\n  one\n  two\n\n\nb: x\n"),
    ("literal block, kept to the end", "a: |+\n  one\n\n\n"),
    ("literal block, indentation given", "a: |2\n    two more\n  none\n"),
    ("literal block with what looks like comments and keys", "a: |\n  # no comment\n  b: no key\n  - no entry\nc: d\n"),
    ("literal block after a comment", "a: | # a comment\n  one\n"),
    ("literal block, empty", "a: |\nb: x\n"),
    ("literal block with leading empty lines", "a: |\n\n\n  one\n"),
    ("literal block with trailing spaces and tabs", "a: |\n  one  \n  two\t\n"),
    ("folded block", "a: >\n  one\n  two\n\n  three\n"),
    ("folded block with more indented lines", "a: >\n  one\n    two\n    three\n  four\n"),
    ("folded block, stripped", "a: >-\n  one\n  two\n\n"),
    ("folded block, kept", "a: >+\n  one\n\n\nb: c\n"),
    ("folded block in a list", "- >-\n  one\n  two\n- |\n  three\n"),
    ("plain text over several lines", "a: one\n  two\n\n  three\nb: x\n"),
    ("plain text over several lines in a list", "- one\n  two\n- three\n"),
    ("plain text over several lines in flow", "[one\n  two, three]\n"),
    ("double quotes over several lines", "a: \"one\n  two\n\n  three\"\n"),
    ("double quotes with escaped line breaks", "a: \"one \\\n  two\\n\\\n  three\"\n"),
    ("single quotes over several lines", "a: 'one\n  two\n\n  it''s'\n"),
    ("escapes", r#"a: "\t\x41\u00e9\U0001F980\e\_\N\"\\\/""#),
    ("quotes inside plain text", "a: it's \"so\"\nb: a'b\n"),
    ("hashes that begin no comment", "a: one#two\nb: '# three'\nc: \"x # y\"\nd: http://x/#y\n"),
    (
        "comments in odd places",
        "# first\na: # after a key\n  # before a value\n  b\n# between\nc:\n  # in front of a list\n  - d # after an entry\n  # between entries\n  - e\n# last",
    ),
    ("a comment between a key and its list", "userRoles:    # who\n  - hr\n  - it\nenabled: true\n"),
    ("a comment between a key and its list at the same indentation", "userRoles:    # who\n- hr\n# and\n- it\nenabled: true\n"),
    ("comments inside flow", "a: [one, # first\n  two # second\n  # none\n]\nb: {c: d, # e: f\n  g: h}\n"),
    ("a list under a key at the same indentation", "a:\n- b\n- c\nd:\n- e\n"),
    ("flow in block", "a: [b, {c: d, e: [f, g]}, []]\nh: {}\n"),
    ("flow over several lines", "a: [\n  b,\n  c,\n]\nd: {\n  e: f,\n}\n"),
    ("flow with a single pair", "[a: b, c]\n"),
    ("flow keys without values", "{a, b: , c: d}\n"),
    ("flow without spaces after quoted keys", "{\"a\":b,'c':d}\n"),
    ("flow with colons in plain text", "[a:b, http://x, 12:30]\n"),
    ("anchors and aliases", "a: &x [b, c]\nd: *x\ne: &y f\ng: *y\nh: &z {i: j}\nk: [*z, *x]\n"),
    ("an anchor on a line of its own", "a: &x\n  b: c\nd: *x\n"),
    ("an anchor that is given again", "a: &x one\nb: &x two\nc: *x\n"),
    ("an anchor of nothing", "a: &x\nb: *x\n"),
    ("explicit keys", "? a\n: b\n? c\n"),
    ("an explicit key in flow", "{? a : b}\n"),
    ("values that are not there", "a:\nb: \nc: ~\nd: null\n"),
    ("entries that are not there", "-\n- \n- a\n-\n"),
    ("values that are not there, between others", "a:\n  b:\n  c: d\ne:\n"),
    ("quoted keys", "\"a b\": c\n'd: e': f\n\"g\\n\": h\n'': i\n"),
    ("keys that look like values", "1: a\ntrue: b\nnull: c\n1.5: d\n"),
    ("keys with spaces and marks", "a b: c\na-b: c\na#b: c\n$ref: c\n"),
    ("unicode", "näme: Zoë\n名前: 東京\n🦀: é e\u{301}\n\"\\u540d\": x\n"),
    ("no-break spaces are text", "a: b\u{a0}c\n\u{a0}d: e\n"),
    ("CRLF", "a: b\r\nc:\r\n  - d\r\n  - e # f\r\ng: |\r\n  one\r\n  two\r\nh: \"x\r\n  y\"\r\n"),
    ("tabs after values", "a: b\t\nc:\td\ne:\t# f\n  - g\t# h\n"),
    ("tabs between flow entries", "[a,\tb,\t{c:\td}]\n"),
    ("spaces after values", "a: b   \nc:   d \n"),
    ("lists in lists", "- - a\n  - b\n- - - c\n-\n  - d\n"),
    ("mappings in lists", "- a: b\n  c: d\n- e:\n    f\n-\n  g: h\n"),
    ("lists in mappings in lists", "- a:\n  - b\n  - c: d\n  e: f\n"),
    ("deep indentation of one space", "a:\n b:\n  c:\n   - d\n"),
    ("documents", "a: b\n---\nc: d\n--- # comment\ne: f\n...\n# between\n---\n- g\n"),
    ("a document on the line of its marker", "--- a\n--- [b]\n--- \"c\"\n--- |\n d\n"),
    ("an empty document between others", "a: b\n---\n---\nc: d\n"),
    ("an end without a beginning", "a: b\n...\n"),
    ("a document that is a scalar", "just text\nover lines\n"),
    ("a version directive", "%YAML 1.2\n---\na: b\n"),
    ("words of YAML 1.1 that are text", "[yes, no, on, off, y, n, Yes, NO, On, OFF]\n"),
    (
        "numbers and what only looks like numbers",
        "[0, -1, +1, 1.0, -0.50, .5, 5., 1e3, 1E-3, 0123, 007, -01, 1_000, 12:30, 0x1F, 0o17, 1e, e3, 1.2.3, 0x, --1, +]\n",
    ),
    ("integers beyond 32 and 53 bits", "[4294967296, 9007199254740993, 18446744073709551615, -9223372036854775808]\n"),
    ("times are text", "[2025-01-31, 2025-01-31T08:00:00Z, 2025-01-31 08:00:00]\n"),
    ("marks inside plain text", "a: b - c\nd: e ? f\ng: -h\ni: ?j\nk: :l\nm: a, b\nn: '@o'\np: q%\nr: s!\nt: u & v\n"),
    ("equals sign", "a: =\nb: =cmd\n"),
    ("no line break at the end", "a: b"),
    ("text that begins like a marker", "a: ---b\nc: '...'\nd: ....\n"),
];

/// The same for JSON.
pub(crate) const ALIKE_JSON: &[(&str, &str)] = &[
    ("tabs", "{\n\t\"a\":\t[\n\t\t1,\n\t\t2\n\t]\n}\n"),
    ("CRLF", "{\r\n  \"a\": [\r\n    1\r\n  ]\r\n}\r\n"),
    ("escapes", r#"{"a": "\u0000\u00e9\/\b\f\n\r\t\\\"", "\u0062": "\u2028\u0085"}"#),
    ("numbers", "[0, -0, 1E5, 1e-7, 0.1, -1.5E+3, 9007199254740993]"),
    ("spaces", "{\"a\" : [ ] , \"b\":{ }}"),
    ("words", "[true, false, null, \"true\", \"null\", \"~\", \"\"]"),
    ("keys that look like values", "{\"1\": 1, \"true\": true, \"null\": null, \"\": \"\"}"),
    (
        "what YAML would take for a comment, a key or an alias",
        r##"{"a": "# b", "c": "d: e", "f": "*g", "h": "!i", "j": "- k", "l": "<<"}"##,
    ),
];

/// Where the readers part, and why that is right.
pub(crate) const APART: &[Exception] = &[
    // What gatewalk refuses, since readers do not agree on what it says.
    yaml("1: a\n\"1\": b\n", Apart::WeRefuse("duplicate-key"), "to some readers a number and a text are two keys, to others one"),
    yaml("a: &x {b: c}\nd: {<<: *x}\n", Apart::WeRefuse("merge-key"), "some readers merge, some have a key `<<`"),
    yaml("a: !!str 1\n", Apart::WeRefuse("tag"), "a tag says what the value is, and not every reader knows it"),
    yaml("a: ! b\n", Apart::WeRefuse("tag"), "a tag without a name is one too"),
    yaml("? [a, b]\n: c\n", Apart::WeRefuse("complex-key"), "JSON has no such keys, and nothing here is called by a list"),
    yaml("a: &x b\n*x : c\n", Apart::WeRefuse("complex-key"), "a key is to be read where it stands"),
    yaml("&x a: b\nc: *x\n", Apart::WeRefuse("unknown-alias"), "an anchor on a key names nothing"),
    yaml(
        "a: b # c\u{2028}d: e\n",
        Apart::WeRefuse("control-character"),
        "the comment ends there for readers of YAML 1.1, and at the line's end for others",
    ),
    yaml("a: b # c\u{85}d: e\n", Apart::WeRefuse("control-character"), "as before"),
    yaml("a: b # c\rd: e\n", Apart::WeRefuse("control-character"), "as before, for all YAML, but not for most editors"),
    yaml("a: b\u{202e}c\n", Apart::WeRefuse("bidi-control"), "people would read something else"),
    yaml("a: \"b\"# c\n", Apart::WeRefuse("syntax"), "a comment begins after a space"),
    yaml("a: [b]# c\n", Apart::WeRefuse("syntax"), "a comment begins after a space"),
    yaml("a: 'b\nc'\n", Apart::WeRefuse("syntax"), "a quoted text goes on further in than its key"),
    yaml("[a, -]\n", Apart::WeRefuse("syntax"), "a dash alone is no text"),
    yaml("a: b\n---\n\u{feff}c: d\n", Apart::WeRefuse("control-character"), "a byte-order mark stands at the start of a file"),
    yaml(
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        Apart::WeRefuse("too-deep"),
        "33 levels; the bound of the other reader is 128",
    ),
    json("{\"a\": 1,}", Apart::WeRefuse("syntax"), "JSON has no comma after the last"),
    json("{'a': 1}", Apart::WeRefuse("syntax"), "JSON has no such quotes"),
    json("{\"a\": b}", Apart::WeRefuse("syntax"), "JSON has no text without quotes"),
    json("{\"a\": 01}", Apart::WeRefuse("syntax"), "JSON has no leading zeros"),
    json("{\"a\": 1} # b", Apart::WeRefuse("syntax"), "JSON has no comments"),
    json("{\"a\": \"b\nc\"}", Apart::WeRefuse("syntax"), "JSON's text has no raw line break"),
    // What libyaml refuses.
    json(
        r#"{"userId": "\ud83e\udd80"}"#,
        Apart::TheyRefuse,
        "JSON writes 🦀 as a surrogate pair; libyaml takes the halves for broken characters",
    ),
    json("{\"a\": 1}\n{\"b\": 2}\n", Apart::TheyRefuse, "values in a row are no YAML"),
    json("{\"a\"\n: 1}", Apart::TheyRefuse, "in YAML 1.1 the colon stands on the key's line"),
    yaml("\u{feff}a: b\nc: d\n", Apart::TheyRefuse, "to libyaml a byte-order mark is a column, so that `c` stands further out than `a`"),
    yaml("a: b\n...\nc: d\n", Apart::TheyRefuse, "since YAML 1.2 a document may follow `...` without `---`"),
    yaml("-\ta: b\n  c: d\n", Apart::TheyRefuse, "since YAML 1.2 a tab may follow a dash"),
    yaml("{a:}\n", Apart::TheyRefuse, "since YAML 1.2 a key may end in front of a bracket"),
    yaml(": a\n", Apart::TheyRefuse, "since YAML 1.2 a key may be nothing at all"),
    yaml("%FOO bar\n---\na\n", Apart::TheyRefuse, "directives that nobody knows are to be passed over"),
    yaml(
        "a: 123456789012345678901234567890\n",
        Apart::TheyRefuse,
        "an integer too large for its numbers; here it is a text like any other",
    ),
    // What both read.
    yaml("enabled: True\n", Apart::BothRead, "only `true` and `false` are booleans here; where one is expected, `True` is refused"),
    yaml("enabled: FALSE\n", Apart::BothRead, "as before"),
    yaml("a: .inf\n", Apart::BothRead, "a number to YAML, but to nobody who names a role"),
    yaml("a: 0b101\n", Apart::BothRead, "a number of YAML 1.1 only"),
    yaml("a: 1e400\n", Apart::BothRead, "a number to YAML; the other reader takes what it cannot hold for text"),
    yaml("[?a]\n", Apart::BothRead, "to libyaml `?` in flow begins a key even without a space after it"),
    yaml(
        "a: |\n  one",
        Apart::BothRead,
        "the file ends without a line break, and our parser adds it; a name with a line break in it is refused",
    ),
    yaml("", Apart::BothRead, "no document; the other reader makes one of nothing"),
    yaml("# nothing yet\n", Apart::BothRead, "as before"),
];
