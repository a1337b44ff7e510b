//! Which slides an article becomes: layouts by passage, how much of it, which
//! sections, several articles. The articles lie in `tests/shapes`, what is
//! expected of them beside them.

use std::collections::BTreeSet;
use std::path::Path;

use deckle::import::plan::{Block, Line, Plan, Role, Slide};
use deckle::import::{Detail, Imported, Text, Wishes, import_all};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};

use super::{deck_below, deckle, deckle_with, files_below, folder_with, root};

fn article(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/shapes").join(name)).unwrap()
}

fn made(name: &str, wishes: &Wishes) -> Imported {
    of_text(name, &article(name), wishes)
}

fn of_text(name: &str, text: &str, wishes: &Wishes) -> Imported {
    let text = Text {
        path: Path::new(name),
        bytes: text.as_bytes(),
    };
    import_all(&[text], wishes).unwrap()
}

fn detailed(detail: Detail) -> Wishes {
    Wishes {
        detail,
        ..Wishes::default()
    }
}

/// The slides of a plan for a reader: layout, title, and what stands below.
fn outline(plan: &Plan) -> String {
    let mut res = String::new();
    for file in &plan.files {
        res += &format!("{}.md\n", file.stem);
        for slide in &file.slides {
            let layout = slide.layout.map_or("by content", |layout| layout.name());
            let title = slide.title.as_ref().map_or("", |title| title.text.as_str());
            res += &format!("  {layout}: {title}\n");
            for line in slide.blocks.iter().flat_map(shown) {
                res += &format!("    {line}\n");
            }
        }
    }
    res
}

/// A line with its key phrase and where it comes from.
fn pointed(line: &Line) -> String {
    let (lead, text) = (line.lead.clone(), line.text.as_str());
    let marked = match lead.is_empty() {
        true => text.to_string(),
        false => format!(
            "{}*{}*{}",
            &text[..lead.start],
            &text[lead.clone()],
            &text[lead.end..]
        ),
    };
    format!("{marked} [{}]", line.from.line)
}

fn shown(block: &Block) -> Vec<String> {
    let listed = |lines: &[Line]| -> Vec<String> {
        lines
            .iter()
            .map(|line| format!("- {}", pointed(line)))
            .collect()
    };
    match block {
        Block::Points(lines) | Block::Events(lines) => listed(lines),
        Block::Text(line) | Block::Figure(line) => vec![pointed(line)],
        Block::Quote(text, source) => vec![format!("> {} — {}", pointed(text), pointed(source))],
        Block::Columns(columns) => columns
            .iter()
            .flat_map(|(name, lines)| [vec![pointed(name)], listed(lines)].concat())
            .collect(),
        Block::Passage(passage, _) => passage.markdown.lines().map(String::from).collect(),
    }
}

#[track_caller]
fn is_as_expected(name: &str, wishes: &Wishes, expected: &str) {
    let outline = outline(&made(name, wishes).plan);
    let path = root().join("tests/shapes").join(expected);
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(outline, Data::read_from(&path, Some(DataFormat::Text)));
}

#[test]
fn passages_get_the_layouts_they_call_for() {
    is_as_expected("library.md", &detailed(Detail::Normal), "library.slides");
    is_as_expected("library.md", &detailed(Detail::Full), "library.full.slides");
    is_as_expected(
        "library.md",
        &detailed(Detail::Brief),
        "library.brief.slides",
    );
}

#[test]
fn an_ordinary_article_gets_its_factors_its_recap_and_nothing_besides() {
    is_as_expected("ferry.md", &detailed(Detail::Full), "ferry.slides");
}

/// Titles lose their colon, a figure keeps what qualifies it, somebody's words
/// become a quotation and no point, and the last factor's last sentence does
/// not end the talk.
#[test]
fn words_are_shown_as_they_are_meant() {
    is_as_expected("words.md", &detailed(Detail::Normal), "words.slides");
}

#[test]
fn labels_and_tables_that_are_pairs_become_columns() {
    let text = "# Working at home\n\n## What speaks for it\n\nIt is an old question.\n\nPros:\n\n- No way to work\n- \
        A quiet room\n\nCons:\n\n- No colleagues\n- A cold kitchen\n\n## What changed\n\nThe table shows a day of \
        one clerk in both years.\n\n| Before | After |\n|---|---|\n| Train at seven | Coffee at eight |\n| Lunch \
        with others | Lunch alone |\n\n## What others do\n\nThe clerks next door went back.\n\n| Clerk | Room \
        |\n|---|---|\n| Ann | Attic |\n";
    let imported = of_text("home.md", text, &Wishes::default());
    let n_columns = |imported: &Imported| {
        let slides = imported.plan.files.iter().flat_map(|file| &file.slides);
        let blocks = slides.flat_map(|slide| &slide.blocks);
        blocks
            .filter(|block| matches!(block, Block::Columns(_)))
            .count()
    };
    assert_eq!(n_columns(&imported), 2, "{}", outline(&imported.plan));
    let all: String = imported
        .files
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(
        all.contains("### Pros\n\n- No way to work\n- A quiet room\n\n### Cons\n"),
        "{all}"
    );
    assert!(
        all.contains("### Before\n\n- Train at seven\n- Lunch with others\n"),
        "{all}"
    );
    let clerks = imported
        .files
        .iter()
        .find(|(name, _)| name.starts_with("03-"))
        .unwrap();
    assert!(
        clerks.1.ends_with("| Ann | Attic |\n"),
        "a table of two columns is a table: {}",
        clerks.1
    );
}

// ---- honesty

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn lines_of(slide: &Slide) -> Vec<&Line> {
    let below = slide.blocks.iter().flat_map(|block| match block {
        Block::Points(lines) | Block::Events(lines) => lines.iter().collect(),
        Block::Text(line) | Block::Figure(line) => vec![line],
        Block::Quote(text, source) => vec![text, source],
        Block::Columns(columns) => columns
            .iter()
            .flat_map(|(name, lines)| [name].into_iter().chain(lines))
            .collect(),
        Block::Passage(..) => Vec::new(),
    });
    slide.title.iter().chain(below).collect()
}

#[test]
fn each_text_stands_at_the_line_it_names() {
    for name in ["library.md", "ferry.md"] {
        let text = article(name);
        let known: BTreeSet<String> = words(&text).collect();
        let imported = made(name, &detailed(Detail::Full));
        for slide in imported.plan.files.iter().flat_map(|file| &file.slides) {
            for line in lines_of(slide) {
                for word in words(&line.text) {
                    assert!(known.contains(&word), "{name}: `{word}` of `{}`", line.text);
                }
                // Author and recap stand in no sentence.
                if line.from.line == 0 || slide.role == Role::Closing {
                    continue;
                }
                let at = line.from.line as usize - 1;
                let there: Vec<&str> = text.lines().skip(at).take(12).collect();
                let there: Vec<String> = words(&there.join(" ")).collect();
                let sentence: Vec<String> = words(&line.from.sentence).collect();
                let is_there = there.windows(sentence.len()).any(|some| some == sentence);
                assert!(
                    is_there,
                    "{name}: `{}` is not at line {}",
                    line.from.sentence,
                    at + 1
                );
            }
        }
    }
}

/// All paragraphs of an article are spoken, each once, whatever was left out.
#[track_caller]
fn all_is_in_the_notes(text: &str, imported: &Imported) {
    let slides = imported.plan.files.iter().flat_map(|file| &file.slides);
    let notes: Vec<&str> = slides
        .flat_map(|slide| &slide.notes)
        .map(|passage| passage.markdown.as_str())
        .collect();
    for line in text
        .lines()
        .filter(|line| line.split_whitespace().count() > 12)
    {
        let n_found = notes.iter().filter(|note| note.contains(line)).count();
        assert_eq!(n_found, 1, "{line}\n{}", outline(&imported.plan));
    }
}

// ---- how much

fn n_slides(imported: &Imported) -> usize {
    imported
        .plan
        .files
        .iter()
        .map(|file| file.slides.len())
        .sum()
}

#[test]
fn so_many_slides_and_no_more_and_no_factor_is_lost() {
    let factors = [
        "The building was falling apart",
        "Paper or screen",
        "How the money came together",
        "A long story",
        "What a reading room is",
        "What the readers learned",
    ];
    let text = article("library.md");
    for most in 1..=20 {
        let wishes = Wishes {
            slides: Some(most),
            ..detailed(Detail::Full)
        };
        let imported = made("library.md", &wishes);
        let n = n_slides(&imported);
        assert!(n <= most, "{n} slides instead of {most}");
        assert!(n >= most.min(16), "{n} slides though there may be {most}");
        let slides = imported.plan.files.iter().flat_map(|file| &file.slides);
        let shown: Vec<&str> = slides
            .flat_map(lines_of)
            .map(|line| line.text.as_str())
            .collect();
        for factor in factors {
            assert!(
                shown.contains(&factor),
                "{most} slides: {factor}\n{}",
                outline(&imported.plan)
            );
        }
        assert_eq!(imported.n_factors, 6);
        assert_eq!(imported.shared.is_some(), most < 7, "{most} slides");
        all_is_in_the_notes(&text, &imported);
    }
}

/// Half a minute for title, agenda and closing, a minute for every other slide.
#[test]
fn minutes_are_counted_by_slides() {
    let text = article("library.md");
    for (minutes, wanted) in [
        (30, n_slides(&made("library.md", &detailed(Detail::Full)))),
        (7, 8),
        (8, 9),
        (3, 3),
    ] {
        let wishes = Wishes {
            minutes: Some(minutes),
            ..detailed(Detail::Full)
        };
        let imported = made("library.md", &wishes);
        assert_eq!(
            n_slides(&imported),
            wanted,
            "{minutes}: {}",
            outline(&imported.plan)
        );
        all_is_in_the_notes(&text, &imported);
    }
}

#[test]
fn brief_is_a_slide_for_each_factor() {
    let imported = made("library.md", &detailed(Detail::Brief));
    let roles: Vec<Role> = imported
        .plan
        .files
        .iter()
        .flat_map(|file| &file.slides)
        .map(|slide| slide.role)
        .collect();
    let mut wanted = vec![Role::Opening, Role::Agenda];
    wanted.extend([Role::Factor; 6]);
    wanted.push(Role::Closing);
    assert_eq!(roles, wanted);
    all_is_in_the_notes(&article("library.md"), &imported);
}

/// Three runs of prose, each long enough for points of its own.
#[test]
fn a_long_section_goes_on_under_its_own_title() {
    let part = |thing: &str| {
        format!(
            "The {thing} needs a careful owner every single day of the year. A careful owner cleans the {thing} with warm \
             water. Dry {thing}s break within a few weeks of the first frost. Old farmers store each {thing} in a \
             wooden box below the kitchen. Young farmers sell every {thing} at the market before winter.\n\n"
        )
    };
    let things = [
        "barrel", "basket", "bucket", "ladder", "kettle", "saddle", "shovel", "wagon",
    ];
    let long: String = things.iter().map(|thing| part(thing)).collect();
    let text = format!(
        "# Things on a farm\n\n## All of them\n\n{long}{long}\n## Those that are missing\n\nNobody has found the \
         old plough of the farm. The plough was sold in the spring of the great flood.\n"
    );
    let imported = of_text("farm.md", &text, &Wishes::default());
    let file = imported
        .plan
        .files
        .iter()
        .find(|file| file.name == "All of them")
        .unwrap();
    assert!(file.slides.len() > 1, "{}", outline(&imported.plan));
    for slide in &file.slides {
        assert_eq!(slide.title.as_ref().unwrap().text, "All of them");
        assert!(!slide.notes.is_empty());
    }
    let n_notes: usize = file.slides.iter().map(|slide| slide.notes.len()).sum();
    assert_eq!(n_notes, 16, "each paragraph in one place");
}

// ---- which sections

#[test]
fn sections_are_kept_dropped_and_split_by_name() {
    let folder = folder_with(&[("library.md", article("library.md").as_bytes())]);
    let run = |more: &[&str]| {
        let args = [&["import", "library.md", "-o", "deck", "--force"], more].concat();
        let _ = std::fs::remove_dir_all(folder.path().join("deck"));
        deckle(folder.path(), &args)
    };
    let all = || -> String {
        let files = deck_below(&folder.path().join("deck"));
        files
            .values()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .collect()
    };
    assert_eq!(run(&["--drop", "a long", "--drop", "celebrate"]).code, 0);
    let text = all();
    assert!(
        !text.contains("1944") && !text.contains("tea and cake"),
        "{text}"
    );
    assert!(text.contains("four hundred letters"));

    let ran = run(&["--drop", "A lnog story"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("no heading `A lnog story`"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("help: did you mean `A long story`?"),
        "{}",
        ran.stderr
    );
    assert!(!folder.path().join("deck").exists(), "nothing is written");
    let ran = run(&["--keep", "what"]);
    assert_eq!(ran.code, 2, "two headings begin so: {}", ran.stdout);

    assert_eq!(run(&["--split-at", "3"]).code, 0);
    assert!(
        all().contains("layout: factor\nicon: search\n---\n\n## Ask early")
            || all().contains("## Ask early\n\n- ")
    );
    let ran = run(&["--split-at", "7"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_kept_heading_is_no_leftover() {
    let text = format!(
        "{}\n## Related Articles\n\nThe other town lost its library.\n",
        article("ferry.md")
    );
    let wishes = |keep: &[&str]| Wishes {
        keep: keep.iter().map(|name| name.to_string()).collect(),
        ..Wishes::default()
    };
    let n_factors = |wishes: &Wishes| of_text("ferry.md", &text, wishes).n_factors;
    assert_eq!(
        n_factors(&wishes(&["related"])),
        n_factors(&wishes(&[])) + 1
    );
}

#[test]
fn an_article_is_shown_as_wished_without_a_folder() {
    let folder = folder_with(&[
        ("ferry.md", article("ferry.md").as_bytes()),
        ("deck.md", b"# A deck\n"),
    ]);
    let ran = deckle(
        folder.path(),
        &["export", "ferry.md", "--slides", "5", "-o", "talk.html"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("5 slides"), "{}", ran.stdout);
    let ran = deckle(
        folder.path(),
        &["export", "ferry.md", "--drop", "nothing", "-o", "-"],
    );
    assert_eq!(ran.code, 2);
    let ran = deckle(
        folder.path(),
        &["export", "deck.md", "--slides", "5", "-o", "-"],
    );
    assert_eq!(ran.code, 2, "a deck has the slides it has");
    assert!(ran.stderr.contains("is a deck"), "{}", ran.stderr);
}

// ---- several articles

#[test]
fn several_articles_are_one_deck() {
    let picture = |name: &str| {
        format!(
            "\n## With a picture\n\nThis is the picture of the {name}.\n\n![The {name}](img/a.png)\n"
        )
    };
    let one = article("ferry.md") + &picture("ferry");
    let two = article("library.md") + &picture("library");
    let folder = folder_with(&[
        ("one.md", one.as_bytes()),
        ("img/a.png", b"\x89PNG ferry"),
        ("more/two.md", two.as_bytes()),
        ("more/img/a.png", b"\x89PNG library"),
    ]);
    let third = "A third text\n\nFirst of all\n\nThis text came through a pipe and has only a few sentences to say.\n";
    let args = ["import", "one.md", "more/two.md", "-", "-o", "talk"];
    let ran = deckle_with(folder.path(), &args, third.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let files = deck_below(&folder.path().join("talk"));
    let read = |name: &str| String::from_utf8_lossy(&files[Path::new(name)]).into_owned();
    assert!(read("00-1-title.md").starts_with("---\ntitle: Why the ferry still runs\n"));
    let names: Vec<String> = files
        .keys()
        .map(|path| path.display().to_string())
        .collect();
    let numbers: Vec<&str> = names
        .iter()
        .filter(|name| name.ends_with(".md") && !name.starts_with("00"))
        .map(|name| &name[..2])
        .collect();
    let wanted: Vec<String> = (1..=numbers.len()).map(|n| format!("{n:02}")).collect();
    assert_eq!(numbers, wanted, "{names:?}");
    let part = "06-a-small-town-mends-its-library.md";
    assert!(
        read(part).starts_with("---\nlayout: section\nfrom: _two.md "),
        "{names:?}"
    );
    assert!(
        names.iter().any(|name| name.ends_with("-a-third-text.md")),
        "{names:?}"
    );
    assert_eq!(files[Path::new("img/a.png")], b"\x89PNG ferry");
    assert_eq!(files[Path::new("img/2-a.png")], b"\x89PNG library");
    assert!(
        read("13-with-a-picture.md").contains("![The library](img/2-a.png)"),
        "{names:?}"
    );

    let ran = deckle_with(folder.path(), &["import", "-", "-", "-o", "x"], b"a");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("only once"), "{}", ran.stderr);
}

// ---- limits

#[test]
fn what_is_too_long_is_refused_before_it_is_in_memory() {
    let folder = folder_with(&[]);
    let path = folder.path().join("long.txt");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    for command in [
        &["import", "long.txt"][..],
        &["export", "long.txt", "-o", "-"],
    ] {
        let ran = deckle(folder.path(), command);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(ran.stderr.contains("it is longer than"), "{}", ran.stderr);
    }
    let long = vec![b'a'; (16 << 20) + 1];
    let ran = deckle_with(folder.path(), &["import", "-", "-o", "deck"], &long);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("standard input: it is longer than 16 MB"),
        "{}",
        ran.stderr
    );
    assert!(!folder.path().join("deck").exists());
}

#[test]
fn the_place_an_import_runs_in_changes_nothing() {
    let text = article("library.md");
    let folder = folder_with(&[("a/library.md", text.as_bytes()), ("b/c/none", b"")]);
    let run = |place: &str, path: &str, to: &str| {
        let ran = deckle(&folder.path().join(place), &["import", path, "-o", to]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        files_below(&folder.path().join(place).join(to))
    };
    let one = run("a", "library.md", "one");
    let two = run("b/c", "../../a/library.md", "two");
    assert!(one == two);
}
