use crate::code::Code;
use crate::enum_code;

enum_code! {
    /// A file format that a category of pieces may accept.
    pub enum Format {
        /// PDF (ISO 32000).
        Pdf = "pdf",
        /// JPEG.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
        /// TIFF 6.0.
        Tiff = "tiff",
        /// HEIC, the photos of iPhones.
        Heic = "heic",
        /// Word document (OOXML).
        Docx = "docx",
        /// Excel workbook (OOXML).
        Xlsx = "xlsx",
        /// OpenDocument text.
        Odt = "odt",
        /// OpenDocument spreadsheet.
        Ods = "ods",
    }
}

impl Format {
    /// The media type sent with the file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Heic => "image/heic",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    /// How people call the format.
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Tiff => "TIFF",
            Self::Heic => "HEIC",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::Odt => "ODT",
            Self::Ods => "ODS",
        }
    }

    /// The usual file-name extensions, without the dot; the first is the one to give.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Tiff => &["tif", "tiff"],
            Self::Heic => &["heic", "heif"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
        }
    }

    /// Whether a browser shows the format safely inside a page.
    pub const fn affichable(self) -> bool {
        matches!(self, Self::Pdf | Self::Jpeg | Self::Png)
    }

    /// The format that a file name announces by its extension.
    pub fn du_nom(nom: &str) -> Option<Self> {
        let (_, extension) = nom.rsplit_once('.')?;
        Self::TOUS.iter().copied().find(|f| f.extensions().iter().any(|e| e.eq_ignore_ascii_case(extension)))
    }

    /// The formats of a comma-separated list of codes, as a category holds it; unknown codes are left out.
    pub fn liste(codes: &str) -> Vec<Self> {
        codes.split(',').filter_map(|c| Self::du_code(c.trim())).collect()
    }
}
