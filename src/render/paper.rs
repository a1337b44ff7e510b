//! Pages for a browser that prints them or takes their picture: which slides
//! stand on them, and how.

/// How slides lie on what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Each fills one, which is as large as a slide.
    Slide,
    /// So many on a sheet for a desk, with what is said beside or below.
    Handout(u8, Format),
    /// All on one, so many side by side, so many pixels wide.
    Contact(u32, u32),
}

/// The size of a sheet for a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 210 by 297 millimetres.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// How slides lie.
    pub sheet: Sheet,
    /// Whether each step is shown by itself.
    pub steps: bool,
    /// The slides, counted from 0.
    pub slides: Vec<usize>,
}

/// Pixels around a contact sheet and between its slides.
pub const GAP: u32 = 24;
/// Pixels below a slide of a contact sheet, for its number.
pub const LABEL: u32 = 26;

impl Format {
    /// What is customary where a language is spoken, as its tag tells.
    pub fn of(lang: &str) -> Format {
        const LETTER: [&str; 9] = ["us", "ca", "mx", "co", "cl", "ve", "ph", "pr", "gt"];
        let tag = lang.to_lowercase();
        let region = tag.split('-').skip(1).find(|part| part.len() == 2);
        match region {
            Some(region) if LETTER.contains(&region) => Format::Letter,
            Some(_) | None => Format::A4,
        }
    }

    /// Its name in CSS.
    fn name(self) -> &'static str {
        match self {
            Format::A4 => "A4",
            Format::Letter => "letter",
        }
    }

    /// The room inside of its margins, in tenths of millimetres.
    fn room(self) -> (u32, u32) {
        match self {
            Format::A4 => (2100 - 280, 2970 - 280),
            Format::Letter => (2159 - 280, 2794 - 280),
        }
    }
}

impl Paper {
    /// Attributes that the style sheet and the script go by.
    pub fn data(&self) -> String {
        let steps = if self.steps { " data-steps" } else { "" };
        match self.sheet {
            Sheet::Slide => format!(" data-paper=\"slide\"{steps}"),
            Sheet::Handout(each, _) => {
                format!(" data-paper=\"handout\" data-each=\"{each}\"{steps}")
            }
            Sheet::Contact(..) => format!(" data-paper=\"contact\"{steps}"),
        }
    }

    /// Rules that depend on numbers. `title` stands at the foot of a handout.
    pub fn rules(&self, title: &str, size: (u32, u32)) -> String {
        match self.sheet {
            Sheet::Slide => String::new(),
            Sheet::Handout(each, format) => {
                let (wide, high) = format.room();
                let name = format.name();
                let foot = css_text(title);
                let slide = slide_width(each, (wide, high), size);
                format!(
                    "@page{{size:{name} portrait;margin:14mm;\
                     @bottom-left{{content:{foot};font:8pt sans-serif;color:#555}}\
                     @bottom-right{{content:counter(page) \" / \" counter(pages);font:8pt sans-serif;color:#555}}}}\
                     :root{{--across:{}mm;--place:{}mm;--wide:{}mm}}",
                    tenths(wide),
                    tenths((high - 10) / rows(each)),
                    tenths(slide),
                )
            }
            Sheet::Contact(columns, width) => {
                format!(
                    ":root{{--columns:{columns};--wide:{width}px;--gap:{GAP}px;--label:{LABEL}px}}"
                )
            }
        }
    }
}

/// Rows of slides on a handout.
fn rows(each: u8) -> u32 {
    match each {
        6 => 3,
        n => u32::from(n.max(1)),
    }
}

/// How wide a slide is on a handout, so that there is room for what is said.
fn slide_width(each: u8, (wide, high): (u32, u32), size: (u32, u32)) -> u32 {
    let place = high / rows(each);
    // The part of the width it may have, and that of the height of its place.
    let (across, down) = match each {
        1 => (100, 55),
        2 => (100, 64),
        3 => (50, 90),
        _ => (47, 60),
    };
    let by_height = place * down / 100 * size.0 / size.1.max(1);
    (wide * across / 100).min(by_height)
}

fn tenths(n: u32) -> String {
    format!("{}.{}", n / 10, n % 10)
}

/// A text as a string of CSS.
fn css_text(text: &str) -> String {
    let mut res = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' => res += &format!("\\{:x} ", c as u32),
            c if c.is_control() => res.push(' '),
            c => res.push(c),
        }
    }
    res + "\""
}
