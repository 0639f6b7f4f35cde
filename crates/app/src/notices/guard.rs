//! Where a webhook may go. An administrator names the address, but the program must not be a way into the house:
//! plain HTTP goes to this machine only, and nothing goes to private networks unless a setting allows it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use sandan_domain::Flaw;

/// Whether any setting could let it pass.
fn may_ever(url: &Url) -> Result<(), Flaw> {
    match (url.scheme(), url.host_str()) {
        ("https" | "http", Some(_)) => Ok(()),
        _ => Err(Flaw::UrlScheme),
    }
}

/// Whether it may be called now. Names are judged by [`Resolver`] once their addresses are known.
pub(super) fn may(url: &Url, allow_private: bool) -> Result<(), Flaw> {
    may_ever(url)?;
    if allow_private {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = is_localhost(host);
    if url.scheme() == "http" && !is_here {
        return Err(Flaw::UrlPlain);
    }
    match host.parse::<IpAddr>() {
        Ok(address) if !is_here && !is_public(address) => Err(refused(host)),
        _ => Ok(()),
    }
}

fn refused(host: &str) -> Flaw {
    Flaw::UrlPrivate { host: host.to_owned() }
}

fn is_localhost(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Looks names up and lets only those through that lead to the open network, whatever a name server says.
pub(super) struct Resolver {
    pub allow_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let is_here = is_localhost(&host);
            let fits = |address: &SocketAddr| match is_here {
                true => address.ip().is_loopback(),
                false => allow_private || is_public(address.ip()),
            };
            let fitting: Vec<SocketAddr> = found.into_iter().filter(fits).collect();
            if fitting.is_empty() {
                return Err(refused(&host).into());
            }
            Ok(Box::new(fitting.into_iter()) as Addrs)
        })
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public_v4(mapped),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    // Carriers' own networks, protocol assignments, benchmarks, and what is reserved.
    let special = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b));
    let closed = address.is_private() || address.is_loopback() || address.is_link_local() || address.is_multicast();
    !(special || closed || address.is_broadcast() || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let translated = first == 0x64 && second == 0xff9b;
    let is_global = (first & 0xe000) == 0x2000;
    // 6to4 and Teredo carry an IPv4 address inside; documentation leads nowhere.
    let special = first == 0x2002 || (first == 0x2001 && (second == 0 || second == 0xdb8));
    is_global && !special && !translated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(url: &str, allow_private: bool) -> bool {
        may(&url.parse().unwrap(), allow_private).is_ok()
    }

    #[test]
    fn https_goes_out_and_plain_http_stays_here() {
        for fine in ["https://sms.example.cn/in", "https://1.1.1.1/", "http://127.0.0.1:9/", "http://localhost:80/x"] {
            assert!(judge(fine, false), "{fine}");
        }
        for wrong in ["http://sms.example.cn/", "http://10.0.0.1/", "ftp://a.cn/", "file:///etc/passwd"] {
            assert!(!judge(wrong, false), "{wrong}");
        }
        assert!(judge("http://10.0.0.1/", true) && judge("http://gateway/", true));
        assert!(!judge("ftp://a.cn/", true));
    }

    #[test]
    fn private_networks_are_refused_however_they_are_written() {
        let hosts = [
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "2130706433.",
            "[::]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "[2002:a00:1::]",
            "[64:ff9b::a00:1]",
        ];
        for host in hosts {
            let Ok(url) = format!("https://{host}/").parse::<Url>() else { continue };
            if url.host_str() == Some("127.0.0.1") {
                continue;
            }
            assert!(may(&url, false).is_err(), "{host}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_into_the_house_is_refused() {
        let resolver = Resolver { allow_private: false };
        assert!(resolver.resolve("localhost".parse().unwrap()).await.is_ok());
        for address in ["127.0.0.1", "10.0.0.1"] {
            // A literal stands for a name that a server answers with it.
            let found = resolver.resolve(address.parse().unwrap()).await;
            assert_eq!(found.is_ok(), address == "127.0.0.1");
        }
    }
}
