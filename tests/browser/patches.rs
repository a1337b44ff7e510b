//! `watch`: what changes in the deck changes on the page, and only that.

use crate::cdp::browser;
use crate::deckle::{Folder, Server, TALK};
use crate::media::with_films;
use crate::page::{Page, WIDE};
use crate::speaker;
use crate::stage::{STROKES, stroke};

/// A page on a watched deck. It fails if the page is ever loaded again.
pub struct Watched {
    pub page: Page,
    n_navigations: usize,
}

impl Watched {
    /// Opens a watched deck at a place such as `#3.2`.
    #[track_caller]
    pub fn open(server: &Server, place: &str) -> Option<Watched> {
        let page = Page::new(&browser()?, WIDE);
        page.go(&format!("{}{place}", server.url));
        page.stands_at(place);
        page.eval("window.isSame = true");
        // Every slide remembers itself: a slide that was not edited must not be made anew.
        page.eval("for (const s of document.querySelectorAll('.slide')) s.isOld = true");
        let n_navigations = page.n_navigations();
        Some(Watched {
            page,
            n_navigations,
        })
    }

    /// Waits until these words are in the deck.
    #[track_caller]
    pub fn gets(&self, words: &str) {
        self.page.wait(&format!(
            "document.getElementById('deck').textContent.includes({words:?})"
        ));
    }

    /// Waits until these words are no more in the deck.
    #[track_caller]
    pub fn loses(&self, words: &str) {
        self.page.wait(&format!(
            "!document.getElementById('deck').textContent.includes({words:?})"
        ));
    }

    /// The headings of all slides in order.
    #[track_caller]
    pub fn headings(&self, wanted: &str) {
        self.page.becomes(
            "[...document.querySelectorAll('#deck > .frame')].map(f => f.querySelector('.slide :is(h1, h2)')?.textContent ?? '-').join(' | ')",
            wanted,
        );
    }

    /// How many slides are new elements.
    pub fn n_fresh(&self) -> f64 {
        self.page
            .number("[...document.querySelectorAll('#deck .slide')].filter(s => !s.isOld).length")
    }

    /// The page was patched, never loaded, and had nothing to say.
    #[track_caller]
    pub fn was_never_reloaded(&self) {
        assert!(self.page.is("window.isSame"), "the page was loaded again");
        assert_eq!(self.page.n_navigations(), self.n_navigations);
        assert_eq!(self.page.complaints(), [""; 0]);
    }
}

#[test]
fn an_edit_keeps_slide_and_step() {
    let folder = Folder::new("patch-edit");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    folder.edit("deck.md", "- two", "- twenty-two");
    watched.gets("twenty-two");
    watched.page.stands_at("#3.2");
    watched
        .page
        .becomes("document.querySelectorAll('[id=\"3\"] .shown').length", 2);
    assert_eq!(watched.n_fresh(), 1.0, "only the edited slide is made anew");
    // The same again, now with another heading, hence another id.
    folder.edit("deck.md", "## Three steps", "## Three small steps");
    watched.gets("Three small steps");
    watched.page.stands_at("#3.2");
    watched
        .page
        .wait("document.title.includes('Three small steps')");
    watched.was_never_reloaded();
}

#[test]
fn the_first_edit_after_loading_counts() {
    let folder = Folder::new("patch-between");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    folder.edit("deck.md", "- two", "- twenty-two");
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    watched.gets("twenty-two");
    watched.page.stands_at("#3.2");
    watched.was_never_reloaded();
}

#[test]
fn a_slide_inserted_in_front() {
    let folder = Folder::new("patch-insert");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    folder.edit(
        "deck.md",
        "## Second slide",
        "## Brand new\n\nWords.\n\n---\n\n## Second slide",
    );
    watched.headings("The short talk | Brand new | Second slide | Three steps | Fourth slide | Fifth slide | The end");
    watched.page.stands_at("#4.2");
    assert_eq!(watched.n_fresh(), 1.0);
    let numbers = watched
        .page
        .list("[...document.querySelectorAll('#deck > .frame')].map(f => f.ariaLabel)");
    assert_eq!(numbers[6], "7 / 7");
    watched.page.key("ArrowLeft");
    watched.page.stands_at("#4.1");
    watched.was_never_reloaded();
}

#[test]
fn deleted_slides() {
    let folder = Folder::new("patch-delete");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#4") else {
        return;
    };
    folder.edit(
        "deck.md",
        "## Second slide\n\n- first\n- second\n\n<!-- Remember to smile. -->\n\n---\n",
        "---\n",
    );
    folder.edit("deck.md", "---\n\n---\nsteps: lists", "---\nsteps: lists");
    watched.headings("The short talk | Three steps | Fourth slide | Fifth slide | The end");
    watched.page.stands_at("#3");
    assert_eq!(watched.n_fresh(), 0.0);
    // The shown slide itself goes: the one behind it takes its place.
    folder.edit("deck.md", "## Fourth slide\n\nSome words that can be read aloud.\n\nAnd some more of them.\n\n---\n\n", "");
    watched.headings("The short talk | Three steps | Fifth slide | The end");
    watched.page.stands_at("#3");
    watched.page.key("End");
    watched.page.stands_at("#4");
    // The last slide goes: the one before it.
    folder.edit("deck.md", "\n---\n\n# The end\n", "");
    watched.headings("The short talk | Three steps | Fifth slide");
    watched.page.stands_at("#3");
    watched.was_never_reloaded();
}

#[test]
fn slides_in_another_order() {
    let folder = Folder::new("patch-order");
    for (name, heading) in [("1", "Ann"), ("2", "Bob"), ("3", "Cy"), ("4", "Dee")] {
        folder.write(
            &format!("deck/{name}.md"),
            format!(
                "---\nfooter: Friends\n---\n\n## {heading}\n\n- {heading} speaks\n- and ends\n"
            ),
        );
    }
    let server = Server::watch(folder.path("deck"), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#3") else {
        return;
    };
    watched.headings("Ann | Bob | Cy | Dee");
    std::fs::rename(folder.path("deck/3.md"), folder.path("deck/0.md")).expect("renamed");
    watched.headings("Cy | Ann | Bob | Dee");
    watched.page.stands_at("#1");
    std::fs::rename(folder.path("deck/1.md"), folder.path("deck/9.md")).expect("renamed");
    watched.headings("Cy | Bob | Dee | Ann");
    watched.page.stands_at("#1");
    assert_eq!(watched.n_fresh(), 0.0, "moving a slide makes no slide");
    watched.was_never_reloaded();
}

#[test]
fn follow_goes_to_the_edited_slide() {
    let folder = Folder::new("patch-follow");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(watched) = Watched::open(&server, "#1") else {
        return;
    };
    folder.edit("deck.md", "read aloud", "sung aloud");
    watched.gets("sung aloud");
    watched.page.stands_at("#4");
    // Whoever writes a slide with steps sees all of it.
    folder.edit("deck.md", "- two", "- twenty-two");
    watched.page.stands_at("#3.3");
    folder.edit(
        "deck.md",
        "# The end",
        "## Inserted\n\n- here\n\n---\n\n# The end",
    );
    watched.page.stands_at("#6");
    watched.was_never_reloaded();
}

#[test]
fn no_follow_stays() {
    let folder = Folder::new("patch-no-follow");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    folder.edit("deck.md", "read aloud", "sung aloud");
    watched.gets("sung aloud");
    folder.edit("deck.md", "- three", "- thirty-three");
    watched.gets("thirty-three");
    watched.page.stands_at("#2");
    watched.was_never_reloaded();
}

#[test]
fn another_theme_and_another_accent() {
    let folder = Folder::new("patch-theme");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(watched) = Watched::open(&server, "#3.1") else {
        return;
    };
    let page = &watched.page;
    let look = "(() => { const s = getComputedStyle(document.querySelector('.frame.current h2')); return s.fontFamily + s.color })()";
    let ground = "getComputedStyle(document.querySelector('.layout-title')).backgroundColor";
    let (old_look, old_ground) = (page.text(look), page.text(ground));
    folder.edit(
        "deck.md",
        "author: Ada Miller",
        "author: Ada Miller\ntheme: paper",
    );
    page.wait("document.documentElement.classList.contains('theme-paper')");
    page.wait(&format!("{look} !== {old_look:?}"));
    page.stands_at("#3.1");
    assert!(page.is("document.documentElement.classList.contains('stage')"));
    folder.edit("deck.md", "theme: paper", "accent: '#1d5fd1'");
    page.wait("document.documentElement.classList.contains('theme-swiss')");
    page.becomes(look, old_look);
    page.wait(&format!("{ground} !== {old_ground:?}"));
    page.stands_at("#3.1");
    watched.was_never_reloaded();
}

#[test]
fn a_theme_of_the_decks_own() {
    let folder = Folder::new("patch-own-theme");
    let yaml = std::fs::read_to_string(crate::deckle::of_project("themes/swiss/theme.yaml"))
        .expect("a theme");
    let css = |colour: &str| format!("@layer theme {{ .slide .title {{ color: {colour} }} }}\n");
    folder.write("deck/mine/theme.yaml", yaml);
    folder.write("deck/mine/theme.css", css("rgb(1, 2, 3)"));
    folder.write("deck/a.md", "---\ntheme: mine\n---\n\n# Own looks\n");
    folder.write("deck/b.md", "## Second\n\n- one\n- two\n");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let colour = "getComputedStyle(document.querySelector('.frame.current .title')).color";
    watched.page.becomes(colour, "rgb(1, 2, 3)");
    folder.write("deck/mine/theme.css", css("rgb(90, 20, 10)"));
    watched.page.becomes(colour, "rgb(90, 20, 10)");
    watched.page.stands_at("#2");
    assert_eq!(watched.n_fresh(), 0.0, "a style makes no slide anew");
    watched.was_never_reloaded();
}

#[test]
fn a_picture_appears_and_changes() {
    let folder = Folder::new("patch-picture");
    folder.write("deck/a.md", "# Pictures\n");
    folder.write(
        "deck/b.md",
        "## Seen\n\nWords beside it.\n\n![A coloured field](img/field.svg)\n",
    );
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let page = &watched.page;
    page.wait("document.querySelector('.warnings').checkVisibility()");
    let field = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"300\"><rect width=\"400\" height=\"300\" fill=\"{colour}\"/></svg>"
        )
    };
    let image = "document.querySelector('.frame.current img')";
    folder.write("deck/img/field.svg", field("#c33"));
    page.wait(&format!(
        "{image}?.complete && {image}.naturalWidth === 400"
    ));
    page.wait("!document.querySelector('.warnings').checkVisibility()");
    let source = page.text(&format!("{image}.src"));
    folder.write("deck/img/field.svg", field("#3c3"));
    page.wait(&format!(
        "{image} && {image}.src !== {source:?} && {image}.complete && {image}.naturalWidth === 400"
    ));
    std::fs::remove_file(folder.path("deck/img/field.svg")).expect("removed");
    page.wait("document.querySelector('.warnings').checkVisibility()");
    page.stands_at("#2");
    // A picture that is gone is the author's fault and no fault of the page.
    page.forget();
    folder.write("deck/img/field.svg", field("#33c"));
    page.wait(&format!(
        "{image}?.complete && {image}.naturalWidth === 400"
    ));
    assert!(page.is("window.isSame"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_speaker_view_survives_a_patch() {
    let folder = Folder::new("patch-speaker");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#3.1") else {
        return;
    };
    let speaker = speaker::open(&watched.page);
    speaker.eval("window.isSame = true");
    folder.edit("deck.md", "- three", "- thirty-three");
    folder.edit(
        "deck.md",
        "Say these words slowly.",
        "Say these words quickly.",
    );
    watched.gets("thirty-three");
    speaker.wait("document.querySelector('.desk').textContent.includes('thirty-three')");
    speaker.wait("document.querySelector('.desk').innerText.includes('quickly')");
    watched.page.stands_at("#3.1");
    speaker.becomes("location.hash", "#3.1");
    // Another number for the same slide, and still in step.
    folder.edit(
        "deck.md",
        "## Second slide",
        "## Inserted\n\n- here\n\n---\n\n## Second slide",
    );
    watched.page.stands_at("#4.1");
    speaker.becomes("location.hash", "#4.1");
    speaker.key("ArrowRight");
    watched.page.stands_at("#4.2");
    watched.page.key("End");
    speaker.becomes("location.hash", "#7");
    assert!(speaker.is("window.isSame"));
    watched.was_never_reloaded();
}

#[test]
fn the_overview_survives_a_patch() {
    let folder = Folder::new("patch-overview");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    watched.page.key("o");
    watched
        .page
        .wait("document.documentElement.classList.contains('overview')");
    folder.edit(
        "deck.md",
        "# The end",
        "## Inserted\n\n- here\n\n---\n\n# The end",
    );
    watched.page.becomes(
        "document.querySelectorAll('#deck > .frame > button').length",
        7,
    );
    assert!(
        watched
            .page
            .is("document.documentElement.classList.contains('overview')")
    );
    watched.page.keys(&["End", "Enter"]);
    watched.page.stands_at("#7");
    watched.was_never_reloaded();
}

#[test]
fn many_edits_in_a_row() {
    let folder = Folder::new("patch-burst");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    for n in 0..40 {
        let text = TALK.replace("- two", &format!("- try {n}."));
        // Half-written files are seen too, and must not stay.
        folder.write("deck.md", &text[..text.len() / 2]);
        folder.write("deck.md", &text);
    }
    watched.gets("try 39.");
    watched.headings(
        "The short talk | Second slide | Three steps | Fourth slide | Fifth slide | The end",
    );
    watched.was_never_reloaded();
}

#[test]
fn every_page_is_patched() {
    let folder = Folder::new("patch-pages");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    let second = watched.page.another(WIDE);
    second.go(&format!("{}#5", server.url));
    second.stands_at("#5");
    folder.edit("deck.md", "- two", "- twenty-two");
    watched.gets("twenty-two");
    second.wait("document.getElementById('deck').textContent.includes('twenty-two')");
    second.stands_at("#5");
    watched.page.stands_at("#3.2");
    watched.was_never_reloaded();
}

#[test]
fn a_theme_that_appears_later() {
    let folder = Folder::new("patch-late-theme");
    let swiss = crate::deckle::of_project("themes/swiss/theme.yaml");
    folder.write("deck/a.md", "---\ntheme: mine\n---\n\n# Own looks\n");
    folder.write("deck/b.md", "## Second\n\n- one\n- two\n");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let chip = "document.querySelector('.ui.warnings')";
    watched.page.wait(&format!(
        "{chip}.checkVisibility() && {chip}.textContent.includes('mine')"
    ));
    folder.write(
        "deck/mine/theme.css",
        "@layer theme { .slide .title { color: rgb(1, 2, 3) } }\n",
    );
    folder.write(
        "deck/mine/theme.yaml",
        std::fs::read(swiss).expect("a theme"),
    );
    watched.page.becomes(
        "getComputedStyle(document.querySelector('.frame.current .title')).color",
        "rgb(1, 2, 3)",
    );
    watched.page.wait(&format!(
        "!{chip}.checkVisibility() && !document.querySelector('.ui.fault').checkVisibility()"
    ));
    watched.page.stands_at("#2");
    watched.was_never_reloaded();
}

#[test]
fn another_size() {
    let folder = Folder::new("patch-size");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    let shape = "(() => { const r = document.querySelector('.frame.current .slide').getBoundingClientRect(); return Math.round(r.width / r.height * 90) })()";
    watched.page.becomes(shape, 160);
    folder.edit(
        "deck.md",
        "author: Ada Miller",
        "author: Ada Miller\nsize: '4:3'",
    );
    watched.page.becomes(shape, 120);
    watched.page.stands_at("#3.2");
    watched.was_never_reloaded();
}

#[test]
fn what_plays_and_what_is_drawn_stay_on_an_edited_slide() {
    let (folder, deck) = with_films("patch-film");
    let server = Server::watch(deck, &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let page = &watched.page;
    let film = "document.querySelector('.frame.current video')";
    page.wait(&format!("{film}.currentTime > 0"));
    // Never at its beginning again, which it would be if it were made anew or loaded anew.
    page.eval(&format!(
        "{film}.loop = false; delete {film}.dataset.again; window.film = {film}; film.playbackRate = 0.1; \
         film.addEventListener('emptied', () => window.wasLoaded = true); film.addEventListener('pause', () => window.hadPaused = true)"
    ));
    page.key("d");
    stroke(page, (200.0, 200.0), (500.0, 260.0));
    page.becomes(STROKES, 1);
    folder.edit("deck.md", "## Plays", "## Still plays");
    watched.gets("Still plays");
    page.becomes(STROKES, 1);
    assert!(page.is(&format!("{film} === window.film && !film.paused")));
    assert!(page.is("!window.wasLoaded && !window.hadPaused"));
    // Another slide in front of it changes nothing of it.
    folder.edit("deck.md", "# First\n", "# First\n\n---\n\n## New\n");
    page.stands_at("#3");
    page.becomes(STROKES, 1);
    assert!(page.is(&format!("{film} === window.film && !film.paused")));
    assert!(page.is("!window.wasLoaded && !window.hadPaused"));
    watched.was_never_reloaded();
}

#[test]
fn what_is_scrolled_stays_there() {
    let folder = Folder::new("patch-scroll");
    let items: Vec<_> = (0..60).map(|n| format!("- Thing {n}.\n")).collect();
    let text = format!("---\nfit: scroll\n---\n\n## Long\n\n{}", items.concat());
    let server = Server::watch(folder.write("deck.md", text), &[]);
    let Some(watched) = Watched::open(&server, "#1") else {
        return;
    };
    let page = &watched.page;
    let top = "document.querySelector('.frame.current .scroller').scrollTop";
    page.wait("document.querySelector('.frame.current .scroller')");
    page.eval(&format!("{top} = 150"));
    folder.edit("deck.md", "Thing 7.", "Thing seven.");
    watched.gets("Thing seven.");
    page.becomes(top, 150);
    watched.was_never_reloaded();
}
