//! The language of decks, coloured: what an author types for Deckle stands out
//! from what the audience reads.

use super::Run;

/// The name of the language behind a fence.
pub const NAME: &str = "deckle";

/// What the lines so far have opened.
#[derive(Default)]
struct Open {
    /// The marks of a code fence.
    fence: String,
    in_front: bool,
    in_comment: bool,
}

/// The runs of each line.
pub fn lines(text: &str) -> Vec<Vec<Run>> {
    let mut open = Open::default();
    let lines = text.split('\n').zip(0..);
    lines
        .map(|(text, number)| line(&mut open, text, number == 0))
        .collect()
}

fn line(open: &mut Open, text: &str, is_first: bool) -> Vec<Run> {
    let trimmed = text.trim_start();
    if !open.fence.is_empty() {
        let ends = trimmed.trim_end() == open.fence;
        if ends {
            open.fence.clear();
        }
        return vec![run(if ends { "keyword" } else { "" }, text)];
    }
    if open.in_comment || trimmed.starts_with("<!--") {
        open.in_comment = !trimmed.contains("-->");
        return vec![run("comment", text)];
    }
    if text.trim_end() == "---" {
        open.in_front = is_first;
        return vec![run("keyword", text)];
    }
    if open.in_front {
        let end = text.find(':').map_or(0, |at| at + 1);
        return joined(vec![run("type", &text[..end]), run("", &text[end..])]);
    }
    if let Some(marks) = ["```", "~~~"]
        .into_iter()
        .find(|marks| trimmed.starts_with(marks))
    {
        let mark = marks.chars().next().unwrap_or('`');
        let rest = trimmed.trim_start_matches(mark);
        open.fence = trimmed[..trimmed.len() - rest.len()].to_string();
        let at = text.len() - rest.len();
        let mut res = vec![run("keyword", &text[..at])];
        let brace = rest.find('{').unwrap_or(rest.len());
        res.push(run("function", &rest[..brace]));
        res.extend(in_line(&rest[brace..]));
        return joined(res);
    }
    let start = opening(text);
    let mut res = vec![run("keyword", &text[..start])];
    let is_title = text.starts_with('#');
    let rest = in_line(&text[start..])
        .into_iter()
        .map(|piece| match piece.class {
            "" if is_title => run("type", &piece.text),
            _ => piece,
        });
    res.extend(rest);
    joined(res)
}

/// The bytes of the marks that a line begins with.
fn opening(text: &str) -> usize {
    let indent = text.len() - text.trim_start().len();
    let rest = &text[indent..];
    if rest.starts_with(":::") {
        return text.find('{').unwrap_or(text.len());
    }
    if rest.trim_end() == ". . ." {
        return text.len();
    }
    let marks = ['-', '*', '+', '>', '#', ':'];
    let end = rest
        .find(|c: char| !marks.contains(&c))
        .unwrap_or(rest.len());
    if end > 0 && rest[end..].starts_with(' ') {
        return indent + end;
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if digits > 0 && rest[digits..].starts_with(['.', ')']) {
        return indent + digits + 1;
    }
    0
}

/// Marks in a line: what they begin and end with, and the colour of all of it.
const MARKS: [(&str, &str, &str); 11] = [
    ("{{", "}}", "constant"),
    ("{", "}", "function"),
    ("`", "`", "string"),
    ("$$", "$$", "string"),
    ("$", "$", "string"),
    ("++", "++", "constant"),
    ("==", "==", "constant"),
    (":icon-", ":", "constant"),
    ("](", ")", "string"),
    ("[^", "]", "constant"),
    ("[!", "]", "constant"),
];

fn in_line(text: &str) -> Vec<Run> {
    let mut res = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(c) = rest.chars().next() {
        let found = MARKS.iter().find_map(|(open, close, class)| {
            let inner = rest.strip_prefix(open)?;
            let end = inner.find(close).filter(|end| *end > 0)?;
            let is_tight = !inner.starts_with(' ');
            is_tight.then_some((*class, open.len() + end + close.len()))
        });
        match found {
            Some((class, length)) => {
                res.push(run("", &std::mem::take(&mut plain)));
                res.push(run(class, &rest[..length]));
                rest = &rest[length..];
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    res.push(run("", &plain));
    res
}

fn run(class: &'static str, text: &str) -> Run {
    Run {
        class,
        text: text.to_string(),
    }
}

/// Without empty runs, but for a line that is empty.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    runs.into_iter()
        .filter(|run| !run.text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn marks_are_told_from_words_and_nothing_is_lost() {
        let text = "---\nlayout: quote\n---\n\n## A title {.accent}\n\n- **one** `x` {.step}\n12. two\n\
                    ::: columns 2:1\n```rust {1|2}\n{ let a = 1; }\n```\n> [!NOTE] x\n$a$ costs $5\n<!-- a\nb -->\n. . .\n![a](b.png){.left}";
        let lines = lines(text);
        let whole: Vec<String> = lines
            .iter()
            .map(|runs| runs.iter().map(|run| run.text.as_str()).collect())
            .collect();
        assert_eq!(whole.join("\n"), text);
        let classes = |n: usize| lines[n].iter().map(|run| run.class).collect::<Vec<_>>();
        assert_eq!(classes(0), ["keyword"]);
        assert_eq!(classes(1), ["type", ""]);
        assert_eq!(classes(4), ["keyword", "type", "function"]);
        assert_eq!(classes(6), ["keyword", "", "string", "", "function"]);
        assert_eq!(classes(7), ["keyword", ""]);
        assert_eq!(classes(9), ["keyword", "function", "function"]);
        assert_eq!(classes(10), [""]);
        assert_eq!(classes(12), ["keyword", "", "constant", ""]);
        assert_eq!(classes(13), ["string", ""]);
        assert_eq!(
            (classes(14), classes(15)),
            (vec!["comment"], vec!["comment"])
        );
    }
}
