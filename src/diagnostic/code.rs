//! The kinds of invalid input, written once: the names that people and machines see, and what each means.

/// Declares the codes with their names, and the ordered slice of all of them.
macro_rules! codes {
    ($( #[doc = $doc:literal] $variant:ident = $id:literal, )*) => {
        /// A kind of invalid input. Its name is part of the machine formats.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $( #[doc = $doc] $variant, )*
        }

        impl Code {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Code] = &[$( Code::$variant, )*];

            /// The name in messages and in JSON, such as `duplicate-key`.
            pub fn id(self) -> &'static str {
                match self { $( Code::$variant => $id, )* }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $( Code::$variant => $doc.trim_ascii(), )* }
            }
        }
    };
}

codes! {
    /// A file that exists could not be opened or read.
    Unreadable = "unreadable",
    /// A FIFO, a device or a folder stands where a file is expected; only regular files are opened.
    NotAFile = "not-a-file",
    /// A symbolic link leads out of the workspace.
    OutsideWorkspace = "outside-workspace",
    /// Symbolic links lead back to where they started.
    SymlinkLoop = "symlink-loop",
    /// The workspace holds more files than gatewalk reads.
    TooManyFiles = "too-many-files",
    /// A file, or what it decompresses to, is larger than gatewalk reads.
    TooLarge = "too-large",
    /// A `.gz` file is damaged or cut short.
    BadGzip = "bad-gzip",
    /// The bytes are not UTF-8.
    Encoding = "encoding",
    /// A raw control character, a lone carriage return, or a Unicode line break stands in the text, where some readers end the line and others do not.
    ControlCharacter = "control-character",
    /// A raw bidirectional control makes the text read differently from what it says.
    BidiControl = "bidi-control",
    /// The file is not well-formed YAML, JSON or CSV.
    Syntax = "syntax",
    /// A key stands twice in one mapping, or a column twice in one CSV header.
    DuplicateKey = "duplicate-key",
    /// A YAML merge key (`<<`).
    MergeKey = "merge-key",
    /// A YAML tag.
    Tag = "tag",
    /// A YAML alias of an anchor that is not above it in the same document.
    UnknownAlias = "unknown-alias",
    /// A mapping key that is not a plain word or a quoted string.
    ComplexKey = "complex-key",
    /// Lists and mappings nested deeper than 32 levels.
    TooDeep = "too-deep",
    /// More aliases, or aliases that repeat more, than gatewalk replays.
    TooManyAliases = "too-many-aliases",
    /// A CSV header without `userId`, or with a column that users do not have.
    CsvHeader = "csv-header",
    /// A document that is none of the kinds gatewalk knows.
    UnknownDocument = "unknown-document",
    /// A value that is not DynamoDB JSON inside a record that is.
    DynamodbValue = "dynamodb-value",
    /// An export that stops before its end: decisions over a part of the definitions would be wrong.
    TruncatedExport = "truncated-export",
    /// Two spellings of one field in one mapping.
    TwoSpellings = "two-spellings",
    /// An unknown field that is one or two letters away from a field that decides access.
    MisspelledField = "misspelled-field",
    /// A field that a user given on the command line does not have.
    UnknownField = "unknown-field",
    /// A field without which the document has no meaning is missing.
    MissingField = "missing-field",
    /// A value of another type than the field takes.
    WrongType = "wrong-type",
    /// A word that is none of the words the field takes.
    UnknownValue = "unknown-value",
    /// A time that does not exist or has no offset from UTC.
    BadTime = "bad-time",
    /// An id, role or entity with characters that cannot be seen, so that two different names look the same.
    UnsafeName = "unsafe-name",
    /// An app id with one of the characters that targets are written with.
    AppIdCharacter = "app-id-character",
    /// A rule on an override that Pika reads on chat apps only.
    OverrideField = "override-field",
    /// A type or an action with one of the characters that targets and conditions are written with.
    ResourceNameCharacter = "resource-name-character",
    /// A name that means something else: a user's attribute that conditions know by another meaning, a type that targets do.
    ReservedName = "reserved-name",
    /// Two definitions of one thing.
    DuplicateId = "duplicate-id",
    /// An override for an app that is not defined.
    OverrideWithoutApp = "override-without-app",
    /// A type, action, role, custom permission, team, user or condition set that is named and not defined.
    DanglingReference = "dangling-reference",
    /// A role that inherits itself, or a team that is part of itself, perhaps through others.
    Cycle = "cycle",
    /// An assignment that does not say what is given to whom.
    UnclearAssignment = "unclear-assignment",
    /// An assignment that ends before it begins.
    BackwardWindow = "backward-window",
    /// A `${...}` that is not a template for something of the user.
    BadTemplate = "bad-template",
    /// A text that is not a duration such as `2_weeks`.
    BadDuration = "bad-duration",
    /// A pattern in `gatewalk.yaml` that is not a glob.
    BadGlob = "bad-glob",
    /// A workspace that defines nothing to ask about.
    NoTargets = "no-targets",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for id in ids {
            assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{id}");
        }
    }
}
