//! Whose name a request calls us by, and whose page it comes from.

use std::net::IpAddr;

use super::Options;

/// A name cannot be pointed at us by somebody else if it is none: addresses
/// pass where we listen on one; of names only `localhost`.
pub fn is_ours(host: &str, options: &Options) -> bool {
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

/// Whether a request comes from a page of ours, or from no page.
pub fn is_own_origin(origin: Option<&str>, host: &str) -> bool {
    origin.is_none_or(|origin| {
        origin
            .strip_prefix("http://")
            .is_some_and(|name| name.eq_ignore_ascii_case(host))
    })
}
