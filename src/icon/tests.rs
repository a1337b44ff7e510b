use super::*;

#[track_caller]
fn check(title: &str, expected: &[&str]) {
    let chosen = choose(title, "");
    assert!(
        chosen
            .as_deref()
            .is_some_and(|icon| expected.contains(&icon)),
        "`{title}` has {chosen:?}, not one of {expected:?}"
    );
}

#[test]
fn factors_of_the_example_have_fitting_icons() {
    check("Established Market Presence", &["store"]);
    check("Cultural and Language Factors", &["languages"]);
    check("Regulatory and Legal Considerations", &["scale"]);
    check("Supply Chain and Logistics", &["truck"]);
    check("Market Testing and Feedback", &["flask-conical"]);
    check(
        "Competitive Global Tech Market",
        &["swords", "trophy", "globe"],
    );
    check("Ecosystem Integration", &["puzzle"]);
    check("Scalability", &["trending-up", "scaling", "users"]);
    check("Massive Population", &["users"]);
}

#[test]
fn titles_of_many_subjects_have_fitting_icons() {
    check("Zero-downtime database migrations", &["database"]);
    check(
        "How to choose the right metrics for your intranet",
        &["chart-column"],
    );
    check("Step 2: Know your audience", &["users"]);
    check("Photosynthesis and the carbon cycle", &["leaf"]);
    check("Kneading the dough", &["croissant"]);
    check("Getting enough sleep", &["bed"]);
    check("Index funds versus stock picking", &["chart-candlestick"]);
    check("Where to stay", &["hotel"]);
    check("Command-line options", &["terminal"]);
    check("Data privacy", &["lock"]);
    check("Conclusion", &["flag"]);
    check("What’s next?", &["signpost"]);
    check("Frequently asked questions", &["circle-question-mark"]);
}

#[test]
fn british_and_american_spelling_are_one() {
    for (british, american) in [
        ("Labour costs", "Labor costs"),
        ("Localisation", "Localization"),
        ("Colour", "Color"),
    ] {
        assert_eq!(choose(british, ""), choose(american, ""), "{british}");
    }
}

#[test]
fn words_that_look_like_another_thing_do_not_bring_it() {
    for (title, silly) in [
        ("Training new staff", "train-front"),
        ("A portion of the truth", "ship"),
        ("Dependency injection", "syringe"),
        ("Child processes", "baby"),
        ("Long-term thinking", "scroll-text"),
        ("Working in the field", "wheat"),
        ("Key drivers of growth", "car"),
        ("Making friends", "hammer"),
        ("Breaking changes", "flower-2"),
        ("Brand building", "building"),
        ("Network traffic", "traffic-cone"),
        ("Thread pools", "waves-ladder"),
        ("Universal design", "orbit"),
        ("How to be productive", "factory"),
        ("Chemical bonds", "chart-candlestick"),
    ] {
        assert_ne!(choose(title, "").as_deref(), Some(silly), "{title}");
    }
}

#[test]
fn a_title_that_says_nothing_has_no_icon() {
    for title in [
        "",
        "…",
        "4.",
        "Other considerations",
        "Miscellaneous",
        "Less is more",
        "The plot thickens",
        "Don’t reinvent the wheel",
        "It depends",
        "Why it matters",
        "When pigs fly",
        "The elephant in the room",
        "The art of saying no",
        "Cutting corners",
        "Who is it for?",
        "How we got here",
        "Things to remember",
        "Warum Xiaomi so beliebt ist",
        "市场竞争",
    ] {
        assert_eq!(choose(title, ""), None, "{title}");
    }
}

#[test]
fn a_text_decides_between_icons_but_brings_none() {
    let text = "Money, money, budget and tax: the cost of everything.";
    assert_eq!(choose("Other considerations", text), None);
    let athletes = "A healthy heart rate after training; blood pressure falls. A healthy diet, a healthy heart rate, \
                    heart disease and public health: blood pressure again.";
    assert_eq!(choose("Recovery", athletes).as_deref(), Some("heart-pulse"));
}

#[test]
fn factors_of_one_deck_differ_where_they_can() {
    let titles = [
        "Market Growth",
        "Market Share",
        "The Local Market",
        "Emerging Markets",
    ];
    let factors: Vec<(&str, &str)> = titles.iter().map(|title| (*title, "")).collect();
    let icons = choose_all(&factors);
    let mut different: Vec<&String> = icons.iter().flatten().collect();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 4, "{icons:?}");
}

#[test]
fn the_same_factors_have_the_same_icons() {
    let factors = [
        ("Customer trust", "a text about brands"),
        ("Brand loyalty", ""),
        ("Trust", ""),
        ("Quux", ""),
    ];
    let first = choose_all(&factors);
    for _ in 0..20 {
        assert_eq!(choose_all(&factors), first);
    }
}

#[test]
fn every_icon_of_the_concept_table_is_in_the_pack() {
    for (head, phrases) in choice::rows() {
        let mut icons = head.split_whitespace();
        let weight = icons.next().expect("a row begins with a weight");
        assert!(!phrases.is_empty(), "{head}");
        match weight {
            "clear" | "plain" | "faint" => {
                assert!(icons.clone().next().is_some(), "no icon: {head}")
            }
            "nothing" | "joint" | "itself" => assert_eq!(icons.clone().next(), None, "{head}"),
            other => panic!("unknown weight `{other}`"),
        }
        let itself = if weight == "itself" {
            phrases
        } else {
            Vec::new()
        };
        for icon in icons.chain(itself) {
            assert!(
                names().any(|name| name == icon),
                "`{icon}` is not in the pack"
            );
        }
    }
}

#[test]
fn no_phrase_stands_in_two_rows() {
    let mut seen = std::collections::HashSet::new();
    for (head, phrases) in choice::rows() {
        // A word that says nothing may be a concept as written.
        if head == "joint" || head == "nothing" {
            continue;
        }
        for phrase in phrases {
            assert!(seen.insert(phrase), "`{phrase}` stands twice");
        }
    }
}

#[test]
fn every_drawing_is_well_formed_and_has_no_script() {
    assert!(names().count() > 1500);
    for name in names() {
        let svg = svg(name).expect("a listed icon has a drawing");
        let body = svg
            .strip_prefix("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" ")
            .and_then(|rest| rest.strip_suffix("</svg>"))
            .and_then(|rest| rest.split_once('>'))
            .map(|(_, body)| body)
            .expect("one root with the attributes of the contract");
        assert!(!body.is_empty(), "{name} draws nothing");
        for element in body.split_inclusive("/>") {
            let inner = element
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix("/>"))
                .expect(name);
            let (tag, attributes) = inner.split_once(' ').expect(name);
            let known = [
                "path", "circle", "ellipse", "rect", "line", "polyline", "polygon",
            ];
            assert!(known.contains(&tag), "{name}: <{tag}>");
            assert!(!inner.contains(['<', '>', '&']), "{name}: {inner}");
            assert_eq!(
                attributes.matches('"').count(),
                2 * attributes.matches("=\"").count(),
                "{name}: {attributes}"
            );
            let quoted: String = attributes
                .split('"')
                .skip(1)
                .step_by(2)
                .collect::<Vec<_>>()
                .join(" ");
            let drawing = |sign: char| sign.is_ascii_alphanumeric() || " .,-".contains(sign);
            assert!(quoted.chars().all(drawing), "{name}: {quoted}");
        }
    }
}

#[test]
fn a_drawing_is_as_its_source_has_it() {
    let svg = svg("tag").expect("tag is an icon");
    assert!(svg.contains("stroke=\"currentColor\""));
    assert!(
        svg.ends_with("<circle cx=\"7.5\" cy=\"7.5\" r=\".5\" fill=\"currentColor\"/></svg>"),
        "{svg}"
    );
}

#[test]
fn names_are_sorted_and_older_names_are_understood() {
    assert!(names().is_sorted());
    assert!(exists("home") && exists("house"));
    assert_eq!(svg("home"), svg("house"));
    assert!(names().all(|name| name != "home"));
    for absent in ["", "hous", "House", "house ", "../house", "no-such-icon"] {
        assert!(!exists(absent), "{absent}");
        assert_eq!(svg(absent), None);
    }
}
