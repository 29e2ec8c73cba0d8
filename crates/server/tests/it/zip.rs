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
