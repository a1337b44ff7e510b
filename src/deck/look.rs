//! How a picture is to be shown, as its attributes say.

use super::Attrs;

/// Keys that a picture understands, or a film.
pub const PICTURE_KEYS: [&str; 9] = [
    "step", "width", "height", "focus", "poster", "captions", "start", "end", "controls",
];

/// Slide units beyond which a length is a slip of the pen.
const MAX_LENGTH: u32 = 4_000;

/// A length on a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// `50%`: a part of the column for a width, of the slide for a height.
    Percent(u32),
    /// `300`: units of the slide, which is 1280 wide.
    Units(u32),
}

/// Size and focus of a picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// `width=50%`.
    pub width: Option<Length>,
    /// `height=300`.
    pub height: Option<Length>,
    /// `focus=30%,70%`: the point that stays in view, in percent from the left
    /// and from the top.
    pub focus: Option<(u32, u32)>,
}

impl Look {
    /// Reads the attributes, and says which of them cannot be read.
    pub fn of(attrs: &Attrs) -> (Look, Vec<(&str, &str)>) {
        let mut look = Look::default();
        let mut faults = Vec::new();
        for (key, value) in &attrs.pairs {
            let is_read = match key.as_str() {
                "width" => set(&mut look.width, length(value)),
                "height" => set(&mut look.height, length(value)),
                "focus" => set(&mut look.focus, point(value)),
                _ => true,
            };
            if !is_read {
                faults.push((key.as_str(), value.as_str()));
            }
        }
        (look, faults)
    }

    /// Whether it says how large the picture is.
    pub fn is_sized(&self) -> bool {
        self.width.is_some() || self.height.is_some()
    }

    /// Width and height as a CSS declaration; may be empty.
    pub fn size_style(&self) -> String {
        let width = self.width.map(|length| match length {
            Length::Percent(n) => format!("width:{n}%"),
            Length::Units(n) => format!("width:calc({n}*var(--u))"),
        });
        let height = self.height.map(|length| match length {
            Length::Percent(n) => format!("height:calc({n}*var(--h)/100*var(--u))"),
            Length::Units(n) => format!("height:calc({n}*var(--u))"),
        });
        let parts: Vec<String> = width.into_iter().chain(height).collect();
        parts.join(";")
    }

    /// The focus as a CSS declaration; may be empty.
    pub fn focus_style(&self) -> String {
        self.focus
            .map_or_else(String::new, |(x, y)| format!("object-position:{x}% {y}%"))
    }
}

fn set<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_read = value.is_some();
    *place = value.or(place.take());
    is_read
}

fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    match text.strip_suffix('%') {
        Some(number) => percent(number).filter(|n| *n > 0).map(Length::Percent),
        None => {
            let number = text.strip_suffix("px").unwrap_or(text).parse().ok()?;
            (1..=MAX_LENGTH)
                .contains(&number)
                .then_some(Length::Units(number))
        }
    }
}

fn percent(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|n| *n <= 100)
}

fn point(text: &str) -> Option<(u32, u32)> {
    let (x, y) = text.split_once(',')?;
    let part = |text: &str| percent(text.trim().trim_end_matches('%'));
    part(x).zip(part(y))
}
