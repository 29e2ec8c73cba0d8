//! nginx serving one file, as its documentation advises.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::machine::cores;
use crate::process::{Process, bare, free_address};

/// The path of the file.
pub const PATH: &str = "/fichier.pdf";

/// Where nginx is, if it is installed.
pub fn program() -> Option<PathBuf> {
    ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

/// nginx in a folder of its own under `folder`, serving `content`.
pub async fn start(program: &Path, content: &[u8], folder: &Path) -> Result<(Process, SocketAddr)> {
    let folder = folder.join("nginx");
    fs::create_dir_all(folder.join("www")).context("a folder for nginx")?;
    fs::write(folder.join("www/fichier.pdf"), content).context("the file that nginx serves")?;
    let address = free_address()?;
    fs::write(folder.join("nginx.conf"), configuration(&folder, address, cores())).context("the settings of nginx")?;
    let mut command = bare(program);
    command.arg("-e").arg("stderr").arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf"));
    let mut process = Process::start("nginx", &mut command, &folder)?;
    process.ready(address, PATH).await?;
    Ok((process, address))
}

/// In the foreground, without a log of requests; all that it writes stays in its folder.
fn configuration(folder: &Path, address: SocketAddr, workers: usize) -> String {
    let folder = folder.display();
    // Workers must be able to open the folder, which only its owner may.
    let user = if nix::unistd::geteuid().is_root() { "user root;\n" } else { "" };
    let kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("    {name}_temp_path \"{folder}/{name}\";\n"))
        .concat();
    format!(
        "{user}daemon off;\nworker_processes {workers};\npid \"{folder}/pid\";\nerror_log stderr warn;\n\
         events {{\n    worker_connections 256;\n}}\n\
         http {{\n{kept}    access_log off;\n    sendfile on;\n    tcp_nopush on;\n    keepalive_requests 1000000;\n\
         \x20   types {{ application/pdf pdf; }}\n\
         \x20   server {{\n        listen {address};\n        root \"{folder}/www\";\n    }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::configuration;

    #[test]
    fn all_that_nginx_writes_is_in_its_folder() {
        let text = configuration(Path::new("/somewhere"), ([127, 0, 0, 1], 81).into(), 2);
        let paths: Vec<_> = text.split('"').skip(1).step_by(2).collect();
        assert_eq!(paths.len(), 7);
        assert!(paths.iter().all(|path| path.starts_with("/somewhere/")), "{text}");
        assert!(text.contains("worker_processes 2;") && text.contains("listen 127.0.0.1:81;"));
    }
}
