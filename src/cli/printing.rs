//! `export` to what a browser makes of a deck.

use super::args::{self, Printing};
use crate::browser::Browser;
use crate::export::{self, Form, Notes};
use crate::open::Trouble;
use crate::pipeline::Build;
use crate::render::{Format, Paper, Sheet};

/// A deck as PDF, and what of it is shown there.
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The slides in it, counted from 0.
    pub slides: Vec<usize>,
    /// Whether each step is shown by itself.
    pub steps: bool,
}

/// Says which options are not for this form.
pub fn refuse(form: Form, args: &Printing, notes: Option<Notes>) -> Result<(), Trouble> {
    let given = [
        ("--pick", args.pick.is_some(), "pdf"),
        ("--steps", args.steps, "pdf"),
        ("--handout", args.handout.is_some(), "pdf"),
        ("--paper", args.paper.is_some(), "pdf"),
        ("--browser", args.browser.is_some(), "pdf"),
    ];
    let wrong = given.into_iter().find(|(_, is_given, forms)| {
        *is_given && !forms.split(' ').any(|name| name == form.name())
    });
    if let Some((option, _, forms)) = wrong {
        return Err(Trouble {
            what: format!("`{option}` is not for `--to {}`", form.name()),
            help: format!("leave it out, or write `--to {forms}`"),
        });
    }
    if notes == Some(Notes::Only) && !matches!(form, Form::Md | Form::Txt) {
        return Err(Trouble {
            what: format!("`--to {}` does not write notes alone", form.name()),
            help: "write them as text: `--to txt` or `--to md`".into(),
        });
    }
    Ok(())
}

/// Prints a deck.
pub fn pdf(build: &Build, args: &Printing, notes: Option<Notes>) -> anyhow::Result<Printed> {
    let format = match args.paper {
        Some(args::Paper::A4) => Format::A4,
        Some(args::Paper::Letter) => Format::Letter,
        None => Format::of(&build.plan.head.lang),
    };
    let each = args.handout.as_deref().and_then(|n| n.parse().ok());
    let sheet = match (each, notes) {
        (Some(each), _) => Sheet::Handout(each, format),
        (None, Some(Notes::On)) => Sheet::Handout(1, format),
        (None, _) => Sheet::Slide,
    };
    if args.paper.is_some() && sheet == Sheet::Slide {
        return Err(Trouble {
            what: "`--paper` is for sheets, and a page is as large as its slide".into(),
            help: "leave it out, or add `--handout 3` or `--notes`".into(),
        }
        .into());
    }
    let slides = picked(args.pick.as_deref(), build.pages.order.len())?;
    let browser = Browser::find(args.browser.as_deref(), build.plan.trusted, "print")?;
    let steps = args.steps || build.plan.head.prints_steps && sheet == Sheet::Slide;
    let paper = Paper {
        sheet,
        steps,
        slides: slides.clone(),
    };
    let bytes = browser.print(&export::on_paper(&build.pages, paper))?;
    Ok(Printed {
        bytes: export::finished_pdf(bytes, &build.plan),
        slides,
        steps,
    })
}

/// The slides that `3`, `1,4-6`, `8-` names of so many, counted from 0.
pub fn picked(list: Option<&str>, n_slides: usize) -> Result<Vec<usize>, Trouble> {
    let Some(list) = list else {
        return Ok((0..n_slides).collect());
    };
    let number = |text: &str, usual: usize| match text.trim() {
        "" => Some(usual),
        text => text.parse::<usize>().ok(),
    };
    let range = |part: &str| {
        let (first, last) = match part.split_once('-') {
            Some((first, last)) => (number(first, 1)?, number(last, n_slides)?),
            None => {
                let number = part.trim().parse().ok()?;
                (number, number)
            }
        };
        (1 <= first && first <= last && last <= n_slides).then_some(first - 1..last)
    };
    let mut res = Vec::new();
    for part in list.split(',') {
        let range = range(part).ok_or_else(|| Trouble {
            what: format!(
                "`{}` names no slides of this deck, which has {n_slides}",
                part.trim()
            ),
            help: "write `--pick 3`, `--pick 1,4-6` or `--pick 8-`".into(),
        })?;
        res.extend(range);
    }
    res.sort_unstable();
    res.dedup();
    Ok(res)
}
