//! Plain text to passages: what is a paragraph, an item, a heading.

use std::collections::BTreeSet;

use super::leftover;
use super::mark::{self, Speaker};
use super::tongue::{self, n_words};
use super::words::{Words, among};
use super::{Kind, Passage};

/// A block as it stands in the file.
struct Block {
    text: String,
    gap: u32,
    line: u32,
    /// Number or bullet of a list item.
    marker: Option<Marker>,
    /// Level of a heading that is marked as one: by "##", a line of bold words,
    /// a line drawn under it.
    marked: Option<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet,
    Number(u32),
}

/// Reads plain text. The first heading, if the text opens with one, is of
/// level 1, the others of level 2.
pub fn read(text: &str) -> Vec<Passage> {
    let mut blocks = blocks(text);
    open_colons(&mut blocks);
    let blocks = blocks;
    let mut res: Vec<Passage> = Vec::with_capacity(blocks.len());
    let mut titled = false;
    let mut bodies = 0;
    let mut listing = false;
    let repeated = repeated(&blocks);
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| blocks.get(at));
        let first = !titled && bodies == 0;
        let title = first && is_title(block, next);
        let kind = match block.marker {
            _ if title => Kind::Heading(1),
            _ if block.marked.is_some() => Kind::Heading(block.marked.unwrap_or(2)),
            Some(Marker::Bullet) => Kind::Item,
            Some(Marker::Number(n)) if heads_text(n, before, next) && is_heading(block, next) => {
                Kind::Heading(2)
            }
            Some(Marker::Number(_)) => Kind::Item,
            // "Reading time: 4 minutes" in front of the text.
            None if bodies == 0 && leftover::is_leftover(&block.text) => Kind::Paragraph,
            None if is_heading(block, next) => {
                listing = listed(block, before, next, listing);
                if listing || (titled && repeated.contains(block.text.as_str())) {
                    Kind::Paragraph
                } else {
                    Kind::Heading(2)
                }
            }
            None => Kind::Paragraph,
        };
        titled = titled || title;
        let of_page = leftover::is_page_line(&block.text) || leftover::is_leftover(&block.text);
        if kind == Kind::Paragraph && !of_page {
            bodies += 1;
        }
        res.push(passage(block, kind));
    }
    res
}

fn passage(block: &Block, kind: Kind) -> Passage {
    let (shown, escaped) = mark::bold(&block.text);
    let number = |n: u32| format!("{n}. ");
    let (text, markdown) = match (kind, block.marker) {
        (Kind::Heading(level), marker) => {
            let number = match marker {
                Some(Marker::Number(n)) => number(n),
                Some(Marker::Bullet) | None => String::new(),
            };
            let hashes = "#".repeat(usize::from(level));
            let written = format!("{hashes} {}{escaped}", number.replace(". ", "\\. "));
            (format!("{number}{shown}"), written)
        }
        (Kind::Item, Some(Marker::Number(n))) => (shown, format!("{}{escaped}", number(n))),
        (Kind::Item, Some(Marker::Bullet) | None) => (shown, format!("- {escaped}")),
        (
            Kind::Paragraph | Kind::Quote | Kind::Code | Kind::Table | Kind::Picture | Kind::Other,
            _,
        ) => (shown, escaped),
    };
    Passage {
        kind,
        text,
        markdown,
        gap: block.gap,
        line: block.line,
    }
}

/// Text as Markdown that reads the same.
pub fn escape(text: &str) -> String {
    escaped(text, true)
}

/// Text as Markdown that reads the same behind other text of its line, where
/// `:` or `-` mean nothing.
pub fn escape_inside(text: &str) -> String {
    escaped(text, false)
}

/// Markdown of a reader that knows no signs of a deck, for one that does.
pub fn escape_signs(markdown: &str) -> String {
    let mut res = String::with_capacity(markdown.len() + 8);
    let mut is_escaped = false;
    for (at, c) in markdown.char_indices() {
        if !is_escaped && is_sign(markdown, at, c) {
            res.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        res.push(c);
    }
    res
}

/// Whether a deck may read a sign of its own here: `++Ctrl++`, `==so==`, `x^2^`,
/// `:name:`.
fn is_sign(text: &str, at: usize, c: char) -> bool {
    let rest = &text[at + c.len_utf8()..];
    let follows_word = text[..at].ends_with(char::is_alphanumeric);
    let is_name = |name: &str| {
        name.bytes().any(|b| b.is_ascii_alphanumeric())
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
    };
    match c {
        '=' => rest.starts_with('='),
        '+' => rest.starts_with('+') && !follows_word,
        '^' => rest.contains('^'),
        ':' => !follows_word && rest.split_once(':').is_some_and(|(name, _)| is_name(name)),
        _ => false,
    }
}

/// `opens` says whether the text stands at the beginning of its line.
fn escaped(text: &str, opens: bool) -> String {
    let mut res = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '{' => true,
            // A pause, to a deck.
            '.' if at == 0 => text.trim() == ". . .",
            '_' | '~' | '$' => true,
            '#' | '>' => at == 0,
            '+' | '-' | '=' | ':' | '^' => (at == 0 && opens && c != '^') || is_sign(text, at, c),
            '&' => text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '#'),
            '!' => text[at + 1..].starts_with('['),
            '.' | ')' => at > 0 && at < 10 && text[..at].bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if special {
            res.push('\\');
        }
        res.push(c);
    }
    res
}

/// Cuts the text at blank lines, list markers, and line ends where lines are
/// not wrapped.
fn blocks(text: &str) -> Vec<Block> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let talk = mark::is_interview(text);
    let mut res: Vec<Block> = Vec::new();
    let mut run: Vec<(u32, String)> = Vec::new();
    let mut gap = 0;
    let lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
    for (number, line) in (1_u32..).zip(lines) {
        let clean = tidy(line);
        if let (Some(level), [(_, only)]) = (mark::underline(&clean), run.as_slice())
            && mark::may_head(only)
        {
            close(&mut run, &mut res, gap, talk);
            if let Some(last) = res.last_mut() {
                last.marked = Some(level);
            }
            gap = 0;
            continue;
        }
        if clean.is_empty() || is_rule(&clean) {
            if !run.is_empty() {
                close(&mut run, &mut res, gap, talk);
                gap = 0;
            }
            gap += 1;
            continue;
        }
        if let Some((level, heading)) = mark::heading(&clean, run.is_empty()) {
            if !run.is_empty() {
                close(&mut run, &mut res, gap, talk);
                gap = 0;
            }
            res.push(Block {
                text: heading.to_owned(),
                gap,
                line: number,
                marker: None,
                marked: Some(level),
            });
            gap = 0;
            continue;
        }
        run.push((number, clean));
    }
    close(&mut run, &mut res, gap, talk);
    res
}

/// A line without control characters and doubled spaces.
fn tidy(line: &str) -> String {
    let mut res = String::with_capacity(line.len());
    for word in line.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{200b}') {
        if word.is_empty() {
            continue;
        }
        if !res.is_empty() {
            res.push(' ');
        }
        res.push_str(word);
    }
    res
}

fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '_' | '*' | '=' | '~' | ' ' | '·'))
}

fn close(run: &mut Vec<(u32, String)>, res: &mut Vec<Block>, gap: u32, talk: bool) {
    // Nobody wraps a paragraph at more than 120 letters: such lines are paragraphs.
    let unwrapped = run.iter().any(|(_, line)| line.chars().nth(120).is_some());
    let heads = heads_run(run);
    for (n, (line, text)) in run.drain(..).enumerate() {
        let (speaker, said) = match talk.then(|| mark::speaker(&text)).flatten() {
            Some((speaker, said)) => (Some(speaker), said),
            None => (None, text.as_str()),
        };
        let (marker, rest) = marker(said);
        let begins = marker.is_some() || speaker.is_some();
        let new = n == 0 || begins || unwrapped || (heads && n == 1);
        match res.last_mut() {
            Some(last) if !new => {
                last.text.push(' ');
                last.text.push_str(rest);
            }
            Some(_) | None => res.push(Block {
                text: rest.to_owned(),
                gap: if n == 0 { gap } else { 0 },
                line,
                marker,
                marked: (speaker == Some(Speaker::Asks)).then_some(2),
            }),
        }
    }
}

/// Whether the first of some lines is a heading over the others: much shorter,
/// or ended although the next word had room in it.
fn heads_run(run: &[(u32, String)]) -> bool {
    let [(_, first), (_, second), ..] = run else {
        return false;
    };
    let length = first.chars().count();
    let next = second.split(' ').next().unwrap_or("").chars().count();
    let widest = run[1..].iter().map(|(_, line)| line.chars().count()).max();
    let broken_early = run.len() >= 3 && widest.is_some_and(|widest| length + next + 5 <= widest);
    length < 100
        && (second.chars().count() > length + 25 && length < 60 || broken_early)
        && !first.ends_with(['.', ',', ';', ':'])
        && first.starts_with(|c: char| !c.is_lowercase())
        && second.starts_with(char::is_uppercase)
}

/// "Cost:" on a line of its own is a heading where an article writes all of them
/// so. Else it announces what follows.
fn open_colons(blocks: &mut [Block]) {
    const ANNOUNCING: Words = "following these here example note below above";
    let open = |at: usize| {
        let (block, next) = (blocks.get(at)?, blocks.get(at + 1)?);
        let bare = block.text.strip_suffix([':', '：'])?;
        let words = bare.to_lowercase();
        let announces = words.split(' ').any(|word| among(ANNOUNCING, word));
        let over_text = next.marker.is_none() && n_words(&next.text) >= 12;
        let fits = n_words(bare) <= 14
            && !announces
            && block.marker.is_none()
            && bare.starts_with(|c: char| !c.is_lowercase());
        (fits && over_text).then(|| bare.to_owned())
    };
    let found: Vec<(usize, String)> = (1..blocks.len())
        .filter_map(|at| Some((at, open(at)?)))
        .collect();
    let others = (1..blocks.len()).filter(|&at| {
        let block = &blocks[at];
        let plain = block.marker.is_none() && is_heading(block, blocks.get(at + 1));
        block.marked.is_some() || plain
    });
    if found.len() < 3 || others.count() > found.len() {
        return;
    }
    for (at, text) in found {
        blocks[at].text = text;
        blocks[at].marked = Some(2);
    }
}

/// The bullet or number in front of a line, and the rest.
fn marker(line: &str) -> (Option<Marker>, &str) {
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '–', '—', '▪', '●', '◦', '‣', '·', '+'])
        && rest.starts_with(' ')
    {
        return (Some(Marker::Bullet), rest.trim_start());
    }
    let open = line.strip_prefix('(').unwrap_or(line);
    let digits = open.len() - open.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = open.split_at(digits);
    if (1..=3).contains(&digits)
        && let Some(rest) = rest.strip_prefix(['.', ')'])
        && rest.starts_with(' ')
        && let Ok(number) = number.parse()
    {
        return (Some(Marker::Number(number)), rest.trim_start());
    }
    (None, line)
}

/// A numbered line stands over text of its own, not before the next number nor
/// directly behind the one before it.
fn heads_text(number: u32, before: Option<&Block>, next: Option<&Block>) -> bool {
    let counted = before.is_some_and(|before| match before.marker {
        Some(Marker::Number(other)) => other + 1 == number,
        Some(Marker::Bullet) | None => false,
    });
    !counted && next.is_some_and(|next| next.marker.is_none() && n_words(&next.text) >= 12)
}

/// Lines that look like headings and stand more than once: "Note", "Example".
/// They head pieces of a section, not sections.
fn repeated(blocks: &[Block]) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    let mut res = BTreeSet::new();
    for (at, block) in blocks.iter().enumerate() {
        let short = block.marker.is_none() && block.text.len() <= 110;
        if short && is_heading(block, blocks.get(at + 1)) && !seen.insert(block.text.as_str()) {
            res.insert(block.text.as_str());
        }
    }
    res
}

/// Short lines behind "Here are other sources:" are a list that lost its
/// bullets; only the last may head what follows.
fn listed(block: &Block, before: Option<&Block>, next: Option<&Block>, listing: bool) -> bool {
    let short = |block: &Block| block.marker.is_none() && n_words(&block.text) <= 14;
    let announced = before.is_some_and(|before| before.text.ends_with([':', '：']));
    let goes_on = next.is_none_or(|next| short(next) && !next.text.ends_with(['.', '?', '!', ':']));
    let page = |block: &Block| leftover::is_leftover(&block.text);
    let of_page = page(block) || before.is_some_and(page);
    (announced || listing) && goes_on && !of_page && !block.text.ends_with('?')
}

fn is_title(block: &Block, next: Option<&Block>) -> bool {
    let words = n_words(&block.text);
    let short = (1..=25).contains(&words) && block.text.chars().count() <= 200;
    let closed = block.text.ends_with(['.', ',', ';', ':', '。', '：']);
    short
        && !closed
        && next.is_some()
        && block.marker != Some(Marker::Bullet)
        && !leftover::is_leftover(&block.text)
        && !leftover::is_page_line(&block.text)
}

/// One short line without a full stop, in front of text.
fn is_heading(block: &Block, next: Option<&Block>) -> bool {
    let text = block.text.as_str();
    let words = n_words(text);
    let bare = text.trim_end_matches(['"', '”', '’', ')', '\'']);
    let question = if bare.len() == text.len() || text.starts_with(['"', '“', '‘', '\'', '(']) {
        bare.ends_with(['?', '？'])
    } else {
        false
    };
    let letters = text.chars().count();
    let long = if question {
        words > 26 || letters > 180
    } else {
        words > 14 || letters > 110
    };
    if long
        || words == 0
        || leftover::is_page_line(text)
        || bare.ends_with([';', ',', ':', '：', '；', '，'])
    {
        return false;
    }
    let ellipsis = bare.ends_with("...") || bare.ends_with('…');
    if bare.len() < text.len() && bare.ends_with(['?', '！', '!', '？']) && !question {
        return false;
    }
    if bare.ends_with(['.', '。']) && !ellipsis && !labelled(text) {
        return false;
    }
    if bare.ends_with(['!', '！']) && words >= 8 {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let marks = text.chars().filter(|c| !c.is_whitespace()).count() - letters;
    if text.starts_with(['(', '[', '<', '{', '|', '>']) || text.contains("://") || marks > letters {
        return false;
    }
    if question && words > 12 && !asks(text) {
        return false;
    }
    // "I. Light" is one sentence.
    let sentences = super::sentence::sentences(super::points::strip_number(text));
    if sentences.len() > 2 {
        return false;
    }
    let asking = sentences.iter().all(|each| each.ends_with(['?', '？']));
    if sentences.len() > 1 && !asking && (words > 8 || question) && !labelled(text) {
        return false;
    }
    let first = text
        .trim_start_matches(['"', '“', '‘', '\'', '(', '¿', '¡'])
        .chars()
        .next();
    let starts_high = first.is_some_and(|c| !c.is_lowercase());
    let domain = text.contains('.') && words == 1;
    if !starts_high && !domain {
        return false;
    }
    match next {
        Some(next) => question || words <= 6 || n_words(&next.text) >= 6,
        // "Happy birthday!" closes a text; links to other pages do not shout.
        None => !bare.ends_with(['!', '！']),
    }
}

/// Whether a question begins as one: "Now it is time to ask why?" is text.
fn asks(text: &str) -> bool {
    const ASKING: Words = "what why how who whom whose when where which is are was were do does did \
        can could should would will may might must has have had am isn't aren't don't doesn't didn't \
        can't couldn't shouldn't wouldn't won't";
    let first = text.split_whitespace().next().unwrap_or("");
    let low = first.to_lowercase().replace('’', "'");
    let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split("'s").next().unwrap_or(bare);
    // Of other languages nothing is assumed.
    !super::weigh::empty(bare) || among(ASKING, bare)
}

/// "Step 3: Plan." is a heading in spite of its stop.
fn labelled(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let label = words.next().unwrap_or("").to_lowercase();
    let number = words.next().unwrap_or("");
    tongue::word(|tongue| tongue.labels, &label) && number.ends_with([':', '.', ')'])
}
