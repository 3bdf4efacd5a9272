//! Text in a query. Every name is untrusted: it may be made to end the literal it stands in.

/// A text as `DuckDB` reads it: a quote is written twice, and nothing else means anything.
pub(super) fn duckdb(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text as Spark reads it, where a backslash escapes, and `${name}` is replaced before the query is even read.
pub(super) fn spark(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for found in text.chars() {
        match found {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '$' => literal.push_str("\\u0024"),
            found if found.is_control() => literal.push_str(&format!("\\u{:04x}", u32::from(found))),
            found => literal.push(found),
        }
    }
    literal.push('\'');
    literal
}

/// A text in a comment, which is for people: what could end the line, or be replaced in it, is not shown.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|found| if found.is_alphanumeric() || " -_.,:@/#+".contains(found) { found } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{comment, duckdb, spark};

    #[test]
    fn no_name_ends_its_literal() {
        let names = ["O'Hara", r"back\slash", r"\'", "${user.home}", "100%", "-- x", "/* x */", "\"q\"", "🦀", "a\nb"];
        let of_duckdb =
            ["'O''Hara'", r"'back\slash'", r"'\'''", "'${user.home}'", "'100%'", "'-- x'", "'/* x */'", "'\"q\"'", "'🦀'", "'a\nb'"];
        let of_spark = [
            r"'O\'Hara'",
            r"'back\\slash'",
            r"'\\\''",
            r"'\u0024{user.home}'",
            "'100%'",
            "'-- x'",
            "'/* x */'",
            "'\"q\"'",
            "'🦀'",
            r"'a\u000ab'",
        ];
        assert_eq!(names.map(duckdb), of_duckdb);
        assert_eq!(names.map(spark), of_spark);
    }

    #[test]
    fn no_name_leaves_its_comment() {
        assert_eq!(comment("as hr-team\n; drop ${x} \\"), "as hr-team?? drop ??x? ?");
    }
}
