//! `export` to what a browser makes of a deck.

use super::args::{self, Printing};
use crate::browser::Browser;
use crate::export::{self, Form, Notes, pictures};
use crate::open::Trouble;
use crate::pipeline::Build;
use crate::render::{Cache, Format, Paper, Sheet, without_notes};

/// What pictures are, as `--to` names it.
const PICTURES: &str = "png jpeg webp";
/// The same, and what else a browser makes.
const BOTH: &str = "pdf png jpeg webp";

/// A deck as a browser printed it, and what of it is shown there.
pub struct Printed {
    /// The file, or several with a name each.
    pub files: Vec<(String, Vec<u8>)>,
    /// The slides in it, counted from 0.
    pub slides: Vec<usize>,
    /// Whether each step is shown by itself.
    pub steps: bool,
}

/// Says which options are not for this form.
/// `for_card` says whether a page wants a picture, too.
pub fn refuse(
    form: Form,
    args: &Printing,
    notes: Option<Notes>,
    for_card: bool,
) -> Result<(), Trouble> {
    let given = [
        ("--pick", args.pick.is_some(), BOTH),
        ("--steps", args.steps, BOTH),
        ("--handout", args.handout.is_some(), "pdf"),
        ("--paper", args.paper.is_some(), "pdf"),
        ("--scale", args.scale.is_some(), PICTURES),
        ("--sheet", args.sheet, PICTURES),
        ("--browser", args.browser.is_some() && !for_card, BOTH),
    ];
    let wrong = given.into_iter().find(|(_, is_given, forms)| {
        *is_given && !forms.split(' ').any(|name| name == form.name())
    });
    if let Some((option, _, forms)) = wrong {
        return Err(Trouble {
            what: format!("`{option}` is not for `--to {}`", form.name()),
            help: format!(
                "leave it out, or write `--to {}`",
                forms.replace(' ', "`, `--to ")
            ),
        });
    }
    if notes == Some(Notes::On) && form.is_picture() {
        return Err(Trouble {
            what: "a picture of a slide holds no notes".into(),
            help: "leave `--notes` out, or write `--to pdf --notes`".into(),
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
    let bare;
    let pages = match notes {
        Some(Notes::Off) => {
            bare = without_notes(&build.plan, &build.pages, &mut Cache::default());
            &bare
        }
        Some(Notes::On | Notes::Only) | None => &*build.pages,
    };
    let bytes = browser.print(&export::on_paper(pages, paper))?;
    Ok(Printed {
        files: vec![(String::new(), export::finished_pdf(bytes, &build.plan))],
        slides,
        steps,
    })
}

/// Takes pictures of a deck.
pub fn pictures(build: &Build, args: &Printing, form: Form) -> anyhow::Result<Printed> {
    let size = build.plan.head.size;
    let scale = args.scale.unwrap_or(1.0);
    let slides = picked(args.pick.as_deref(), build.pages.order.len())?;
    let steps = args.steps || build.plan.head.prints_steps;
    let camera = Camera {
        build,
        browser: Browser::find(args.browser.as_deref(), build.plan.trusted, "take pictures")?,
        form,
        steps,
        scale,
    };
    let last_step = |slide: &usize| match (steps, build.plan.frames.get(*slide)) {
        (true, Some(frame)) => frame.steps,
        (true, None) | (false, _) => 0,
    };
    if args.sheet {
        let n = slides
            .iter()
            .map(|slide| 1 + usize::from(last_step(slide)))
            .sum();
        let (sheet, size) = pictures::contact(n, size);
        let bytes = camera.shoot(sheet, &slides, size)?;
        let bytes = camera.cut(&bytes, 1)?.remove(0);
        let files = vec![(format!("sheet.{}", form.name()), bytes)];
        return Ok(Printed {
            files,
            slides,
            steps,
        });
    }
    let mut shots: Vec<(usize, Option<u16>)> = Vec::new();
    for slide in &slides {
        match last_step(slide) {
            0 => shots.push((*slide, None)),
            last => shots.extend((0..=last).map(|step| (*slide, Some(step)))),
        }
    }
    let mut files = Vec::with_capacity(shots.len());
    for portion in camera.portions(&shots, size) {
        let mut own: Vec<usize> = portion.iter().map(|(slide, _)| *slide).collect();
        own.dedup();
        let high = size.1 * portion.len() as u32;
        let bytes = camera.shoot(Sheet::Slide, &own, (size.0, high))?;
        let cut = camera.cut(&bytes, portion.len())?;
        for ((slide, step), bytes) in portion.iter().zip(cut) {
            let name = pictures::name(*slide, *step, build.pages.order.len(), form);
            files.push((name, bytes));
        }
    }
    Ok(Printed {
        files,
        slides,
        steps,
    })
}

/// A picture of the first slide.
pub fn card(build: &Build, args: &Printing) -> anyhow::Result<Vec<u8>> {
    let first = Printing {
        pick: Some("1".into()),
        browser: args.browser.clone(),
        ..Printing::default()
    };
    let printed = pictures(build, &first, Form::Png)?;
    Ok(printed
        .files
        .into_iter()
        .flat_map(|(_, bytes)| bytes)
        .collect())
}

/// A browser, and how it takes pictures of a deck.
struct Camera<'b> {
    build: &'b Build,
    browser: Browser,
    form: Form,
    steps: bool,
    scale: f64,
}

impl Camera<'_> {
    /// Pictures that are taken at once; the steps of a slide are not taken apart.
    fn portions<'s>(
        &self,
        shots: &'s [(usize, Option<u16>)],
        size: (u32, u32),
    ) -> Vec<&'s [(usize, Option<u16>)]> {
        let most = pictures::at_once(size, self.scale);
        let mut res = Vec::new();
        let mut start = 0;
        for (at, pair) in shots.windows(2).enumerate() {
            let next = shots[at + 1..]
                .iter()
                .take_while(|shot| shot.0 == pair[1].0)
                .count();
            if pair[0].0 != pair[1].0 && at + 1 + next - start > most {
                res.push(&shots[start..=at]);
                start = at + 1;
            }
        }
        res.push(&shots[start..]);
        res
    }

    fn shoot(&self, sheet: Sheet, slides: &[usize], size: (u32, u32)) -> anyhow::Result<Vec<u8>> {
        let paper = Paper {
            sheet,
            steps: self.steps,
            slides: slides.to_vec(),
        };
        let html = export::on_paper(&self.build.pages, paper);
        self.browser.picture(&html, size, self.scale)
    }

    fn cut(&self, png: &[u8], n: usize) -> anyhow::Result<Vec<Vec<u8>>> {
        let page = pictures::cutting(png, n, self.form);
        let files = self.browser.run_page(&page, |dom| pictures::cut(dom, n))?;
        Ok(files
            .into_iter()
            .map(|file| pictures::marked(file, self.form))
            .collect())
    }
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
