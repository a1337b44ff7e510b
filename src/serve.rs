//! The server behind `present`, `rehearse` and `watch`: page, pictures, patches for a
//! watched page, states for those of a shared talk. The only file that knows axum.
//!
//! One thread, loopback unless the user says otherwise. A request must name a
//! host that we are (else another site's page could read the deck by giving
//! its own name our address), a stream goes to our own page only, and where a
//! talk is shared every request shows the token of its role.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Extension, Path, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream};
use hyper::service::{Service, service_fn};
use hyper_util::service::TowerToHyperService;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::rehearsal::Run;
use crate::render::{
    Frames, Kind, Pages, Part, document, served_policy, with_pictures_below, with_served_pictures,
};

mod answers;
mod listen;
mod origin;
mod patch;
mod range;
mod say;
mod share;
mod show;
mod tokens;

pub use answers::{Answers, Book};
pub use listen::{local_address, usual_ports};
pub use share::{Hub, Talk};
pub use show::{Answer, Ask, Link, Options, Rehearsing, Sharing, Show, Shown, Stage};
pub use tokens::{Role, Tokens};

use origin::{is_ours, is_own_origin};
use patch::patch;
use range::{Wanted, wanted};
use say::Say;

/// A bound server that does not run yet.
pub struct Server {
    listeners: Vec<std::net::TcpListener>,
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
    show: Show,
    /// Tells this run's generations from those of a run before it.
    run: String,
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// If the port is taken and no other will do, or the address is not ours.
    pub fn bind(options: Options) -> anyhow::Result<Server> {
        let listeners = listen::bind(&options).with_context(|| {
            let wanted = SocketAddr::new(options.host, options.port);
            format!("cannot listen on {wanted}")
        })?;
        Ok(Server { listeners, options })
    }

    /// The address a browser on this machine opens.
    pub fn url(&self) -> String {
        let host = self.options.host;
        let is_local = host.is_unspecified() || host.is_loopback() || self.options.share;
        self.address((!is_local).then_some(host))
    }

    /// The address that others open.
    pub fn outer_url(&self) -> String {
        let host = match self.options.host {
            host if host.is_unspecified() => local_address().unwrap_or(host),
            host => host,
        };
        self.address(Some(host))
    }

    fn address(&self, host: Option<IpAddr>) -> String {
        let port = self
            .listeners
            .first()
            .and_then(|listener| listener.local_addr().ok())
            .map_or(self.options.port, |address| address.port());
        match host {
            None => format!("http://localhost:{port}/"),
            Some(host) => format!("http://{}/", SocketAddr::new(host, port)),
        }
    }

    /// Serves until the user interrupts or `ending` says so.
    ///
    /// # Errors
    /// If the system takes the listener away.
    pub fn run(self, show: Show, ending: Ending) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the server")?;
        let res: std::io::Result<()> = runtime.block_on(async {
            let shared = Arc::new(Shared {
                options: self.options,
                show,
                run: run_name(),
            });
            let app = routes(shared.clone());
            let slots = listen::slots();
            for listener in self.listeners {
                let listener = TcpListener::from_std(listener)?;
                let app = app.clone();
                tokio::spawn(listen::serve(listener, slots.clone(), move |peer| {
                    let app = TowerToHyperService::new(app.clone());
                    service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
                        request.extensions_mut().insert(Peer(peer));
                        app.call(request)
                    })
                }));
            }
            tokio::select! {
                () = settle_for_ever(&shared) => {}
                () = ending.0.notified() => {}
                () = interrupted() => {}
            }
            settle(&shared);
            Ok(())
        });
        // Open streams of patches would hold an orderly end for ever.
        runtime.shutdown_background();
        res.context("the server ended")
    }
}

/// The address a request comes from.
#[derive(Debug, Clone, Copy)]
struct Peer(SocketAddr);

fn routes(shared: Arc<Shared>) -> Router {
    let routes = match &shared.show.sharing {
        None => Router::new()
            .route("/", get(page))
            .route("/assets/{key}", get(asset))
            .route("/events", get(events))
            .route("/ask", post(ask))
            .route("/rehearsal", get(rehearsed).post(rehearse)),
        // Whoever came as far as this has shown a token: see `admit`.
        Some(_) => Router::new()
            .route("/{token}", get(to_page))
            .route("/{token}/", get(part_page))
            .route("/{token}/assets/{key}", get(part_asset))
            .route("/{token}/events", get(states))
            .route("/{token}/links", get(links))
            .route(
                "/{token}/say",
                post(say).layer(DefaultBodyLimit::max(MAX_SAY)),
            )
            .layer(middleware::from_fn_with_state(shared.clone(), admit)),
    };
    routes
        .layer(DefaultBodyLimit::max(MAX_ASK))
        .layer(middleware::from_fn_with_state(shared.clone(), guard))
        .with_state(shared)
}

/// Tells and keeps what a shared talk has gathered.
fn settle(shared: &Shared) {
    if let Some(sharing) = &shared.show.sharing
        && let Some(answers) = sharing.hub.settle()
    {
        (sharing.keeper)(answers);
    }
}

async fn settle_for_ever(shared: &Shared) {
    loop {
        tokio::time::sleep(Duration::from_millis(120)).await;
        settle(shared);
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
pub fn run_name() -> String {
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
    let is_navigation = request.method() == Method::GET
        && headers
            .get("sec-fetch-mode")
            .is_some_and(|mode| mode == "navigate");
    let foreign_site = matches!(site, Some("cross-site" | "same-site")) && !is_navigation;
    let origin = headers
        .get(header::ORIGIN)
        .map(|origin| origin.to_str().unwrap_or_default());
    if foreign_site || !is_own_origin(origin, host) {
        return (
            StatusCode::FORBIDDEN,
            "Only the deck's own page may ask for this.\n",
        )
            .into_response();
    }
    // Every answer begins at once; what takes long is a body that does not come.
    let Ok(mut response) = tokio::time::timeout(BODY_TIME, next.run(request)).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
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

/// Lets in who shows a token as the first part of the path. Others learn
/// nothing, not even which paths there are.
async fn admit(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    let shown = request.uri().path().split('/').nth(1).unwrap_or_default();
    let role = shared
        .show
        .sharing
        .as_ref()
        .and_then(|sharing| sharing.tokens.role(shown));
    let Some(role) = role else {
        return StatusCode::FORBIDDEN.into_response();
    };
    request.extensions_mut().insert(role);
    next.run(request).await
}

// ---- what is answered

impl Shared {
    fn generation(&self, shown: &Shown) -> String {
        format!("{}-{}", self.run, shown.number)
    }

    fn kind(&self, shown: &Shown) -> Kind {
        if self.show.rehearsal.is_some() {
            return Kind::Part(Part::Rehearsal);
        }
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
    let shown = shared.show.shown.borrow().clone();
    let kind = shared.kind(&shown);
    html(&shown.pages, &kind, with_served_pictures)
}

fn html(pages: &Pages, kind: &Kind, place: fn(&str) -> String) -> Response {
    let policy = served_policy(pages, kind);
    let frames = Frames::served(pages, kind, place);
    (
        [
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::CACHE_CONTROL, "no-store".into()),
        ],
        Html(document(pages, kind, &frames, String::new())),
    )
        .into_response()
}

async fn asset(
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let shown = shared.show.shown.borrow().clone();
    file(&shown.pages, &key, &headers)
}

/// The file of a key, or as much of it as was asked for.
fn file(pages: &Pages, key: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = pages.assets.get(key) else {
        return (StatusCode::NOT_FOUND, "No slide shows this picture.\n").into_response();
    };
    // Films are asked for in parts, or nobody could move about in them.
    let range = headers.get(header::RANGE);
    let length = asset.length();
    let (status, bytes) = match wanted(range.and_then(|range| range.to_str().ok()), length) {
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
        Some(part) => Body::from_stream(range::pieces(part.clone(), bytes)),
        None => {
            let whole = Bytes::from_owner(asset.bytes.clone());
            Body::from(whole.slice(bytes.start as usize..bytes.end as usize))
        }
    };
    response
        .body(body)
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
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
    let mut shown = shared.show.shown.clone();
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
    Extension(Peer(peer)): Extension<Peer>,
    Json(ask): Json<Ask>,
) -> Response {
    let Some(desk) = &shared.show.desk else {
        return (StatusCode::NOT_FOUND, "This deck is not being edited.\n").into_response();
    };
    if !peer.ip().to_canonical().is_loopback() {
        let words = "Only the author's machine may ask.\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    match desk(ask) {
        Ok(done) => (StatusCode::OK, done).into_response(),
        Err(why) => (StatusCode::CONFLICT, why).into_response(),
    }
}

// ---- what a rehearsal asks

/// A page sends the run through the talk as far as it has come.
async fn rehearse(State(shared): State<Arc<Shared>>, Json(run): Json<Run>) -> Response {
    let Some(rehearsing) = &shared.show.rehearsal else {
        return no_rehearsal();
    };
    if let Some(fault) = run.fault() {
        return (StatusCode::UNPROCESSABLE_ENTITY, fault).into_response();
    }
    (rehearsing.keeper)(run);
    StatusCode::NO_CONTENT.into_response()
}

/// The run before this one, or `null`.
async fn rehearsed(State(shared): State<Arc<Shared>>) -> Response {
    match &shared.show.rehearsal {
        Some(rehearsing) => Json(&rehearsing.before).into_response(),
        None => no_rehearsal(),
    }
}

fn no_rehearsal() -> Response {
    (StatusCode::NOT_FOUND, "This is no rehearsal.\n").into_response()
}

// ---- what the others of a shared talk ask

/// Bytes beyond which nothing that a page says is ours.
const MAX_SAY: usize = 4 * 1024;

/// Time in which the body of a request has to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);

/// How often a page hears that the line is still there.
const BEAT: Duration = Duration::from_secs(10);

impl Shared {
    /// The deck as a role may have it.
    fn pages(&self, role: Role) -> Arc<Pages> {
        match &self.show.sharing {
            Some(sharing) if !role.leads() => sharing.audience.clone(),
            _ => self.show.shown.borrow().pages.clone(),
        }
    }
}

/// Who types a short address leaves its last stroke out.
async fn to_page(Path(token): Path<String>) -> Response {
    (
        StatusCode::PERMANENT_REDIRECT,
        [(header::LOCATION, format!("/{token}/"))],
    )
        .into_response()
}

async fn part_page(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
) -> Response {
    let (pages, kind) = (shared.pages(role), Kind::Part(role.part()));
    html(&pages, &kind, with_pictures_below)
}

async fn part_asset(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    Path((_, key)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    file(&shared.pages(role), &key, &headers)
}

async fn links(State(shared): State<Arc<Shared>>, Extension(role): Extension<Role>) -> Response {
    match &shared.show.sharing {
        Some(sharing) if role == Role::Speaker => Json(&sharing.links).into_response(),
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    voter: String,
}

/// The states of the talk, and now and then a beat.
async fn states(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    Query(Known { voter }): Query<Known>,
) -> Response {
    let Some(sharing) = &shared.show.sharing else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let name = (role == Role::Follower)
        .then(|| sharing.hub.welcome(&voter))
        .flatten();
    let welcome = name.map(|name| Bytes::from(format!("event: you\ndata: {name}\n\n")));
    let ears = sharing.hub.listen(role);
    let told = stream::unfold((welcome, ears), |(welcome, mut ears)| async move {
        let next = match welcome {
            Some(welcome) => welcome,
            None => ears.next(BEAT).await?,
        };
        Some((Ok::<_, Infallible>(next), (None, ears)))
    });
    (
        [
            (header::CONTENT_TYPE, "text/event-stream"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        Body::from_stream(told),
    )
        .into_response()
}

async fn say(
    State(shared): State<Arc<Shared>>,
    Extension(role): Extension<Role>,
    Json(say): Json<Say>,
) -> Response {
    let Some(sharing) = &shared.show.sharing else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match sharing.hub.hear(role, say) {
        Ok(seq) => seq.to_string().into_response(),
        Err((status, why)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            (status, why).into_response()
        }
    }
}
