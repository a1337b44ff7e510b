//! A block of code to HTML: lines, numbers, marks, the name of its file.

use super::morph::{self, Part};
use crate::deck::code::{Code, Extent, Lines, gutter};
use crate::escape::escape;
use crate::highlight::{Colours, Runs};

/// Classes of the author that say how a block is shown, and are no names for a theme.
pub const OWN: [&str; 3] = ["numbers", "diff", "morph"];

/// Our own classes of the `<pre>`.
pub fn classes(code: &Code) -> String {
    let look = &code.look;
    let mut res = String::from("code");
    let own = [
        (look.numbers.is_some(), " numbered"),
        (is_diff(code), " diff"),
        (look.stages.len() > 1, " walk"),
        (!look.name.is_empty(), " named"),
    ];
    for (_, class) in own.iter().filter(|(is_it, _)| *is_it) {
        res += class;
    }
    res
}

fn is_diff(code: &Code) -> bool {
    code.look.diff || matches!(code.lang.as_str(), "diff" | "patch")
}

/// Attributes of the `<pre>` behind its classes, and all that stands in it.
pub fn inside(out: &mut String, colours: &mut Colours, code: &Code, extent: Extent) {
    let lines = colours.lines(&code.lang, &text_of(code));
    let parts = lines.iter().map(morph::plain).collect::<Vec<_>>();
    write(out, code, extent, &parts);
}

/// The same for blocks that change into each other.
pub fn row(colours: &mut Colours, codes: &[&Code]) -> Vec<Vec<Vec<Part>>> {
    let blocks: Vec<Vec<Runs>> = codes
        .iter()
        .map(|code| colours.lines(&code.lang, &text_of(code)))
        .collect();
    morph::parts(&blocks)
}

/// The code without the column of signs.
pub fn text_of(code: &Code) -> String {
    if !code.look.diff {
        return code.text.clone();
    }
    let lines = code.text.split('\n').map(|line| match line.chars().next() {
        Some('+' | '-' | ' ') => &line[1..],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes attributes, name and lines.
pub fn write(out: &mut String, code: &Code, extent: Extent, lines: &[Vec<Part>]) {
    let look = &code.look;
    let Extent { columns, lines: n } = extent;
    *out += &format!(" style=\"--cols:{columns};--lines:{n}");
    if let Some(first) = look.numbers {
        let width = gutter(code).saturating_sub(2);
        *out += &format!(";--first:{};--digits:{width}", i64::from(first) - 1);
    }
    *out += "\"";
    if look.stages.len() > 1 {
        let steps: Vec<String> = look.stages.iter().map(|s| s.step.to_string()).collect();
        *out += &format!(" data-walk=\"{}\"", steps.join(" "));
    }
    *out += ">";
    if !look.name.is_empty() {
        *out += "<span class=\"file\">";
        escape(out, &look.name);
        *out += "</span>";
    }
    *out += "<code";
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || "+-#_".contains(*c);
    let lang: String = code.lang.chars().filter(is_plain).collect();
    if !lang.is_empty() {
        *out += &format!(" class=\"lang-{lang}\"");
    }
    *out += ">";
    for ((parts, source), number) in lines.iter().zip(code.text.split('\n')).zip(1..) {
        line(out, code, parts, source, number);
    }
    *out += "</code></pre>";
}

fn line(out: &mut String, code: &Code, parts: &[Part], source: &str, number: u32) {
    let sign = source.chars().next().filter(|_| is_diff(code));
    // The heads of a patch begin with three signs.
    let is_head = !code.look.diff && (source.starts_with("+++") || source.starts_with("---"));
    let mut classes = String::from("line");
    match sign {
        Some('+') if !is_head => classes += " added",
        Some('-') if !is_head => classes += " removed",
        _ => {}
    }
    let stages = &code.look.stages;
    if let [only] = &stages[..]
        && only.lines != Lines::All
        && only.lines.holds(number)
    {
        classes += " marked";
    }
    out.extend(["<span class=\"", &classes, "\""]);
    if stages.len() > 1 {
        let lit = stages.iter().enumerate();
        let lit = lit.filter(|(_, stage)| stage.lines.holds(number));
        let lit: Vec<String> = lit.map(|(at, _)| at.to_string()).collect();
        *out += &format!(" data-lit=\"{}\"", lit.join(" "));
    }
    *out += ">";
    if code.look.diff {
        let sign = sign.filter(|sign| matches!(sign, '+' | '-')).unwrap_or(' ');
        *out += &format!("<span class=\"sign\">{sign}</span>");
    }
    for part in parts {
        part.write(out);
    }
    *out += "</span>";
}
