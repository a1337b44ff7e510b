//! A diagram as a figure of a slide: caption, drawing, and its text for readers.

use super::{Drawing, PREFIX};
use crate::deck::diagram::Diagram;
use crate::escape::escape;

/// The style sheet of all diagrams.
pub const CSS: &str = include_str!("../../templates/diagram.css");

/// Texts of a drawing that its alternative names at most.
const MAX_SAID: usize = 24;

/// The HTML of a diagram. `id` is one that nothing else on the page has.
pub fn figure(diagram: &Diagram, drawing: &Drawing, attributes: &str, id: &str) -> String {
    let mut res = format!("<figure{attributes}>");
    if !diagram.title.is_empty() {
        res += "<figcaption>";
        escape(&mut res, &diagram.title);
        res += "</figcaption>";
    }
    let scale = drawing.scale(diagram.room);
    let (title, about) = (title(diagram, drawing), about(diagram, drawing));
    res += &format!(
        "<svg role=\"img\" viewBox=\"{:.1} {:.1} {:.1} {:.1}\" style=\"--wide:{:.1}\"><title>",
        drawing.x,
        drawing.y,
        drawing.width,
        drawing.height,
        drawing.width * scale,
    );
    escape(&mut res, &title);
    res += "</title><desc>";
    escape(&mut res, &about);
    res += "</desc>";
    res += &drawing.body.replace(PREFIX, id);
    res += "</svg><div class=\"unseen\"><code>";
    for (line, number) in diagram.source.trim_end().lines().zip(0..) {
        if number > 0 {
            res += "<br>";
        }
        escape(&mut res, line);
    }
    res + "</code></div></figure>"
}

/// What a diagram is and says, in one line.
pub fn alternative(diagram: &Diagram, drawing: &Drawing) -> String {
    format!("{}. {}", title(diagram, drawing), about(diagram, drawing))
}

fn title(diagram: &Diagram, drawing: &Drawing) -> String {
    let own = [&drawing.title, &diagram.title];
    match own.into_iter().find(|title| !title.is_empty()) {
        Some(title) => format!("{}: {title}", drawing.kind.words()),
        None => drawing.kind.words().to_string(),
    }
}

/// What it says: the author's words, or those in the drawing.
fn about(diagram: &Diagram, drawing: &Drawing) -> String {
    let own = [&diagram.alt, &drawing.about];
    if let Some(own) = own.into_iter().find(|own| !own.is_empty()) {
        return own.clone();
    }
    let mut said: Vec<&str> = Vec::new();
    for word in &drawing.words {
        if !said.contains(&word.as_str()) {
            said.push(word);
        }
    }
    let rest = said.len().saturating_sub(MAX_SAID);
    said.truncate(MAX_SAID);
    let mut res = said.join(", ");
    if rest > 0 {
        res += &format!(", … (+{rest})");
    }
    res
}
