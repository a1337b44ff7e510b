//! `check --explain-layout`: which rule chose the layout of a slide.

use super::say;
use crate::deck::{Choice, Layout, plain_text};
use crate::layout::choose::RULES;
use crate::pipeline::Build;

/// Columns of a rule's number and name.
const NAME: usize = 16;

/// Prints why slide `number` has its layout; says so if there is no such slide.
pub fn print(build: &Build, number: usize) -> anyhow::Result<()> {
    let n_slides = build.plan.frames.len();
    let frame = number
        .checked_sub(1)
        .and_then(|index| build.plan.frames.get(index));
    let (Some(frame), Some(choice)) = (frame, &build.plan.choice) else {
        anyhow::bail!("there is no slide {number}: the deck has {n_slides}");
    };
    let source = build.sources.get(frame.span.source);
    let line = source.line_column(frame.span.start).0;
    let title = [&frame.title, &frame.slots.figure].map(|words| plain_text(words));
    let title = title.iter().find(|text| !text.is_empty());
    let title = title.map_or(String::new(), |title| format!(" \u{201c}{title}\u{201d}"));
    let layout = choice.layout.name();
    say(&format!(
        "slide {number}{title}, {}:{line}",
        source.path.display()
    ));
    say(&format!("layout: {layout}\n"));
    say_rules(choice);
    let others = Layout::ALL.map(Layout::name).join(", ");
    say("\nAnother one is named in front of the slide, between two lines `---`:");
    say(&format!(
        "\n---\nlayout: NAME\n---\n\nwith one of {others}."
    ));
    Ok(())
}

fn say_rules(choice: &Choice) {
    let at = choice.failed.len();
    let found = &RULES[at.min(RULES.len() - 1)];
    let by = format!("rule {}, {}: {}", at + 1, found.name, found.holds);
    if choice.is_named {
        say("The author named it.");
        say(&format!(
            "Otherwise it would be {}, by {by}.",
            found.layout.name()
        ));
    } else {
        say(&format!("Chosen by {by}."));
    }
    if !choice.failed.is_empty() {
        say("The rules before it do not hold:\n");
    }
    for ((rule, why), number) in RULES.iter().zip(&choice.failed).zip(1..) {
        let (name, layout) = (rule.name, rule.layout.name());
        say(&format!("{number:>4}  {name:<NAME$}{layout:<13}{why}"));
    }
}
