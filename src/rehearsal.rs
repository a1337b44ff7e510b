//! The log of rehearsals: what a run through a talk took, slide by slide, and
//! how it compares with the run before.
//!
//! The page of `deckle rehearse` posts its whole [`Run`] so far to `/rehearsal`
//! as JSON, at every move and every few seconds; a run with a name already in
//! the log takes that one's place, so that a lost or doubled message does no
//! harm. The log lies beside the deck as `NAME.rehearsal.json`.

use serde::{Deserialize, Serialize};

/// What the file says of itself; a file without it is not ours and is kept.
const KIND: &str = "rehearsal";

/// Runs in a log; the oldest go first.
const MAX_RUNS: usize = 100;

/// Visits in a run: three hours of a step every two seconds.
const MAX_VISITS: usize = 5_400;

/// Seconds a visit can last: a day.
const MAX_SECONDS: f64 = 86_400.0;

/// The file beside the deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// Always `rehearsal`.
    deckle: String,
    /// The runs, the last one last.
    pub runs: Vec<Run>,
}

/// One run through the talk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// A name that no other run has; the page makes it when the run begins.
    pub run: String,
    /// When it began: milliseconds since 1970.
    pub started: f64,
    /// Every stay at a step of a slide, in the order they happened.
    pub visits: Vec<Visit>,
}

/// A stay at one step of one slide.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// Id of the slide's section; keeps its meaning when slides are moved.
    pub slide: String,
    /// The slide's number at that time, from 1.
    pub number: u32,
    /// What its title says.
    #[serde(default)]
    pub title: String,
    /// The step, from 0.
    #[serde(default)]
    pub step: u32,
    /// Seconds of talk.
    pub seconds: f64,
    /// Seconds of questions while it was shown, which count apart.
    #[serde(default)]
    pub questions: f64,
}

impl Default for Log {
    fn default() -> Log {
        Log {
            deckle: KIND.into(),
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

    /// Adds a run, or puts it in the place of the one of its name.
    pub fn put(&mut self, run: Run) {
        match self.runs.iter_mut().find(|known| known.run == run.run) {
            Some(known) => *known = run,
            None => self.runs.push(run),
        }
        let surplus = self.runs.len().saturating_sub(MAX_RUNS);
        self.runs.drain(..surplus);
    }

    /// The run before the one of this name; the last one if there is none of it.
    pub fn before(&self, run: &str) -> Option<&Run> {
        let at = self.runs.iter().position(|known| known.run == run);
        self.runs[..at.unwrap_or(self.runs.len())].last()
    }
}

impl Run {
    /// What is wrong with a run that somebody sent; `None` if nothing is.
    pub fn fault(&self) -> Option<&'static str> {
        let is_time = |seconds: f64| (0.0..=MAX_SECONDS).contains(&seconds);
        let is_short = |text: &str| text.len() <= 1_000;
        if self.run.is_empty() || self.run.len() > 64 || !self.started.is_finite() {
            return Some("a run has a name and a start");
        }
        if self.visits.len() > MAX_VISITS {
            return Some("a run has too many visits");
        }
        let is_well = |visit: &Visit| {
            is_time(visit.seconds)
                && is_time(visit.questions)
                && is_short(&visit.slide)
                && is_short(&visit.title)
        };
        (!self.visits.iter().all(is_well)).then_some("a visit has no such time or title")
    }

    /// Seconds of talk, without questions.
    pub fn seconds(&self) -> f64 {
        self.visits.iter().map(|visit| visit.seconds).sum()
    }

    /// Seconds of questions.
    pub fn questions(&self) -> f64 {
        self.visits.iter().map(|visit| visit.questions).sum()
    }

    /// Id, title and seconds of every slide, in the order they were first shown.
    fn slides(&self) -> Vec<(&str, &str, f64)> {
        let mut res: Vec<(&str, &str, f64)> = Vec::new();
        for visit in &self.visits {
            match res.iter_mut().find(|(id, _, _)| *id == visit.slide) {
                Some(slide) => slide.2 += visit.seconds,
                None => res.push((&visit.slide, &visit.title, visit.seconds)),
            }
        }
        res
    }
}

/// A run as lines for a terminal, each slide beside what it took in the run
/// before. `planned` are the minutes the talk may take.
pub fn report(run: &Run, before: Option<&Run>, planned: Option<f64>) -> Vec<String> {
    let old = before.map(Run::slides).unwrap_or_default();
    let mut lines = Vec::new();
    for (id, title, seconds) in run.slides() {
        let then = old.iter().find(|slide| slide.0 == id);
        let change = then.map(|slide| difference(seconds - slide.2));
        let change = match (before, change) {
            (None, _) => String::new(),
            (Some(_), Some(change)) => change,
            (Some(_), None) => "new".into(),
        };
        let title = match title {
            "" => id,
            title => title,
        };
        lines.push(
            format!("{:>8}  {change:>7}  {title}", clock(seconds))
                .trim_end()
                .into(),
        );
    }
    for (_, title, seconds) in old
        .iter()
        .filter(|slide| !run.visits.iter().any(|visit| visit.slide == slide.0))
    {
        lines.push(format!(
            "{:>8}  {:>7}  {title}",
            "–",
            format!("−{}", clock(*seconds))
        ));
    }
    let all = run.seconds();
    let change = before.map(|before| difference(all - before.seconds()));
    let mut sum = format!(
        "{:>8}  {:>7}  in all",
        clock(all),
        change.unwrap_or_default()
    );
    if let Some(minutes) = planned {
        let rest = minutes * 60.0 - all;
        let word = if rest < 0.0 { "over" } else { "left" };
        sum += &format!(", {} {word} of {minutes} minutes", clock(rest.abs()));
    }
    if run.questions() >= 1.0 {
        sum += &format!(", and {} of questions", clock(run.questions()));
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

    fn run(name: &str, seconds: &[(&str, f64)]) -> Run {
        let visit = |(slide, seconds): &(&str, f64)| Visit {
            slide: (*slide).into(),
            title: slide.to_uppercase(),
            number: 1,
            seconds: *seconds,
            ..Visit::default()
        };
        Run {
            run: name.into(),
            started: 1.0,
            visits: seconds.iter().map(visit).collect(),
        }
    }

    #[test]
    fn a_run_takes_the_place_of_its_name() {
        let mut log = Log::default();
        log.put(run("a", &[("x", 1.0)]));
        log.put(run("b", &[("x", 2.0)]));
        log.put(run("a", &[("x", 3.0)]));
        assert_eq!(log.runs.len(), 2);
        assert_eq!(log.before("b").map(Run::seconds), Some(3.0));
        assert_eq!(log.before("a"), None);
        assert_eq!(log.before("new").map(|run| run.run.as_str()), Some("b"));
        assert_eq!(Log::parse(&log.text()), Some(log));
        assert_eq!(Log::parse("{\"runs\":[]}"), None);
    }

    #[test]
    fn a_report_sets_each_slide_beside_the_run_before() {
        let before = run("a", &[("one", 60.0), ("gone", 5.0)]);
        let mut now = run("b", &[("one", 50.0), ("two", 70.4), ("one", 4.0)]);
        now.visits[1].questions = 30.0;
        let lines = report(&now, Some(&before), Some(2.0));
        assert_eq!(
            lines,
            [
                "    0:54    −0:06  ONE",
                "    1:10      new  TWO",
                "       –    −0:05  GONE",
                "    2:04    +0:59  in all, 0:04 over of 2 minutes, and 0:30 of questions",
            ]
        );
    }

    #[test]
    fn times_that_are_none_are_refused() {
        assert_eq!(run("a", &[("one", 5.0)]).fault(), None);
        assert!(run("", &[]).fault().is_some());
        assert!(run("a", &[("one", -1.0)]).fault().is_some());
        assert!(run("a", &[("one", f64::NAN)]).fault().is_some());
    }
}
