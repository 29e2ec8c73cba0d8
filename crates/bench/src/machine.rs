//! The machine that the figures were obtained on, without anything that names it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

/// A machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Cores that may be used.
    pub cores: usize,
    /// Their model.
    pub processor: String,
    /// Memory, in MiB.
    pub memory: u64,
    /// The kernel's name and version.
    pub kernel: String,
    /// The kind of the disk that was written to, and its file system.
    pub disk: String,
    /// Tasks that wanted a core in the minute before the run, on average: what else kept the machine busy.
    pub load: f64,
}

impl Machine {
    /// This machine, with the disk that holds `folder`.
    pub fn look(folder: &Path) -> Result<Self> {
        let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
        Ok(Self {
            cores: cores(),
            processor: field(&read("/proc/cpuinfo"), "model name").unwrap_or("unknown").to_owned(),
            memory: field(&read("/proc/meminfo"), "MemTotal").and_then(kibibytes).unwrap_or_default() / 1024,
            kernel: format!("Linux {}", version(&read("/proc/sys/kernel/osrelease"))),
            disk: disk(folder)?,
            load: read("/proc/loadavg").split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default(),
        })
    }
}

impl Machine {
    /// Whether something else keeps it so busy that the figures mean little.
    pub fn is_busy(&self) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "cores are few")]
        let cores = self.cores as f64;
        self.load > cores / 4.0
    }
}

/// Cores that may be used.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Fails when `folder` is in memory: what is written there is not durable, and costs nothing.
pub fn check_disk(folder: &Path) -> Result<()> {
    let folder = fs::canonicalize(folder).context("the temporary folder")?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let in_memory = mount(&mounts, &folder).is_some_and(|mount| matches!(mount.system, "tmpfs" | "ramfs"));
    ensure!(!in_memory, "{} is in memory: choose a folder on a disk with --dossier", folder.display());
    Ok(())
}

/// Processor time that this process has used so far, in seconds.
pub fn processor_seconds() -> f64 {
    let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else { return 0.0 };
    let seconds = |time: nix::sys::time::TimeVal| {
        #[expect(clippy::cast_precision_loss, reason = "seconds of a run are few")]
        let seconds = time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        seconds
    };
    seconds(usage.user_time()) + seconds(usage.system_time())
}

fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))?;
    Some(value.trim())
}

fn kibibytes(value: &str) -> Option<u64> {
    value.strip_suffix("kB")?.trim().parse().ok()
}

/// The numbers of a kernel's version; what follows them may name the machine or its owner.
fn version(release: &str) -> &str {
    let end = release.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(release.len());
    release[..end].trim_end_matches('.')
}

fn disk(folder: &Path) -> Result<String> {
    let folder = fs::canonicalize(folder).context("the temporary folder")?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let Some(mount) = mount(&mounts, &folder) else { return Ok("unknown disk".to_owned()) };
    let link = Path::new("/sys/dev/block").join(mount.device);
    let name = fs::canonicalize(&link).ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let rotational =
        ["queue/rotational", "../queue/rotational"].iter().find_map(|file| fs::read_to_string(link.join(file)).ok());
    let kind = kind(name.as_deref().unwrap_or_default(), rotational.as_deref() == Some("1\n"));
    Ok(format!("{kind}, {}", mount.system))
}

fn kind(device: &str, rotational: bool) -> &'static str {
    match device.get(..2).unwrap_or_default() {
        "nv" => "NVMe SSD",
        "vd" | "xv" => "virtual disk",
        "sd" | "hd" if rotational => "hard disk",
        "sd" | "hd" => "SSD",
        "dm" | "md" => "volume over other disks",
        _ => "unknown disk",
    }
}

/// Where a folder is mounted.
#[derive(Debug, PartialEq, Eq)]
struct Mount<'a> {
    /// The numbers of the device.
    device: &'a str,
    /// The kind of the file system.
    system: &'a str,
}

/// The mount that holds `folder`, from the text of `/proc/self/mountinfo`: the last of the deepest.
fn mount<'a>(mounts: &'a str, folder: &Path) -> Option<Mount<'a>> {
    let holding = mounts.lines().filter_map(|line| {
        let (fields, end) = line.split_once(" - ")?;
        let mut fields = fields.split(' ').skip(2);
        let (device, point) = (fields.next()?, fields.nth(1)?);
        folder.starts_with(point).then_some((point.len(), Mount { device, system: end.split(' ').next()? }))
    });
    holding.max_by_key(|(depth, _)| *depth).map(|(_, mount)| mount)
}

#[cfg(test)]
mod tests {
    use super::{Mount, field, kibibytes, kind, mount, version};

    #[test]
    fn nothing_of_a_kernel_is_told_but_its_numbers() {
        for (release, expected) in [("6.12.48-acme-host3\n", "6.12.48"), ("6.1.0-25-amd64", "6.1.0"), ("", "")] {
            assert_eq!(version(release), expected);
        }
    }

    #[test]
    fn fields_are_found_by_their_whole_name() {
        let text = "MemTotalX:  1 kB\nMemTotal:       24683656 kB\nmodel name\t: Some Processor\n";
        assert_eq!(field(text, "MemTotal").and_then(kibibytes), Some(24_683_656));
        assert_eq!(field(text, "model name"), Some("Some Processor"));
        assert_eq!(field(text, "absent"), None);
    }

    #[test]
    fn a_disk_is_known_by_its_device_and_its_mount() {
        let mounts = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
                      23 22 0:5 / /dev rw - devtmpfs devtmpfs rw\n24 22 0:9 / /tmp rw shared:2 master:1 - tmpfs tmpfs rw\n";
        let of = |folder: &str| mount(mounts, folder.as_ref());
        assert_eq!(of("/home/target"), Some(Mount { device: "254:0", system: "ext4" }));
        assert_eq!(of("/tmp/target"), Some(Mount { device: "0:9", system: "tmpfs" }));
        assert_eq!(mount("", "/".as_ref()), None);
        assert_eq!(
            [kind("vda", true), kind("sda1", true), kind("", false)],
            ["virtual disk", "hard disk", "unknown disk"]
        );
    }
}
