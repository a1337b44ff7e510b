//! Lists whose entries begin with a date, and how they become a timeline.

use super::height::{self, Setting};
use crate::date::{self, Found};
use crate::deck::fit::Cut;
use crate::deck::{Attrs, Block, BlockKind, Inline, Item, List, plain_text};
use crate::measure::Weight;

/// The class of a list that is set as a timeline.
pub const TIMELINE: &str = "timeline";

/// Fewer entries are no course of events.
pub const LEAST: usize = 3;
/// More entries do not fit on a slide.
pub const MOST: usize = 8;

/// Entries that can stand beside each other.
const MOST_ALONG: usize = 5;
/// Lines an entry may take when they do.
const LINES_ALONG: usize = 7;
/// Characters on all lines of a slide together at the size of body text.
const WIDTH: usize = 78;

/// Whether a list is a course of events; else why not.
pub fn is_course(list: &List) -> Result<(), String> {
    let n = list.items.len();
    if !(LEAST..=MOST).contains(&n) {
        return Err(format!("the list has {n} items, and not {LEAST} to {MOST}"));
    }
    let mut orders = Vec::with_capacity(n);
    for (item, number) in list.items.iter().zip(1..) {
        match split(item) {
            Some(entry) if entry.says_more => orders.push(entry.order),
            _ => return Err(format!("item {number} does not begin with a date")),
        }
    }
    let known: Vec<i32> = orders.iter().copied().flatten().collect();
    let is_ordered = known.is_sorted() || known.iter().rev().is_sorted();
    if known.len() == n && !is_ordered {
        return Err("its dates are in no order".into());
    }
    Ok(())
}

/// An item in two.
struct Entry {
    date: Vec<Inline>,
    event: Vec<Inline>,
    order: Option<i32>,
    /// Whether something is said beside the date.
    says_more: bool,
}

/// Takes the date off an item: words in bold that are one, or those in front
/// of a colon or dash.
fn split(item: &Item) -> Option<Entry> {
    let Some(Block {
        kind: BlockKind::Paragraph(body),
        ..
    }) = item.blocks.first()
    else {
        return None;
    };
    let (front, rest) = match body.as_slice() {
        [Inline::Text(opening), rest @ ..] if is_opening(opening) => (Some(opening), rest),
        body => (None, body),
    };
    let (date, event, found) = match rest {
        [
            Inline::Strong(bold) | Inline::Span { body: bold, .. },
            event @ ..,
        ] => {
            let found = date::whole(&plain_text(bold))?;
            (without_mark(bold), without_lead(event), found)
        }
        [Inline::Text(text), event @ ..] if front.is_none() => {
            let found = date::leading(text)?;
            let date = vec![Inline::Text(text[found.at.clone()].to_string())];
            let first = Inline::Text(text[found.rest..].to_string());
            let event = std::iter::once(first).chain(event.iter().cloned());
            (date, event.collect(), found)
        }
        _ => return None,
    };
    let Found { order, .. } = found;
    let says_more = !plain_text(&event).is_empty() || item.blocks.len() > 1;
    Some(Entry {
        date,
        event,
        order,
        says_more,
    })
}

/// "In " in front of a date in bold.
fn is_opening(text: &str) -> bool {
    let is_short = text.chars().count() <= 8 && text.ends_with(' ');
    is_short && date::leading(&format!("{text}1999: x")).is_some_and(|found| found.at.start > 0)
}

/// Bold words without the colon behind them.
fn without_mark(bold: &[Inline]) -> Vec<Inline> {
    let mut res = bold.to_vec();
    if let Some(Inline::Text(text)) = res.last_mut() {
        let kept = text.trim_end().trim_end_matches([':', ',', '–', '—', '.']);
        text.truncate(kept.len());
    }
    res
}

/// What stands behind a date without the mark and the line break before it.
fn without_lead(event: &[Inline]) -> Vec<Inline> {
    let mut res = event.to_vec();
    if matches!(res.first(), Some(Inline::Break)) {
        res.remove(0);
    }
    if let Some(Inline::Text(text)) = res.first_mut() {
        *text = text
            .trim_start()
            .trim_start_matches([':', ',', '–', '—', '-', '.'])
            .trim_start()
            .to_string();
    }
    res
}

/// Sets the lists of a timeline: each item becomes a date and what happened,
/// and each list says whether it runs along the slide or down.
pub fn set(blocks: &mut [Block]) {
    for block in blocks {
        let BlockKind::List(list) = &mut block.kind else {
            continue;
        };
        let mut longest = 0;
        let mut lengths = Vec::new();
        for item in &mut list.items {
            let Some(Entry { date, event, .. }) = split(item) else {
                lengths.push(text_of(item).chars().count());
                if let Some(BlockKind::Paragraph(body)) =
                    item.blocks.first_mut().map(|first| &mut first.kind)
                {
                    *body = vec![spanned("event", std::mem::take(body))];
                }
                continue;
            };
            longest = longest.max(plain_text(&date).chars().count());
            lengths.push(plain_text(&event).chars().count());
            let line = vec![
                spanned("date", date),
                Inline::Text(" ".into()),
                spanned("event", event),
            ];
            if let Some(first) = item.blocks.first_mut() {
                first.kind = BlockKind::Paragraph(line);
            }
        }
        list.tight = true;
        let n = list.items.len().max(1);
        let most = lengths.iter().max().copied().unwrap_or_default();
        let is_simple = list.items.iter().all(|item| item.blocks.len() == 1);
        let fits_along = n <= MOST_ALONG && most <= LINES_ALONG * (WIDTH / n);
        let direction = if is_simple && fits_along {
            "along"
        } else {
            "down"
        };
        let length = match longest {
            0..=5 => "dates-short",
            6..=10 => "dates-medium",
            _ => "dates-long",
        };
        for class in [TIMELINE, direction, length] {
            block.attrs.classes.push(class.into());
        }
    }
}

/// Has the timelines among blocks run down the slide, as only those can be cut.
pub fn turn_down(blocks: &mut [Block]) {
    for block in blocks {
        if block.attrs.has(TIMELINE) {
            let classes = &mut block.attrs.classes;
            classes.retain(|class| class != "along");
            if !classes.iter().any(|class| class == "down") {
                classes.push("down".into());
            }
        }
    }
}

/// Height of a timeline: its entries stand beside each other below their
/// dates, or one below the other behind them. In slide units.
pub fn height(list: &List, attrs: &Attrs, at: Setting) -> f64 {
    if attrs.has("along") {
        let n = list.items.len().max(1) as f64;
        let font = date_size(attrs) * at.keeps;
        let width = at.width / n;
        let of_dates = list.items.iter().map(|item| {
            let (date, _) = apart(item);
            let lines = height::text(&date, font, Weight::Bold, width - 0.3 * font);
            (lines * 1.05 + 0.5) * font
        });
        let dates = of_dates.fold(0.0, f64::max);
        let of_events = list.items.iter().map(|item| {
            let (_, event) = apart(item);
            events(&event, at.wide(width - 28.0))
        });
        return dates + 40.0 + of_events.fold(0.0, f64::max);
    }
    let column = (at.width + 24.0) / 12.0;
    let font = date_size(attrs).min(44.0) * at.keeps;
    let each = list.items.iter().map(|item| {
        let (date, event) = apart(item);
        let lines = height::text(&date, font, Weight::Bold, column * 4.0 - 24.0);
        let date = (lines * 1.05 + 0.2) * font;
        let inner = at.wide(column * 8.0 - 24.0 - 1.4 * at.size);
        date.max(events(&event, inner) + 0.6 * at.size * event.len().max(1) as f64)
    });
    each.sum()
}

/// A timeline in two, between two of its entries; with `must` even a single
/// one is a part.
pub fn halves(
    list: &List,
    attrs: &Attrs,
    at: Setting,
    left: f64,
    must: bool,
) -> Option<(List, List, Cut)> {
    let of = |items: &[Item]| List {
        items: items.to_vec(),
        ..list.clone()
    };
    let n_items = list.items.len();
    let n = (1..n_items)
        .take_while(|n| height(&of(&list.items[..*n]), attrs, at) <= left)
        .last();
    let n = n.or((must && n_items > 1).then_some(1))?;
    let (head, tail) = list.items.split_at(n);
    Some((of(head), of(tail), Cut::Before(tail[0].span)))
}

/// Size of the dates before they shrink.
pub fn date_size(attrs: &Attrs) -> f64 {
    match (attrs.has("dates-medium"), attrs.has("dates-long")) {
        (true, _) => 40.0,
        (_, true) => 32.0,
        _ => 60.0,
    }
}

fn events(blocks: &[Block], at: Setting) -> f64 {
    blocks.iter().map(|each| height::block(each, at)).sum()
}

/// The date of an entry of a timeline, and the rest of it.
pub fn apart(item: &Item) -> (Vec<Inline>, Vec<Block>) {
    let mut event = item.blocks.clone();
    let mut date = Vec::new();
    if let Some(Block {
        kind: BlockKind::Paragraph(body),
        ..
    }) = event.first_mut()
    {
        let is_date =
            |inline: &Inline| matches!(inline, Inline::Span { attrs, .. } if attrs.has("date"));
        date = body.iter().filter(|each| is_date(each)).cloned().collect();
        body.retain(|inline| !is_date(inline));
    }
    (date, event)
}

fn text_of(item: &Item) -> String {
    let lines = crate::deck::lines(&item.blocks);
    lines
        .into_iter()
        .map(plain_text)
        .collect::<Vec<_>>()
        .join(" ")
}

fn spanned(class: &str, body: Vec<Inline>) -> Inline {
    Inline::Span {
        body,
        attrs: Attrs::of_class(class),
        step: 0,
    }
}
