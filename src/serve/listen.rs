//! Taking a port, and connections within limits: how many, how long a head may
//! take to arrive, how long an answer may wait to be read.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Request;
use hyper::body::{Body, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep, sleep};

use super::Options;

/// Connections at once; each costs some 20 KB.
const MAX_CONNECTIONS: usize = 4_096;

/// Time for the head of a request, and how long an idle connection is kept.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// Time after which somebody who does not read what we send is let go.
const WRITE_TIME: Duration = Duration::from_secs(20);

/// Bytes of a head, and of an answer that waits.
const MAX_BUFFER: usize = 16 * 1024;

/// The ports that a server takes when it may choose, best first.
pub fn usual_ports(first: u16) -> impl Iterator<Item = u16> {
    (0..20).filter_map(move |n| first.checked_add(n))
}

/// The address that others in the local network reach this machine by; `None`
/// if it is in no network.
pub fn local_address() -> Option<IpAddr> {
    // No packet is sent: the system only chooses the way that one would take.
    let ways = [
        Ipv4Addr::new(192, 0, 2, 1),
        Ipv4Addr::new(192, 168, 255, 255),
        Ipv4Addr::new(10, 255, 255, 255),
        Ipv4Addr::new(172, 31, 255, 255),
        Ipv4Addr::new(169, 254, 255, 255),
    ];
    ways.into_iter().find_map(|way| {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        socket.connect((way, 9)).ok()?;
        let own = socket.local_addr().ok()?.ip();
        (!own.is_loopback() && !own.is_unspecified()).then_some(own)
    })
}

/// Takes the port on every address that is wanted.
pub fn bind(options: &Options) -> io::Result<Vec<std::net::TcpListener>> {
    let mut bound = bind_all(options, options.port);
    if options.any_port {
        for port in usual_ports(options.port).skip(1).chain([0]) {
            if bound.is_ok() {
                break;
            }
            bound = bind_all(options, port);
        }
    }
    bound
}

fn bind_all(options: &Options, port: u16) -> io::Result<Vec<std::net::TcpListener>> {
    let first = std::net::TcpListener::bind(SocketAddr::new(options.host, port))?;
    let port = first.local_addr()?.port();
    let mut res = vec![first];
    // What a page may do (keep the screen awake, find the second screen) it may
    // do on this machine's own name only.
    if options.share && !options.host.is_loopback() && !options.host.is_unspecified() {
        res.push(std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?);
    }
    for listener in &res {
        listener.set_nonblocking(true)?;
    }
    Ok(res)
}

/// Gives every connection its service, for ever.
pub async fn serve<S, B>(
    listener: TcpListener,
    slots: Arc<Semaphore>,
    service: impl Fn(SocketAddr) -> S,
) where
    S: Service<Request<Incoming>, Response = hyper::Response<B>, Error = Infallible>
        + Send
        + 'static,
    S::Future: Send,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_BUFFER);
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            // No descriptor is free, or the peer is gone already.
            Err(_) => {
                sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let Ok(slot) = slots.clone().try_acquire_owned() else {
            continue;
        };
        // A step must not wait for the next one to fill a packet.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(Patient::new(stream)), service(peer));
        tokio::spawn(async move {
            let _slot = slot;
            // A peer that breaks off is its own business.
            let _ = connection.await;
        });
    }
}

/// As many connections as there may be at once.
pub fn slots() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(MAX_CONNECTIONS))
}

/// A connection that ends when its other end does not read for [`WRITE_TIME`].
struct Patient {
    stream: TcpStream,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream) -> Patient {
        Patient {
            stream,
            waiting: None,
        }
    }

    fn held<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let until = Instant::now() + WRITE_TIME;
        let waiting = self
            .waiting
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        match waiting.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.held(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.held(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.held(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
