//! serde_yaml behind two functions; its faults become places in the text.
//!
//! Values have no place of their own in serde_yaml, only faults do; the place
//! of a key is found by looking for it at the start of a line.

use serde::de::DeserializeOwned;
use serde_yaml::Value as Yaml;

/// Front matter longer than this is refused: the parser's own limits on
/// nesting take quadratic time to reach.
pub const MAX_BYTES: usize = 64 * 1024;

/// A value as an author writes it in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `key:` with nothing behind it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Text, numbers included: the number keeps its spelling where YAML lets it.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A nested mapping, in the order it is written.
    Map(Vec<(String, Value)>),
}

/// A key of a mapping with its value and the byte range of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// What stands behind it.
    pub value: Value,
    /// First and last byte (exclusive) of the key in the parsed text.
    pub at: (usize, usize),
}

/// Why a text is not the mapping it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In the parser's words, without its "at line".
    pub message: String,
    /// Byte in the parsed text.
    pub at: usize,
}

/// The top-level entries of a mapping, in the order they are written.
pub fn entries(text: &str) -> Result<Vec<Entry>, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault {
            message: format!("front matter is longer than {} KB", MAX_BYTES / 1024),
            at: 0,
        });
    }
    match serde_yaml::from_str::<Yaml>(text).map_err(|error| fault(&error, text))? {
        Yaml::Null => Ok(Vec::new()),
        Yaml::Mapping(mapping) => Ok(mapping
            .iter()
            .map(|(key, value)| {
                let key = plain(key);
                Entry {
                    at: find_key(text, &key),
                    value: convert(value),
                    key,
                }
            })
            .collect()),
        _ => Err(Fault {
            message: "expected lines of the form `key: value`".into(),
            at: 0,
        }),
    }
}

/// A whole text as one value of a type that serde can fill.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_yaml::from_str(text).map_err(|error| fault(&error, text))
}

/// Text as YAML that reads back as the same text, quoted only where it must be.
pub fn quote(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match serde_yaml::to_string(&one_line) {
        Ok(yaml) if !yaml.trim_end().contains('\n') => yaml.trim_end().to_string(),
        _ => format!(
            "\"{}\"",
            one_line.replace('\\', "\\\\").replace('"', "\\\"")
        ),
    }
}

fn fault(error: &serde_yaml::Error, text: &str) -> Fault {
    let message = error.to_string();
    // "found unexpected end of stream at …, while scanning a quoted scalar at …":
    // the second place is where the author has to look.
    if let Some((what, place)) = message
        .split_once(", while ")
        .and_then(|(_, rest)| rest.split_once(" at line "))
        && let Some(at) = byte_of(text, place)
    {
        let reason = message.split(" at line ").next().unwrap_or_default();
        return Fault {
            message: format!("{reason} while {what}"),
            at,
        };
    }
    // The place is drawn in the source; said again in words it would count
    // lines of the front matter, not of the file.
    let message = match message.split_once(" at line ") {
        Some((front, _)) => front.to_string(),
        None => message,
    };
    let duplicate = message
        .strip_prefix("duplicate entry with key ")
        .map(|key| key.trim_matches('"').to_string());
    let at = match (&duplicate, error.location()) {
        (Some(key), _) => last_key(text, key),
        (None, Some(location)) => location.index().min(text.len()),
        (None, None) => 0,
    };
    Fault { message, at }
}

/// The byte of `L column C`, both counted from 1.
fn byte_of(text: &str, place: &str) -> Option<usize> {
    let mut numbers = place
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let line: usize = numbers.next()?.parse().ok()?;
    let column: usize = numbers.next()?.parse().ok()?;
    let start: usize = text
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let within = text
        .get(start..)?
        .char_indices()
        .nth(column.checked_sub(1)?)
        .map_or(0, |(at, _)| at);
    Some(start + within)
}

fn convert(value: &Yaml) -> Value {
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(*value),
        Yaml::Number(_) | Yaml::String(_) => Value::Text(plain(value)),
        Yaml::Sequence(list) => Value::List(list.iter().map(convert).collect()),
        Yaml::Mapping(mapping) => {
            let entries = mapping.iter();
            Value::Map(
                entries
                    .map(|(key, value)| (plain(key), convert(value)))
                    .collect(),
            )
        }
        Yaml::Tagged(tagged) => convert(&tagged.value),
    }
}

fn plain(value: &Yaml) -> String {
    match value {
        Yaml::String(text) => text.clone(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Bool(value) => value.to_string(),
        Yaml::Null | Yaml::Sequence(_) | Yaml::Mapping(_) | Yaml::Tagged(_) => String::new(),
    }
}

fn keys_at<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut line_start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = line_start;
        line_start += line.len();
        let quote = usize::from(line.starts_with(['"', '\'']));
        let rest = line.get(quote..)?.strip_prefix(key)?;
        let rest = if quote == 1 {
            rest.strip_prefix(['"', '\''])?
        } else {
            rest
        };
        rest.trim_start().starts_with(':').then_some(start + quote)
    })
}

fn find_key(text: &str, key: &str) -> (usize, usize) {
    keys_at(text, key)
        .next()
        .map_or((0, 0), |start| (start, start + key.len()))
}

fn last_key(text: &str, key: &str) -> usize {
    keys_at(text, key).last().unwrap_or(0)
}

#[cfg(test)]
mod tests;
