//! The log of rehearsals: what a run through a talk took, slide by slide, and
//! how it compares with the run before.
//!
//! The page of `deckle rehearse` posts its whole [`Run`] so far to `/rehearsal`
//! as JSON, in the form told at the head of `templates/rehearse.js`, at every
//! move and every few seconds; a run that began at the same time as one in the
//! log takes that one's place, so that a lost or doubled message does no harm.
//! `GET /rehearsal` gives the run before, or `null`. The log lies beside the
//! deck as `NAME.rehearsal.json`.

use serde::{Deserialize, Serialize};

/// What the file says of itself; a file without it is not ours and is kept.
const KIND: &str = "rehearsal";

/// Runs in a log; the oldest go first.
const MAX_RUNS: usize = 100;

/// Slides in a run, and steps of a slide.
const MAX_SLIDES: usize = 5_000;
const MAX_STEPS: usize = 1_000;

/// Seconds that anything can last: a day.
const MAX_SECONDS: f64 = 86_400.0;

/// The file beside the deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// Always `rehearsal`.
    deckle: String,
    /// Version of the form of its runs.
    #[serde(default = "version")]
    version: u32,
    /// The runs, the last one last.
    pub runs: Vec<Run>,
}

/// One run through the talk. All times are seconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it began, as `2026-11-23T09:00:00.000Z`; no two runs are the same.
    pub begun: String,
    /// The deck's title.
    #[serde(default)]
    pub title: String,
    /// Minutes the talk may take, if the deck says so.
    #[serde(default)]
    pub minutes: Option<f64>,
    /// What the clock ran.
    pub seconds: f64,
    /// What it stood still for questions.
    #[serde(default)]
    pub questions: f64,
    /// Every slide of the deck in its order.
    pub slides: Vec<Slide>,
}

/// What one slide took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Slide {
    /// Its number, from 1.
    pub n: u32,
    /// `data-key` of its frame: the same as long as the slide is.
    #[serde(default)]
    pub key: String,
    /// What its title says.
    #[serde(default)]
    pub title: String,
    /// Minutes it may take, if the deck says so.
    #[serde(default)]
    pub minutes: Option<f64>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
    /// What it took; 0 if it was not shown.
    pub seconds: f64,
    /// The same for each step, that without any first.
    #[serde(default)]
    pub steps: Vec<f64>,
}

/// The form of runs as it is now.
fn version() -> u32 {
    1
}

impl Default for Log {
    fn default() -> Log {
        Log {
            deckle: KIND.into(),
            version: version(),
            runs: Vec::new(),
        }
    }
}

impl Log {
    /// Reads a log; `None` if the text is something else.
    pub fn parse(text: &str) -> Option<Log> {
        let log: Log = serde_json::from_str(text).ok()?;
        (log.deckle == KIND).then_some(log)
    }

    /// The log as the text of its file.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Adds a run, or puts it in the place of the one that began at its time.
    pub fn put(&mut self, run: Run) {
        match self.runs.iter_mut().find(|known| known.begun == run.begun) {
            Some(known) => *known = run,
            None => self.runs.push(run),
        }
        let surplus = self.runs.len().saturating_sub(MAX_RUNS);
        self.runs.drain(..surplus);
    }
}

impl Run {
    /// What is wrong with a run that somebody sent; `None` if nothing is.
    pub fn fault(&self) -> Option<&'static str> {
        let is_time = |seconds: &f64| (0.0..=MAX_SECONDS).contains(seconds);
        let is_short = |text: &str| text.len() <= 1_000;
        if self.begun.is_empty() || self.begun.len() > 64 || !is_short(&self.title) {
            return Some("a run says when it began");
        }
        if !is_time(&self.seconds) || !is_time(&self.questions) {
            return Some("a run takes no such time");
        }
        let is_well = |slide: &Slide| {
            is_time(&slide.seconds)
                && slide.steps.len() <= MAX_STEPS
                && slide.steps.iter().all(is_time)
                && is_short(&slide.key)
                && is_short(&slide.title)
        };
        let is_all_well = self.slides.len() <= MAX_SLIDES && self.slides.iter().all(is_well);
        (!is_all_well).then_some("a slide takes no such time")
    }

    /// The same slide in this run: by its key, else by its title.
    fn slide(&self, other: &Slide) -> Option<&Slide> {
        let same_key = |slide: &&Slide| slide.key == other.key;
        let same_title = |slide: &&Slide| !slide.title.is_empty() && slide.title == other.title;
        let all = &self.slides;
        all.iter()
            .find(same_key)
            .or_else(|| all.iter().find(same_title))
    }
}

/// A run as lines for a terminal, each slide beside what it took in the run
/// before.
pub fn report(run: &Run, before: Option<&Run>) -> Vec<String> {
    let mut lines = Vec::new();
    for slide in &run.slides {
        let then = before.and_then(|before| before.slide(slide));
        let then = then.map_or(0.0, |slide| slide.seconds);
        if slide.seconds == 0.0 && then == 0.0 {
            continue;
        }
        let change = match before {
            None => String::new(),
            Some(_) => difference(slide.seconds - then),
        };
        let time = match slide.seconds {
            0.0 => "–".into(),
            seconds => clock(seconds),
        };
        let left_out = match slide.seconds {
            0.0 => " (left out)",
            _ => "",
        };
        let Slide { n, title, .. } = slide;
        lines.push(format!("{time:>8}  {change:>7}  {n} {title}{left_out}"));
    }
    let all = run.seconds;
    let change = before.map(|before| difference(all - before.seconds));
    let mut sum = format!(
        "{:>8}  {:>7}  in all",
        clock(all),
        change.unwrap_or_default()
    );
    if let Some(minutes) = run.minutes {
        let rest = minutes * 60.0 - all;
        let word = if rest < 0.0 { "over" } else { "left" };
        sum += &format!(
            ", {} {word} of {}",
            clock(rest.abs()),
            clock(minutes * 60.0)
        );
    }
    if run.questions >= 1.0 {
        sum += &format!(", and {} of questions", clock(run.questions));
    }
    lines.push(sum);
    lines
}

/// Seconds as minutes and seconds.
fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

fn difference(seconds: f64) -> String {
    match seconds.round() {
        0.0 => "±0:00".into(),
        change if change < 0.0 => format!("−{}", clock(-change)),
        change => format!("+{}", clock(change)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(begun: &str, seconds: &[(&str, f64)]) -> Run {
        let slide = |((title, seconds), n): (&(&str, f64), u32)| Slide {
            n,
            key: format!("key-{title}"),
            title: (*title).into(),
            seconds: *seconds,
            ..Slide::default()
        };
        Run {
            begun: begun.into(),
            seconds: seconds.iter().map(|(_, seconds)| seconds).sum(),
            slides: seconds.iter().zip(1..).map(slide).collect(),
            ..Run::default()
        }
    }

    #[test]
    fn a_run_takes_the_place_of_its_beginning() {
        let mut log = Log::default();
        log.put(run("a", &[("x", 1.0)]));
        log.put(run("b", &[("x", 2.0)]));
        log.put(run("a", &[("x", 3.0)]));
        assert_eq!(log.runs.len(), 2);
        assert_eq!(log.runs[0].seconds, 3.0);
        assert_eq!(Log::parse(&log.text()), Some(log));
        assert_eq!(Log::parse("{\"runs\":[]}"), None);
    }

    #[test]
    fn a_report_sets_each_slide_beside_the_run_before() {
        let before = run("a", &[("One", 60.0), ("Left", 5.0), ("Never", 0.0)]);
        let mut now = run(
            "b",
            &[("One", 54.0), ("Left", 0.0), ("Never", 0.0), ("New", 70.4)],
        );
        now.slides[0].key = "edited".into();
        now.questions = 30.0;
        now.minutes = Some(2.0);
        assert_eq!(
            report(&now, Some(&before)),
            [
                "    0:54    −0:06  1 One",
                "       –    −0:05  2 Left (left out)",
                "    1:10    +1:10  4 New",
                "    2:04    +0:59  in all, 0:04 over of 2:00, and 0:30 of questions",
            ]
        );
    }

    #[test]
    fn times_that_are_none_are_refused() {
        assert_eq!(run("a", &[("One", 5.0)]).fault(), None);
        assert!(run("", &[]).fault().is_some());
        assert!(run("a", &[("One", -1.0)]).fault().is_some());
        assert!(run("a", &[("One", f64::NAN)]).fault().is_some());
    }
}
