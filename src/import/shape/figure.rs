//! The number that a sentence is about.
//!
//! Only a sentence with a single number counts, and only if that number is a
//! share, an amount of money, or a large count of something: never a year, a
//! date, a version, the number of an item. It must stand in the main clause,
//! and nothing in the sentence may suppose or deny it.

use std::ops::Range;

use crate::article::stands_alone;

/// Words of a sentence that fits below its figure.
const MAX_WORDS: usize = 22;

/// Characters of a figure that can be set large.
const MAX_FIGURE: usize = 14;

const SHARES: [&str; 8] = [
    "%",
    "percent",
    "per cent",
    "prozent",
    "pour cent",
    "pour-cent",
    "por ciento",
    "per cento",
];
const MONEY_BEFORE: [char; 5] = ['$', '€', '£', '¥', '₹'];
const MONEY_BEHIND: [&str; 7] = ["€", "dollars", "euros", "euro", "pounds", "yen", "francs"];
const MAGNITUDES: [&str; 9] = [
    "million",
    "billion",
    "trillion",
    "millionen",
    "milliarden",
    "millions",
    "milliards",
    "millones",
    "mio.",
];
/// Words that suppose, deny, only illustrate, or count what an earlier sentence
/// left over.
const UNSURE: [&str; 28] = [
    "remaining",
    "other",
    "others",
    "rest",
    "if",
    "unless",
    "could",
    "would",
    "might",
    "may",
    "should",
    "example",
    "e.g.",
    "suppose",
    "imagine",
    "say",
    "not",
    "no",
    "never",
    "cannot",
    "perhaps",
    "maybe",
    "until",
    "wenn",
    "nicht",
    "si",
    "pas",
    "whether",
];
/// Words behind which a number stands in a side clause.
const SIDE: [&str; 12] = [
    "which", "that", "who", "whose", "where", "when", "while", "because", "although", "though",
    "since", "than",
];

/// Words before a number that say how exactly it is meant.
const QUALIFIERS: [&str; 52] = [
    "more than",
    "less than",
    "fewer than",
    "up to",
    "at least",
    "at most",
    "about",
    "around",
    "almost",
    "nearly",
    "over",
    "under",
    "roughly",
    "approximately",
    "only",
    "just",
    "mehr als",
    "weniger als",
    "fast",
    "knapp",
    "rund",
    "etwa",
    "ungefähr",
    "über",
    "unter",
    "bis zu",
    "mindestens",
    "höchstens",
    "nur",
    "plus de",
    "moins de",
    "près de",
    "environ",
    "jusqu'à",
    "jusqu’à",
    "au moins",
    "presque",
    "más de",
    "menos de",
    "casi",
    "cerca de",
    "hasta",
    "al menos",
    "più di",
    "meno di",
    "circa",
    "quasi",
    "fino a",
    "mais de",
    "quase",
    "até",
    "pelo menos",
];

/// The figure of a sentence as it is written, with its unit and the words that
/// say how exactly it is meant.
pub fn salient(sentence: &str) -> Option<Range<usize>> {
    let number = only_number(sentence)?;
    let figure = with_unit(sentence, number)?;
    let n_words = sentence.split_whitespace().count();
    if !(4..=MAX_WORDS).contains(&n_words) || !stands_alone(sentence) {
        return None;
    }
    let front = &sentence[..figure.start];
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(|word| {
                let word = word.to_lowercase();
                word.trim_matches([',', ';', ':', '(', ')', '“', '”', '"'])
                    .to_string()
            })
            .collect()
    };
    let all = words(sentence);
    let is_unsure = all.iter().any(|word| {
        UNSURE.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t")
    });
    // "more than 40 %" is no side clause.
    let before = words(front);
    let is_aside = before.iter().enumerate().any(|(at, word)| {
        let compares = at > 0 && matches!(before[at - 1].as_str(), "more" | "less" | "fewer");
        SIDE.contains(&word.as_str()) && !compares
    });
    let is_open = front.matches('(').count() > front.matches(')').count();
    let is_quoted = sentence.contains(['“', '"', '«']);
    let is_short = sentence[figure.clone()].chars().count() <= MAX_FIGURE;
    let start = qualified(front);
    (!is_unsure && !is_aside && !is_open && !is_quoted && is_short).then_some(start..figure.end)
}

/// Where the qualifiers begin with which a text ends.
fn qualified(front: &str) -> usize {
    let mut end = front.len();
    loop {
        let text = front[..end].trim_end();
        let low = text.to_lowercase();
        let holds = |words: &&&str| {
            low.strip_suffix(**words).is_some_and(|rest| {
                low.len() == text.len() && !rest.ends_with(char::is_alphanumeric)
            })
        };
        match QUALIFIERS.iter().find(holds) {
            Some(words) => end = text.len() - words.len(),
            None => return end,
        }
    }
}

/// The digits of a sentence that has them in one place only.
fn only_number(sentence: &str) -> Option<Range<usize>> {
    let from = sentence.find(|c: char| c.is_ascii_digit())?;
    let mut to = from;
    for (at, c) in sentence[from..].char_indices() {
        let next = sentence[from + at + c.len_utf8()..].chars().next();
        let is_inner = matches!(c, '.' | ',') && next.is_some_and(|next| next.is_ascii_digit());
        if !c.is_ascii_digit() && !is_inner {
            break;
        }
        to = from + at + c.len_utf8();
    }
    let is_alone = !sentence[to..].contains(|c: char| c.is_ascii_digit());
    // `v3`, `A4` and `3D` are names; `40-year-old` and `5/8` are no figures.
    let before = sentence[..from].chars().next_back();
    let behind = sentence[to..].chars().next();
    let is_free = before.is_none_or(|c| c.is_whitespace() || MONEY_BEFORE.contains(&c) || c == '(')
        && behind.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '%' | '€' | ',' | '.' | ';' | ')' | '!')
        });
    (is_alone && is_free).then_some(from..to)
}

/// The number with the sign in front and the unit behind, if it has one that
/// makes it worth a slide.
fn with_unit(sentence: &str, number: Range<usize>) -> Option<Range<usize>> {
    let mut res = number.clone();
    let mut behind = sentence[number.end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let mut is_large = false;
    let mut is_money = false;
    if let Some(sign) = sentence[..number.start].chars().next_back()
        && MONEY_BEFORE.contains(&sign)
    {
        res.start -= sign.len_utf8();
        is_money = true;
    }
    if let Some(word) = starts_with_one(behind, &MAGNITUDES) {
        is_large = true;
        behind = &behind[word..];
        res.end = sentence.len() - behind.len();
        behind = behind.trim_start();
    }
    if let Some(word) = starts_with_one(behind, &SHARES) {
        res.end = sentence.len() - behind.len() + word;
        let points = behind[word..].trim_start();
        return (!points.starts_with("point")).then_some(res);
    }
    if let Some(word) = starts_with_one(behind, &MONEY_BEHIND) {
        res.end = sentence.len() - behind.len() + word;
        is_money = true;
    }
    let digits: String = sentence[number.clone()]
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let is_grouped = sentence[number].contains([',', '.']);
    // A bare number of four digits may be a year.
    let is_count = digits.len() > 4 || (digits.len() == 4 && is_grouped);
    (is_large || is_money || (is_count && behind.starts_with(char::is_lowercase))).then_some(res)
}

/// The length of the one of `words` that a text begins with.
fn starts_with_one(text: &str, words: &[&str]) -> Option<usize> {
    words
        .iter()
        .map(|word| word.len())
        .zip(words)
        .find_map(|(length, word)| {
            let start = text.get(..length)?;
            let behind = text[length..].chars().next();
            let is_end = behind.is_none_or(|c| !c.is_alphanumeric()) || *word == "%";
            (start.to_lowercase() == **word && is_end).then_some(length)
        })
}

#[cfg(test)]
mod tests {
    use super::salient;

    #[track_caller]
    fn check(sentence: &str, figure: Option<&str>) {
        assert_eq!(
            salient(sentence).map(|at| &sentence[at]),
            figure,
            "{sentence}"
        );
    }

    #[test]
    fn shares_money_and_large_counts_are_figures() {
        check(
            "Some 62 % of all our trips are shorter than that.",
            Some("62 %"),
        );
        check(
            "Complaints fell by 40 percent within a month.",
            Some("40 percent"),
        );
        check(
            "The repair cost the town $3.5 million.",
            Some("$3.5 million"),
        );
        check(
            "Rund 80 Prozent der Kunden bleiben dabei.",
            Some("Rund 80 Prozent"),
        );
        check("The library lends 12,400 books every week.", Some("12,400"));
        check(
            "More than 90% of the parcels arrive on time.",
            Some("More than 90%"),
        );
        check(
            "Of all reports only about 10% turn out to be valid.",
            Some("only about 10%"),
        );
    }

    #[test]
    fn years_versions_names_and_conditions_are_not() {
        check("The company was founded in 1998 by two friends.", None);
        check("Version 3.5 brought a new editor to all users.", None);
        check("Prices rose by 4 % in 2019 and went on rising.", None);
        check("If 40 % of the seats stay empty, the show ends.", None);
        check("It grew by 40 % within a single year.", None);
        check("The rule was not kept by 30 % of the shops.", None);
        check("The town, which lost 30 % of its shops, is quiet.", None);
        check("The A4 sheet is what everybody has at home.", None);
        check("Rates rose by 3 percentage points over the summer.", None);
        check("Step 2 is to ask 3 people about it.", None);
        check("There are 7 reasons to stay at home.", None);
    }
}
