//! The stages in order; the only place where they meet.

use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::quality::FixedState;

use crate::chart;
use crate::check::{self, Overflow, Rules, Seen, check};
use crate::deck::settings::DeckSettings;
use crate::deck::{Block, BlockKind, Deck, Plan, plain_text};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::diagram;
use crate::kept::Kept;
pub use crate::layout::Wishes;
use crate::layout::layout;
pub use crate::parse::is_slide_file;
use crate::parse::{add_source, parse};
use crate::prove::{Tally, prove};
use crate::render::{Cache, Pages, fingerprints, render};
use crate::source::{Files, SourceId, Sources, Spanned};
use crate::theme::{self, Theme};

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
    /// The same with what the author lets pass.
    found: Diagnostics,
    /// What the deck says should be looked for.
    said: Rules,
    settings: DeckSettings,
    theme: Theme,
    root: PathBuf,
}

impl Build {
    /// How the deck looks.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Whether something is so wrong that `watch` keeps the last good deck.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The folder that the deck's pictures lie in.
    pub fn folder(&self) -> &Path {
        &self.root
    }

    /// Adds what a browser found that laid the slides out.
    pub(crate) fn add_measured(&mut self, found: &[Overflow]) {
        let mut diags = self.found.clone();
        check::measured(
            &mut diags,
            &self.plan,
            &self.sources,
            &self.pages.order,
            found,
        );
        self.diagnostics = diags.finish(&self.said.levels.quieter());
    }

    /// What the deck's front matter says should be looked for; taken once.
    pub fn take_rules(&mut self) -> Rules {
        std::mem::take(&mut self.said)
    }

    /// The deck's language, and the file of words that are spelled rightly.
    pub fn spelling(&self) -> (&str, &str) {
        let mut said = self.settings.check.iter();
        let words = said.rfind(|(key, _)| key.value == "words");
        let words = words.map_or("words.txt", |(_, file)| file.as_str());
        (&self.plan.head.lang, words)
    }

    /// A file of the deck's folder as text; empty if there is none.
    pub fn text_within(&self, files: &dyn Files, name: &str) -> String {
        let bytes = files.read_within(&self.root, name).ok();
        bytes.map_or_else(String::new, |bytes| {
            String::from_utf8_lossy(&bytes).into_owned()
        })
    }

    /// Adds what every rule finds, and what a browser did if one has measured.
    pub fn inspect(
        &mut self,
        files: &dyn Files,
        entry: &Path,
        rules: &Rules,
        found: Option<&[Overflow]>,
    ) {
        let seen = Seen {
            plan: &self.plan,
            settings: &self.settings,
            sources: &self.sources,
            files,
            root: &self.root,
            entry,
            theme: &self.theme,
        };
        if let Some(found) = found {
            check::measured(
                &mut self.found,
                &self.plan,
                &self.sources,
                &self.pages.order,
                found,
            );
        }
        check::inspect(&mut self.found, &seen, rules);
        self.diagnostics = self.found.finish(&rules.levels);
    }
}

/// Builds the deck at `entry`, a Markdown file or a folder of them.
pub fn build(files: &dyn Files, entry: &Path, wishes: &Wishes, cache: &mut Cache) -> Build {
    let mut kept = std::mem::take(&mut cache.kept);
    if wishes.against.is_some() || wishes.explain.is_some() {
        kept = Kept::default();
    }
    let build = build_with(&kept, files, entry, wishes, cache);
    build.unwrap_or_else(|| {
        // What all slides depend on has changed.
        let build = build_with(&Kept::default(), files, entry, wishes, cache);
        build.expect("what keeps nothing can be built")
    })
}

/// The same with the slides of the build before; `None` if they would be others now.
fn build_with(
    kept: &Kept,
    files: &dyn Files,
    entry: &Path,
    wishes: &Wishes,
    cache: &mut Cache,
) -> Option<Build> {
    let mut diags = Diagnostics::default();
    let mut sources = Sources::default();
    let (root, ids) = read(&mut diags, files, entry, &mut sources);
    let mut deck = parse(&mut diags, files, &mut sources, (&ids, root), kept);
    if deck.slides.is_empty() && diags.is_empty() {
        diags.empty_deck(entry, files.list(entry).is_some());
    }
    let has_known = deck.slides.iter().any(|slide| slide.known.is_some());
    if has_known && !is_titled(&deck) {
        return None;
    }
    let against = wishes.against.as_ref();
    let tally = against.map(|against| prove(&mut diags, &sources, &deck, against));
    diagram::fill(&mut diags, &sources, &mut deck, &mut cache.diagrams);
    chart::fill(&mut diags, &mut sources, files, &mut deck);
    let settings = deck.settings.clone();
    let root = deck.root.clone();
    let said = check::rules(&mut diags, &settings);
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
    let made_of = made_of(&settings, &plan, &theme, &root);
    if has_known && (plan.is_stale || made_of != kept.made_of()) {
        return None;
    }
    check(
        &mut diags,
        &plan,
        &mut cache.colours,
        &mut cache.formulas,
        &mut cache.diagrams,
    );
    let prints = fingerprints(&plan);
    let pages = render(&plan, &prints, &theme, cache);
    if !cache.is_last {
        cache.kept = Kept::of(made_of, &plan, &prints, &diags, &sources);
    }
    Some(Build {
        plan,
        pages: Arc::new(pages),
        diagnostics: diags.finish(&said.levels.quieter()),
        tally,
        sources,
        found: diags,
        said,
        settings,
        theme,
        root,
    })
}

/// Whether a deck's title is found without a look at its known slides.
fn is_titled(deck: &Deck) -> bool {
    let says = |text: &Spanned<String>| !text.value.trim().is_empty();
    let is_title = |block: &Block| match &block.kind {
        BlockKind::Heading { body, .. } => !plain_text(body).is_empty(),
        _ => false,
    };
    let read = deck.slides.iter().take_while(|slide| slide.known.is_none());
    deck.settings.title.as_ref().is_some_and(says)
        || read.flat_map(|slide| &slide.blocks).any(is_title)
}

/// Fingerprint of what every slide is made of beside its text.
fn made_of(settings: &DeckSettings, plan: &Plan, theme: &Theme, root: &Path) -> u64 {
    let all = (settings, &plan.head, plan.trusted, theme.fingerprint, root);
    FixedState::default().hash_one(all)
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
