//! What the pages of a shared talk say to the server, and how it refuses.

use serde::{Deserialize, Serialize};

use super::tokens::Role;

/// What the pages of a shared talk say to the server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", tag = "do", deny_unknown_fields)]
pub enum Say {
    /// Go to a slide (from 0) with so many steps shown.
    Go {
        /// The slide, from 0.
        slide: usize,
        /// The step, from 0; more than the slide has is its last one.
        step: u32,
        /// Said only to where nobody has gone yet: who has, counts.
        #[serde(default)]
        first: bool,
    },
    /// One step on.
    Next,
    /// One step back.
    Back,
    /// The timer was started, paused or reset.
    Timer(Timer),
    /// Points at a place of the slide, in parts of its width and height.
    Point {
        /// From the left, 0 to 1.
        x: f32,
        /// From the top, 0 to 1.
        y: f32,
    },
    /// Points no more.
    Unpoint,
    /// Who drives from now on.
    Hand {
        /// Driver or co-presenter.
        to: Role,
    },
    /// A question was answered, or is to go.
    Done {
        /// Its number.
        question: u64,
    },
    /// A follower asks.
    Ask {
        /// The name that the server gave the follower.
        voter: String,
        /// What is asked.
        text: String,
    },
    /// A follower answers a poll, or changes its mind.
    Vote {
        /// The name that the server gave the follower.
        voter: String,
        /// Id of the poll.
        poll: String,
        /// Which option, from 0.
        option: usize,
    },
}

/// Why something is not done: the status of the answer and a sentence.
pub type Refusal = (u16, &'static str);

pub const NOT_YOURS: Refusal = (403, "This link does not allow that.\n");
pub const NOT_YOUR_TURN: Refusal = (409, "Somebody else drives at the moment.\n");
pub const UNKNOWN_VOTER: Refusal = (
    409,
    "The talk does not know you any more: load the page again.\n",
);
pub const NO_SUCH: Refusal = (404, "There is no such thing in this talk.\n");
pub const TOO_MANY: Refusal = (429, "That is too much at once: wait a little.\n");
pub const NO_TEXT: Refusal = (422, "A question has 1 to 280 letters.\n");

/// The time since the first move, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Timer {
    /// What has passed before the last start.
    pub past: f64,
    /// When it was last started; 0 while it stands.
    pub since: f64,
    /// When it was last changed; 0 if it was never started.
    pub at: f64,
}
