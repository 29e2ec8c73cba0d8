//! The API through HTTP, on the engine that `TEST_DATABASE` names.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::many_single_char_names,
    clippy::disallowed_methods,
    reason = "a test that cannot go on must fail, and has its own settings"
)]

mod authz_coverage;
mod bac_a_sable;
mod champs;
mod comptes;
mod demo;
mod documents;
mod dossiers;
mod empreintes;
mod evenements;
mod guide;
mod idempotence;
mod journaux;
mod lots;
mod membres;
mod messages;
mod oauth;
mod openapi;
mod portail;
mod quotas;
mod references;
mod sante;
mod services;
mod simulation;
mod televersements;
mod travail;
mod validateurs;
mod webhooks;
mod zip;

/// Does something while another transaction holds what it wrote, which is then committed. On PostgreSQL both are under way
/// at once, as two nodes are; on SQLite the other comes first.
async fn pendant<T>(
    t: &test_support::TestApp,
    ecrire: impl FnOnce(&mut db::Conn) -> Result<(), db::DbError> + Send + 'static,
    faire: impl Future<Output = T>,
) -> T {
    let base = t.app().base().clone();
    let (dire, tenu) = tokio::sync::oneshot::channel();
    let autre = tokio::task::spawn_blocking(move || {
        base.write(move |conn| {
            ecrire(conn)?;
            dire.send(()).unwrap();
            // Nothing tells that somebody waits for these rows: they are held for long enough to be waited for.
            std::thread::sleep(std::time::Duration::from_millis(300));
            Ok::<_, db::DbError>(())
        })
    });
    tenu.await.unwrap();
    let (fait, autre) = tokio::join!(faire, autre);
    autre.unwrap().unwrap();
    fait
}

/// SHA-256, as 64 hexadecimal digits.
fn sha256(octets: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(octets).iter().fold(String::new(), |s, o| format!("{s}{o:02x}"))
}
