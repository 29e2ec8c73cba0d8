//! File names as people gave them, made safe to show, to store and to send back.

/// Longest kept name, in bytes of UTF-8.
const OCTETS_MAX: usize = 200;

/// The name under which a received file is shown and downloaded.
///
/// Folders, control characters, characters that reverse the reading direction and the names
/// that Windows reserves are removed; the extension is kept when a long name is shortened.
/// Never empty: a name with nothing left becomes `document`.
pub fn assainir(recu: &str) -> String {
    let dernier = recu.rsplit(['/', '\\']).next().unwrap_or_default();
    let propre: String = dernier
        .chars()
        .filter(|c| !c.is_control() && !invisible(*c))
        .map(|c| if "<>:\"|?*".contains(c) { '_' } else { c })
        .collect();
    let propre = propre.trim_matches([' ', '.', '\u{a0}']).to_owned();
    let propre = if propre.is_empty() { "document".to_owned() } else { propre };
    let (tige, _) = propre.split_once('.').unwrap_or((&propre, ""));
    let propre = if reserve(tige) { format!("_{propre}") } else { propre };
    raccourcir(&propre)
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn reserve(tige: &str) -> bool {
    let t = tige.to_ascii_uppercase();
    matches!(t.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (t.len() == 4 && (t.starts_with("COM") || t.starts_with("LPT")) && t.as_bytes()[3].is_ascii_digit())
}

fn raccourcir(nom: &str) -> String {
    if nom.len() <= OCTETS_MAX {
        return nom.to_owned();
    }
    let (tige, extension) = match nom.rsplit_once('.') {
        Some((t, e)) if e.len() <= 10 => (t, format!(".{e}")),
        _ => (nom, String::new()),
    };
    let mut fin = OCTETS_MAX - extension.len();
    while !tige.is_char_boundary(fin.min(tige.len())) {
        fin -= 1;
    }
    format!("{}{extension}", &tige[..fin.min(tige.len())])
}

#[cfg(test)]
mod tests {
    use super::assainir;

    #[test]
    fn hostile_names_become_harmless() {
        for (recu, rendu) in [
            ("facture.pdf", "facture.pdf"),
            (
                "_Rapports_Dossiers_Document transmis E-Gestion 22.pdf",
                "_Rapports_Dossiers_Document transmis E-Gestion 22.pdf",
            ),
            ("../../etc/passwd", "passwd"),
            ("C:\\Temp\\a.pdf", "a.pdf"),
            ("a\0b\r\n.pdf", "ab.pdf"),
            ("facture\u{202e}fdp.exe", "facturefdp.exe"),
            ("con.pdf", "_con.pdf"),
            ("COM1", "_COM1"),
            ("...", "document"),
            ("", "document"),
            ("a\"b;c.pdf", "a_b;c.pdf"),
            ("été 😀.pdf", "été 😀.pdf"),
            ("fin. ", "fin"),
        ] {
            assert_eq!(assainir(recu), rendu, "{recu:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let rendu = assainir(&format!("{}.pdf", "é".repeat(300)));
        assert!(rendu.len() <= 200 && rendu.ends_with("é.pdf"), "{rendu}");
    }
}
