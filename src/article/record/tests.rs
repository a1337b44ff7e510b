//! Lines held against small articles.

use super::*;

const TEXT: &str = "Why trains are late\n\n\
Old signals\n\n\
Many signals are older than the engineers who mend them. They fail in the cold, creating a jam \
of 15 trains at Dover. New signals cost more than one year\u{2019}s budget.\n\n\
\u{4e0a}\u{6d77}\u{7684}\u{5730}\u{94c1}\u{5f88}\u{5feb}\u{3002}\u{5317}\u{4eac}\u{7684}\u{5730}\u{94c1}\u{5f88}\u{5927}\u{3002}\n";

fn record() -> Record {
    Record::new(&crate::article::read_plain(TEXT), None)
}

#[track_caller]
fn stands_at(line: &str, place: Place) {
    assert_eq!(record().prove(line, &[]), Ok(place), "{line}");
}

#[track_caller]
fn misses(line: &str, kind: Missing, words: &[&str], instead: Option<&str>) {
    let miss = record().prove(line, &[]).expect_err("not of the article");
    assert_eq!(
        (miss.kind, miss.instead.as_deref()),
        (kind, instead),
        "{line}: {miss:?}"
    );
    assert_eq!(miss.words, words, "{line}");
}

#[test]
fn words_of_a_sentence_in_their_order() {
    stands_at("Why trains are late", Place::Line(1));
    stands_at("Older than the engineers", Place::Sentence(5, 1));
    stands_at("**Fail** in the cold", Place::Sentence(5, 2));
    stands_at("Creates a jam of 15 trains", Place::Sentence(5, 2));
    stands_at("Cost more than one year's budget", Place::Sentence(5, 3));
    stands_at("\u{5730}\u{94c1}\u{5f88}\u{5927}", Place::Sentence(7, 2));
    stands_at("\u{2014} * \u{2014}", Place::Own);
}

#[test]
fn a_given_place_goes_first() {
    let record = record();
    let first = [Place::Sentence(5, 3)];
    assert_eq!(record.prove("Signals", &first), Ok(Place::Sentence(5, 3)));
    assert_eq!(record.prove("Signals", &[]), Ok(Place::Line(3)));
    assert_eq!(record.prove("Trains are late", &first), Ok(Place::Line(1)));
}

#[test]
fn what_is_not_there() {
    misses("Fail in the heat", Missing::Words, &["heat"], None);
    misses("A jam of 50 trains", Missing::Numbers, &["50"], Some("15"));
    misses(
        "15 trains at Calais",
        Missing::Names,
        &["Calais"],
        Some("Dover"),
    );
    misses("Cold fails", Missing::Words, &["fails"], None);
    misses(
        "Budget of engineers",
        Missing::Words,
        &["Budget", "of"],
        None,
    );
    misses("Unrelated", Missing::Words, &["Unrelated"], None);
}

#[test]
fn an_inferred_title_has_words_of_the_article_in_any_form() {
    assert_eq!(record().unknown("Costly signals in the cold"), [""; 0]);
    assert_eq!(record().unknown("Signals of hope"), ["hope"]);
}

#[test]
fn nothing_is_in_an_empty_article() {
    let miss = Record::default()
        .prove("Trains", &[])
        .expect_err("not of the article");
    assert_eq!((miss.nearest, miss.place), (None, Place::Own));
}
