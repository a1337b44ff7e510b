//! Titles that nobody wrote: for sections whose heading is lost, for the
//! agenda, for the summary. Made of the article's own words.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Outline;
use super::points::{self, Language, Scene};
use super::sentence::sentences;
use super::statement::{main_verb, negative};
use super::token::{Sentence, Tag};
use super::tongue::Tongue;
use super::weigh::{self, Stems};
use super::words::{self, among};
use super::{Kind, Passage, readable};

/// The items of the longest enumeration in a text: "Size, price, and speed are
/// the reasons" gives three. Empty if there is none of at least three.
pub fn enumeration(texts: &[&str]) -> (Vec<String>, String) {
    let mut best: (Vec<String>, String) = (Vec::new(), String::new());
    for text in texts.iter().flat_map(|text| sentences(text)).take(200) {
        let sentence = Sentence::new(text);
        let items = items(&sentence);
        if items.len() >= 3 && items.len() > best.0.len() {
            best = (items, text.to_owned());
        }
    }
    best
}

/// The longest enumeration of the conclusion, with its sentence, if it is one
/// of the article's parts.
pub fn enumerated(outline: &Outline, language: Language) -> (Vec<String>, String) {
    if language != Language::English {
        return (Vec::new(), String::new());
    }
    let texts: Vec<&str> = outline
        .conclusion
        .iter()
        .flat_map(|(_, passages)| readable(passages))
        .collect();
    let (items, list) = enumeration(&texts);
    let headings: Vec<&str> = outline
        .parts
        .iter()
        .filter_map(|part| part.heading.as_deref())
        .collect();
    let spare = unused(&items, &headings).len();
    if (items.len() - spare) * 2 < items.len() {
        return (Vec::new(), String::new());
    }
    (items, list)
}

fn items(s: &Sentence) -> Vec<String> {
    let n = s.tokens.len();
    if n > 80 {
        return Vec::new();
    }
    let mut starts = vec![0];
    for at in 0..n {
        if matches!(s.low(at), ":" | "including" | "—" | "–")
            || (s.low(at) == "as" && at > 0 && s.low(at - 1) == "such")
        {
            starts.push(at + 1);
        }
    }
    let mut best = Vec::new();
    for start in starts {
        let verb = main_verb(s, start, n);
        let end = match verb {
            Some(verb) => verb,
            None => (start..n)
                .rev()
                .find(|&at| s.tag(at) != Tag::Punct)
                .map_or(start, |at| at + 1),
        };
        let found = list(s, start, end);
        if found.len() > best.len() {
            best = found;
        }
    }
    best
}

/// "A, B, and C" between two places, each a noun phrase.
fn list(s: &Sentence, start: usize, end: usize) -> Vec<String> {
    let mut items: Vec<(usize, usize)> = Vec::new();
    let mut from = start;
    for at in start..end {
        let last = s.low(at) == "and" && items.len() >= 2 && at > from;
        if s.low(at) != "," && !last {
            continue;
        }
        if at > from {
            items.push((from, at));
        }
        from = at + 1 + usize::from(s.low(at + 1) == "and" && s.low(at) == ",");
    }
    if end > from {
        items.push((from, end));
    }
    let fits = |&(a, b): &(usize, usize)| {
        b - a <= 6
            && matches!(s.tag(b - 1), Tag::Noun | Tag::Gerund)
            && (a..b).all(|at| {
                !matches!(
                    s.tag(at),
                    Tag::Verb
                        | Tag::Modal
                        | Tag::Be
                        | Tag::Have
                        | Tag::Do
                        | Tag::Sub
                        | Tag::Rel
                        | Tag::Pron
                        | Tag::Punct
                        | Tag::To
                )
            })
    };
    if items.len() < 3 || !items.iter().all(fits) || matches!(s.tag(start), Tag::Prep | Tag::Adv) {
        return Vec::new();
    }
    items
        .iter()
        .map(|&(a, b)| s.text[s.tokens[a].start..s.tokens[b - 1].end].to_owned())
        .collect()
}

/// The items that no heading uses.
pub fn unused(items: &[String], headings: &[&str]) -> Vec<String> {
    let headings: Vec<Stems> = headings
        .iter()
        .map(|heading| weigh::stems(heading))
        .collect();
    items
        .iter()
        .filter(|item| {
            let own = weigh::stems(item);
            let known = headings.iter().any(|heading| {
                own.iter()
                    .any(|stem| heading.iter().any(|other| weigh::kin(stem, other)))
            });
            !known && !own.is_empty()
        })
        .cloned()
        .collect()
}

/// A title for a section whose heading is lost, most fitting source first: an
/// item of the conclusion, "the market is tough" as "tough market", the
/// phrase of its first sentences that weighs most.
pub fn infer(passages: &[Passage], spare: &[String], used: &Titles, scene: &Scene) -> String {
    let texts: Vec<&str> = passages
        .iter()
        .filter(|passage| matches!(passage.kind, Kind::Paragraph | Kind::Item | Kind::Quote))
        .map(|passage| passage.text.as_str())
        .collect();
    let own: Vec<weigh::Stem> = texts.iter().flat_map(|text| weigh::content(text)).collect();
    let mut fitting: Vec<(usize, &String)> = spare
        .iter()
        .filter(|item| !used.texts.contains(*item))
        .filter_map(|item| {
            let stems = weigh::content(item);
            let found = stems
                .iter()
                .filter(|stem| own.iter().any(|word| weigh::kin(stem, word)))
                .count();
            (found * 2 >= stems.len() && found > 0).then_some((found, item))
        })
        .collect();
    fitting.sort_by_key(|(found, _)| std::cmp::Reverse(*found));
    if let Some((_, item)) = fitting.first() {
        return (*item).clone();
    }
    if scene.language != Language::English {
        return opening_words(&texts, scene);
    }
    const FIRST: usize = 8;
    quality_of_thing(&texts)
        .filter(|title| used.is_fresh(title))
        .or_else(|| {
            let (claims, _) = points::loose(passages, scene, FIRST);
            super::phrase::best(&texts, &claims, used, scene)
        })
        .unwrap_or_else(|| opening_words(&texts, scene))
}

/// Titles that sections have already, by their words: there may be a thousand.
#[derive(Default)]
pub struct Titles {
    texts: BTreeSet<String>,
    len: usize,
    /// For each stem the titles that have it, in order.
    holders: BTreeMap<weigh::Stem, Vec<usize>>,
}

impl Titles {
    /// Adds one.
    pub fn push(&mut self, title: String) {
        for stem in weigh::stems(&title) {
            self.holders.entry(stem).or_default().push(self.len);
        }
        self.texts.insert(title);
        self.len += 1;
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.len
    }

    /// How many of them have a stem.
    pub fn n_with(&self, stem: &str) -> usize {
        self.holders.get(stem).map_or(0, Vec::len)
    }

    /// Whether none of them says as much as `title`.
    pub fn is_fresh(&self, title: &str) -> bool {
        let own = weigh::stems(title);
        let holders = own.iter().map(|stem| self.holders.get(stem));
        let Some(mut holders) = holders.collect::<Option<Vec<&Vec<usize>>>>() else {
            return true;
        };
        holders.sort_by_key(|holders| holders.len());
        match holders.split_first() {
            Some((few, others)) => !few
                .iter()
                .any(|at| others.iter().all(|other| other.binary_search(at).is_ok())),
            None => self.len == 0,
        }
    }
}

/// "The global tech market is fiercely competitive" is about a "competitive
/// global tech market".
fn quality_of_thing(texts: &[&str]) -> Option<String> {
    let first = texts.iter().flat_map(|text| sentences(text)).next()?;
    let s = Sentence::new(first);
    if s.tokens.len() > 80 {
        return None;
    }
    let be = main_verb(&s, 0, s.tokens.len()).filter(|&at| matches!(s.low(at), "is" | "are"))?;
    let mut adjective = be + 1;
    while s.tag(adjective) == Tag::Adv {
        if negative(&s, adjective) {
            return None;
        }
        adjective += 1;
    }
    let closes = matches!(s.tag(adjective + 1), Tag::Punct | Tag::Conj);
    // "fiercely crowded" is a quality, "crowded" alone may be an event.
    let quality = s.tag(adjective) == Tag::Adj
        || (s.tag(adjective) == Tag::Participle
            && adjective > be + 1
            && s.low(adjective - 1).ends_with("ly"));
    if !quality || !closes || among(words::OPEN_WORDS, s.low(adjective)) {
        return None;
    }
    let from = usize::from(matches!(s.tag(0), Tag::Det) && matches!(s.low(0), "the" | "a" | "an"));
    let noun: Vec<usize> = (from..be).collect();
    let plain = noun
        .iter()
        .all(|&at| matches!(s.tag(at), Tag::Noun | Tag::Adj));
    let (Some(&head), 1..=3) = (noun.last(), noun.len()) else {
        return None;
    };
    let meant = s.tag(head) == Tag::Noun && !among(words::VAGUE_NOUNS, s.low(head));
    let phrase: Vec<&str> = noun.iter().map(|&at| s.word(at)).collect();
    // The capital of a sentence's first word is the sentence's, unless a name follows.
    let name = noun.len() > 1 && s.tokens[noun[1]].capital;
    let lowered = phrase[0].to_lowercase();
    let first = if from == 0 && !name && noun.len() > 1 {
        lowered.as_str()
    } else {
        phrase[0]
    };
    let rest: String = phrase[1..].iter().map(|word| format!(" {word}")).collect();
    (plain && meant).then(|| format!("{} {first}{rest}", s.word(adjective)))
}

/// The first words of a text, when nothing better is known.
fn opening_words(texts: &[&str], scene: &Scene) -> String {
    let first = texts
        .first()
        .and_then(|text| sentences(text).into_iter().next())
        .unwrap_or("");
    brief(first, scene.language, scene.tongue)
}

/// A text cut to the length of a title, at a mark if there is one.
pub fn brief(text: &str, language: Language, tongue: &Tongue) -> String {
    let text = text.trim().trim_end_matches(['.', '。', ':', ';', ',']);
    if language == Language::Unspaced {
        let part = text.split(['，', '、', '：', '；']).next().unwrap_or(text);
        return part.chars().take(24).collect();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 9 {
        return words
            .iter()
            .map(|word| clip(word))
            .collect::<Vec<_>>()
            .join(" ");
    }
    let marked = words
        .iter()
        .take(9)
        .position(|word| word.ends_with([',', ';', ':']))
        .filter(|&at| at >= 2);
    let mut end = marked.map_or(7, |at| at + 1);
    let open = |word: &str| {
        let low = word.to_lowercase();
        among(tongue.last, &low) || (tongue.tag == "en" && among(words::OPEN_ENDS, &low))
    };
    while end > 2 && open(words[end - 1]) {
        end -= 1;
    }
    let joined = words[..end]
        .iter()
        .map(|word| clip(word))
        .collect::<Vec<_>>()
        .join(" ");
    joined.trim_end_matches([',', ';', ':']).to_owned()
}

/// No word is longer than a line.
fn clip(word: &str) -> String {
    word.chars().take(60).collect()
}

/// Whether the words of headings have capitals, most of them.
pub fn are_capital(headings: &[&str]) -> bool {
    let (mut high, mut low) = (0, 0);
    for heading in headings {
        for word in heading.split_whitespace().skip(1) {
            if among(words::SMALL, &word.to_lowercase()) {
                continue;
            }
            match word.chars().next() {
                Some(c) if c.is_uppercase() => high += 1,
                Some(c) if c.is_lowercase() => low += 1,
                Some(_) | None => {}
            }
        }
    }
    high > low
}

/// Writes a title as the article writes its headings: every word with a
/// capital if they do, else only the first.
pub fn styled(title: &str, are_capital: bool) -> String {
    let mut res = String::new();
    for (n, word) in title.split_whitespace().enumerate() {
        if n > 0 {
            res.push(' ');
        }
        if n == 0 || (are_capital && !among(words::SMALL, word)) {
            for (k, part) in word.split('-').enumerate() {
                if k > 0 {
                    res.push('-');
                }
                if k == 0 || are_capital {
                    super::wording::capitalise(&mut res, part);
                } else {
                    res.push_str(part);
                }
            }
        } else {
            res.push_str(word);
        }
    }
    res
}

/// "Reasons behind Acme's strategy", if the texts announce their parts so.
pub fn announcement(texts: &[&str], topic: &Stems, hero: &str) -> Option<String> {
    const PLURALS: words::Words = "reasons factors steps ways lessons tips strategies benefits \
        advantages mistakes principles habits rules";
    for text in texts.iter().flat_map(|text| sentences(text)).take(60) {
        let s = Sentence::new(text);
        let Some(noun) = (0..s.tokens.len()).find(|&at| among(PLURALS, s.low(at))) else {
            continue;
        };
        let link = matches!(s.low(noun + 1), "behind" | "for" | "of" | "to" | "why");
        if !link || (0..noun).any(|at| negative(&s, at)) {
            continue;
        }
        let mut from = noun;
        while from > 0 && s.tag(from - 1) == Tag::Number {
            from -= 1;
        }
        let Some(end) = complement_end(&s, noun + 1) else {
            continue;
        };
        let phrase = &s.text[s.tokens[from].start..s.tokens[end - 1].end];
        let stems = weigh::stems(&s.text[s.tokens[noun + 1].start..s.tokens[end - 1].end]);
        let about = stems.intersection(topic).next().is_some()
            || (!hero.is_empty() && stems.contains(weigh::stem(hero).as_str()));
        if about && phrase.split_whitespace().count() <= 7 {
            return Some(styled(phrase, false));
        }
    }
    None
}

/// The end of "behind Acme's strategy": the noun phrase behind the link, and
/// one more behind "of" or "in" if it is short.
fn complement_end(s: &Sentence, link: usize) -> Option<usize> {
    let mut at = link + 1;
    if s.tag(link) == Tag::To {
        at += 1;
    }
    let mut end = None;
    while at < s.tokens.len() && at - link <= 6 {
        match s.tag(at) {
            Tag::Noun => end = Some(at + 1),
            Tag::Det | Tag::Poss | Tag::Adj | Tag::Number | Tag::Gerund => {}
            Tag::Prep
                if end.is_some()
                    && matches!(s.low(at), "of" | "in")
                    && s.tag(at + 1) != Tag::Gerund => {}
            _ => break,
        }
        at += 1;
    }
    let referring = (link..end.unwrap_or(link))
        .any(|k| matches!(s.low(k), "this" | "these" | "that" | "its" | "their"));
    end.filter(|_| !referring)
}

/// The subject phrase of a text's first sentence, as a title for it.
pub fn subject_phrase(text: &str) -> Option<String> {
    let first = sentences(text).into_iter().next()?;
    let s = Sentence::new(first);
    let verb = main_verb(&s, 0, s.tokens.len().min(60))?;
    let end = (0..verb)
        .find(|&at| s.tag(at) == Tag::Punct)
        .unwrap_or(verb);
    if end == 0 || end > 8 || among(words::BAD_STARTS, s.low(0)) || s.tag(end - 1) != Tag::Noun {
        return None;
    }
    if matches!(
        s.tag(0),
        Tag::Prep | Tag::Sub | Tag::Adv | Tag::To | Tag::Pron
    ) {
        return None;
    }
    let phrase = &s.text[s.tokens[0].start..s.tokens[end - 1].end];
    (weigh::stems(phrase).len() >= 2).then(|| styled(phrase, false))
}
