//! `present --share`: links for everybody who takes part.

use std::net::IpAddr;
use std::sync::Arc;

use super::args::Serving;
use super::keeping::{Keeper, open};
use super::showing::{Mode, open_browser, still};
use super::{Outcome, counted, keys, say};
use crate::open::{Entry, Trouble};
use crate::pipeline::Build;
use crate::qr;
use crate::render::{Cache, without_notes};
use crate::serve::{Book, Ending, Hub, Link, Role, Sharing, Talk, Tokens, local_address, run_name};

pub fn share(
    serving: &Serving,
    entry: &Entry,
    build: &Build,
    cache: &mut Cache,
) -> anyhow::Result<Outcome> {
    let host = our_host(serving)?;
    let (path, book) = open::<Book>(entry)?;
    let server = serving.bind(Mode::Share(host))?;
    let tokens = Tokens::new()?;
    let links = links(&server.outer_url(), &tokens);
    let own = format!("{}{}/", server.url(), tokens.of(Role::Speaker));
    let slides = counted(build.pages.order.len(), "slide", "slides");
    say(&format!("{} ({slides}) at {own}", entry.path().display()));
    for link in &links {
        say(&format!("{:<18} {}", name(link.role), link.url));
    }
    let keeper = Keeper::start(path, book);
    let mut show = still(build);
    show.sharing = Some(Sharing {
        audience: Arc::new(without_notes(&build.plan, &build.pages, cache)),
        hub: Arc::new(Hub::new(run_name(), Talk::of(&build.plan))),
        links: links.clone(),
        tokens,
        keeper: Arc::new(keeper.taker()),
    });
    let ending = Ending::default();
    let keys = keys::listen({
        let (ending, own) = (ending.clone(), own.clone());
        let links = links.clone();
        move |key| pressed(key, &links, &own, &ending)
    });
    if keys.is_some() {
        print_code(&links, Role::Follower);
        say(
            "Here: a, p, c, s print the code for the audience, your phone, the co-presenter, a second",
        );
        say("screen; o opens the browser, q ends. In the browser: A shows the audience's code.");
    } else {
        say("Ctrl-C ends.");
    }
    if !serving.no_open {
        open_browser(&own);
    }
    server.run(show, ending)?;
    keeper.finish();
    Ok(Outcome::Clean)
}

/// The address that the others reach us by.
fn our_host(serving: &Serving) -> anyhow::Result<IpAddr> {
    serving.host.or_else(local_address).ok_or_else(|| {
        Trouble {
            what: "this machine is in no network that others could reach it by".into(),
            help: "join a network, or name an address of this machine with `--host`".into(),
        }
        .into()
    })
}

fn links(base: &str, tokens: &Tokens) -> Vec<Link> {
    let roles = [
        Role::Follower,
        Role::Driver,
        Role::CoPresenter,
        Role::Display,
    ];
    let link = |role| {
        // Without its last stroke it is shorter to type; the server adds it.
        let url = format!("{base}{}", tokens.of(role));
        Link {
            role,
            code: qr::svg(&url, &format!("QR code: {}", name(role))).unwrap_or_default(),
            url,
        }
    };
    roles.map(link).to_vec()
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Speaker => "Speaker",
        Role::Driver => "Your phone",
        Role::CoPresenter => "Co-presenter",
        Role::Follower => "Audience",
        Role::Display => "Second screen",
    }
}

fn print_code(links: &[Link], role: Role) {
    let Some(link) = links.iter().find(|link| link.role == role) else {
        return;
    };
    let code = qr::terminal(&link.url).unwrap_or_default();
    say(&format!("\n{code}{}: {}\n", name(role), link.url));
}

/// What a key in the terminal does; `false` if it was the last one.
fn pressed(key: char, links: &[Link], own: &str, ending: &Ending) -> bool {
    match key {
        'q' => {
            ending.now();
            return false;
        }
        'o' => open_browser(own),
        'a' => print_code(links, Role::Follower),
        'p' => print_code(links, Role::Driver),
        'c' => print_code(links, Role::CoPresenter),
        's' => print_code(links, Role::Display),
        _ => {}
    }
    true
}
