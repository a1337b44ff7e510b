//! The pages of a shared talk and of a rehearsal: which scripts and styles each
//! gets on top of the deck's own. None of it is ever part of an exported file.

const SYNC_JS: &str = include_str!("../../templates/sync.js");
const SHARE_JS: &str = include_str!("../../templates/share.js");
const REMOTE_JS: &str = include_str!("../../templates/remote.js");
const FOLLOWER_JS: &str = include_str!("../../templates/follower.js");
const RECORDER_JS: &str = include_str!("../../templates/recorder.js");
const SHARE_CSS: &str = include_str!("../../templates/share.css");

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The speaker's own, in a shared talk.
    Speaker,
    /// The phone in the speaker's hand.
    Driver,
    /// The phone of who takes over.
    CoPresenter,
    /// The audience's.
    Follower,
    /// A second projector's.
    Display,
    /// The speaker's, while rehearsing alone.
    Rehearsal,
}

impl Part {
    /// Its name in `data-part`.
    pub fn name(self) -> &'static str {
        match self {
            Part::Speaker => "speaker",
            Part::Driver => "driver",
            Part::CoPresenter => "co-presenter",
            Part::Follower => "follower",
            Part::Display => "display",
            Part::Rehearsal => "rehearsal",
        }
    }

    /// Whether it has a speaker view in a second window.
    pub fn has_desk(self) -> bool {
        matches!(self, Part::Speaker | Part::Rehearsal)
    }

    /// Its own scripts, which run behind those of the deck.
    pub fn scripts(self) -> [&'static str; 2] {
        match self {
            Part::Speaker => [SYNC_JS, SHARE_JS],
            Part::Driver | Part::CoPresenter => [SYNC_JS, REMOTE_JS],
            Part::Follower | Part::Display => [SYNC_JS, FOLLOWER_JS],
            Part::Rehearsal => [RECORDER_JS, ""],
        }
    }

    /// Its own styles.
    pub fn style(self) -> &'static str {
        match self {
            Part::Rehearsal => "",
            _ => SHARE_CSS,
        }
    }
}
