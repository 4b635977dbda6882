//! Where package managers keep what they download.
//!
//! What they keep in a person's home is shown read-only: whoever could change a
//! package's source there would run code outside at the next build. So where a
//! registry can be reached, they are told a place of the bottle's own instead.
//! Where none can, nothing could be fetched, and what the host has is used.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use bottle_policy::{Bottle, Host};

/// Below the home, private to the bottle and gone with it.
const PRIVATE: &str = ".cache/bottle";

/// A package manager's cache.
struct Cache {
    /// The variable that says where it is.
    variable: &'static str,
    /// The variable that says where it is on the host, and what is below it.
    outside: (&'static str, &'static str),
    /// Where it is on the host without that variable, below the home.
    default: &'static str,
    /// Its name among ours.
    private: &'static str,
    /// The registries that it is filled from.
    registries: &'static [&'static str],
}

const CACHES: &[Cache] = &[
    Cache {
        variable: "BUN_INSTALL_CACHE_DIR",
        outside: ("BUN_INSTALL_CACHE_DIR", ""),
        default: ".bun/install/cache",
        private: "bun",
        registries: &["registry.npmjs.org"],
    },
    Cache {
        variable: "CARGO_HOME",
        outside: ("CARGO_HOME", ""),
        default: ".cargo",
        private: "cargo",
        registries: &["index.crates.io", "static.crates.io"],
    },
    Cache {
        variable: "GOMODCACHE",
        outside: ("GOPATH", "pkg/mod"),
        default: "go/pkg/mod",
        private: "go",
        registries: &["proxy.golang.org"],
    },
    Cache {
        variable: "YARN_GLOBAL_FOLDER",
        outside: ("YARN_GLOBAL_FOLDER", ""),
        default: ".yarn/berry",
        private: "yarn",
        registries: &["registry.yarnpkg.com", "registry.npmjs.org"],
    },
];

/// The variables that lead package managers to places of the bottle's own.
pub(crate) fn variables(
    bottle: &Bottle,
    outside: &[(OsString, OsString)],
    home: &Path,
    writable: &[PathBuf],
) -> Vec<(&'static str, PathBuf)> {
    let read_only = |cache: &&Cache| {
        let place = cache.place(outside, home);
        place.exists() && !writable.iter().any(|tree| place.starts_with(tree))
    };
    CACHES
        .iter()
        .filter(|cache| cache.registries.iter().any(|host| reaches(bottle, host)))
        .filter(read_only)
        .map(|cache| (cache.variable, home.join(PRIVATE).join(cache.private)))
        .collect()
}

impl Cache {
    /// Where it is on the host.
    fn place(&self, outside: &[(OsString, OsString)], home: &Path) -> PathBuf {
        let (variable, below) = self.outside;
        let set = outside.iter().find(|(name, _)| name == variable);
        // `GOPATH` may be a list, of which the first is written to.
        let first = set.and_then(|(_, value)| std::env::split_paths(value).next());
        match first {
            Some(place) if place.is_absolute() => place.join(below),
            Some(_) | None => home.join(self.default),
        }
    }
}

fn reaches(bottle: &Bottle, host: &str) -> bool {
    let Ok(host) = host.parse::<Host>() else {
        return false;
    };
    let mut routes = bottle.egress.routes.iter();
    routes.any(|route| route.host.matches(&host))
}

#[cfg(test)]
mod tests {
    use bottle_policy::{InspectTerms, Origin, PipelockHints, Route, Slug};

    use super::*;

    fn bottle(hosts: &[&str]) -> Bottle {
        let mut bottle = Bottle::closed(Slug::from_lossy("app"));
        bottle.egress.routes = hosts
            .iter()
            .map(|host| Route {
                host: host.parse().unwrap(),
                port: 443,
                matches: Vec::new(),
                auth: None,
                inspect: InspectTerms::default(),
                pipelock: PipelockHints::default(),
                origin: Origin::Provider("test".to_owned()),
            })
            .collect();
        bottle
    }

    #[test]
    fn a_cache_is_private_where_it_can_be_filled_and_is_the_hosts() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path();
        for place in [".cargo/registry", "elsewhere/pkg/mod", "work/cargo"] {
            std::fs::create_dir_all(home.join(place)).unwrap();
        }
        let set = |name: &str, place: &str| (OsString::from(name), home.join(place).into());
        let outside = [set("GOPATH", "elsewhere")];
        let found = |hosts: &[&str], outside: &[_], writable: &[PathBuf]| -> Vec<&str> {
            let found = variables(&bottle(hosts), outside, home, writable);
            found.into_iter().map(|(name, _)| name).collect()
        };
        let crates = ["*.crates.io"];
        assert_eq!(found(&crates, &[], &[]), ["CARGO_HOME"]);
        assert_eq!(found(&["a.example.com"], &[], &[]), [""; 0]);
        assert_eq!(found(&["proxy.golang.org"], &outside, &[]), ["GOMODCACHE"]);
        // Not there, or changeable already: it is left as it is.
        assert_eq!(found(&["proxy.golang.org"], &[], &[]), [""; 0]);
        let own = [set("CARGO_HOME", "work/cargo")];
        assert_eq!(found(&crates, &own, &[home.join("work")]), [""; 0]);
    }
}
