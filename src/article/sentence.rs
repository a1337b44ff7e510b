//! Text to sentences. Rules, no model: a sentence ends at `.`, `!`, `?` or `…`
//! unless an abbreviation, an initial, a number or a small letter says it goes
//! on; Chinese and Japanese end at `。`, `！`, `？`.

use super::words::{Words, among};

const ABBREVIATIONS: Words = "mr mrs ms dr prof sr jr st gen col lt sgt rep sen gov pres rev hon \
    capt cmdr vs etc e.g i.e eg ie cf al fig figs eq eqs no nos vol ch sec pp p inc ltd co corp \
    dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun \
    a.m p.m u.s u.k u.n e.u ph.d m.d b.a m.a d.c mt ft ave blvd z.b d.h u.a bzw ca usw vgl nr abs \
    bspw str sra srta ud uds p.ej m mme mlle art av op cit ed eds trans";
/// Abbreviations that often end a sentence as well.
const FINAL_TOO: Words = "etc inc ltd co corp a.m p.m u.s u.k jr sr d.c ph.d m.d e.u u.n usw st";
const STARTERS: Words = "the a an this that these those it he she we they in on at but and \
    however as for if when while by my our his her its their there i you what how why then let's \
    let to with from after before once so some many most all each one two no yes not use";
const CLOSERS: &str = "\"'”’)]»」』）】›";
const OPENERS: &str = "\"'“‘([«「『（【¿¡";

/// The sentences of a text, in order, without the white space around them.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut res = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            continue;
        }
        let mut marks = c != '.';
        let mut end = at + c.len_utf8();
        while let Some((next_at, next)) =
            chars.next_if(|(_, next)| ".!?…。！？".contains(*next) || CLOSERS.contains(*next))
        {
            marks = marks || matches!(next, '!' | '?' | '…' | '。' | '！' | '？');
            end = next_at + next.len_utf8();
        }
        // A French quotation closes behind a space: « Bonjour ! » dit-il.
        if text[end..].starts_with([' ', '\u{a0}', '\u{202f}'])
            && text[end..].trim_start().starts_with('»')
        {
            continue;
        }
        let wide = matches!(c, '。' | '！' | '？');
        if ends(&text[start..end], at - start, &text[end..], marks, wide) {
            push(&mut res, &text[start..end]);
            start = end;
        }
    }
    push(&mut res, &text[start..]);
    res
}

fn push<'a>(res: &mut Vec<&'a str>, sentence: &'a str) {
    let sentence = sentence.trim();
    if sentence.is_empty() {
        return;
    }
    res.push(sentence);
}

/// Whether the mark at `mark` ends the sentence `head`, with `rest` behind it.
fn ends(head: &str, mark: usize, rest: &str, marks: bool, wide: bool) -> bool {
    if wide {
        // 「行くぞ！」と言った goes on: the quotation is part of the sentence.
        let quoted = head.ends_with(['」', '』', '”', '）']);
        return !(quoted && !head[mark..].starts_with('。') && !rest.is_empty())
            || (head.ends_with('”') && head[mark..].starts_with('。'));
    }
    if rest.is_empty() {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let mut following = rest
        .trim_start()
        .trim_start_matches(|c| OPENERS.contains(c))
        .chars();
    let next = following.next().unwrap_or(' ');
    if next.is_lowercase() {
        return false;
    }
    if marks && !head[mark..].starts_with('.') {
        return true;
    }
    let word = last_word(&head[..mark]);
    if word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() {
        // "1. Item" at the start, "3. Mai" in German.
        let numbers_item = word.len() <= 3 && head.trim_start().len() <= 4;
        let day = word.len() <= 2 && month_follows(rest);
        return !numbers_item && !day;
    }
    let lower = word.to_lowercase();
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        // "p. 55" and the "z. B." of German go on.
        let initials = following.next() == Some('.');
        let goes_on = next.is_numeric() || (initials && next.is_uppercase());
        let initial = letter.is_uppercase() && letter != 'I' && next.is_uppercase();
        return !initial && !goes_on;
    }
    if !among(ABBREVIATIONS, lower.trim_matches('.')) {
        return true;
    }
    let first: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '\'' || *c == '’')
        .collect();
    among(FINAL_TOO, lower.trim_matches('.')) && among(STARTERS, &first.to_lowercase())
}

fn last_word(head: &str) -> &str {
    let from = head
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace() || OPENERS.contains(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    &head[from..]
}

fn month_follows(rest: &str) -> bool {
    const MONTHS: Words = "januar februar märz april mai juni juli august september oktober \
        november dezember";
    rest.split_whitespace()
        .next()
        .is_some_and(|word| among(MONTHS, word.trim_end_matches('.').to_lowercase().as_str()))
}
