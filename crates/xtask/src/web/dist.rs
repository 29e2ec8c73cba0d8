//! Writing `frontend/dist`: names that change with the content, the page that refers to them, compressed copies.
//!
//! Everything in `assets/` may be cached for ever; `index.html` and the rest must be asked for again each time.

use std::{
    fmt::{self, Display},
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    Mode,
    bind::{APP, Code},
    css::{Font, Styles},
    folder,
    split::LINK,
};
use crate::{
    failure::{Failure, OrFail, Result},
    files::{self, fingerprint, read, read_text},
    shell::root,
};

/// What `frontend/index.html` refers to, each exactly where the browser should hear of it.
const PLACEHOLDERS: &[&str] = &["{{boot}}", "{{js}}", "{{parts}}", "{{wasm}}", "{{css}}", "{{font}}"];

/// Contents that compressing again makes no smaller.
const COMPRESSED_ALREADY: &[&str] = &["woff2", "png", "webp", "avif", "jpg"];

/// The page before the names of its files are known.
pub struct Template(String);

impl Template {
    /// Reads `frontend/index.html` and checks that it can be filled and served.
    pub fn read() -> Result<Self> {
        let text = read_text(&root().join("frontend/index.html"))?;
        Self::check(&text).map(|()| Self(text))
    }

    fn check(text: &str) -> Result<()> {
        if let Some(missing) = PLACEHOLDERS.iter().find(|placeholder| !text.contains(*placeholder)) {
            return Err(Failure::new(format!("frontend/index.html must contain the placeholder {missing}.")));
        }
        let scripts = text.split("<script").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
        if scripts.into_iter().any(|attributes| !attributes.contains("src=")) {
            return Err(Failure::new(
                "frontend/index.html has an inline script, which the content security policy forbids: put it in Rust.",
            ));
        }
        Ok(())
    }

    fn fill(&self, names: &[(&str, &str)]) -> String {
        names.iter().fold(self.0.clone(), |text, (placeholder, name)| {
            text.replace(&format!("{{{{{placeholder}}}}}"), &format!("/assets/{name}"))
        })
    }
}

/// Replaces `frontend/dist` and tells what it weighs.
pub fn write(template: &Template, styles: Styles, code: &Code, mode: Mode) -> Result<Sizes> {
    println!("Writing frontend/dist.");
    files::remove_folder(&folder())?;
    let mut writer = Writer { mode, sizes: Sizes::default() };

    let font = writer.fonts(&styles.fonts)?;
    let css = writer.asset("egestion", "css", sheet_with_fonts(styles, &font)?.as_bytes())?;
    let (js, parts) = writer.modules(code)?;
    let wasm = writer.asset("app_bg", "wasm", &code.wasm)?;
    let boot = writer.asset("boot", "js", boot(&js, &wasm).as_bytes())?;
    for (path, bytes) in &code.snippets {
        writer.file(&Path::new("assets").join(path), bytes)?;
    }
    writer.public()?;

    let first_font = font.first().map(|(_, name)| name.as_str()).unwrap_or_default();
    let names =
        [("boot", &*boot), ("js", &js), ("parts", &parts), ("wasm", &wasm), ("css", &css), ("font", first_font)];
    writer.first_load("index.html".as_ref(), template.fill(&names).as_bytes())?;
    Ok(writer.sizes)
}

/// The module that starts the page: there is no inline script to do it.
fn boot(js: &str, wasm: &str) -> String {
    format!(
        "import init from \"./{js}\";\n\
         init({{ module_or_path: new URL(\"./{wasm}\", import.meta.url) }}).catch((cause) => {{\n  \
         document.documentElement.dataset.demarrage = \"echec\";\n  throw cause;\n}});\n"
    )
}

/// The style sheet with the fonts under their hashed names, beside it.
fn sheet_with_fonts(styles: Styles, fonts: &[(String, String)]) -> Result<String> {
    let sheet = fonts.iter().fold(styles.sheet, |sheet, (path, name)| sheet.replace(path, name));
    match sheet.split("url(\"fonts/").nth(1) {
        None => Ok(sheet),
        Some(rest) => {
            let file = rest.split('"').next().unwrap_or_default();
            Err(Failure::new(format!("Put the font {file} in frontend/styles/fonts: the style sheet names it.")))
        }
    }
}

struct Writer {
    mode: Mode,
    sizes: Sizes,
}

impl Writer {
    /// Writes the fonts and pairs the path in the style sheet with the hashed name.
    fn fonts(&mut self, fonts: &[Font]) -> Result<Vec<(String, String)>> {
        let mut names = Vec::new();
        for font in fonts {
            let stem = Path::new(&font.path).file_stem().unwrap_or_default().to_string_lossy();
            names.push((font.path.clone(), self.asset(&stem, "woff2", &font.bytes)?));
        }
        Ok(names)
    }

    /// Writes a file of the first load under a name that changes with its content, and returns the name.
    fn asset(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}-{}.{extension}", fingerprint(bytes));
        self.first_load(&Path::new("assets").join(&name), bytes)?;
        Ok(name)
    }

    /// Writes the module that starts the page and the one that fetches its parts, and returns their names.
    ///
    /// Each imports the other, so that they share one fingerprint.
    fn modules(&mut self, code: &Code) -> Result<(String, String)> {
        let mut link = code.parts.link.clone();
        for (name, bytes) in &code.parts.parts {
            let stem = name.trim_end_matches(".wasm");
            let hashed = format!("{stem}-{}.wasm", fingerprint(bytes));
            let compressed = self.file(&Path::new("assets").join(&hashed), bytes)?;
            self.sizes.later.push(Size { path: Path::new("assets").join(&hashed), raw: bytes.len(), compressed });
            link = link.replace(&format!("./{name}"), &format!("./{hashed}"));
        }
        let print = fingerprint((code.js.clone() + &link).as_bytes());
        let names = [(APP, format!("app-{print}.js")), (LINK, format!("parts-{print}.js"))];
        let renamed = |text: &str| names.iter().fold(text.to_owned(), |text, (from, to)| reimport(&text, from, to));
        for ((_, name), text) in names.iter().zip([&code.js, &link]) {
            self.first_load(&Path::new("assets").join(name), renamed(text).as_bytes())?;
        }
        let [(_, app), (_, parts)] = names;
        Ok((app, parts))
    }

    /// Copies `frontend/public`, whose names are known to the world.
    fn public(&mut self) -> Result<()> {
        let public = root().join("frontend/public");
        if !public.exists() {
            return Ok(());
        }
        for source in files::sources(&public)? {
            self.file(source.strip_prefix(&public).unwrap_or(&source), &read(&source)?)?;
        }
        Ok(())
    }

    fn first_load(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let compressed = self.file(path, bytes)?;
        self.sizes.first.push(Size { path: path.to_path_buf(), raw: bytes.len(), compressed });
        Ok(())
    }

    /// Writes a file with its `.br` and `.gz` copies, and returns the size of the smallest.
    fn file(&self, path: &Path, bytes: &[u8]) -> Result<usize> {
        let file = folder().join(path);
        files::write(&file, bytes)?;
        let extension = path.extension().unwrap_or_default();
        if COMPRESSED_ALREADY.iter().any(|known| extension == *known) {
            return Ok(bytes.len());
        }
        let brotli = brotli(bytes, self.mode)?;
        files::write(&with_suffix(&file, ".br"), &brotli)?;
        files::write(&with_suffix(&file, ".gz"), gzip(bytes, self.mode)?)?;
        Ok(brotli.len())
    }
}

/// A module that imports `to` in place of `from`. Elsewhere in it the name stays: WebAssembly asks for it.
fn reimport(module: &str, from: &str, to: &str) -> String {
    ['"', '\''].iter().fold(module.to_owned(), |text, quote| {
        text.replace(&format!("from {quote}./{from}{quote}"), &format!("from {quote}./{to}{quote}"))
    })
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn brotli(bytes: &[u8], mode: Mode) -> Result<Vec<u8>> {
    let quality = if mode == Mode::Small { 11 } else { 1 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters).or_fail(|| "brotli failed".to_owned())?;
    Ok(compressed)
}

fn gzip(bytes: &[u8], mode: Mode) -> Result<Vec<u8>> {
    let level = if mode == Mode::Small { flate2::Compression::best() } else { flate2::Compression::fast() };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).and_then(|()| encoder.finish()).or_fail(|| "gzip failed".to_owned())
}

/// What the browser loads before the page shows, and what it loads when that is first needed.
#[derive(Default)]
pub struct Sizes {
    first: Vec<Size>,
    later: Vec<Size>,
}

struct Size {
    path: PathBuf,
    raw: usize,
    compressed: usize,
}

impl Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        rows(formatter, "first load, in bytes", &self.first)?;
        rows(formatter, "when first needed", &self.later)
    }
}

fn rows(formatter: &mut fmt::Formatter<'_>, title: &str, sizes: &[Size]) -> fmt::Result {
    let mut row = |name: &str, raw: &str, compressed: &str| writeln!(formatter, "{name:<44}{raw:>12}{compressed:>12}");
    row(title, "raw", "brotli")?;
    for Size { path, raw, compressed } in sizes {
        row(&path.to_string_lossy(), &raw.to_string(), &compressed.to_string())?;
    }
    let sum = |of: fn(&Size) -> usize| sizes.iter().map(of).sum::<usize>().to_string();
    row("total", &sum(|size| size.raw), &sum(|size| size.compressed))
}

#[cfg(test)]
mod tests {
    use super::{Template, reimport};

    const PAGE: &str = "{{js}} {{parts}} {{wasm}} {{css}} {{font}} <script type=module src=\"{{boot}}\"></script>";

    #[test]
    fn a_template_needs_every_placeholder_and_no_inline_script() {
        assert_eq!(Template::check(PAGE), Ok(()));
        let refusal = |page: &str| Template::check(page).map_err(|failure| failure.to_string());
        assert!(refusal(&PAGE.replace("{{css}}", "")).is_err_and(|sentence| sentence.contains("{{css}}")));
        assert!(refusal(&format!("{PAGE}<script>1</script>")).is_err_and(|sentence| sentence.contains("inline")));
    }

    #[test]
    fn an_import_is_renamed_and_nothing_else() {
        let module = "import * as star from './parts.js';\nconst imports = { './parts.js': star };";
        let renamed = "import * as star from './parts-1.js';\nconst imports = { './parts.js': star };";
        assert_eq!(reimport(module, "parts.js", "parts-1.js"), renamed);
    }

    #[test]
    fn a_template_is_filled_with_absolute_paths() {
        let template = Template("<link href=\"{{css}}\">".to_owned());
        assert_eq!(template.fill(&[("css", "a-1.css")]), "<link href=\"/assets/a-1.css\">");
    }
}
