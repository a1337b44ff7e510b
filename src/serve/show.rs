//! What a server shows and to whom, as the commands say it.

use std::net::IpAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::answers::Answers;
use super::share::Hub;
use super::tokens::{Role, Tokens};
use crate::check::Overflow;
use crate::rehearsal::Run;
use crate::render::Pages;

/// What is shown at one moment.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Counts the builds of this run.
    pub number: u64,
    /// The last good deck.
    pub pages: Arc<Pages>,
    /// Errors as HTML; empty if there are none.
    pub faults: String,
    /// Warnings as HTML; empty if there are none.
    pub warnings: String,
    /// Key of the slide that was edited.
    pub focus: Option<String>,
    /// The last slide that somebody asked to see, by key, and how many have
    /// been asked for.
    pub wanted: (u64, String),
}

/// What the page, or another command, asks of the author's desk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", tag = "ask")]
pub enum Ask {
    /// Open the source of what says `text` on the slide `key`, the `nth` of
    /// those that say the same.
    Edit {
        /// Key of the slide.
        key: String,
        /// What was clicked on says; may be empty.
        text: String,
        /// How many say the same in front of it.
        #[serde(default)]
        nth: usize,
    },
    /// Show the slide of a line.
    Goto {
        /// The file as the asker's absolute path.
        file: std::path::PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// These slides did not fit, as a browser laid them out.
    Overflow {
        /// Each slide that was measured, those that fit too.
        slides: Vec<Overflow>,
    },
}

/// What was asked for and did not work: one sentence.
pub type Answer = Result<String, String>;

/// Where the asks of the pages go.
pub type Desk = Arc<dyn Fn(Ask) -> Answer + Send + Sync>;

/// Where a build is handed over to the server.
pub type Stage = watch::Sender<Arc<Shown>>;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port, and whether another one will do.
    pub port: u16,
    /// Whether a free port is taken if `port` is not free.
    pub any_port: bool,
    /// Whether pages are patched.
    pub watch: bool,
    /// Whether pages go to the slide that was edited.
    pub follow: bool,
    /// Whether others take part, each by a link of their own.
    pub share: bool,
}

/// What a running server works with.
pub struct Show {
    /// What is shown, and what will be.
    pub shown: watch::Receiver<Arc<Shown>>,
    /// Where the pages' asks go, if the deck is being edited.
    pub desk: Option<Desk>,
    /// The rehearsal, if it is one.
    pub rehearsal: Option<Rehearsing>,
    /// The others who take part, if the talk is shared.
    pub sharing: Option<Sharing>,
}

/// A rehearsal that is recorded.
pub struct Rehearsing {
    /// The run before this one, for the page to compare with.
    pub before: Option<Run>,
    /// Where the runs go, each time as far as they have come.
    pub keeper: Listener<Run>,
}

/// Somebody who is told what a page sent.
pub type Listener<T> = Arc<dyn Fn(T) + Send + Sync>;

/// A shared talk.
pub struct Sharing {
    /// Who holds which link.
    pub tokens: Tokens,
    /// The deck as the audience may have it.
    pub audience: Arc<Pages>,
    /// Where the talk stands.
    pub hub: Arc<Hub>,
    /// The links as the speaker's page shows them.
    pub links: Vec<Link>,
    /// Where answers and questions go, each time all of them.
    pub keeper: Listener<Answers>,
}

/// A link to give away.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Who it is for.
    pub role: Role,
    /// The address.
    pub url: String,
    /// The same as a drawing to take with a phone's camera.
    pub code: String,
}
