//! Reads an archive back, with another reader than the one that wrote it knows how to stream.

/// Names and contents, in order.
pub async fn entrees(octets: &[u8]) -> Vec<(String, Vec<u8>)> {
    #[expect(deprecated, reason = "its successor does not read from memory")]
    let archive = async_zip::base::read::mem::ZipFileReader::new(octets.to_vec()).await.unwrap();
    let mut entrees = Vec::new();
    for i in 0..archive.file().entries().len() {
        let nom = archive.file().entries()[i].filename().as_str().unwrap().to_owned();
        let mut contenu = Vec::new();
        archive.reader_with_entry(i).await.unwrap().read_to_end_checked(&mut contenu).await.unwrap();
        entrees.push((nom, contenu));
    }
    entrees
}

/// Every file may be read by who extracts it, and bears the time of its deposit, to the two seconds of such archives.
pub async fn droits(octets: &[u8], depose_le: jiff::Timestamp) {
    #[expect(deprecated, reason = "its successor does not read from memory")]
    let archive = async_zip::base::read::mem::ZipFileReader::new(octets.to_vec()).await.unwrap();
    let le = depose_le.in_tz("Europe/Paris").unwrap();
    for entree in archive.file().entries() {
        assert_eq!(entree.unix_permissions().map(|m| m & 0o777), Some(0o644));
        let date = entree.last_modification_date();
        let jour = (date.year(), date.month(), date.day(), date.hour(), date.minute());
        let partie = |n: i8| u32::try_from(n).unwrap();
        let attendu =
            (i32::from(le.year()), partie(le.month()), partie(le.day()), partie(le.hour()), partie(le.minute()));
        assert_eq!(jour, attendu);
    }
}
