//! Deckle turns an article or Markdown into a slide deck.
//!
//! ```text
//! file ─read→ Source ─parse→ Deck ─layout→ Plan ─check→ Diagnostics
//!                                            └──render→ Pages ─→ serve | export
//! ```
//!
//! An author writes a deck of slides. `layout` turns each slide into a frame:
//! layout chosen, blocks put into slots, steps numbered, pictures found.
//! `render` turns each frame into one HTML `<section>`. Nothing flows back, and
//! nothing between read and render fails: every stage returns its value and
//! adds diagnostics. An article becomes a deck's Markdown first (`import`), so
//! that `parse` is the only way into the model.
//!
//! The modules below stand in the order of reading and of dependence: a module
//! uses only modules above it. A test holds that.

pub mod source;
mod escape;
mod links;
mod qr;
mod yaml;
mod cores;
#[cfg(any(feature = "math", feature = "mermaid"))]
mod foreign;
mod compare;
mod columns;
mod date;
mod icon;
mod palette;
mod highlight;
mod math;
mod measure;
pub mod diag;
pub mod deck;
mod kept;
pub mod theme;
mod parse;
mod chart;
mod diagram;
pub mod article;
pub mod prove;
mod layout;
pub mod check;
pub mod render;
pub mod pipeline;
pub mod reference;
pub mod import;
pub mod open;
pub mod export;
mod browser;
mod online;
pub mod rehearsal;
mod place;
mod editor;
mod watch;
mod serve;
pub mod cli;
