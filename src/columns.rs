//! Texts in columns as a terminal, or a text in type of one width, has them.

/// A text in lines of a width; a word that is longer is broken.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut res = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = columns(word);
        if used > 0 && used + 1 + length > width {
            res.push(String::new());
            used = 0;
        }
        if used > 0 {
            push(&mut res, ' ');
            used += 1;
        }
        for c in word.chars() {
            if used + column(c) > width {
                res.push(String::new());
                used = 0;
            }
            push(&mut res, c);
            used += column(c);
        }
    }
    res
}

fn push(lines: &mut [String], c: char) {
    if let Some(last) = lines.last_mut() {
        last.push(c);
    }
}

/// Columns of a terminal that a text takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// Columns of a terminal that a letter takes: two in Chinese and Japanese.
fn column(c: char) -> usize {
    let is_wide = ('\u{1100}'..='\u{115f}').contains(&c)
        || ('\u{2e80}'..='\u{a4cf}').contains(&c)
        || ('\u{ac00}'..='\u{d7a3}').contains(&c)
        || ('\u{f900}'..='\u{faff}').contains(&c)
        || ('\u{ff00}'..='\u{ff60}').contains(&c)
        || ('\u{1f300}'..='\u{3ffff}').contains(&c);
    match c.is_control() {
        true => 0,
        false => 1 + usize::from(is_wide),
    }
}
