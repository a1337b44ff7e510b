//! Formulas in TeX to HTML at build time. The only file that knows katex.
//!
//! What comes out is HTML for the eye, hidden from screen readers, and MathML
//! for them. It needs the style sheet `templates/math.css` and the fonts below.
//! Formulas are not trusted: they are short, nested only so deep, define
//! nothing, and are set on a thread with a stack large enough for all that.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// The style sheet of all formulas, without fonts.
pub const CSS: &str = include_str!("../templates/math.css");

/// A formula longer than this, in bytes, is refused: no slide shows it.
const MAX_BYTES: usize = 3_000;

/// Braces and environments open at once beyond which a formula is refused.
const MAX_DEPTH: usize = 60;

/// Digits beyond which the number of a character is none, and runs over in katex.
const MAX_DIGITS: usize = 7;

/// Formulas kept at once.
const MAX_KEPT: usize = 20_000;

/// Commands that make other commands. With them a short text can be as long and
/// as deep as it likes, and a formula by itself has no use for them.
const DEFINE: [&str; 12] = [
    "\\def",
    "\\gdef",
    "\\edef",
    "\\xdef",
    "\\let",
    "\\futurelet",
    "\\global",
    "\\long",
    "\\newcommand",
    "\\renewcommand",
    "\\providecommand",
    "\\expandafter",
];

/// Commands that would name addresses, files or styles. They are refused.
const OUTSIDE: [&str; 7] = [
    "\\href",
    "\\url",
    "\\includegraphics",
    "\\htmlClass",
    "\\htmlId",
    "\\htmlStyle",
    "\\htmlData",
];

/// Why a formula cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the formula that are meant; empty if all of it is.
    pub at: Range<usize>,
    /// What is wrong: one sentence in lower case, without a full stop.
    pub words: String,
}

impl Fault {
    fn whole(words: impl Into<String>) -> Self {
        Fault {
            at: 0..0,
            words: words.into(),
        }
    }
}

/// Formulas already set, by their text and whether they stand alone.
#[derive(Default)]
pub struct Formulas {
    known: HashMap<(String, bool), Set>,
    setter: Setter,
}

/// A formula as it was set, and how many signs its widest row has.
type Set = (Result<Rc<str>, Fault>, usize);

impl Formulas {
    /// The HTML of a formula; `display` is the larger style of formulas that
    /// stand on lines of their own.
    pub fn html(&mut self, tex: &str, display: bool) -> Result<Rc<str>, Fault> {
        self.set(tex, display).0.clone()
    }

    /// The same of one that stands on lines of its own, and how many signs of text
    /// stand in its widest row: an estimate, for what stands above each other
    /// counts one after the other.
    pub fn display(&mut self, tex: &str) -> (Result<Rc<str>, Fault>, usize) {
        self.set(tex, true).clone()
    }

    fn set(&mut self, tex: &str, display: bool) -> &Set {
        if self.known.len() > MAX_KEPT {
            self.known.clear();
        }
        let Formulas { known, setter } = self;
        known.entry((tex.to_string(), display)).or_insert_with(|| {
            let set = match refusal(tex) {
                Some(fault) => Err(fault),
                None => setter.set(tex, display).map(Rc::from),
            };
            let n_signs = set.as_deref().map_or(0, signs);
            (set, n_signs)
        })
    }
}

/// Why a formula is not even tried.
fn refusal(tex: &str) -> Option<Fault> {
    if tex.len() > MAX_BYTES {
        return Some(Fault::whole(format!(
            "it is longer than {MAX_BYTES} characters"
        )));
    }
    let mut depth = 0_usize;
    let mut rest = tex;
    while let Some(found) = rest.find(['\\', '{', '}']) {
        let at = tex.len() - rest.len() + found;
        let behind = &rest[found + 1..];
        match rest.as_bytes()[found] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {
                let length = behind
                    .find(|c: char| !c.is_ascii_alphabetic())
                    .unwrap_or(behind.len());
                let command = &rest[found..found + 1 + length];
                let words = match command {
                    "\\left" | "\\begin" => {
                        depth += 1;
                        None
                    }
                    "\\right" | "\\end" => {
                        depth = depth.saturating_sub(1);
                        None
                    }
                    "\\ce" | "\\pu" => Some(format!("`{command}` (chemistry) is not supported")),
                    _ if DEFINE.contains(&command) => {
                        Some(format!("`{command}`: a formula cannot define commands"))
                    }
                    "\\char" if n_digits(&behind[length..]) > MAX_DIGITS => {
                        Some(format!("`{command}`: there is no such character"))
                    }
                    _ if OUTSIDE.contains(&command) => Some(format!(
                        "`{command}`: a formula holds no links, pictures or styles"
                    )),
                    _ => None,
                };
                if let Some(words) = words {
                    return Some(Fault {
                        at: at..at + command.len(),
                        words,
                    });
                }
                // What stands behind a lone backslash is text: `\{`.
                let escaped = behind.chars().next().filter(|_| length == 0);
                rest = &behind[length.max(escaped.map_or(0, char::len_utf8))..];
                continue;
            }
        }
        if depth > MAX_DEPTH {
            return Some(Fault {
                at: at..at + 1,
                words: format!("it is nested deeper than {MAX_DEPTH} levels"),
            });
        }
        rest = behind;
    }
    None
}

/// Digits of the number of a character: `\char"1F600`.
fn n_digits(behind: &str) -> usize {
    let number = behind.trim_start().trim_start_matches(['"', '\'']);
    number.chars().take_while(char::is_ascii_hexdigit).count()
}

#[cfg(feature = "math")]
use with_katex::Setter;
#[cfg(all(test, feature = "math"))]
use with_katex::in_order;

#[cfg(feature = "math")]
mod with_katex {
    use katex::types::ParseErrorKind;
    use katex::{KatexContext, OutputFormat, ParseError, Settings, render_to_string};

    use super::Fault;
    use crate::escape::tag_length;
    use crate::foreign;

    /// The formula's own limits allow some 1,000 levels of switches such as
    /// `\bf`, each of which takes up to 20 KB.
    const STACK: usize = 64 << 20;

    /// Up to this length no formula nests too deep for any stack.
    const SHALLOW: usize = 60;

    /// Sizes in a formula that are larger, in em, become this.
    const MAX_SIZE: f64 = 12.0;

    /// The tables of commands and symbols, built when the first formula is met.
    #[derive(Default)]
    pub struct Setter {
        context: Option<KatexContext>,
    }

    impl Setter {
        /// The HTML of a formula that was not refused.
        pub fn set(&mut self, tex: &str, display: bool) -> Result<String, Fault> {
            let context = self.context.get_or_insert_with(KatexContext::default);
            let html = if tex.len() <= SHALLOW {
                foreign::here(|| set(context, tex, display))
            } else {
                foreign::aside(STACK, || set(context, tex, display))
            };
            let html = html.unwrap_or_else(|| Err(Fault::whole("it cannot be set")))?;
            Ok(in_order(&without_source(&html)))
        }
    }

    fn set(context: &KatexContext, tex: &str, display: bool) -> Result<String, Fault> {
        let settings = Settings {
            display_mode: display,
            output: OutputFormat::HtmlAndMathml,
            max_size: MAX_SIZE,
            ..Settings::default()
        };
        render_to_string(context, tex, &settings).map_err(|error| fault(&error, tex))
    }

    fn fault(error: &ParseError, tex: &str) -> Fault {
        // A place may lie in the text of a command's own definition. Which text
        // is meant is said nowhere but here.
        let is_ours = format!("{error:?}").contains(&format!("input: {tex:?}"));
        let start = error.position().filter(|_| is_ours).unwrap_or(0);
        let end = start.saturating_add(error.length().unwrap_or(0));
        let at = match tex.get(start..end) {
            Some(_) if is_ours => start..end,
            Some(_) | None => 0..0,
        };
        let words = match &*error.kind {
            ParseErrorKind::UndefinedControlSequence { name } => {
                format!("there is no command `{name}`")
            }
            kind => {
                let words = kind.to_string();
                let mut letters = words.chars();
                let first = letters.next().map(|c| c.to_ascii_lowercase());
                first.into_iter().chain(letters).collect()
            }
        };
        Fault { at, words }
    }

    /// Attributes come out of a table in an order that changes from run to run,
    /// and the same deck must give the same bytes: the class, then by name.
    pub fn in_order(html: &str) -> String {
        let mut res = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (text, behind) = rest.split_at(at);
            let (tag, after) = behind.split_at(tag_length(behind).unwrap_or(behind.len()));
            let inner = tag.trim_end_matches('>').trim_end_matches('/');
            let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
            let mut list: Vec<&str> = attributes.split_inclusive("\" ").map(str::trim).collect();
            list.sort_by_key(|attribute| (!attribute.starts_with("class="), *attribute));
            res += text;
            res += name;
            for attribute in list.into_iter().filter(|attribute| !attribute.is_empty()) {
                res.push(' ');
                res += attribute;
            }
            res += &tag[inner.len()..];
            rest = after;
        }
        res + rest
    }

    /// The TeX in the MathML would be read aloud by some, and doubles the text.
    fn without_source(html: &str) -> String {
        // HTML needs no name space.
        let html = &html.replace(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", "");
        match (html.find("<annotation"), html.find("</annotation>")) {
            (Some(start), Some(end)) if start < end => {
                html[..start].to_string() + &html[end + "</annotation>".len()..]
            }
            _ => html.to_string(),
        }
    }
}

/// Without the feature `math` formulas stay as they are written.
#[cfg(not(feature = "math"))]
#[derive(Default)]
struct Setter;

#[cfg(not(feature = "math"))]
impl Setter {
    fn set(&mut self, _: &str, _: bool) -> Result<String, Fault> {
        Err(Fault::whole("this program was built without `math`"))
    }
}

// ---- fonts

/// The fonts of formulas, one a line: file, family, weight, style, and the
/// classes it is for (`*` is every formula), a blank in a class as `+`.
const FACES: &str = "\
ams-regular AMS 400 normal amsrm,mathbb,textbb
caligraphic-bold Caligraphic 700 normal mathcal+mathbf,mathbf+mathcal
caligraphic-regular Caligraphic 400 normal mathcal
fraktur-bold Fraktur 700 normal boldfrak
fraktur-regular Fraktur 400 normal mathfrak,textfrak
main-bold Main 700 normal mathbf,textbf
main-bolditalic Main 700 italic textbf+textit,textit+textbf
main-italic Main 400 italic mathit,textit
main-regular Main 400 normal *
math-bolditalic Math 700 italic boldsymbol
math-italic Math 400 italic mathnormal
sansserif-bold SansSerif 700 normal boldsf,textsf+textbf,textbf+textsf
sansserif-italic SansSerif 400 italic mathsfit,itsf,textsf+textit,textit+textsf
sansserif-regular SansSerif 400 normal mathsf,textsf
script-regular Script 400 normal mathscr,textscr
size1-regular Size1 400 normal small-op,size1
size2-regular Size2 400 normal large-op,delimsizing+size2
size3-regular Size3 400 normal delimsizing+size3
size4-regular Size4 400 normal delimsizing+size4,delim-size4
typewriter-regular Typewriter 400 normal mathtt,texttt";

/// A font that formulas need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Its file, below `themes/fonts`.
    pub file: String,
    /// Its family in CSS.
    pub family: String,
    /// Its weight in CSS.
    pub weight: &'static str,
    /// Its style in CSS.
    pub style: &'static str,
}

/// The faces that formulas need, a bit for each of [`FACES`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faces(u32);

impl Faces {
    /// Whether there are formulas.
    pub fn is_any(self) -> bool {
        self.0 != 0
    }

    /// Adds others.
    pub fn add(&mut self, others: Faces) {
        self.0 |= others.0;
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = Face> {
        let rows = FACES.lines().enumerate();
        let rows = rows.filter(move |(at, _)| self.0 >> at & 1 == 1);
        rows.filter_map(|(_, row)| {
            let mut words = row.split(' ');
            let (file, family) = (words.next()?, words.next()?);
            Some(Face {
                file: format!("katex/{file}.woff2"),
                family: format!("KaTeX_{family}"),
                weight: words.next()?,
                style: words.next()?,
            })
        })
    }

    /// Those that are needed by what this tag begins, if it stands in a formula.
    pub fn of_tag(tag: &str) -> Faces {
        let attributes = tag.strip_prefix("<span").unwrap_or_default();
        let classes = attributes.split_once(" class=\"");
        match classes.and_then(|(_, classes)| classes.split('"').next()) {
            Some(classes) => Faces::of(classes),
            None => Faces::default(),
        }
    }

    fn of(classes: &str) -> Faces {
        let mut res = Faces::default();
        for (at, row) in FACES.lines().enumerate() {
            let wanted = row.rsplit(' ').next().unwrap_or_default();
            let is_used = wanted.split(',').any(|class| match class.split_once('+') {
                _ if class == "*" => true,
                Some((one, other)) => classes.contains(&format!("{one} {other}")),
                None => classes.contains(class),
            });
            res.0 |= u32::from(is_used) << at;
        }
        res
    }
}

/// Reads HTML that `render` wrote, tag by tag, for the formulas in it.
#[derive(Debug, Default)]
pub struct Reader {
    depth: usize,
}

impl Reader {
    /// Whether what comes next stands in a formula.
    pub fn is_inside(&self) -> bool {
        self.depth > 0
    }

    /// Takes the next tag; true if it is a formula's.
    pub fn read(&mut self, tag: &str) -> bool {
        if self.depth == 0 && tag != "<span class=\"katex\">" {
            return false;
        }
        if tag.starts_with("<span") {
            self.depth += 1;
        } else if tag.starts_with("</span>") {
            self.depth -= 1;
        }
        true
    }
}

fn signs(html: &str) -> usize {
    let seen = html.split("katex-html").nth(1).unwrap_or_default();
    let texts = seen.split('<').filter_map(|piece| piece.split('>').nth(1));
    let n: usize = texts.map(|text| text.chars().count()).sum();
    let rows = html.matches("<mtr").count().max(1);
    n.div_ceil(rows)
}

#[cfg(all(test, feature = "math"))]
mod tests;
