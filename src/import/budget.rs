//! A plan made to fit into so many slides or minutes.
//!
//! The arithmetic of minutes: a slide with something to tell (a factor, more of
//! it, a figure, a quotation, a table, the summary) takes one minute; title,
//! agenda, the title of a further article and the closing take half a minute
//! each.
//!
//! What goes first: what a slide says again (figures, quotations, comparisons),
//! more of a factor, tables, pictures and code, the summary, the agenda, the
//! closing, the titles of further articles; among equals the last one. When
//! only factors are left and still too many, neighbours share a slide that
//! names them. The text of a slide that goes is kept in the notes beside it.

use super::plan::{Block, File, Line, Role, Slide};
use super::wishes::Wishes;
use crate::deck::Layout;

/// How much a deck may hold.
#[derive(Clone, Copy)]
struct Limit {
    slides: usize,
    half_minutes: usize,
}

impl Limit {
    fn is_kept(self, files: &[File]) -> bool {
        let roles = files
            .iter()
            .flat_map(|file| &file.slides)
            .map(|slide| slide.role);
        let (mut slides, mut half_minutes) = (0, 0_usize);
        for role in roles {
            slides += 1;
            half_minutes = half_minutes.saturating_add(cost(role));
        }
        slides <= self.slides && half_minutes <= self.half_minutes
    }
}

/// Half minutes that a slide takes.
fn cost(role: Role) -> usize {
    match role {
        Role::Opening | Role::Agenda | Role::Part | Role::Closing => 1,
        Role::Factor | Role::More | Role::Highlight | Role::Exhibit | Role::Summary => 2,
    }
}

/// Makes the plan fit. `name` is what a slide is called that factors share.
/// Returns how many slides the factors share if they have to.
pub fn fit(files: &mut Vec<File>, name: &Line, wishes: &Wishes) -> Option<usize> {
    let limit = Limit {
        slides: wishes.slides.unwrap_or(usize::MAX),
        half_minutes: wishes.minutes.map_or(usize::MAX, |n| n.saturating_mul(2)),
    };
    const ORDER: [Role; 7] = [
        Role::Highlight,
        Role::More,
        Role::Exhibit,
        Role::Summary,
        Role::Agenda,
        Role::Closing,
        Role::Part,
    ];
    for role in ORDER {
        // What the author asked to keep goes after the rest of its kind.
        for kept in [false, true] {
            while !limit.is_kept(files)
                && let Some((file, slide)) = last(files, role, kept)
            {
                remove(files, file, slide);
            }
        }
    }
    if limit.is_kept(files) {
        return None;
    }
    while !limit.is_kept(files) && share(files, name) {}
    if !limit.is_kept(files) {
        into_one(files);
    }
    let factors = files.iter().flat_map(|file| &file.slides);
    Some(
        factors
            .filter(|slide| slide.role == Role::Factor)
            .count()
            .max(1),
    )
}

fn last(files: &[File], role: Role, kept: bool) -> Option<(usize, usize)> {
    let slides = files.iter().enumerate().rev().flat_map(|(at, file)| {
        let slides = file.slides.iter().enumerate().rev();
        slides.map(move |(inner, slide)| ((at, inner), slide))
    });
    let mut found = slides.filter(|(_, slide)| slide.role == role && slide.kept == kept);
    found.next().map(|(at, _)| at)
}

/// Takes a slide out; its notes go to the slide before it, those of a summary
/// to the closing, if that follows, where they are spoken anyway.
pub fn remove(files: &mut Vec<File>, file: usize, slide: usize) {
    let gone = files[file].slides.remove(slide);
    let is_empty = files[file].slides.is_empty();
    let next = file + 1;
    let follows = gone.role == Role::Part
        || files
            .get(next)
            .is_some_and(|file| file.slides[0].role == Role::Closing);
    if slide > 0 {
        files[file].slides[slide - 1].notes.extend(gone.notes);
    } else if follows && is_empty && next < files.len() {
        files[next].slides[0].notes.splice(0..0, gone.notes);
    } else if file > 0
        && let Some(last) = files[file - 1].slides.last_mut()
    {
        last.notes.extend(gone.notes);
    }
    if is_empty {
        files.remove(file);
    }
}

/// Lets the two neighbouring factors share a slide that say least together.
fn share(files: &mut Vec<File>, name: &Line) -> bool {
    let is_factor = |file: &File| file.slides[0].role == Role::Factor;
    let size = |file: &File| named(&file.slides[0]).len();
    let pairs = (1..files.len()).filter(|&at| is_factor(&files[at - 1]) && is_factor(&files[at]));
    let best = pairs.min_by_key(|&at| {
        let (one, two) = (&files[at - 1], &files[at]);
        let is_kept = one.slides[0].kept || two.slides[0].kept;
        (is_kept, size(one) + size(two), at)
    });
    let Some(at) = best else {
        return false;
    };
    let gone = files.remove(at);
    let stays = &mut files[at - 1];
    let mut lines = named(&stays.slides[0]);
    let mut notes = std::mem::take(&mut stays.slides[0].notes);
    for slide in gone.slides {
        lines.extend(named(&slide));
        notes.extend(slide.notes);
    }
    stays.name = name.text.clone();
    stays.slides[0] = Slide {
        role: Role::Factor,
        layout: Some(Layout::Bullets),
        title: Some(name.clone()),
        blocks: vec![Block::Points(lines)],
        notes,
        ..Slide::default()
    };
    true
}

/// The factors a slide stands for, as lines.
fn named(slide: &Slide) -> Vec<Line> {
    match slide.blocks.as_slice() {
        [Block::Points(lines)] if slide.layout == Some(Layout::Bullets) => lines.clone(),
        _ => slide.title.iter().cloned().collect(),
    }
}

/// All that is left on the first slide.
fn into_one(files: &mut Vec<File>) {
    let mut rest = files
        .drain(1..)
        .flat_map(|file| file.slides)
        .collect::<Vec<_>>();
    let Some(first) = files.first_mut() else {
        return;
    };
    let slide = &mut first.slides[0];
    let lines: Vec<Line> = rest.iter().flat_map(named).collect();
    for other in &mut rest {
        slide.notes.append(&mut other.notes);
    }
    if slide.role == Role::Opening {
        slide.layout = Some(Layout::Bullets);
        slide.blocks = vec![Block::Points(lines)];
    }
}
