//! Somebody's words in running text, with the name of who said them.

use super::origin;
use crate::article::{Kind, Passage};
use crate::import::plan::Line;

const SAYING: [&str; 14] = [
    "says",
    "said",
    "writes",
    "wrote",
    "explains",
    "explained",
    "notes",
    "noted",
    "recalls",
    "recalled",
    "adds",
    "added",
    "argues",
    "argued",
];

/// Words of speech worth a slide.
const LEAST: usize = 7;
const MOST: usize = 36;

/// The first saying of a text that is a whole sentence and has a full name.
pub fn saying(passages: &[Passage]) -> Option<(Line, Line)> {
    let paragraphs = passages.iter().filter(|p| p.kind == Kind::Paragraph);
    paragraphs.flat_map(of).next()
}

fn of(passage: &Passage) -> Option<(Line, Line)> {
    let text = passage.text.as_str();
    let mut rest = text;
    while let Some(at) = rest.find(['“', '"', '«']) {
        let opening = rest[at..].chars().next()?;
        let closing = match opening {
            '“' => '”',
            '«' => '»',
            _ => '"',
        };
        let inner = &rest[at + opening.len_utf8()..];
        let end = inner.find(closing)?;
        let (said, behind) = (&inner[..end], &inner[end + closing.len_utf8()..]);
        let words = said.split_whitespace().count();
        let is_whole =
            said.starts_with(char::is_uppercase) && said.ends_with([',', '.', '!', '?', '…']);
        if is_whole
            && (LEAST..=MOST).contains(&words)
            && let Some(name) = speaker(behind)
        {
            let shown = said.trim_end_matches(',').trim();
            return Some((
                origin::line(shown, text, passage),
                origin::line(name, text, passage),
            ));
        }
        rest = behind;
    }
    None
}

/// The name in "says Ann Lee" or "Ann Lee says", two words at least.
fn speaker(behind: &str) -> Option<&str> {
    let behind = behind.trim_start_matches([',', ' ']);
    let words: Vec<&str> = behind.split_whitespace().take(8).collect();
    let first = words.first()?;
    let verb = |word: &str| SAYING.contains(&word.trim_end_matches([',', '.', ':']));
    let from = usize::from(verb(first));
    let is_name = |word: &&&str| word.starts_with(char::is_uppercase);
    let mut names = 0;
    for word in words[from..].iter().take_while(is_name) {
        names += 1;
        if word.ends_with([',', '.', ';', ':']) {
            break;
        }
    }
    let is_said = from == 1 || words.get(names).is_some_and(|word| verb(word));
    if !(2..=4).contains(&names) || !is_said {
        return None;
    }
    let start = behind.find(words[from])?;
    let last = words[from + names - 1];
    let end = start + behind[start..].find(last)? + last.len();
    Some(behind[start..end].trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::speaker;

    #[test]
    fn a_full_name_beside_a_verb_of_saying() {
        assert_eq!(
            speaker(" says Ann Lee, who mends signals."),
            Some("Ann Lee")
        );
        assert_eq!(speaker(" Ann Lee said last week."), Some("Ann Lee"));
        assert_eq!(speaker(" said Ann Maria Lee."), Some("Ann Maria Lee"));
        assert_eq!(speaker(" she said."), None);
        assert_eq!(speaker(" says the minister."), None);
        assert_eq!(speaker(" Then Ann left."), None);
    }
}
