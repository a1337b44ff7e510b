//! A line of text cut in two: behind a sentence, else behind a clause or a word.

use crate::article::sentences;
use crate::deck::Inline;

/// The longest beginning that `fits`, the rest, and how many bytes of text
/// without marks it has; `None` if all of it fits, or nothing.
pub fn cut(
    body: &[Inline],
    fits: impl Fn(&[Inline]) -> bool,
) -> Option<(Vec<Inline>, Vec<Inline>, usize)> {
    let text = flat(body);
    let best = |places: &[usize]| {
        // A longer beginning never fits where a shorter one does not.
        let n = places.partition_point(|&byte| fits(&halves(body, byte).0));
        n.checked_sub(1).map(|at| places[at])
    };
    let word = best(&words(&text))?;
    let near = |place: &Option<usize>| place.is_some_and(|at| at * 5 >= word * 2);
    let byte = [best(&ends(&text)), best(&clauses(&text))]
        .into_iter()
        .find(near)
        .flatten()
        .unwrap_or(word);
    let (head, tail) = halves(body, byte);
    Some((head, tail, byte))
}

/// Bytes at which a sentence ends, but for the last one.
fn ends(text: &str) -> Vec<usize> {
    let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize + part.len();
    let mut res: Vec<usize> = sentences(text).into_iter().map(place).collect();
    res.retain(|end| *end < text.trim_end().len());
    res
}

fn clauses(text: &str) -> Vec<usize> {
    let is_end = |c: char| {
        matches!(
            c,
            ',' | ';' | ':' | '，' | '；' | '、' | '،' | '؛' | '–' | '—'
        )
    };
    let ends = text.char_indices().filter(|(_, c)| is_end(*c));
    let ends = ends.map(|(at, c)| at + c.len_utf8());
    ends.filter(|end| *end < text.trim_end().len()).collect()
}

/// Bytes behind words; of what has no words, behind characters.
fn words(text: &str) -> Vec<usize> {
    let mut res = Vec::new();
    let mut run = 0;
    for (at, c) in text.char_indices() {
        let is_wide = ('\u{2e80}'..'\u{ffe0}').contains(&c);
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if at > 0 && (c.is_whitespace() || is_wide || run > 60) {
            res.push(at);
        }
    }
    res.retain(|end| *end < text.trim_end().len());
    res
}

/// The text of inlines, byte for byte as [`halves`] counts it.
fn flat(inlines: &[Inline]) -> String {
    let mut res = String::new();
    push_flat(inlines, &mut res);
    res
}

fn push_flat(inlines: &[Inline], res: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => *res += text,
            Inline::Math(math) => *res += &math.tex,
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. }
            | Inline::Link { body, .. } => push_flat(body, res),
            Inline::Break => res.push(' '),
            Inline::Image(_) | Inline::Sign(_) | Inline::Html { .. } => {}
        }
    }
}

/// Inlines cut behind so many bytes of their text. What is no text, such as a
/// formula, is not cut; what bears a mark, such as a link, bears it on both sides.
fn halves(inlines: &[Inline], byte: usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut start = 0;
    for inline in inlines {
        let length = flat(std::slice::from_ref(inline)).len();
        let end = start + length;
        // A mark without text, such as that of a footnote, belongs to what is before it.
        if end <= byte {
            head.push(inline.clone());
        } else if start >= byte {
            tail.push(inline.clone());
        } else {
            let (a, b) = pieces(inline, byte - start);
            head.push(a);
            tail.extend(b);
        }
        start = end;
    }
    if let Some(Inline::Text(text)) = tail.first_mut() {
        *text = text.trim_start().to_string();
    }
    (head, tail)
}

fn pieces(inline: &Inline, byte: usize) -> (Inline, Option<Inline>) {
    let both = |body: &[Inline], wrap: &dyn Fn(Vec<Inline>) -> Inline| {
        let (a, b) = halves(body, byte);
        (wrap(a), Some(wrap(b)))
    };
    match inline {
        Inline::Text(text) => {
            let (a, b) = text.split_at(byte);
            let (a, b) = (Inline::Text(a.into()), Inline::Text(b.into()));
            (a, Some(b))
        }
        Inline::Emph(body) => both(body, &Inline::Emph),
        Inline::Strong(body) => both(body, &Inline::Strong),
        Inline::Strike(body) => both(body, &Inline::Strike),
        Inline::Mark(body) => both(body, &Inline::Mark),
        Inline::Link { body, to } => both(body, &|body| Inline::Link {
            body,
            to: to.clone(),
        }),
        Inline::Span { body, attrs, step } => both(body, &|body| Inline::Span {
            body,
            attrs: attrs.clone(),
            step: *step,
        }),
        Inline::Code(_)
        | Inline::Math(_)
        | Inline::Image(_)
        | Inline::Sign(_)
        | Inline::Html { .. }
        | Inline::Break => (inline.clone(), None),
    }
}
