//! Whose address a call comes from: the peer's, or what a trusted proxy says of it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

/// A proxy's address, or a network of them (`10.0.0.0/8`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// The text is neither an address nor a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither an IP address nor a network such as 10.0.0.0/8")]
pub struct NotANetwork(String);

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let wrong = || NotANetwork(text.to_owned());
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(most);
        if prefix > most { Err(wrong()) } else { Ok(Self { address, prefix }) }
    }
}

impl Network {
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                agree(u128::from(u32::from(ours)) << 96, u128::from(u32::from(theirs)) << 96, self.prefix)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => agree(u128::from(ours), u128::from(theirs), self.prefix),
            _ => false,
        }
    }
}

fn agree(ours: u128, theirs: u128, prefix: u8) -> bool {
    let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
    ours & mask == theirs & mask
}

/// The client of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    /// The call never left this machine.
    pub loopback: bool,
}

/// Reads who called. Without the peer's address nobody is taken for local.
pub fn client_of(parts: &Parts, trusted: &[Network]) -> Client {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let forwarded = forwarded_for(parts);
    match peer {
        None => Client { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), loopback: false },
        Some(peer) if is_trusted(peer, trusted) => {
            let address = forwarded.into_iter().rev().find(|hop| !is_trusted(*hop, trusted)).unwrap_or(peer);
            Client { address, loopback: address.is_loopback() }
        }
        // A proxy on this machine that nobody has named forwards for somebody else.
        Some(peer) => Client { address: peer, loopback: peer.is_loopback() && !is_forwarded(parts) },
    }
}

fn is_trusted(address: IpAddr, trusted: &[Network]) -> bool {
    trusted.iter().any(|network| network.contains(address))
}

fn is_forwarded(parts: &Parts) -> bool {
    ["x-forwarded-for", "forwarded", "via"].iter().any(|name| parts.headers.contains_key(*name))
}

/// The hops from the first on. What can't be read ends the chain: nothing before it can be believed.
fn forwarded_for(parts: &Parts) -> Vec<IpAddr> {
    let values = parts.headers.get_all("x-forwarded-for").iter();
    let hops: Vec<&str> = values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    let mut believed: Vec<IpAddr> = hops.iter().rev().map_while(|hop| hop.trim().parse().ok()).collect();
    believed.reverse();
    believed
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn check(peer: &str, forwarded: Option<&str>, trusted: &[&str], expected: (&str, bool)) {
        let mut request = Request::builder().uri("/");
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let client = client_of(&parts, &trusted);
        assert_eq!(
            (client.address.to_string().as_str(), client.loopback),
            expected,
            "{peer} {forwarded:?} {trusted:?}"
        );
    }

    #[test]
    fn only_a_trusted_proxy_speaks_for_others() {
        check("198.51.100.7", None, &[], ("198.51.100.7", false));
        check("198.51.100.7", Some("127.0.0.1"), &[], ("198.51.100.7", false));
        check("10.1.2.3", Some("203.0.113.9"), &["10.0.0.0/8"], ("203.0.113.9", false));
        check("10.1.2.3", Some("1.1.1.1, 203.0.113.9, 10.9.9.9"), &["10.0.0.0/8"], ("203.0.113.9", false));
        check("10.1.2.3", Some("127.0.0.1, nonsense"), &["10.0.0.0/8"], ("10.1.2.3", false));
        check("::ffff:10.1.2.3", Some("2001:db8::1"), &["10.1.2.3"], ("2001:db8::1", false));
    }

    #[test]
    fn a_forwarded_call_is_not_local() {
        check("127.0.0.1", None, &[], ("127.0.0.1", true));
        check("127.0.0.1", Some("203.0.113.9"), &[], ("127.0.0.1", false));
        check("127.0.0.1", Some("203.0.113.9"), &["127.0.0.1"], ("203.0.113.9", false));
    }

    #[test]
    fn nonsense_is_no_network() {
        for text in ["", "10.0.0.0/33", "here", "10.0.0.0/x"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
