//! What a form cannot carry, so that nobody finds out in front of an audience.

use super::Form;
use crate::deck::poll::polls;
use crate::deck::{Frame, Image, Medium, Plan, Slots, pictures};

/// What is lost, and on which slides, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// What it is, and what stands in its place.
    pub what: &'static str,
    /// The slides.
    pub slides: Vec<usize>,
}

/// What of some slides of a deck a form leaves out. `steps` says whether each
/// step is shown by itself.
pub fn lost(plan: &Plan, form: Form, steps: bool, slides: &[usize]) -> Vec<Lost> {
    let all: &[Loss] = match form {
        // A presentation says it itself while it is made.
        Form::Html | Form::Pptx => &[],
        Form::Pdf | Form::Png | Form::Jpeg | Form::Webp => &[FILMS, SOUNDS, STEPS, POLLS],
        Form::Md => &[PLAYED, POLLS],
        Form::Txt => &[SEEN, PLAYED, POLLS],
    };
    let frames = || {
        slides
            .iter()
            .filter_map(|at| Some((at + 1, plan.frames.get(*at)?)))
    };
    let of = |(what, is_on): &Loss| Lost {
        what,
        slides: frames()
            .filter(|(_, frame)| is_on(frame))
            .map(|(number, _)| number)
            .collect(),
    };
    let is_shown_in_steps = |(what, _): &&Loss| !(steps && *what == STEPS.0);
    let res = all.iter().filter(is_shown_in_steps).map(of);
    res.filter(|lost| !lost.slides.is_empty()).collect()
}

/// What is lost, and whether a slide has it.
type Loss = (&'static str, fn(&Frame) -> bool);

const FILMS: Loss = ("films: one picture of each", |frame| {
    plays(frame, Medium::Film)
});
const SOUNDS: Loss = ("sounds: nothing is heard", |frame| {
    plays(frame, Medium::Sound)
});
const PLAYED: Loss = ("films and sounds: only their names", |frame| {
    plays(frame, Medium::Film) || plays(frame, Medium::Sound)
});
const SEEN: Loss = ("pictures: only what is said of them", |frame| {
    images(frame).iter().any(|image| image.medium().is_none())
});
const STEPS: Loss = ("steps: all at once; `--steps` shows each", |frame| {
    frame.steps > 0
});
const POLLS: Loss = ("polls: to be answered by hand", |frame| {
    !polls(frame).is_empty()
});

fn plays(frame: &Frame, medium: Medium) -> bool {
    images(frame)
        .iter()
        .any(|image| image.medium() == Some(medium))
}

/// The pictures, films and sounds that are seen on a slide.
fn images(frame: &Frame) -> Vec<&Image> {
    let Slots {
        body,
        left,
        right,
        picture,
        ..
    } = &frame.slots;
    let blocks = [body, left, right]
        .into_iter()
        .flat_map(|slot| pictures(slot));
    blocks.chain(picture).chain(&frame.backdrop).collect()
}
