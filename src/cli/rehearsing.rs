//! `rehearse`: a deck in the browser, and how long each slide took.

use std::sync::{Arc, Mutex, PoisonError};

use super::args::Rehearse;
use super::keeping::{Keeper, open};
use super::showing::{Mode, still};
use super::{Outcome, report, say};
use crate::rehearsal::{self, Log, Run};
use crate::render::Cache;
use crate::serve::{Ending, Rehearsing};
use crate::source::Disk;

pub fn run(args: Rehearse) -> anyhow::Result<Outcome> {
    let disk = Disk::default();
    let (entry, wishes) = args.deck.open(&disk)?;
    let build = entry.build(&disk, &wishes, &mut Cache::of_one_build());
    report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    let (path, log) = open::<Log>(&entry)?;
    let before = log.runs.last().cloned();
    let server = args.serving.bind(Mode::Show)?;
    args.serving
        .announce(&server, entry.path(), build.pages.order.len());
    say("The run begins with your first move. Ctrl-C ends it and says what each slide took.");
    let keeper = Keeper::start(path.clone(), log);
    let last: Arc<Mutex<Option<Run>>> = Arc::default();
    let mut show = still(&build);
    show.rehearsal = Some(Rehearsing {
        before: before.clone(),
        keeper: Arc::new({
            let (last, take) = (last.clone(), keeper.taker());
            move |run: Run| {
                *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(run.clone());
                take(run);
            }
        }),
    });
    server.run(show, Ending::default())?;
    keeper.finish();
    let run = last.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(run) = run else {
        say("Nothing was recorded.");
        return Ok(Outcome::Clean);
    };
    for line in rehearsal::report(&run, before.as_ref()) {
        say(&line);
    }
    say(&format!("kept in {}", path.display()));
    Ok(Outcome::Clean)
}
