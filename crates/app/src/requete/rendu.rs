use std::any::{Any, TypeId};
use std::future::Future;
use std::sync::Arc;

use super::Reponse;

tokio::task_local! {
    static RENDU: Rendu;
}

/// How the value of a write becomes the answer that is kept for a retry.
#[derive(Clone)]
pub(crate) struct Rendu {
    de: TypeId,
    rendre: Arc<dyn Fn(&dyn Any) -> Option<Reponse> + Send + Sync>,
}

impl Rendu {
    /// The answer that a value deserves.
    pub(crate) fn de(&self, valeur: &dyn Any) -> Option<Reponse> {
        (self.rendre)(valeur)
    }
}

/// Runs a use case whose write gives a `T`, and says what answer that `T` deserves.
///
/// The answer is kept in the transaction of the write when the request has a key, and only then.
pub async fn rendre<T: 'static, F: Future>(
    rendre: impl Fn(&T) -> Reponse + Send + Sync + 'static,
    faire: F,
) -> F::Output {
    let rendu = Rendu {
        de: TypeId::of::<T>(),
        rendre: Arc::new(move |valeur: &dyn Any| valeur.downcast_ref::<T>().map(&rendre)),
    };
    RENDU.scope(rendu, faire).await
}

/// How the answer to a write of a `T` is made, when somebody said it.
pub(crate) fn rendu<T: 'static>() -> Option<Rendu> {
    RENDU.try_with(Rendu::clone).ok().filter(|r| r.de == TypeId::of::<T>())
}
