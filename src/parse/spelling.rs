//! Pika's two spellings of one name: `userTypes` in code and APIs, `user_types` in its tables.

use std::borrow::Cow;

/// The camelCase form of a snake_case name; any other name as it is.
///
/// An underscore at the start, at the end or before a character without upper case stays.
pub fn camel(name: &str) -> Cow<'_, str> {
    if !name.as_bytes().contains(&b'_') {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(found) = chars.next() {
        match chars.peek() {
            Some(next) if found == '_' && !out.is_empty() && next.is_ascii_lowercase() => {
                out.push(next.to_ascii_uppercase());
                chars.next();
            }
            Some(next) if found == '_' && !out.is_empty() && next.is_ascii_digit() => {}
            _ => out.push(found),
        }
    }
    Cow::Owned(out)
}

/// Whether a name as written is this camelCase name, in either spelling. It is asked of every key of every record.
pub fn means(written: &str, name: &str) -> bool {
    // The snake_case form is the longer one.
    written == name || (written.len() > name.len() && written.as_bytes().contains(&b'_') && camel(written) == name)
}

#[cfg(test)]
mod tests {
    use super::{camel, means};

    #[test]
    fn snake_case_and_camel_case_meet() {
        assert_eq!(camel("exclusive_user_id_access_control"), "exclusiveUserIdAccessControl");
        assert_eq!(camel("chatAppId"), "chatAppId");
        assert_eq!(camel("_private_"), "_private_");
        assert!(means("chat_app_id", "chatAppId") && means("chatAppId", "chatAppId") && !means("chat_app_ids", "chatAppId"));
    }
}
