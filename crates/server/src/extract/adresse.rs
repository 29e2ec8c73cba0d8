//! The client's network address, through the proxies that we trust and no others.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::web::Data;

pub use domain::reseau::Reseau;

/// The networks of our proxies.
#[derive(Debug, Clone, Default)]
pub struct Proxies(pub Vec<Reseau>);

/// The client's address: that of the connection, or, behind our proxies, the last one in
/// `X-Forwarded-For` that is not ours.
pub fn client(req: &HttpRequest) -> IpAddr {
    let directe = req.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |a| a.ip());
    let Some(proxies) = req.app_data::<Data<Proxies>>() else { return directe };
    let sure = |a: IpAddr| proxies.0.iter().any(|r| r.contient(a));
    if !sure(directe) {
        return directe;
    }
    let entetes =
        req.headers().get_all("x-forwarded-for").filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(",");
    let chaine = entetes.split(',').filter_map(|a| a.trim().parse::<IpAddr>().ok());
    chaine.rev().find(|a| !sure(*a)).unwrap_or(directe)
}
