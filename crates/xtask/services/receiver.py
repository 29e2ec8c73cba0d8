"""Where the tests' mails arrive: each is a file of a folder, as it came."""

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, Envelope, Session

# Addresses that start so have no mailbox here; the answer repeats them, as mail servers do.
UNKNOWN = "inconnu"


class Receiver(Mailbox):
    """A Maildir that refuses the recipients it does not know."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith(UNKNOWN):
            return f"550 5.1.1 <{address}>: no such mailbox"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"
