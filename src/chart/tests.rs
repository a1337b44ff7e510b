use super::number::{marks, read, ticks, written};
use crate::deck::chart::NumberStyle;

#[test]
fn numbers_are_read_as_their_language_writes_them() {
    let value = |text: &str, lang: &str| read(text, marks(lang)).map(|read| read.value);
    assert_eq!(value("1,234.5", "en"), Some(1234.5));
    assert_eq!(value("1.234,5", "de"), Some(1234.5));
    assert_eq!(value("1 234,5", "fr"), Some(1234.5));
    assert_eq!(value("3.5", "de"), Some(3.5));
    assert_eq!(value("1,234", "en"), Some(1234.0));
    assert_eq!(value("1,234", "de"), Some(1.234));
    assert_eq!(value("1,234,567", "de"), Some(1_234_567.0));
    assert_eq!(value("−3 %", "en"), Some(-3.0));
    assert_eq!(value("-€2.50", "en"), Some(-2.5));
    assert_eq!(value("€ -2.50", "en"), Some(-2.5));
    assert_eq!(value("2.5E-3", "en"), Some(0.0025));
    for word in ["", "many", "Q3", "3 of 4", "1.2.x", "12a4"] {
        assert_eq!(value(word, "en"), None, "{word}");
    }
    let found = read("80 ms", marks("en")).expect("a number");
    assert_eq!((found.before.as_str(), found.behind.as_str()), ("", "ms"));
}

#[test]
fn ticks_are_round_and_enclose() {
    let words = |low: f64, high: f64| {
        let ticks = ticks(low, high, 5);
        let style = NumberStyle {
            group: ",".into(),
            decimal: ".".into(),
            ..NumberStyle::default()
        };
        let words: Vec<String> = ticks
            .at
            .iter()
            .map(|at| written(*at, ticks.digits, &style))
            .collect();
        words.join(" ")
    };
    assert_eq!(words(0.0, 695.0), "0 200 400 600 800");
    assert_eq!(words(0.0, 1.0), "0.0 0.2 0.4 0.6 0.8 1.0");
    assert_eq!(words(-3.0, 9.0), "−5.0 −2.5 0.0 2.5 5.0 7.5 10.0");
    assert_eq!(words(0.0, 48_211.0), "0 10,000 20,000 30,000 40,000 50,000");
    assert_eq!(words(96.1, 97.2), "96.00 96.25 96.50 96.75 97.00 97.25");
    assert_eq!(words(5.0, 5.0), "5 6 7 8 9 10");
}
