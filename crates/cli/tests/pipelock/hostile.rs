//! Files that are odd or meant to be: each is refused with its reason, by the
//! check and by the engine, and values that need escaping come back as they were.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use crate::harness::{User, World, world_or_skip};
use crate::plain::parsed;
use crate::second::{Gateway, file};

/// Refused by every reader of the file, with these words.
#[track_caller]
fn refused(world: &World, path: &str, words: &str) {
    for args in [
        vec!["pipelock", "check", path],
        vec!["pipelock", "check", "--rendered", path],
        vec!["gateway", "--pipelock", path, "--listen", "127.0.0.1:0"],
    ] {
        let said = world.bottle(&args);
        assert_eq!(
            (said.code, said.stdout.as_str()),
            (78, ""),
            "{args:?}: {said:#?}"
        );
        assert!(said.stderr.contains(words), "{words}: {said:#?}");
    }
}

#[test]
fn what_makes_yaml_mean_more_than_it_shows_is_refused() {
    let world = world_or_skip!(User::Caller);
    for (text, words) in [
        ("mode: strict\nmode: audit\n", "written twice"),
        (
            "dlp: { scan_env: true, \"scan_env\": false }\n",
            "written twice",
        ),
        ("mode: &m strict\n", "anchors are not used"),
        ("api_allowlist: [*m]\n", "a reference to an anchor"),
        (
            "dlp: &d { scan_env: true }\nssrf:\n  <<: *d\n",
            "anchors are not used",
        ),
        ("enforce: !!bool \"true\"\n", "tags are not used"),
        ("mode: !!binary c3RyaWN0\n", "tags are not used"),
        (
            "mode: !!python/object:os.system strict\n",
            "tags are not used",
        ),
        ("%YAML 1.1\n---\nmode: strict\n", "p.yaml:1"),
        ("mode: strict\n---\nmode: audit\n", "single document"),
        ("dlp:\n\tscan_env: true\n", "a tab stands"),
        ("[mode, strict]\n", "must be a mapping"),
        ("strict\n", "must be a mapping"),
        ("? [mode]\n: strict\n", "p.yaml:1"),
        ("mode: \"strict\\0\"\n", "p.yaml:1"),
        ("mode: 'strict\n", "p.yaml:1"),
        (
            "api_allowlist: {a: b}\n",
            "`config.api_allowlist` must be a list of strings",
        ),
        (
            "api_allowlist: [[a]]\n",
            "`config.api_allowlist` must be a list of strings",
        ),
        (
            "forward_proxy: true\n",
            "`config.forward_proxy` must be a mapping",
        ),
        (
            "tls_interception: { ca_cert: [a] }\n",
            "`tls_interception.ca_cert` must be a string",
        ),
        (
            "version: 99999999999999999999\n",
            "`config.version` must be an integer",
        ),
    ] {
        refused(&world, &file(&world, "p.yaml", text), words);
    }
}

#[test]
fn what_is_no_text_or_has_no_end_is_refused() {
    let world = world_or_skip!(User::Caller);
    let path = world.write("home/p.yaml", b"mode: \"\xff\xfe\"\n");
    refused(&world, &path.to_string_lossy(), "no UTF-8");
    let utf16: Vec<u8> = "\u{feff}mode: strict\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let path = world.write("home/p.yaml", utf16);
    refused(&world, &path.to_string_lossy(), "no UTF-8");
    let deep = format!(
        "api_allowlist: {}{}\n",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    refused(&world, &file(&world, "p.yaml", &deep), "p.yaml:1");
    let long = format!("api_allowlist: [{}]\n", "a.test, ".repeat(60_000));
    refused(
        &world,
        &file(&world, "p.yaml", &long),
        "at most 262144 bytes",
    );
    refused(&world, "/dev/zero", "could not read /dev/zero");
    refused(&world, &world.home().to_string_lossy(), "could not read");
    refused(&world, "nowhere.yaml", "could not read nowhere.yaml");
}

/// Files that the file names are bounded and private as well.
#[test]
fn what_a_file_names_is_read_with_care() {
    let world = world_or_skip!(User::Caller);
    let gateway = |text: &str, words: &str| {
        let path = file(&world, "p.yaml", text);
        let said = world.bottle(&["gateway", "--pipelock", &path, "--listen", "127.0.0.1:0"]);
        assert_eq!(said.code, 78, "{said:#?}");
        assert!(said.stderr.contains(words), "{words}: {said:#?}");
    };
    gateway(
        "dlp: { secrets_file: /dev/zero }\n",
        "could not read /dev/zero",
    );
    gateway("dlp: { secrets_file: gone.txt }\n", "gone.txt");
    gateway(
        "tls_interception: { enabled: true }\n",
        "`bottle pipelock tls init` makes a pair",
    );
    world.bottle(&["pipelock", "tls", "init"]).ok();
    let key = world.path("home/.pipelock/ca-key.pem");
    std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    gateway("tls_interception: { enabled: true }\n", "0600 or 0640");
    std::fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    std::fs::write(
        &key,
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
    )
    .unwrap();
    gateway("tls_interception: { enabled: true }\n", "could not");
}

/// What a file says is shown on a terminal, and never obeyed by one.
#[test]
fn no_text_of_a_file_reaches_a_terminal_as_it_is() {
    let world = world_or_skip!(User::Caller);
    for text in [
        "fetch_proxy: { monitoring: { \"\\e[31mkey\": 1, \"k\\nbottle: forged\": 2 } }\n",
        "api_allowlist: [\"\\e[2Jevil\", \"a\\nbottle: forged\"]\n",
        "\"\\e[31mkey\": 1\nmode: \"\\e[2J\"\nssrf: { ip_allowlist: [\"\\e[31m\"] }\n",
        "dlp: { secrets_file: \"\\e[2Jx\\nbottle: forged\" }\n",
        "tls_interception: { enabled: true, ca_cert: \"\\e[2Jx\\nbottle: forged\" }\n",
    ] {
        let path = file(&world, "p.yaml", text);
        for args in [
            vec!["pipelock", "check", &path],
            vec!["pipelock", "check", "--json", &path],
            // No address of this machine: it ends there at the latest.
            vec!["gateway", "--pipelock", &path, "--listen", "192.0.2.1:1"],
        ] {
            let said = world.bottle(&args);
            assert!(!said.says("\u{1b}"), "{said:#?}");
            assert!(!said.says("\nbottle: forged"), "{said:#?}");
        }
    }
}

/// The pair is made where a file without paths looks for it.
#[test]
fn an_authority_needs_no_paths() {
    let world = world_or_skip!(User::Caller);
    world.bottle(&["pipelock", "tls", "init"]).ok();
    let path = file(
        &world,
        "p.yaml",
        "tls_interception: { enabled: true, ca_cert: '' }\n",
    );
    let _listens = Gateway::start(&world, &["--pipelock", &path]);
}

/// Paths are any text; hosts come out as they were written.
#[test]
fn values_that_need_escaping_are_read_back_as_they_were() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: \"*.Example.com\"", "host: \"2001:db8::1\""]);
    let odd = [
        "/etc/it's \"a\": #1, [x] {y} & *z ! % @ ` | > \\ ?.pem",
        "yes",
        "~",
        "010",
        "1e3",
        ".inf",
        "2026-01-01",
        "- a",
        "a: b",
        "# c",
        " a ",
        "<<",
        "---",
        "line\nand\tline",
        "\u{85}\u{2028}\u{feff}é🔒",
        "\u{7f}\u{1}",
        "{{ x }}",
        "null",
        "0x1f",
    ];
    for value in odd {
        let args = ["render", "pipelock", "-f", "bottle.yaml", "-o", "p.yaml"];
        let ca = ["cert", "key"].map(|which| format!("--ca-{which}={value}"));
        world.bottle(&[&args[..], &[&ca[0], &ca[1]]].concat()).ok();
        let text = std::fs::read_to_string(world.path("project/p.yaml")).unwrap();
        let read = parsed(&text);
        for key in ["/tls_interception/ca_cert", "/tls_interception/ca_key"] {
            assert_eq!(
                read.pointer(key).and_then(|v| v.as_str()),
                Some(value),
                "{text}"
            );
        }
        let hosts = serde_json::json!(["*.Example.com", "2001:db8::1"]);
        assert_eq!(read.pointer("/api_allowlist"), Some(&hosts));
        world
            .bottle(&["pipelock", "check", "--rendered", "p.yaml"])
            .ok();
    }
}

/// A device or a link is not replaced by the file.
#[test]
fn only_a_file_is_written_over() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: a.example.com"]);
    for path in ["/dev/null", "."] {
        let said = world.bottle(&["render", "pipelock", "-f", "bottle.yaml", "-o", path]);
        assert_eq!(said.code, 125, "{said:#?}");
        assert!(said.stderr.contains("no ordinary file"), "{said:#?}");
    }
}
