//! Everything one can see: the real program, in a real browser.
//!
//! Each test starts `deckle` as a user does, opens what it made in a headless
//! Chromium, and looks at the page. A test waits for what must come and never
//! for a time to pass. Without a browser the tests say so and pass;
//! with `REQUIRE_BROWSER=1` they fail.
//!
//! `DECKLE_BROWSER` names the browser if it is not on the path. `AXE_JS` names
//! the file `axe.min.js` of the npm package axe-core, for the tests of
//! accessibility.

mod cdp;
mod deckle;
mod page;

mod accessibility;
mod checking;
mod code;
mod content;
mod desk;
mod diagrams;
mod drawings;
mod examples;
mod export;
mod faults;
mod fit;
mod fonts;
mod keys;
mod ladder;
mod media;
mod overview;
mod paper;
mod patches;
mod plug;
mod print;
mod rehearse;
mod safety;
mod saving;
mod share;
mod speaker;

mod stage;
mod steps;
mod stress;
