//! Tests of the import's understanding, on small texts written for them.

use super::*;

const BAKERY: &str = "Why does Lumen Bakery sell only in Harbour Street?

Lumen Bakery, a small maker of rye bread, has won fans across the county. \
While Lumen sells a few loaves by mail, the bakery keeps its shop in Harbour Street. \
This article looks at the reasons behind Lumen’s strategy of staying local.

Loyal Neighbours

One of the main reasons for the choice is its deep and lasting bond with the street. \
As one of the oldest shops in the quarter, Lumen enjoys a steady and loyal group of regulars. \
This daily contact provides Lumen with a solid base to try new recipes.

Fresh Ingredients

Selling close to the oven helps Lumen reduce its waste. It allows the bakery to bake small \
batches, keep flavours fresh, and maintain tight control over quality and salt. Lumen can \
choose its flour by hand and build trust with local farmers before buying more.

Rules and Permits

Shipping bread abroad involves meeting many complex health rules. By first selling in one \
street, Lumen can learn the local rules and avoid needless costs.


The county bread market is fiercely crowded, and opening shops in other towns requires large \
investments in ovens. By staying in one street first, Lumen can build a strong name before \
taking on the whole county.

Simple Transport

Lumen’s loaves often travel on foot with the baker’s children. By focusing on the street, \
Lumen can ensure short and cheap trips, creating a calm morning for everyone.


The crowded harbour offers a large base for Lumen to expand its morning sales quickly. \
A good first year provides the money needed to hire a second baker.

Lumen’s strong focus on its home street is driven by several causes. Loyal neighbours, fresh \
ingredients, clear rules, simple transport, and expansion are just some of the reasons behind \
Lumen’s approach. While the bakery grows, its focus on the street remains the heart of its plan.

Related Articles
";

const HABITS: &str = "# Five habits of calm teams

By Ada Stone

Calm teams ship more. These are the habits that we saw most.

## 1. Write things down

Written notes reduce repeated questions. Teams should keep notes in one place, because people \
forget where things are. Do not rely on memory.

## 2. Review early

Early reviews catch faults before they spread, which saves time later. If a review takes a day, \
split the change. Nobody should merge without a second reader.

### Small changes

A small change is easy to read.

## 3. Rest

Tired people make mistakes. A team that rests well can respond to trouble within 15 minutes.

## Conclusion

Calm is a choice. Teams that rest, write and review will keep their pace for years.
";

fn read(text: &str) -> Article {
    let markdown = text.starts_with('#');
    understand(if markdown {
        from_markdown(text)
    } else {
        read_plain(text)
    })
}

/// As much Markdown as the tests need.
fn from_markdown(text: &str) -> Vec<Passage> {
    let mut res: Vec<Passage> = Vec::new();
    for (line, block) in (1..).zip(text.split("\n\n")) {
        let hashes = block.len() - block.trim_start_matches('#').len();
        let (kind, bare) = match block.strip_prefix("- ") {
            _ if hashes > 0 => (Kind::Heading(hashes as u8), &block[hashes..]),
            Some(rest) => (Kind::Item, rest),
            None => (Kind::Paragraph, block),
        };
        let text = bare.replace("**", "").trim().to_owned();
        let markdown = block.trim().to_owned();
        res.push(Passage {
            kind,
            text,
            markdown,
            gap: 1,
            line,
        });
    }
    res
}

fn titles(article: &Article) -> Vec<&str> {
    article
        .sections
        .iter()
        .map(|section| section.title.as_str())
        .collect()
}

fn all_points(article: &Article) -> Vec<&Point> {
    let closing = article
        .conclusion
        .iter()
        .flat_map(|closing| &closing.points);
    article
        .sections
        .iter()
        .flat_map(|section| &section.points)
        .chain(closing)
        .collect()
}

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

/// Whether `word` is `source`, or another form of the same verb.
fn same_word(word: &str, source: &str) -> bool {
    let gerund = verbs::forms(source).gerund;
    word == source || gerund.is_some_and(|base| word == base || word == verbs::third(base))
}

#[track_caller]
fn check_honest(article: &Article) {
    for point in all_points(article) {
        let source = words_of(&point.sentence);
        let mut at = 0;
        for word in words_of(&point.text) {
            let found = source[at..]
                .iter()
                .position(|other| same_word(&word, other));
            let Some(found) = found else {
                panic!("`{word}` of {point:?} is not in its sentence")
            };
            at += found + 1;
        }
        assert!(
            point.text.get(point.lead.clone()).is_some(),
            "lead of {point:?}"
        );
        assert!(
            point.text.split_whitespace().count() <= wording::ALLOWED,
            "{point:?}"
        );
        let first = point
            .text
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_lowercase();
        assert!(
            !matches!(
                first.as_str(),
                "it" | "this" | "these" | "they" | "he" | "she"
            ),
            "{point:?}"
        );
        let last = words_of(&point.text).pop().unwrap_or_default();
        assert!(
            !matches!(last.as_str(), "the" | "a" | "of" | "and" | "to" | "its"),
            "{point:?}"
        );
    }
}

#[test]
fn article_with_lost_headings() {
    let article = read(BAKERY);
    assert_eq!(
        article.title,
        "Why does Lumen Bakery sell only in Harbour Street?"
    );
    assert_eq!(article.agenda_title, "Reasons behind Lumen’s strategy");
    assert_eq!(
        titles(&article),
        [
            "Loyal Neighbours",
            "Fresh Ingredients",
            "Rules and Permits",
            "Crowded County Bread Market",
            "Simple Transport",
            "Expansion",
        ]
    );
    let inferred: Vec<bool> = article
        .sections
        .iter()
        .map(|section| section.inferred)
        .collect();
    assert_eq!(inferred, [false, false, false, true, false, true]);
    assert_eq!(article.leftovers.len(), 1);
    for section in &article.sections {
        assert!((2..=4).contains(&section.points.len()), "{section:?}");
    }
    check_honest(&article);
}

#[test]
fn points_of_an_article() {
    let article = read(BAKERY);
    let texts: Vec<&str> = article.sections[1]
        .points
        .iter()
        .map(|point| point.text.as_str())
        .collect();
    assert!(texts.contains(&"Keep flavours fresh"), "{texts:?}");
    assert!(
        texts.contains(&"Maintain tight control over quality and salt"),
        "{texts:?}"
    );
    let point = &article.sections[4].points;
    assert!(
        point
            .iter()
            .any(|point| point.text == "Create a calm morning for everyone"),
        "{point:?}"
    );
}

#[test]
fn conclusion_enumerates() {
    let closing = read(BAKERY)
        .conclusion
        .expect("the bakery's text has a conclusion");
    let texts: Vec<&str> = closing
        .points
        .iter()
        .map(|point| point.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Loyal neighbours",
            "Fresh ingredients",
            "Clear rules",
            "Simple transport",
            "Expansion"
        ]
    );
    assert_eq!(
        closing.statement.as_deref(),
        Some("Focus on the street remains the heart of its plan")
    );
    assert_eq!(closing.title, "Lumen’s strong focus on its home street");
}

#[test]
fn all_text_is_kept() {
    for text in [BAKERY, HABITS] {
        let article = read(text);
        let parts = article.sections.iter().map(|section| &section.passages);
        let closing = article.conclusion.iter().map(|closing| &closing.passages);
        let kept: String = parts
            .chain(closing)
            .chain([&article.intro, &article.leftovers])
            .flatten()
            .map(|passage| passage.text.as_str())
            .chain(titles(&article))
            .chain([article.title.as_str(), "Conclusion"])
            .collect();
        for word in text.split_whitespace() {
            let word = word.trim_start_matches('#');
            let number = word
                .trim_end_matches('.')
                .chars()
                .all(|c| c.is_ascii_digit());
            assert!(number || kept.contains(word), "`{word}` is lost");
        }
    }
}

#[test]
fn numbered_headings_lose_their_numbers() {
    let article = read(HABITS);
    assert_eq!(
        titles(&article),
        ["Write things down", "Review early", "Rest"]
    );
    assert_eq!(article.byline.as_deref(), Some("Ada Stone"));
    let closing = article
        .conclusion
        .as_ref()
        .expect("a section is called Conclusion");
    assert_eq!(closing.title, "Conclusion");
    assert_eq!(article.sections[1].passages.len(), 3);
    check_honest(&article);
}

#[test]
fn conditions_and_negations_stay() {
    let article = read(HABITS);
    for point in all_points(&article) {
        let low = point.text.to_lowercase();
        if low.contains("split the change") {
            assert!(low.contains("if a review takes a day"), "{point:?}");
        }
        assert!(!low.starts_with("rely on memory"), "{point:?}");
        assert!(!low.starts_with("merge without"), "{point:?}");
    }
    let wrong =
        read("# Git\n\n## Undo\n\nA common mistake is to use the number of the last commit.");
    assert!(
        all_points(&wrong)
            .iter()
            .all(|point| !point.text.starts_with("Use")),
        "{wrong:?}"
    );
}

#[test]
fn deeper_headings_form_the_factors() {
    let text = "# Moving\n\nMoving is work.\n\n## Reasons to move\n\nHere they are.\n\n### Light\n\n\
        Tall windows let in light.\n\n### Rent\n\nThe rent is low in winter.\n\n### Noise\n\n\
        Trams are loud at night.\n\n### Shops\n\nShops close early on Sunday.\n\n## Conclusion\n\n\
        Moving pays for most people.";
    let article = read(text);
    assert_eq!(titles(&article), ["Light", "Rent", "Noise", "Shops"]);
    assert_eq!(article.agenda_title, "Reasons to move");
    assert!(article.conclusion.is_some());
}

#[test]
fn lists_are_points() {
    let text = "# Tea\n\n## Gear\n\n- Kettle: holds one litre\n\n- A scale\n\n- Two cups of thin glass\n\n\
        ## Steps\n\n**Boil.** Heat the water first.\n\n**Steep.** Wait for three minutes.";
    let article = read(text);
    let texts: Vec<&str> = all_points(&article)
        .iter()
        .map(|point| point.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Kettle: holds one litre",
            "A scale",
            "Two cups of thin glass",
            "Boil",
            "Steep"
        ]
    );
    assert_eq!(article.sections[0].points[0].lead, 0..6);
}

#[test]
fn text_without_headings() {
    let paragraph =
        "The old mill grinds flour for the whole valley. Farmers bring wheat in autumn. ";
    let text = [
        paragraph.repeat(2),
        paragraph.repeat(2),
        paragraph.repeat(3),
    ]
    .join("\n\n");
    let article = read(&text);
    assert!(!article.title.is_empty());
    assert!(!article.sections.is_empty());
    assert!(
        article
            .sections
            .iter()
            .all(|section| section.inferred && !section.title.is_empty())
    );
    check_honest(&article);
}

#[test]
fn other_languages_keep_whole_sentences() {
    let german = "Warum der Laden bleibt\n\nLage\n\nDer Laden liegt am Hafen. Er hat viele Stammkunden, \
        die jeden Tag kommen und lange bleiben.\n\nPreise\n\nDie Preise sind niedrig. Das Brot kostet wenig.";
    let article = read(german);
    for point in all_points(&article) {
        assert_eq!(point.sentence.trim_end_matches('.'), point.text);
    }
    let chinese = "为什么选择本地市场\n\n品牌\n\n这家公司在本地很有名。顾客喜欢它的产品。\n\n价格\n\n价格比较低。大家都能买。";
    let article = read(chinese);
    assert_eq!(titles(&article), ["品牌", "价格"]);
    assert_eq!(article.sections[0].points[0].text, "这家公司在本地很有名");
}

#[test]
fn page_leftovers_go() {
    let text = "Skip to content\n\nA day at sea\n\nMarch 3, 2024\n\n5 min read\n\nBy Jo Reed\n\nMorning\n\n\
        The boat leaves at six and returns at noon with full nets.\n\nEvening\n\n\
        The crew repairs the nets and sleeps before the next tide comes in.\n\n\
        Share this article\n\nFacebook | Twitter | Email\n\nYou may also like\n\nTen boats to buy\n\n© 2024 Sea News";
    let article = read(text);
    assert_eq!(article.title, "A day at sea");
    assert_eq!(article.byline.as_deref(), Some("Jo Reed"));
    assert_eq!(titles(&article), ["Morning", "Evening"]);
    let last = &article.sections[1].passages;
    assert_eq!(last.len(), 1, "{last:?}");
}

#[test]
fn lines_that_only_look_like_headings() {
    let body = "The boat leaves at six and returns at noon with full nets.";
    let text = format!(
        "Boats\n\nSails\n\n{body}\n\nNote\n\n{body}\n\nNote\n\n{body}\n\nOars\n\n1. Wood\n\n2. Tar\n\n{body}\n\n\
        Anchors\n\n{body} Here are more sources:\n\nRopes - A guide\n\nKnots - A list"
    );
    let headings: Vec<String> = read_plain(&text)
        .into_iter()
        .filter(|passage| level(passage).is_some())
        .map(|passage| passage.text)
        .collect();
    assert_eq!(headings, ["Boats", "Sails", "Oars", "Anchors"]);
}

#[test]
fn author_and_comments_go() {
    let body = "The boat leaves at six and returns at noon with full nets.";
    let text = format!(
        "A day at sea\n\nMorning\n\n{body}\n\nEvening\n\n{body}\n\nNight\n\n{body}\n\nAbout the Author\n\n\
        Jo Reed has written about boats and the people on them for many long years."
    );
    let article = read(&text);
    assert_eq!(titles(&article), ["Morning", "Evening", "Night"]);
    assert_eq!(article.leftovers.len(), 2, "{:?}", article.leftovers);
}

#[test]
fn lost_heading_is_named_by_what_returns() {
    let text = "Running a library\n\nRooms\n\nThe rooms are tall and warm in winter and in summer.\n\n\n\
        Reading groups keep a library alive. A reading group meets once a week, and most reading \
        groups choose their own books.\n\nStaff\n\nThe staff opens the doors at nine and closes them at six.";
    let article = read(text);
    assert!(titles(&article)[1].starts_with("Reading group"));
}

#[test]
fn what_is_doubted_is_no_point() {
    let text = "# Shops\n\n## Common faults\n\nThese are frequent mistakes:\n\n- Hide the prices from every guest\n\n\
        - Close the shop at noon on Saturday\n\n## Advice\n\nJoin our newsletter for shop owners today. “Shops never \
        need a window. They sell best in the dark.” A wide window draws many guests into the shop.";
    let points = all_points(&read(text))
        .into_iter()
        .map(|point| point.text.clone())
        .collect::<Vec<_>>();
    assert!(
        points.iter().all(|text| text.starts_with("A wide window")),
        "{points:?}"
    );
    assert!(!points.is_empty());
}

#[test]
fn a_clause_that_waits_is_not_cut() {
    let text = "# Data\n\n## Views\n\nWhen we read the data through the eyes of our many new guests, we saw that most \
        of them had never been told where the entrance of the new building was.";
    for point in all_points(&read(text)) {
        assert!(point.text.contains("we saw"), "{point:?}");
    }
}

#[test]
fn sentence_ends() {
    let check = |text: &str, expected: &[&str]| assert_eq!(sentence::sentences(text), expected);
    check(
        "Dr. Ames paid $3.50 vs. $4. It rained.",
        &["Dr. Ames paid $3.50 vs. $4.", "It rained."],
    );
    check(
        "Use a knife, e.g. a small one. Cut.",
        &["Use a knife, e.g. a small one.", "Cut."],
    );
    check("He said “Stop!” and left.", &["He said “Stop!” and left."]);
    check("他来了。他走了！", &["他来了。", "他走了！"]);
}

#[test]
fn odd_input_does_not_panic() {
    let long_line = "word ".repeat(30_000);
    let deep = "# ".repeat(3000);
    let marks = "\u{feff}\u{0}\r\n\t\u{200b} — … “ ( [ ’s 's ' - 1. 2) • : ; ,,, ???";
    let odd = [
        "",
        " ",
        "\n\n\n",
        "a",
        "?",
        "Hello",
        "- ",
        "1.",
        "…",
        "“",
        "'s",
        "By ",
        "# ",
        "を。",
        "It's.",
        "One of the reasons is",
        "İstanbul’S İ’s and İt's done for all of the others.",
        "of to in and but the is are was",
        "ÀÀÀ ''' ’’’ a’s b's let's",
        marks,
        "If. When, unless; while — and\n\nbut\n\nor\n\n\n\nyet so for the many of us to go, to be.",
    ];
    for text in odd
        .iter()
        .copied()
        .chain([long_line.as_str(), deep.as_str()])
    {
        check_honest(&understand(read_plain(text)));
        for cut in 0..text.len() {
            if text.len() > 200 {
                break;
            }
            if let Some(head) = text.get(..cut) {
                understand(read_plain(head));
            }
        }
    }
    // Every prefix of a real text, at each of its letters.
    for (cut, _) in BAKERY.char_indices().step_by(41) {
        check_honest(&understand(read_plain(&BAKERY[..cut])));
    }
}

#[test]
fn same_input_same_result() {
    assert_eq!(read(BAKERY), read(BAKERY));
}

#[test]
fn lists_are_sorted() {
    for list in [
        verblist::VERBS,
        verblist::NOUN_FIRST,
        verblist::DOUBLING,
        words::OPENERS,
        words::EMPTY,
        words::ADJECTIVES,
    ] {
        assert!(
            list.is_sorted(),
            "{:?}",
            list.windows(2).find(|pair| pair[0] > pair[1])
        );
    }
}
