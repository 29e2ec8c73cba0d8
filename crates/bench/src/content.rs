//! What is sent: files that pass for PDF, each different, and the forms that carry them.

use std::sync::atomic::{AtomicU64, Ordering};

/// Kilobytes and megabytes of the measures, in bytes.
pub const KILO: usize = 1_000;
/// A megabyte, in bytes.
pub const MEGA: usize = 1_000 * KILO;

const START: &[u8] = b"%PDF-1.7\n";
const END: &[u8] = b"\n%%EOF\n";
/// Digits that make a file unlike any other of the run.
const STAMP: usize = 16;

/// A file of a fixed size whose bytes change each time.
pub struct Content {
    bytes: Vec<u8>,
}

impl Content {
    /// A file of `size` bytes, which must leave room for its start, its stamp and its end.
    pub fn new(size: usize) -> Self {
        let mut bytes = Vec::with_capacity(size);
        bytes.extend_from_slice(START);
        let filling = size.saturating_sub(START.len() + END.len());
        bytes.extend(letters(next_stamp()).take(filling));
        bytes.extend_from_slice(END);
        Self { bytes }
    }

    /// The bytes of the next file.
    pub fn next(&mut self) -> &[u8] {
        let stamp = format!("{:0STAMP$x}", next_stamp());
        self.bytes[START.len()..START.len() + STAMP].copy_from_slice(stamp.as_bytes());
        &self.bytes
    }
}

fn next_stamp() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Printable characters without order, so that nothing on the way makes them smaller.
fn letters(seed: u64) -> impl Iterator<Item = u8> {
    // Xorshift (Marsaglia, 2003): as random as this needs.
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        b' ' + u8::try_from((state >> 33) % 95).unwrap_or_default()
    })
}

const BOUNDARY: &str = "----egestion-bench-7d1f2b";

/// The media type of the forms.
pub fn form_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// A form with text fields, up to where the bytes of a file called `file` come if there is one.
pub fn form_start(fields: &[(&str, &str)], file: Option<&str>) -> String {
    let part =
        |head: &str, value: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}");
    let fields = fields.iter().map(|(name, value)| part(&format!("name=\"{name}\""), value));
    let file =
        file.map(|name| part(&format!("name=\"fichier\"; filename=\"{name}\"\r\nContent-Type: application/pdf"), ""));
    fields.chain(file).collect::<Vec<_>>().join("\r\n")
}

/// What ends a form, after the bytes of its file or after its last field.
pub fn form_end() -> String {
    format!("\r\n--{BOUNDARY}--\r\n")
}

#[cfg(test)]
mod tests {
    use domain::document::{Format, Inspecteur};

    use super::{Content, KILO, form_end, form_start};

    #[test]
    fn each_file_is_a_pdf_of_its_size_unlike_the_others() {
        let mut content = Content::new(50 * KILO);
        let first = content.next().to_vec();
        let second = content.next().to_vec();
        assert_ne!(first, second);
        assert_ne!(Content::new(50 * KILO).next(), second);
        for file in [first, second] {
            let mut inspector = Inspecteur::default();
            inspector.voir(&file);
            let found = inspector.conclure().unwrap();
            assert_eq!((found.format, found.taille), (Format::Pdf, 50_000));
        }
    }

    #[test]
    fn a_form_has_its_fields_before_its_file() {
        let form = form_start(&[("piece", "1")], Some("a.pdf")) + "%PDF" + &form_end();
        assert_eq!(
            form.replace("\r\n", "\n"),
            "------egestion-bench-7d1f2b\nContent-Disposition: form-data; name=\"piece\"\n\n1\n\
             ------egestion-bench-7d1f2b\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a.pdf\"\n\
             Content-Type: application/pdf\n\n%PDF\n------egestion-bench-7d1f2b--\n"
        );
    }
}
