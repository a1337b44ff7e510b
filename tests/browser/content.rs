//! What a talk holds beyond text: alerts, QR codes, footnotes, HTML of its own.

use crate::accessibility::{Eyes, axe};
use crate::cdp::browser;
use crate::deckle::{Folder, of_project, themes};
use crate::page::Page;

const ASIDE: &str = "# First\n\n---\n\n## Alerts\n\n> [!NOTE]\n> A `note` with a [link](https://example.org).\n\n\
    > [!WARNING] Mind the gap\n> A ==warning==.\n\n> [!CAUTION]\n> A `caution` with a [link](https://example.org).\n\n\
    ---\n\n## More\n\n> [!TIP]\n> Press ++Ctrl+C++.\n\n> [!IMPORTANT]\n> So[^1].\n\n[^1]: A [source](https://example.org).\n\n\
    ---\n\n## Code\n\n```qr\nhttps://example.org/talk\n```\n\n---\n\n## Terms\n\nDeck\n: A :rocket: and :icon-truck:\n";

#[test]
fn alerts_codes_and_notes_are_accessible_in_every_theme() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let folder = Folder::new("axe-content");
    let deck = folder.write("deck.md", ASIDE);
    for theme in &themes() {
        let url = folder.export(&deck, &["--theme", theme]);
        let page = Page::at(&browser, &url);
        page.stands_at_first();
        assert_eq!(
            page.number("document.querySelectorAll('.alert').length"),
            5.0
        );
        assert_eq!(
            page.number("document.querySelectorAll('.qr svg').length"),
            1.0
        );
        let mut eyes = Eyes::new(page, &axe);
        eyes.look_at_all_slides();
        eyes.found_nothing();
    }
}

#[test]
fn a_footnote_is_gone_to_and_back_on_the_same_step() {
    let Some(browser) = browser() else { return };
    let deck = "# First\n\n---\n\n## Claim\n\nIt holds[^1].\n\n::: steps\n- One\n- Two\n:::\n\n[^1]: A source.\n\n\
        ---\n\n# Last\n";
    let page = Page::at(&browser, &Folder::new("footnote").export_text(deck));
    page.calm();
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.key("Space");
    page.stands_at("#2.1");
    let there = "document.querySelector(':target')?.id.split('-').slice(1).join('-') ?? ''";
    page.click_on(".frame.current .note-mark a");
    page.becomes(there, "note-1");
    page.stands_at("#2.1");
    page.click_on(".frame.current .footnotes a");
    page.becomes(there, "mark-1-1");
    page.stands_at("#2.1");
    page.key("ArrowRight");
    page.stands_at("#2.2");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_script_of_the_author_runs_only_where_it_is_trusted() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("trust");
    let deck = folder.write(
        "deck.md",
        "## One\n\nText\n\n<script>window.ran = 1</script>\n\n---\n\n## Two\n",
    );
    let page = Page::at(&browser, &folder.export(&deck, &["--trust"]));
    page.becomes("window.ran ?? 0", 1);
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    let page = Page::at(&browser, &folder.export(&deck, &[]));
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.becomes("window.ran ?? 0", 0);
}

/// As a camera writes it: the file lies on its side and says so.
#[test]
fn a_photograph_stands_upright() {
    let Some(browser) = browser() else { return };
    let url =
        Folder::new("upright").export(of_project("tests/decks/render/picture-turned.md"), &[]);
    let page = Page::at(&browser, &url);
    page.stands_at_first();
    let image = "document.querySelector('.current img')";
    page.wait(&format!("{image}.complete && {image}.naturalWidth"));
    assert_eq!(
        page.text(&format!(
            "`${{{image}.naturalWidth}} ${{{image}.naturalHeight}}`"
        )),
        "32 48"
    );
    assert_eq!(
        page.text(&format!("getComputedStyle({image}).objectFit")),
        "contain",
        "nothing is cut off or squeezed"
    );
    // The orange half is the upper one.
    let colour = |y: u32| {
        page.text(&format!(
            "(() => {{ const c = document.createElement('canvas').getContext('2d'); c.drawImage({image}, 0, 0); \
             const [r, , b] = c.getImageData(16, {y}, 1, 1).data; return r > b ? 'orange' : 'blue'; }})()"
        ))
    };
    assert_eq!((colour(8), colour(40)), ("orange".into(), "blue".into()));
}

#[test]
fn a_ground_of_the_author_stands_on_every_layout() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("content-ground");
    let mut deck = String::from("---\ntitle: Grounds\n---\n\n");
    for layout in [
        "title",
        "section",
        "statement",
        "quote",
        "closing",
        "factor",
    ] {
        deck += &format!(
            "---\nlayout: {layout}\nbackground: \"#0a7d5a\"\n---\n\n## Words\n\n> More of them\n\n"
        );
    }
    let deck = folder.write("deck.md", deck);
    for theme in &themes() {
        let page = Page::at(&browser, &folder.export(&deck, &["--theme", theme]));
        page.wait("document.documentElement.classList.contains('js')");
        let seen = "[...document.querySelectorAll('#deck .slide')].map(slide => {\
            const look = getComputedStyle(slide);\
            return ['--bg', '--fg'].map(name => look.getPropertyValue(name)).join() + slide.className.match(/layout-[^ ]*/) })";
        for found in page.list(seen) {
            assert!(found.starts_with("#0a7d5a,#ffffff"), "{theme}: {found}");
        }
    }
}

#[test]
fn the_box_of_a_task_stands_beside_its_words() {
    let Some(browser) = browser() else { return };
    let list = "- [ ] Look at the signals of all the lines\n- [x] Ask the drivers who know them best\n- [ ] Write it down\n";
    let deck = format!(
        "---\ntitle: Tasks\n---\n\n## Rows\n\n{list}\n---\n\n## Columns\n\n::: left\n{list}:::\n\n::: right\n{list}:::\n\n---\nicon: truck\n---\n\n## A factor\n\n{list}"
    );
    let page = Page::at(&browser, &Folder::new("content-tasks").export_text(&deck));
    page.wait("document.documentElement.classList.contains('js')");
    let seen = "[...document.querySelectorAll('#deck > .frame')].flatMap(frame => {\
        frame.classList.add('probe');\
        const res = [...frame.querySelectorAll('.tasks > li')].map(item => {\
            const range = document.createRange(); range.selectNodeContents(item);\
            const box = item.querySelector('input').getBoundingClientRect();\
            const text = [...range.getClientRects()].filter(r => r.width > box.width * 2)[0];\
            return box.right <= text.left && box.top < text.bottom && box.bottom > text.top ? 'beside' : `${frame.id}: ${item.textContent}` });\
        frame.classList.remove('probe');\
        return res })";
    let found = page.list(seen);
    assert_eq!(found, vec!["beside"; 12]);
}
