//! The server behind `present` and `watch`: the page, its pictures, and the
//! patches that keep a watched page up to date. The only file that knows axum.
//!
//! One thread, loopback unless the user says otherwise. A request must name a
//! host that we are (else another site's page could read the deck by giving
//! its own name our address), and a stream of patches goes to our own page only.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use axum::Json;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::check::Overflow;
use crate::render::{Kind, Pages, document, frames, served_policy, with_served_pictures};
use crate::source::{Part, part_within};

mod patch;
mod range;

use patch::patch;
use range::{Wanted, wanted};

/// What is shown at one moment.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Counts the builds of this run.
    pub number: u64,
    /// The last good deck.
    pub pages: Arc<Pages>,
    /// Errors as HTML; empty if there are none.
    pub faults: String,
    /// Warnings as HTML; empty if there are none.
    pub warnings: String,
    /// Key of the slide that was edited.
    pub focus: Option<String>,
    /// The last slide that somebody asked to see, by key, and how many have
    /// been asked for.
    pub wanted: (u64, String),
}

/// What the page, or another command, asks of the author's desk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", tag = "ask")]
pub enum Ask {
    /// Open the source of what says `text` on the slide `key`, the `nth` of
    /// those that say the same.
    Edit {
        /// Key of the slide.
        key: String,
        /// What was clicked on says; may be empty.
        text: String,
        /// How many say the same in front of it.
        #[serde(default)]
        nth: usize,
    },
    /// Show the slide of a line.
    Goto {
        /// The file as the asker's absolute path.
        file: std::path::PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// These slides did not fit, as a browser laid them out.
    Overflow {
        /// Each slide that was measured, those that fit too.
        slides: Vec<Overflow>,
    },
}

/// What was asked for and did not work: one sentence.
pub type Answer = Result<String, String>;

/// Where the asks of the pages go.
pub type Desk = Arc<dyn Fn(Ask) -> Answer + Send + Sync>;

/// Where a build is handed over to the server.
pub type Stage = watch::Sender<Arc<Shown>>;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port, and whether another one will do.
    pub port: u16,
    /// Whether a free port is taken if `port` is not free.
    pub any_port: bool,
    /// Whether pages are patched.
    pub watch: bool,
    /// Whether pages go to the slide that was edited.
    pub follow: bool,
}

/// A bound server that does not run yet.
pub struct Server {
    listener: std::net::TcpListener,
    options: Options,
}

/// Ends a running server.
#[derive(Debug, Clone, Default)]
pub struct Ending(Arc<tokio::sync::Notify>);

impl Ending {
    /// Ends it at once.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

struct Shared {
    options: Options,
    desk: Option<Desk>,
    shown: watch::Receiver<Arc<Shown>>,
    /// Tells this run's generations from those of a run before it.
    run: String,
}

/// The ports that a server takes when it may choose, best first.
pub fn usual_ports(first: u16) -> impl Iterator<Item = u16> {
    (0..20).filter_map(move |n| first.checked_add(n))
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// If the port is taken and no other will do, or the address is not ours.
    pub fn bind(options: Options) -> anyhow::Result<Server> {
        let bind = |port| std::net::TcpListener::bind(SocketAddr::new(options.host, port));
        let mut bound = bind(options.port);
        if options.any_port {
            for port in usual_ports(options.port).skip(1).chain([0]) {
                if bound.is_ok() {
                    break;
                }
                bound = bind(port);
            }
        }
        let listener = bound.with_context(|| {
            format!(
                "cannot listen on {}",
                SocketAddr::new(options.host, options.port)
            )
        })?;
        listener.set_nonblocking(true).context("cannot listen")?;
        Ok(Server { listener, options })
    }

    /// The address a browser on this machine opens.
    pub fn url(&self) -> String {
        let port = self
            .listener
            .local_addr()
            .map_or(self.options.port, |address| address.port());
        match self.options.host {
            host if host.is_unspecified() || host.is_loopback() => {
                format!("http://localhost:{port}/")
            }
            IpAddr::V4(host) => format!("http://{host}:{port}/"),
            IpAddr::V6(host) => format!("http://[{host}]:{port}/"),
        }
    }

    /// Serves until the user interrupts or `ending` says so.
    ///
    /// # Errors
    /// If the system takes the listener away.
    pub fn run(
        self,
        shown: watch::Receiver<Arc<Shown>>,
        desk: Option<Desk>,
        ending: Ending,
    ) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the server")?;
        let res = runtime.block_on(async {
            let listener = TcpListener::from_std(self.listener)?;
            let shared = Arc::new(Shared {
                options: self.options,
                desk,
                shown,
                run: run_name(),
            });
            let app = Router::new()
                .route("/", get(page))
                .route("/assets/{key}", get(asset))
                .route("/events", get(events))
                .route("/ask", post(ask))
                .layer(DefaultBodyLimit::max(MAX_ASK))
                .layer(middleware::from_fn_with_state(shared.clone(), guard))
                .with_state(shared);
            tokio::select! {
                served = axum::serve(
                    listener,
                    app.into_make_service_with_connect_info::<SocketAddr>(),
                ) => served,
                () = ending.0.notified() => Ok(()),
                () = interrupted() => Ok(()),
            }
        });
        // Open streams of patches would hold an orderly end for ever.
        runtime.shutdown_background();
        res.context("the server ended")
    }
}

async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a signal handler the system ends the program by itself.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A name that no other run has: the time it began and its process.
fn run_name() -> String {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    format!("{:x}-{:x}", since.as_nanos(), std::process::id())
}

// ---- who may ask

async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    if !is_ours(host, &shared.options) {
        return (
            StatusCode::MISDIRECTED_REQUEST,
            "This deck is served under another name.\n",
        )
            .into_response();
    }
    let site = headers
        .get("sec-fetch-site")
        .and_then(|site| site.to_str().ok());
    let is_navigation = headers
        .get("sec-fetch-mode")
        .is_some_and(|mode| mode == "navigate");
    let foreign_site = matches!(site, Some("cross-site" | "same-site")) && !is_navigation;
    if foreign_site || !is_own_origin(headers, host) {
        return (
            StatusCode::FORBIDDEN,
            "Only the deck's own page may ask for this.\n",
        )
            .into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        header::HeaderValue::from_static("same-origin"),
    );
    response
}

/// A name cannot be pointed at us by somebody else if it is none: addresses
/// pass where we listen on one; of names only `localhost`.
fn is_ours(host: &str, options: &Options) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || !options.host.is_loopback(),
        Err(_) => false,
    }
}

fn is_own_origin(headers: &HeaderMap, host: &str) -> bool {
    match headers
        .get(header::ORIGIN)
        .map(|origin| origin.to_str().unwrap_or_default())
    {
        None => true,
        Some(origin) => origin
            .strip_prefix("http://")
            .is_some_and(|name| name.eq_ignore_ascii_case(host)),
    }
}

// ---- what is answered

impl Shared {
    fn generation(&self, shown: &Shown) -> String {
        format!("{}-{}", self.run, shown.number)
    }

    fn kind(&self, shown: &Shown) -> Kind {
        if !self.options.watch {
            return Kind::Present;
        }
        Kind::Watch {
            generation: self.generation(shown),
            follow: self.options.follow,
            faults: (shown.faults.clone(), shown.warnings.clone()),
        }
    }
}

async fn page(State(shared): State<Arc<Shared>>) -> Response {
    let shown = shared.shown.borrow().clone();
    let kind = shared.kind(&shown);
    let html = document(
        &shown.pages,
        &kind,
        with_served_pictures(&frames(&shown.pages)),
        String::new(),
    );
    let policy = served_policy(&shown.pages, &kind);
    (
        [
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::CACHE_CONTROL, "no-store".into()),
        ],
        Html(html),
    )
        .into_response()
}

async fn asset(
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let shown = shared.shown.borrow().clone();
    let Some(asset) = shown.pages.assets.get(&key) else {
        return (StatusCode::NOT_FOUND, "No slide shows this picture.\n").into_response();
    };
    // Films are asked for in parts, or nobody could move about in them.
    let range = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    let length = asset.length();
    let (status, bytes) = match wanted(range, length) {
        Wanted::All => (StatusCode::OK, 0..length),
        Wanted::Bytes(bytes) => (StatusCode::PARTIAL_CONTENT, bytes),
        Wanted::Nothing => {
            let all = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, all).into_response();
        }
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, asset.mime)
        .header(header::CONTENT_LENGTH, bytes.end - bytes.start)
        .header(header::ACCEPT_RANGES, "bytes")
        // The key is made of the content, so it never means anything else. The
        // policy keeps a script in an SVG from running when it is opened alone.
        .header(header::CACHE_CONTROL, "max-age=31536000, immutable")
        .header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        );
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
        response = response.header(header::CONTENT_RANGE, part);
    }
    let body = match &asset.linked {
        Some(part) => from_disk(part.clone(), bytes),
        None => {
            let whole = Bytes::from_owner(asset.bytes.clone());
            Body::from(whole.slice(bytes.start as usize..bytes.end as usize))
        }
    };
    response
        .body(body)
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Bytes of a long file that are read at once.
const PIECE: u64 = 256 * 1024;

/// Some bytes of a file, read as they are sent.
fn from_disk(part: Part, bytes: std::ops::Range<u64>) -> Body {
    Body::from_stream(stream::unfold(bytes, move |bytes| {
        let part = part.clone();
        async move {
            let most = (bytes.end - bytes.start).min(PIECE) as usize;
            if most == 0 {
                return None;
            }
            let read = part_within(&part.root, &part.relative, bytes.start, most)
                .map_err(|error| std::io::Error::other(error.to_string()));
            let next = match &read {
                Ok(piece) if !piece.is_empty() => bytes.start + piece.len() as u64,
                Ok(_) | Err(_) => bytes.end,
            };
            Some((read, next..bytes.end))
        }
    }))
}

#[derive(Deserialize)]
struct Have {
    #[serde(default)]
    have: String,
}

/// What one page is known to have.
struct Client {
    shared: Arc<Shared>,
    shown: watch::Receiver<Arc<Shown>>,
    has: Option<Arc<Shown>>,
}

async fn events(
    State(shared): State<Arc<Shared>>,
    Query(Have { have }): Query<Have>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut shown = shared.shown.clone();
    let current = shown.borrow_and_update().clone();
    let is_current = have == shared.generation(&current);
    if !is_current {
        shown.mark_changed();
    }
    let client = Client {
        has: is_current.then_some(current),
        shared,
        shown,
    };
    let patches = stream::unfold(client, |mut client| async move {
        client.shown.changed().await.ok()?;
        let next = client.shown.borrow_and_update().clone();
        let event = Event::default().event("patch").data(client.patch(&next));
        client.has = Some(next);
        Some((Ok(event), client))
    });
    Sse::new(patches).keep_alive(KeepAlive::default())
}

impl Client {
    fn patch(&self, next: &Shown) -> String {
        patch(self.shared.generation(next), self.has.as_deref(), next)
    }
}

// ---- what is asked of the author's desk

/// Bytes beyond which an ask is none of ours.
const MAX_ASK: usize = 256 * 1024;

/// Only programs of this machine may ask: who reads the deck from elsewhere
/// must not open editors here.
async fn ask(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Json(ask): Json<Ask>,
) -> Response {
    let Some(desk) = &shared.desk else {
        return (StatusCode::NOT_FOUND, "This deck is not being edited.\n").into_response();
    };
    if !peer.ip().to_canonical().is_loopback() {
        return (
            StatusCode::FORBIDDEN,
            "Only the author's machine may ask.\n",
        )
            .into_response();
    }
    match desk(ask) {
        Ok(done) => (StatusCode::OK, done).into_response(),
        Err(why) => (StatusCode::CONFLICT, why).into_response(),
    }
}
