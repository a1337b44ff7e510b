//! Whatever happens to the files of a deck, the page ends as they say.

use std::fs;
use std::path::{Path, PathBuf};

use crate::deckle::{Folder, Server};
use crate::patches::Watched;

const N_OPERATIONS: usize = 10_000;

/// Xorshift: the same operations for the same seed on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// What an editor, a build tool or a file manager does to a folder of slides.
fn operate(random: &mut Random, folder: &Path, n: usize) {
    let file = |k: u64| folder.join(format!("{k:02}.md"));
    let one = file(random.below(12));
    let other = file(random.below(12));
    let text = format!("## Slide {n}\n\n- words {n}\n");
    // A rename or removal of what is not there is no fault: it is part of the chaos.
    match random.below(20) {
        0..8 => drop(fs::write(&one, &text)),
        8..10 => {
            let half = text.len() / 2;
            drop(fs::write(&one, &text[..half]));
            drop(fs::write(&one, &text));
        }
        10..14 => {
            let beside = folder.join(".beside");
            drop(fs::write(&beside, &text));
            drop(fs::rename(&beside, &one));
        }
        14..16 => drop(fs::remove_file(&one)),
        16..18 => drop(fs::rename(&one, &other)),
        18 => {
            let hidden = folder.join("real.txt");
            drop(fs::write(&hidden, &text));
            drop(fs::remove_file(&one));
            #[cfg(unix)]
            drop(std::os::unix::fs::symlink(&hidden, &one));
        }
        _ => {
            let away = folder.with_extension("away");
            drop(fs::rename(folder, &away));
            drop(fs::rename(&away, folder));
        }
    }
    if random.below(40) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(random.below(12)));
    }
}

fn headings(folder: &Path) -> String {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    names.sort();
    let texts = names
        .iter()
        .map(|path| fs::read_to_string(path).expect("a slide"));
    let heading = |text: String| {
        text.lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("## ")
            .to_string()
    };
    texts.map(heading).collect::<Vec<_>>().join(" | ")
}

fn the_page_ends_as_the_files_say(seeds: std::ops::RangeInclusive<u64>) {
    for seed in seeds {
        let folder = Folder::new(&format!("stress-{seed}"));
        folder.write("deck/00.md", "## Begin\n\n- words\n");
        let deck = folder.path("deck");
        let server = Server::watch(&deck, &[]);
        let Some(watched) = Watched::open(&server, "#1") else {
            return;
        };
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for n in 0..N_OPERATIONS {
            operate(&mut random, &deck, n);
        }
        // A deck without slides is a fault, and the last good one stays on the screen.
        folder.write("deck/00.md", format!("## The end of {seed}\n\n- words\n"));
        watched.headings(&headings(&deck));
        watched
            .page
            .wait("!document.querySelector('.ui.fault').checkVisibility()");
        // The browser grumbles about so many changes of the address, so only this is asked.
        assert!(
            watched.page.is("window.isSame"),
            "the page was loaded again"
        );
    }
}

// Two tests, so that two cores share them.

#[test]
fn the_page_ends_as_the_files_say_five_times() {
    the_page_ends_as_the_files_say(1..=5);
}

#[test]
fn the_page_ends_as_the_files_say_five_more_times() {
    the_page_ends_as_the_files_say(6..=10);
}
