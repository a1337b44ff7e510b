//! The stages in order; the only place where they meet.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::chart;
use crate::check::{self, Overflow, check};
use crate::deck::Plan;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::diagram;
pub use crate::layout::Wishes;
use crate::layout::layout;
use crate::parse::{add_source, parse};
use crate::prove::{Tally, prove};
use crate::render::{Cache, Pages, render};
use crate::source::{Files, SourceId, Sources};
use crate::theme;

/// All that one run over a deck gives.
pub struct Build {
    /// The deck as it will be shown.
    pub plan: Plan,
    /// The deck as HTML.
    pub pages: Arc<Pages>,
    /// What is wrong, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// How it stands against an article, if it was held against one.
    pub tally: Option<Tally>,
    /// The texts the diagnostics point into.
    pub sources: Sources,
}

impl Build {
    /// Whether something is so wrong that `watch` keeps the last good deck.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Adds what a browser found that laid the slides out.
    pub(crate) fn add_measured(&mut self, found: &[Overflow]) {
        let mut diags = Diagnostics::from(std::mem::take(&mut self.diagnostics));
        check::measured(&mut diags, &self.plan, &self.pages.order, found);
        self.diagnostics = diags.finish();
    }
}

/// Builds the deck at `entry`, a Markdown file or a folder of them.
pub fn build(files: &dyn Files, entry: &Path, wishes: &Wishes, cache: &mut Cache) -> Build {
    let mut diags = Diagnostics::default();
    let mut sources = Sources::default();
    let (root, ids) = read(&mut diags, files, entry, &mut sources);
    let mut deck = parse(&mut diags, files, &mut sources, &ids, root);
    if deck.slides.is_empty() && diags.is_empty() {
        diags.empty_deck(entry, files.list(entry).is_some());
    }
    let against = wishes.against.as_ref();
    let tally = against.map(|against| prove(&mut diags, &sources, &deck, against));
    diagram::fill(&mut diags, &sources, &mut deck, &mut cache.diagrams);
    chart::fill(&mut diags, &mut sources, files, &mut deck);
    let settings = &deck.settings;
    let theme = theme::load(
        &mut diags,
        &mut sources,
        files,
        &deck.root,
        settings.theme.as_ref(),
        wishes.theme.as_deref(),
        settings.accent.as_ref(),
    );
    let plan = layout(&mut diags, files, deck, &theme, wishes);
    check(
        &mut diags,
        &plan,
        &mut cache.colours,
        &mut cache.formulas,
        &mut cache.diagrams,
    );
    let pages = render(&plan, &theme, cache);
    Build {
        plan,
        pages: Arc::new(pages),
        diagnostics: diags.finish(),
        tally,
        sources,
    }
}

/// Reads the deck's texts and says where its pictures may lie.
fn read(
    diags: &mut Diagnostics,
    files: &dyn Files,
    entry: &Path,
    sources: &mut Sources,
) -> (PathBuf, Vec<SourceId>) {
    let Some(names) = files.list(entry) else {
        let id = open(diags, files, entry, sources);
        return (folder_of(entry), id.into_iter().collect());
    };
    let ids = names
        .iter()
        .filter(|path| is_slide_file(path))
        .filter_map(|path| open(diags, files, path, sources));
    (entry.to_path_buf(), ids.collect())
}

/// The folder a file lies in, `.` for a bare name.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Whether a file in a deck's folder holds slides: a Markdown file that is not
/// hidden, not set aside with `_`, and no README.
pub fn is_slide_file(path: &Path) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    name.ends_with(".md") && !name.starts_with(['.', '_', '#']) && name != "readme.md"
}

fn open(
    diags: &mut Diagnostics,
    files: &dyn Files,
    path: &Path,
    sources: &mut Sources,
) -> Option<SourceId> {
    match files.read(path) {
        Ok(bytes) => add_source(diags, sources, path, &bytes),
        Err(error) => {
            diags.unreadable(path, &error);
            None
        }
    }
}
