//! A [`Plan`] to [`Pages`]: each frame becomes one `<section>`.
//!
//! A section is rendered again only when the fingerprint of its frame changes.
//! Three laws keep that right: a section holds no slide number, no total and
//! no place in a file; [`section`] reads nothing but its frame; whatever
//! changes the HTML is a field of the frame.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use foldhash::quality::FixedState;

use crate::cores;
use crate::deck::{Asset, Frame, Head, Past, Plan};
use crate::diagram::Diagrams;
use crate::highlight::Colours;
use crate::kept::Kept;
use crate::math::Formulas;
use crate::theme::{Slice, Theme};

mod aside;
mod code;
mod content;
mod drawing;
mod fonts;
mod frames;
mod html;
mod media;
mod minify;
mod morph;
mod page;
mod paper;
mod part;
mod picture;
mod policy;
mod prune;
mod sanitise;
mod script;
mod scripts;

pub use code::text_of as code_text;
pub use content::alert_icon;
use fonts::{Tags, Used};
pub use frames::{Frames, shown, with_pictures_below, with_served_pictures};
pub use page::{Kind, document, served_policy};
pub use paper::{Format, GAP, LABEL, Paper, Sheet};
pub use part::Part;

/// What `src` of a picture begins with until the page says where pictures are.
pub const ASSET_SCHEME: &str = "deckle-asset:";

/// What a style sheet depends on: the theme's fingerprint, the size of a slide,
/// what stands on the slides.
type MadeOf = (u64, (u32, u32), Used);

/// The style sheet of a deck.
#[derive(Debug)]
pub struct Styles {
    /// Without fonts.
    rules: String,
    slices: Arc<[Slice]>,
    made_of: MadeOf,
    /// With the fonts for all that an author may type; an export has no use for it.
    whole: OnceLock<String>,
}

impl PartialEq for Styles {
    fn eq(&self, other: &Self) -> bool {
        self.made_of == other.made_of
    }
}

/// Sections by what went into them. Holds one build, no more.
#[derive(Default)]
pub struct Cache {
    sections: HashMap<u64, (Arc<str>, Arc<Used>)>,
    /// The style sheet of the build before.
    styles: Option<Arc<Styles>>,
    /// Lines of code already coloured.
    pub(crate) colours: Colours,
    /// Formulas already set.
    pub(crate) formulas: Formulas,
    /// Tags already looked at.
    tags: Tags,
    /// Diagrams already drawn.
    pub(crate) diagrams: Diagrams,
    /// Slides of the build before.
    pub(crate) kept: Kept,
    /// Whether no build comes after this one.
    pub(crate) is_last: bool,
}

impl Cache {
    /// Of a command that builds once: keeps nothing of the deck's text.
    pub fn of_one_build() -> Self {
        Cache {
            is_last: true,
            ..Cache::default()
        }
    }
}

/// A deck as HTML, not yet put together.
#[derive(Debug, Clone)]
pub struct Pages {
    /// What the page says of the deck as a whole.
    pub head: Head,
    /// The theme's name.
    pub theme: String,
    /// The style sheet; two are the same if they have the same rules and fonts.
    pub styles: Arc<Styles>,
    /// What stands on the slides.
    used: Arc<Used>,
    /// The tags in the sections, if no others were looked at on the way.
    tags: Option<Arc<Tags>>,
    /// The key of each slide in order; no two are the same.
    pub order: Vec<String>,
    /// The section of each key.
    pub sections: HashMap<String, Arc<str>>,
    /// Pictures by key.
    pub assets: BTreeMap<String, Asset>,
    /// Whether raw HTML is shown as it is: then the page lets scripts run.
    pub trusted: bool,
    /// How many sections were not in the cache.
    pub n_fresh: usize,
}

impl Pages {
    /// The style sheet, fonts included.
    pub fn style(&self) -> &str {
        let styles = &*self.styles;
        styles.whole.get_or_init(|| {
            let faces = fonts::faces(&styles.slices, &styles.made_of.2);
            page::style(&faces, &styles.rules)
        })
    }
}

/// Renders what is not in the cache; `prints` are those of [`fingerprints`].
pub fn render(plan: &Plan, prints: &[u64], theme: &Theme, cache: &mut Cache) -> Pages {
    let mut old = std::mem::take(&mut cache.sections);
    let is_only = cache.is_last && old.is_empty();
    let mut n_fresh = 0;
    let mut order = Vec::with_capacity(plan.frames.len());
    let mut sections: HashMap<String, Arc<str>> = HashMap::with_capacity(plan.frames.len());
    let mut same: HashMap<u64, u32> = HashMap::new();
    let mut used = Used::always();
    for (frame, &print) in plan.frames.iter().zip(prints) {
        let html = match cache.sections.get(&print) {
            Some((html, _)) => html.clone(),
            None => {
                let made = old.remove(&print).unwrap_or_else(|| {
                    n_fresh += 1;
                    let html = section(frame, cache);
                    let used = Used::of(&html, &mut cache.tags);
                    (Arc::from(html), Arc::new(used))
                });
                used.add(&made.1);
                let html = made.0.clone();
                cache.sections.insert(print, made);
                html
            }
        };
        // Two slides that are the same to the letter: the second needs a name too.
        let n = same.entry(print).and_modify(|n| *n += 1).or_insert(1);
        let key = match n {
            1 => format!("{print:016x}"),
            n => format!("{print:016x}-{n}"),
        };
        sections.insert(key.clone(), html);
        order.push(key);
    }
    let tags = is_only.then(|| std::mem::take(&mut cache.tags).into());
    cache.tags.bound();
    let styles = styles(&mut cache.styles, theme, plan.head.size, used.roomy());
    Pages {
        head: plan.head.clone(),
        theme: theme.name.clone(),
        styles,
        used: Arc::new(used),
        tags,
        order,
        sections,
        assets: plan.assets.clone(),
        trusted: plan.trusted,
        n_fresh,
    }
}

/// The same deck as the audience may have it: what only the speaker sees is not
/// in it, neither notes nor the pictures in them.
pub fn without_notes(plan: &Plan, pages: &Pages, cache: &mut Cache) -> Pages {
    let mut order = Vec::with_capacity(plan.frames.len());
    let mut sections = HashMap::with_capacity(plan.frames.len());
    for (frame, number) in plan.frames.iter().zip(1..) {
        let frame = Frame {
            notes: Vec::new(),
            ..Frame::clone(frame)
        };
        let html: Arc<str> = Arc::from(section(&frame, cache));
        // A key made of the frame would tell whether somebody guessed its notes.
        let key = format!("slide-{number}");
        sections.insert(key.clone(), html);
        order.push(key);
    }
    let is_shown = |key: &str| {
        let address = format!("{ASSET_SCHEME}{key}");
        sections
            .values()
            .any(|html: &Arc<str>| html.contains(&address))
    };
    let assets = pages.assets.iter().filter(|(key, _)| is_shown(key));
    let (mut used, mut tags) = (Used::always(), Tags::default());
    for html in sections.values() {
        used.add(&Used::of(html, &mut tags));
    }
    Pages {
        assets: assets
            .map(|(key, asset)| (key.clone(), asset.clone()))
            .collect(),
        used: Arc::new(used),
        tags: Some(tags.into()),
        order,
        sections,
        ..pages.clone()
    }
}

/// The style sheet; that of the last build if nothing is different.
fn styles(
    last: &mut Option<Arc<Styles>>,
    theme: &Theme,
    size: (u32, u32),
    used: Used,
) -> Arc<Styles> {
    let made_of = (theme.fingerprint, size, used);
    if let Some(styles) = last
        && styles.made_of == made_of
    {
        return styles.clone();
    }
    let styles = Arc::new(Styles {
        rules: page::rules(theme, size, &made_of.2),
        slices: theme.slices.clone(),
        made_of,
        whole: OnceLock::new(),
    });
    *last = Some(styles.clone());
    styles
}

/// What tells each frame from others; that of the build before if nothing of the
/// slide has changed.
pub fn fingerprints(plan: &Plan) -> Vec<u64> {
    let all: Vec<(&Arc<Frame>, &Past)> = plan.frames.iter().zip(&plan.pasts).collect();
    let parts = all.chunks(cores::share(all.len())).collect();
    let of = |part: &[(&Arc<Frame>, &Past)]| -> Vec<u64> {
        part.iter()
            .map(|(frame, past)| print(frame, past))
            .collect()
    };
    cores::each(parts, of).concat()
}

fn print(frame: &Frame, past: &Past) -> u64 {
    match &past.known {
        // Places count for nothing; the rest is what other slides may have changed.
        Some(known) if known.frame.id == frame.id && known.frame.number == frame.number => {
            known.print
        }
        _ => FixedState::default().hash_one(frame),
    }
}

fn section(frame: &Frame, cache: &mut Cache) -> String {
    page::section(frame, &mut html::Writer::new(frame, cache))
}
