//! Webhooks: from the message to the receiver.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use api_types::Endpoint as _;
use api_types::endpoint::{CreerWebhook, SupprimerWebhook};
use api_types::messages::Message;
use api_types::webhooks::{SaisieWebhook, Webhook, WebhookCree, WebhookType};

use super::{MANY, REQUESTS_MAX, Site, ask};
use crate::http::Connection;
use crate::load::{self, Plan, Requests, Source as _, Work, exchange};
use crate::receiver::{Ear, Receiver};
use crate::report::Measured;
use crate::request::Caller;

/// The address that requests are told to come from; the product believes it.
const FROM: &str = "198.51.100.100";

/// Subscriptions that one event is told to, in the measure of the fan-out.
const FAN: u32 = 10;

/// What one connection does: a message, then the wait for all that tell of it.
struct Told {
    requests: Requests,
    ears: Vec<Ear>,
}

impl Work for Told {
    async fn perform(&mut self, connection: &mut Connection, status: u16) -> Result<()> {
        let mut answer = Vec::new();
        exchange(connection, status, self.requests.next(), |part| answer.extend_from_slice(part)).await?;
        let message: Message = serde_json::from_slice(&answer)?;
        for ear in &self.ears {
            ear.hear(message.id).await?;
        }
        Ok(())
    }
}

impl Site<'_> {
    /// Messages until the webhooks that tell of them have come, beside the same POST from our own client to the same
    /// receiver, and beside messages that no webhook tells of.
    pub(super) async fn webhook(&self) -> Result<Measured> {
        let measured = self.told_to(1).await?;
        self.beside(measured, "post a message, untold", async |pace| self.messages(pace).await).await
    }

    /// The same with ten subscriptions, each with a receiver of its own: the webhooks that come.
    pub(super) async fn fan_out(&self) -> Result<Measured> {
        let mut measured = self.told_to(FAN).await?;
        measured.figures = measured.figures.of_each(FAN);
        Ok(measured)
    }

    async fn told_to(&self, subscriptions: u32) -> Result<Measured> {
        let program = self.program().await?;
        let (mut receivers, mut webhooks) = (Vec::new(), Vec::new());
        for _ in 0..subscriptions {
            let receiver = Receiver::open().await?;
            webhooks.push(self.subscribe(&program, &receiver).await?);
            receivers.push(receiver);
        }
        let measured = self.told(&receivers).await;
        // Whatever came of it: messages that are measured later tell nobody.
        let program = self.program().await?;
        for webhook in webhooks {
            let remove = SupprimerWebhook { webhook_id: webhook.id };
            ask(&program, &program.path(SupprimerWebhook::METHOD.as_str(), &remove.path()), 204).await?;
        }
        measured
    }

    /// A subscription of the client to the messages of the établissement.
    async fn subscribe(&self, program: &Caller, receiver: &Receiver) -> Result<Webhook> {
        let subscription = SaisieWebhook {
            url: format!("http://{}/webhooks", receiver.address()),
            types: vec![WebhookType::MessageEnvoye],
            etablissements: vec![self.prepared.etablissement.uuid()],
            description: String::new(),
        };
        let operation = CreerWebhook { adherent_id: self.prepared.adherent.uuid() };
        let made: WebhookCree =
            serde_json::from_str(&ask(program, &program.json(&operation, &subscription, FROM)?, 201).await?)?;
        Ok(made.webhook)
    }

    async fn told(&self, receivers: &[Receiver]) -> Result<Measured> {
        let receiver = receivers.first().context("no receiver")?;
        let requests = self.message_requests();
        let ears: Vec<Ear> = receivers.iter().map(Receiver::ear).collect();
        let work = |at: usize| Told { requests: Requests::new(Arc::clone(&requests), at), ears: ears.clone() };
        // One is sent first, to know what the product sends.
        let mut connection = Connection::open(self.caller.server).await?;
        work(0).perform(&mut connection, 201).await?;
        let same: Arc<[Vec<u8>]> = [receiver.last()].into();
        ensure!(!same[0].is_empty(), "the receiver kept nothing");
        let plan = |name, pace, status| Plan { name, pace, connections: MANY, at_most: REQUESTS_MAX, status };
        self.framed(
            async |pace| load::work(self.caller.server, plan("a message and its webhook", pace, 201), work).await,
            async |pace| {
                let plan = plan("the same POST", pace, 204);
                load::run(receiver.address(), plan, |at| Requests::new(Arc::clone(&same), at)).await
            },
        )
        .await
    }
}
