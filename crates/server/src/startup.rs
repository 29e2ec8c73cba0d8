//! From the settings to a server that listens.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::{Condition, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App as ActixApp, HttpServer};
use app::App;
use domain::mode::Mode;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::extract::adresse::Proxies;
use crate::handlers::systeme::Contrat;
use crate::middleware::{ChampsConnus, ParametresConnus};
use crate::spa::{self, Fichiers};
use crate::{depreciation, handlers, middleware, openapi, routes};

/// A server over an application; it runs once it is awaited.
pub fn server(
    ecoute: TcpListener,
    app: App,
    proxies: Proxies,
    fichiers: Fichiers,
    threads: usize,
) -> std::io::Result<Server> {
    let (app, proxies, fichiers) = (Data::new(app), Data::new(proxies), Data::new(fichiers));
    let mode = app.mode();
    let document = openapi::servi(mode)?;
    let (champs, parametres) = (Data::new(ChampsConnus::de(&document)), Data::new(ParametresConnus::de(&document)));
    let contrat = Data::new(Contrat::de(&document)?);
    // Large, and of no more use.
    drop(document);
    let serveur = HttpServer::new(move || {
        ActixApp::new()
            .wrap(from_fn(|req, next| depreciation::annoncer(routes::DEPRECIEES, req, next)))
            .wrap(from_fn(middleware::champs))
            .wrap(from_fn(middleware::validateurs))
            .wrap(from_fn(middleware::requete))
            .wrap(from_fn(middleware::empreintes))
            .wrap(from_fn(middleware::silence))
            .wrap(from_fn(middleware::methode))
            .wrap(from_fn(middleware::origine))
            .wrap(from_fn(middleware::usage))
            .wrap(Condition::new(mode == Mode::BacASable, from_fn(middleware::bac_a_sable)))
            .wrap(from_fn(middleware::entetes))
            .wrap(from_fn(middleware::journal))
            .app_data(app.clone())
            .app_data(proxies.clone())
            .app_data(fichiers.clone())
            .app_data(champs.clone())
            .app_data(parametres.clone())
            .app_data(contrat.clone())
            .configure(|cfg| routes::du_mode(mode, cfg))
            .configure(handlers::guide::configure)
            .service(SwaggerUi::new("/docs/{_:.*}").config(Config::from(Contrat::ADRESSE)))
            .configure(handlers::systeme::configure)
            .default_service(web::to(spa::servir))
    })
    .workers(threads)
    // A file is written in parts: none waits for the acknowledgement of the former.
    .tcp_nodelay(true)
    .shutdown_timeout(10)
    .listen(ecoute)?
    .run();
    Ok(serveur)
}
