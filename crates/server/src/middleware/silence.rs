use std::io;
use std::time::Duration;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use app::App;
use futures_util::{StreamExt as _, stream};
use tokio::time::{Instant, timeout_at};

/// Longest body, from its first byte to its last: far less than a file may wait in the vault for its row.
const DUREE_MAX: Duration = Duration::from_secs(6 * 3600);

/// Takes a body that brings nothing any more for cut: a client that went to sleep, or whose connection died without a word,
/// would hold its key, its place and what it sent for ever.
pub async fn silence<B: MessageBody>(mut req: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let limite = req.app_data::<Data<App>>().map(|app| app.reglages().silence);
    if let Some(limite) = limite {
        match req.parts_mut().1.take() {
            Payload::None => {}
            corps => req.set_payload(Payload::Stream { payload: borner(corps, limite).boxed_local() }),
        }
    }
    next.call(req).await
}

fn borner(corps: Payload, silence: Duration) -> impl stream::Stream<Item = Result<Bytes, PayloadError>> {
    let fin = Instant::now() + DUREE_MAX;
    let octets = stream::unfold(Some(corps), move |corps| async move {
        let mut corps = corps?;
        match timeout_at(fin.min(Instant::now() + silence), corps.next()).await {
            Ok(lu) => lu.map(|lu| (lu, Some(corps))),
            Err(_) => Some((Err(PayloadError::Io(io::ErrorKind::TimedOut.into())), None)),
        }
    });
    // A form asks again after the end.
    octets.fuse()
}
