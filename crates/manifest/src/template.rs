//! The commented manifest that `bottle init` writes: it runs as it stands, and
//! shows the rest as comments.

use bottle_policy::Slug;

use crate::providers::Provider;

/// A manifest for a bottle of that name, with a preset or without.
pub fn template(name: &Slug, provider: Option<&Provider>) -> String {
    let agent = match provider {
        Some(provider) => format!(
            "agent:\n  provider: {0}        # routes, credentials and settings for {1}\n  command: [{2}]\n",
            provider.name,
            provider.title,
            provider.programs.first().copied().unwrap_or(provider.name),
        ),
        None => "agent:\n  provider: none          # or claude, codex, gemini, opencode\n  command: [bash]\n".to_owned(),
    };
    format!("{HEAD}name: \"{name}\"\n\n{agent}{REST}")
}

const HEAD: &str = "\
# What this bottle's agent may reach and see. Everything else is denied.
# After each change: `bottle allow`. All the keys: `bottle schema`.
version: 1
";

const REST: &str = "  # env: { LOG_LEVEL: debug }     # the agent can read these: no secrets here

egress:
  default: deny             # a host that no route lists
  routes: []
  # routes:
  #   - host: api.github.com          # or \"*.example.com\": every name below it
  #     matches:                      # without it, every request to the host
  #       - methods: [GET]
  #         paths: [\"/repos/acme/**\"]  # * within a segment, ** across segments
  #     auth:                         # added after the inspection; the agent never has it
  #       scheme: bearer              # or basic, or header with its name under `header`
  #       token_ref: env:GITHUB_TOKEN # or file:PATH, or cmd:COMMAND
  #     inspect:
  #       on_match: block             # or warn, or off
  #       detectors: { seed_phrase: warn }

inspect:
  secrets: []               # your own, looked for in all that leaves: [env:STRIPE_KEY, file:.env]
  scan_env: true            # and the secret-looking variables that bottle is started with

filesystem:
  writable: [.]             # relative to this file's directory
  hidden: []                # besides ~/.ssh, ~/.aws and their like, which always are
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::providers::PROVIDERS;

    #[test]
    fn every_template_is_a_manifest_that_runs() {
        for provider in PROVIDERS.iter().map(Some).chain([None]) {
            for name in ["app", "7", "no", "null"] {
                let text = template(&name.parse().unwrap(), provider);
                let manifest =
                    parse("bottle.yaml", &text).unwrap_or_else(|faults| panic!("{faults}"));
                assert!(manifest.unbuilt().is_empty() && manifest.notes().is_empty());
                let bottle = manifest.bottle("/p".as_ref());
                assert_eq!(bottle.name.as_str(), name);
                assert_eq!(bottle.agent.command.len(), 1);
            }
        }
    }

    #[test]
    fn what_the_comments_show_works_too() {
        let text = template(&"app".parse().unwrap(), PROVIDERS.first());
        let shown = text.replace("  routes: []\n", "").replace("\n  # ", "\n  ");
        let manifest = parse("bottle.yaml", &shown).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(manifest.unbuilt().is_empty());
        assert_eq!(manifest.bottle("/p".as_ref()).egress.routes.len(), 1);
    }
}
