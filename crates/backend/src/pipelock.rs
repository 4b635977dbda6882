//! A real pipelock beside a bottle: its configuration in a stage directory, and
//! what starting it needs. Nothing else on the machine is changed.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bottle_pipelock::{Ca, Remark, build};
use bottle_policy::{Bottle, IpRange, Slug};

use crate::error::Error;

/// The configuration's name in the stage directory.
const FILE: &str = "pipelock.yaml";

/// What a launch is told before anything is started.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// The directory for the files; it is there already.
    pub directory: PathBuf,
    /// The addresses of the bottle's internal network. The containers beside
    /// pipelock live there, so its address guard has to let them pass.
    pub internal_network: Option<IpRange>,
}

/// What a launch needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PipelockPlan {
    /// The configuration.
    pub yaml: PathBuf,
    /// The name that is in every name of this bottle's.
    pub slug: Slug,
    /// The network without a way out.
    pub internal_network: String,
    /// Its addresses, where they were known.
    pub internal_network_cidr: Option<IpRange>,
    /// The network with one.
    pub egress_network: String,
    /// Where the authority's certificate is to be on the host; `bottle pipelock
    /// tls init` puts it there.
    pub ca_cert: PathBuf,
    /// Where its key is to be.
    pub ca_key: PathBuf,
    /// What the configuration says otherwise than the bottle.
    pub remarks: Vec<Remark>,
}

/// Writes the configuration, with the paths that it has inside the container,
/// and says what a launch needs.
///
/// # Errors
/// The file cannot be written.
pub fn prepare_pipelock(bottle: &Bottle, stage: &Stage) -> Result<PipelockPlan, Error> {
    let exempt: Vec<IpRange> = stage.internal_network.iter().cloned().collect();
    let (config, remarks) = build(bottle, Some(&Ca::default()), &exempt);
    let yaml = stage.directory.join(FILE);
    let failed = |source| Error::Stage {
        path: yaml.clone(),
        source,
    };
    let text = config.render().map_err(|e| failed(io::Error::other(e)))?;
    write_private(&yaml, &text).map_err(failed)?;
    let slug = bottle.name.clone();
    Ok(PipelockPlan {
        internal_network: format!("bottle-{slug}-internal"),
        internal_network_cidr: stage.internal_network.clone(),
        egress_network: format!("bottle-{slug}-egress"),
        ca_cert: stage.directory.join("ca.pem"),
        ca_key: stage.directory.join("ca-key.pem"),
        yaml,
        slug,
        remarks,
    })
}

/// Writes a file that only its owner may read: made with mode 0600, and put in
/// its place whole or not at all.
///
/// # Errors
/// The directory is not there, or not ours to write to; a device, a link or a
/// directory of that name.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    // What is put in its place would replace it.
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::other("it is there and no ordinary file"));
    }
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // Temporary files are made with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use bottle_pipelock::Config;
    use bottle_policy::{InspectTerms, Origin, PipelockHints, Route};

    use super::*;

    #[test]
    fn the_plan_has_what_a_launch_needs_and_only_one_file_was_written() {
        let directory = tempfile::tempdir().unwrap();
        let bottle = Bottle::closed("my-app".parse().unwrap());
        let stage = Stage {
            directory: directory.path().to_owned(),
            internal_network: Some("172.18.0.0/16".parse().unwrap()),
        };
        let plan = prepare_pipelock(&bottle, &stage).unwrap();
        let made: Vec<_> = std::fs::read_dir(directory.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(made, ["pipelock.yaml"]);
        let mode = plan.yaml.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(&plan.yaml).unwrap();
        let config = Config::parse("pipelock.yaml", &text).unwrap();
        assert_eq!(config.ssrf.unwrap().ip_allowlist, ["172.18.0.0/16"]);
        let tls = config.tls_interception.unwrap();
        assert_eq!(tls.ca_cert, "/etc/pipelock-ca.pem");
        assert_eq!(tls.ca_key, "/etc/pipelock-ca-key.pem");
        assert_eq!(plan.slug.as_str(), "my-app");
        assert_eq!(plan.internal_network, "bottle-my-app-internal");
        assert_eq!(plan.egress_network, "bottle-my-app-egress");
        assert!(!plan.ca_key.exists());
    }

    fn route(host: &str, range: &str, origin: Origin) -> Route {
        Route {
            host: host.parse().unwrap(),
            port: 443,
            matches: Vec::new(),
            auth: None,
            inspect: InspectTerms::default(),
            pipelock: PipelockHints {
                ssrf_ip_allowlist: vec![range.parse().unwrap()],
                ..PipelockHints::default()
            },
            origin,
        }
    }

    #[test]
    fn a_plan_is_of_the_routes_the_presets_and_the_network_and_can_be_made_again() {
        let directory = tempfile::tempdir().unwrap();
        let mut bottle = Bottle::closed("my-app".parse().unwrap());
        let preset = Origin::Provider("claude".to_owned());
        bottle.egress.routes = vec![
            route(
                "db.example.com",
                "10.9.0.0/16",
                Origin::Manifest { line: 1 },
            ),
            route("api.example.com", "10.8.0.0/16", preset),
        ];
        bottle.supervise = true;
        let planned = |network: Option<&str>| {
            let stage = Stage {
                directory: directory.path().to_owned(),
                internal_network: network.map(|range| range.parse().unwrap()),
            };
            let plan = prepare_pipelock(&bottle, &stage).unwrap();
            let text = std::fs::read_to_string(&plan.yaml).unwrap();
            (plan, Config::parse("pipelock.yaml", &text).unwrap())
        };
        let (_, before) = planned(None);
        assert_eq!(
            before.api_allowlist,
            ["api.example.com", "db.example.com", "supervise"]
        );
        assert_eq!(before.ssrf.unwrap().ip_allowlist, ["10.9.0.0/16"]);
        // Known once the network is there.
        let (plan, after) = planned(Some("172.18.0.0/16"));
        assert_eq!(
            after.ssrf.unwrap().ip_allowlist,
            ["10.9.0.0/16", "172.18.0.0/16"]
        );
        assert_eq!(
            plan.internal_network_cidr,
            Some("172.18.0.0/16".parse().unwrap())
        );
        assert_eq!(plan.remarks.len(), 1, "{:?}", plan.remarks);
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_stage_that_is_not_there_is_a_fault() {
        let bottle = Bottle::closed("my-app".parse().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage {
            directory: folder.path().join("gone"),
            ..Stage::default()
        };
        let error = prepare_pipelock(&bottle, &stage).unwrap_err();
        assert!(error.to_string().contains("gone/pipelock.yaml"));
    }

    #[test]
    fn what_is_no_ordinary_file_stays() {
        let directory = tempfile::tempdir().unwrap();
        let (link, behind) = (directory.path().join("p.yaml"), directory.path().join("q"));
        std::fs::write(&behind, "old").unwrap();
        std::os::unix::fs::symlink(&behind, &link).unwrap();
        for path in [link.as_path(), directory.path(), Path::new("/dev/null")] {
            assert!(write_private(path, "new").is_err(), "{}", path.display());
        }
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&behind).unwrap(), "old");
    }

    #[test]
    fn a_file_that_others_could_read_is_replaced_by_one_that_they_cannot() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("p.yaml");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
