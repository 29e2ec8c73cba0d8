//! From the settings to a server that listens.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::{Condition, from_fn};
use actix_web::web::{self, Data, JsonConfig, QueryConfig};
use actix_web::{App as ActixApp, HttpRequest, HttpServer};
use api_types::ProblemCode;
use app::App;
use domain::mode::Mode;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::extract::adresse::Proxies;
use crate::handlers::systeme::Contrat;
use crate::middleware::{ChampsConnus, ParametresConnus};
use crate::problem::ApiError;
use crate::spa::{self, Fichiers};
use crate::{depreciation, handlers, middleware, openapi, routes};

/// Largest JSON body, in bytes.
const JSON_MAX: usize = 256 * 1024;

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
            .wrap(from_fn(middleware::une_fois))
            .wrap(from_fn(middleware::empreintes))
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
            .app_data(JsonConfig::default().limit(JSON_MAX).error_handler(|e, req| json(&e, req).into()))
            .app_data(QueryConfig::default().error_handler(|e, _| requete(&e).into()))
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

fn json(e: &actix_web::error::JsonPayloadError, _: &HttpRequest) -> ApiError {
    use actix_web::error::JsonPayloadError as J;
    match e {
        J::ContentType => ApiError::new(ProblemCode::TypeDeCorpsRefuse).detail("Envoyez du JSON (application/json)."),
        J::Overflow { .. } | J::OverflowKnownLength { .. } => {
            ApiError::new(ProblemCode::TropVolumineux).detail("Le corps de la requête est trop long.")
        }
        J::Deserialize(e) => ApiError::new(ProblemCode::RequeteIllisible).detail(format!("JSON : {e}.")),
        _ => ApiError::new(ProblemCode::RequeteIllisible),
    }
}

fn requete(e: &actix_web::error::QueryPayloadError) -> ApiError {
    let texte = match e {
        actix_web::error::QueryPayloadError::Deserialize(e) => e.to_string(),
        autre => autre.to_string(),
    };
    // What serde says of names, it says in English.
    let nom = |debut: &str| texte.strip_prefix(debut)?.split('`').next();
    let detail = match (nom("duplicate field `"), nom("missing field `")) {
        (Some(nom), _) => format!("Le paramètre « {nom} » se donne une fois."),
        (_, Some(nom)) => format!("Le paramètre « {nom} » manque."),
        _ => format!("Un paramètre n’a pas la forme attendue ({texte})."),
    };
    ApiError::new(ProblemCode::RequeteIllisible).detail(detail)
}
