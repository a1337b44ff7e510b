//! "Did you mean": the known name nearest to a wrong one.

/// The nearest of `known` to `word`, if it is near enough to be meant.
///
/// Distance is that of Damerau and Levenshtein in its restricted form (one
/// step: a letter added, dropped, changed, or two neighbours swapped); a third
/// of the word's letters may differ.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().count() > 60 {
        return None;
    }
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (distance(&word.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(steps, _)| *steps <= limit)
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, name)| name)
}

fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let width = b.len() + 1;
    let mut table = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = i * width + j;
            if i == 0 || j == 0 {
                table[at] = i.max(j);
                continue;
            }
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut steps = (table[at - width] + 1)
                .min(table[at - 1] + 1)
                .min(table[at - width - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                steps = steps.min(table[at - 2 * width - 2] + 1);
            }
            table[at] = steps;
        }
    }
    table[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant_and_nothing_far_off() {
        let known = ["layout", "class", "background", "icon"];
        assert_eq!(nearest("layuot", known), Some("layout"));
        assert_eq!(nearest("Class", known), Some("class"));
        assert_eq!(nearest("transition", known), None);
        assert_eq!(nearest("", known), None);
    }
}
