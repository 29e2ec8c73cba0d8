use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::ids::TeleversementId;
use domain::permit::Permit;
use domain::policy::Poursuivre;
use tokio::sync::watch;

use crate::App;

/// How long a question waits for bytes that are being made durable.
const PATIENCE: Duration = Duration::from_secs(3);

/// The uploads that this node is receiving bytes of.
///
/// A client that asks where to go on from has lost its connection, which this side may not have noticed: what
/// arrived by it is made durable first, so that the answer is as far as it can be.
#[derive(Debug, Default)]
pub struct Arrivees(Mutex<HashMap<TeleversementId, watch::Sender<bool>>>);

impl Arrivees {
    /// Notes that bytes are being received; they are to stop when what is returned says so.
    pub(super) fn noter(&self, id: TeleversementId) -> watch::Receiver<bool> {
        let (dire, ceder) = watch::channel(false);
        let mut ouvertes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ouvertes.retain(|_, dire| !dire.is_closed());
        ouvertes.insert(id, dire);
        ceder
    }
}

/// Has this node end what it is still receiving of an upload, and waits a little until that is durable.
pub async fn ceder(app: &App, permit: &Permit<Poursuivre>) {
    let ouverte = app.arrivees().0.lock().unwrap_or_else(PoisonError::into_inner).get(&permit.sur().id).cloned();
    if let Some(dire) = ouverte {
        dire.send_replace(true);
        // Longer than that, the answer is only less far.
        let _ = tokio::time::timeout(PATIENCE, dire.closed()).await;
    }
}
