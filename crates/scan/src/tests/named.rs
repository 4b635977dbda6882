//! Values that a name makes credentials, and what only looks like it: each
//! beside its harmless twin.

use super::{found, ids};
use crate::detectors::sample::{HEX32, MIXED4, MIXED8, MIXED20, MIXED32};

fn stops(text: &str) -> bool {
    !ids(&found(text.as_bytes())).is_empty()
}

#[test]
fn a_value_that_runs_on_from_its_name_is_found() {
    for text in [
        ["graphhopperSECRET", MIXED32].concat(),
        ["fastforex-", MIXED20, MIXED8].concat(),
        ["mailjetPRIVATE", "3f2a9c04-7be2-4f4d-913c-a865d02b7f61"].concat(),
    ] {
        assert!(stops(&text), "{text}");
    }
    for text in [
        "graphhopperSECRETproviderOfTheTransformationV2".to_owned(),
        "grafana-5d9f8b7c6d-x7k2p".to_owned(),
        ["fastforex-", HEX32].concat(),
        ["chunk-", MIXED20, MIXED8].concat(),
        ["algolia-", MIXED20, MIXED8, ".js"].concat(),
    ] {
        assert!(!stops(&text), "{text}");
    }
}

/// Templates, calls, keys of maps, variables, comments.
#[test]
fn a_sign_may_stand_between_a_name_and_what_assigns_its_value() {
    for before in [
        "${API_KEY}=",
        "{{api_key}}: ",
        "TOKEN}: ",
        "getToken(): \"",
        "get_token()==\"",
        "$env{token} = \"",
        "data{\"token\"} = \"",
        "%TOKEN%=",
        "token%=",
        "\"token\"), \"",
        "(token): ",
        "token + \": ",
        "token\" + \": \" + \"",
        "config['password'];= '",
        "token; ",
        "echo $TOKEN; # ",
        "password#: ",
        "password\u{2192}: ",
        "railway+ ",
    ] {
        assert!(stops(&[before, MIXED20].concat()), "{before}");
    }
    for before in ["${COUNT}=", "getTitle(): \"", "(digest): ", "public_key; "] {
        assert!(!stops(&[before, MIXED20].concat()), "{before}");
    }
}

/// Lists of variables in files for clusters, in JSON, in XML; variables' defaults.
#[test]
fn a_value_may_stand_in_the_line_below_its_name() {
    let value = [MIXED20, MIXED8].concat();
    for (above, name, between, behind) in [
        ("- name: ", "ACME_API_KEY", "\n  value: ", "\n"),
        ("- name: \"", "ACME_API_KEY", "\"\n  value: \"", "\""),
        (
            "{\n  \"name\": \"",
            "ACME_API_KEY",
            "\",\n  \"value\": \"",
            "\"\n}",
        ),
        (
            "variable \"",
            "acme_api_key",
            "\" {\n  default = \"",
            "\"\n}",
        ),
        ("<key>", "AcmeApiKey", "</key>\n<string>", "</string>"),
        ("<name>", "acme.api.key", "</name>\n  <value>", "</value>"),
    ] {
        for (name, is_secret) in [(name, true), ("ACME_COLOUR", false)] {
            let text = [above, name, between, &value, behind].concat();
            let numbered = |form: fn(usize, &str) -> String| {
                let lines = (1..).zip(text.lines());
                let lines: Vec<String> = lines.map(|(at, line)| form(at, line)).collect();
                lines.join("\n")
            };
            let as_shown = [
                text.clone(),
                numbered(|at, line| format!("{at:6}\t{line}")),
                numbered(|at, line| format!("{at:6}\u{2192}{line}")),
                numbered(|at, line| format!("deploy/app.yaml:{at}:{line}")),
                numbered(|_, line| format!("+{line}")),
                numbered(|_, line| format!("> {line}")),
            ];
            for text in as_shown {
                let in_json = serde_json::json!({ "content": text }).to_string();
                for text in [text, in_json] {
                    assert_eq!(stops(&text), is_secret, "{text}");
                }
            }
        }
    }
}

#[test]
fn a_sentence_hands_a_value_over() {
    let value = [MIXED20, MIXED8].concat();
    for before in [
        "my token is ",
        "the api key is `",
        "set ACME_API_KEY to ",
        "The client secret was \"",
    ] {
        assert!(stops(&[before, &value].concat()), "{before}");
    }
    for before in [
        "the commit is ",
        "the id of the token is in ",
        "set COLOUR to ",
    ] {
        assert!(!stops(&[before, &value].concat()), "{before}");
    }
}

/// The name is not what stands right before the sign of equality.
#[test]
fn a_type_or_a_default_stands_between_a_name_and_its_value() {
    for before in [
        "API_TOKEN: Final[str] = \"",
        "api_token: str = Field(default=\"",
        "os.getenv(\"JWT_SECRET\", default=\"",
        "@click.option(\"--token\", default=\"",
        "env::var(\"API_KEY\").unwrap_or(\"",
        "${API_TOKEN:-",
        "api_key <- \"",
    ] {
        assert!(stops(&[before, MIXED20].concat()), "{before}");
    }
    for before in [
        "REVISION: Final[str] = \"",
        "build: str = Field(default=\"",
        "os.getenv(\"BUILD\", default=\"",
        "${RELEASE:-",
        "commit <- \"",
    ] {
        assert!(!stops(&[before, MIXED20].concat()), "{before}");
    }
}

#[test]
fn a_command_is_answered_in_the_next_line() {
    for before in ["$ printenv API_SECRET\n", ">>> settings.SECRET_KEY\n"] {
        assert!(stops(&[before, MIXED32].concat()), "{before}");
    }
    for before in [
        "$ git rev-parse HEAD\n",
        "$ ls secrets\n",
        "the api secret\n",
    ] {
        assert!(!stops(&[before, MIXED32].concat()), "{before}");
    }
}

/// However many settings of a file have no value yet.
#[test]
fn an_unset_setting_takes_no_value_from_the_next_line() {
    for text in [
        ["DB_PASSWORD=\nCOMMIT=", "9f2c4b7"].concat(),
        ["API_TOKEN=\nGIT_SHA=", HEX32].concat(),
        ["export API_TOKEN=\r\nMODEL_ID=", MIXED20].concat(),
        ["checksum/secret: ", HEX32, HEX32].concat(),
        ["SENTRY_DSN=\nSENTRY_RELEASE=frontend-", HEX32, "9f2c4b7a"].concat(),
    ] {
        assert!(!stops(&text), "{text}");
    }
    // A soft line break of quoted-printable still hides nothing.
    let parts = ["api_tok=\nen = ", MIXED20].concat();
    assert!(stops(&parts), "{parts}");
    let parts = ["API_TOKEN = ", MIXED8, "=\n", MIXED8, MIXED4].concat();
    assert!(stops(&parts), "{parts}");
}

/// As mail has it: the sign of equality is escaped itself.
#[test]
fn a_setting_s_name_is_put_together_over_a_soft_line_break() {
    for before in ["API_TOK=\nEN=3D", "x\nexport API_SEC=\r\nRET=3D"] {
        assert!(stops(&[before, MIXED20].concat()), "{before}");
    }
}

#[test]
fn hardly_a_digit_makes_no_name_of_a_value() {
    // Random values of twenty characters and more with a digit or none,
    for value in [
        "qWfLpZrTbNxVjKd7mQwS",
        "RtGbVfQwLpXzKmNjHdScYbAe",
        "xKqZ4vBnRtWmLpJdHsGy",
        // and shorter ones with a digit.
        "qRyaXBlCSJhIgki7",
    ] {
        assert!(stops(&format!("api_key = \"{value}\"")), "{value}");
    }
    for value in [
        "AbstractFactoryBean2",
        "XmlHttpRequestHandlerV2",
        "getUserByIdAndName",
        "getUserByIdV2Now",
        "parseUtf8Strings",
        "ABCDEFGHIJKLMNO1",
    ] {
        assert!(!stops(&format!("api_key = \"{value}\"")), "{value}");
    }
}

#[test]
fn a_value_with_an_equals_sign_in_it_is_one_value() {
    for text in [
        ["fastly_token: \"q7Zb=", MIXED20, "\""].concat(),
        ["FASTLY_TOKEN=q7Zb=", MIXED20].concat(),
        ["fastly_token = '", MIXED20, "=", MIXED8, "'"].concat(),
    ] {
        assert!(stops(&text), "{text}");
    }
    assert!(!stops(&["\"width=4=", MIXED20, "\""].concat()));
}

#[test]
fn base64_of_random_bytes_is_no_path() {
    let value = "UrnitOhKNxrzQGcX4OeEmFbakz4HTbvNowy+/oYKSeovonbei/Gp1iYs65yokSgx";
    assert!(stops(&["mattermost_password=\"", value, "\""].concat()));
    let path = "components/UserProfile2/EditFormFields7/DateOfBirthSelection4Page";
    assert!(!stops(&["mattermost_token=\"", path, "\""].concat()));
}

#[test]
fn a_name_in_camel_case_is_no_value() {
    for text in [
        "CMMF_GetResponse(CMMFPOPODecKeyRespContentGetResponse",
        "grafana:CreateWorkspaceApiKey",
        "grafana_key: CreateWorkspaceConnectionOfUsers",
    ] {
        assert!(!stops(text), "{text}");
    }
    assert!(stops("grafana_key: kWzQmTbXcRvLpNsJhGfDyUoEaIqKtBxVjM"));
}

#[test]
fn where_a_secret_is_kept_is_no_secret() {
    let arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:MyTestSecret-a1b2c3";
    assert!(!stops(&format!("\"ARN\": \"{arn}\"")));
    assert!(stops(&["datadog secret: ", MIXED20].concat()));
}

#[test]
fn a_type_s_name_gives_its_value_no_meaning() {
    let digest = "\"48205d4ffd7feba348205d4ffd7feba3\"";
    assert!(!stops(&format!("\"AWS::Mailjet::ApiKey\": {digest}")));
    assert!(stops(&format!("\"mailjet::ApiKey\": {digest}")));
    assert!(stops(&format!("Config::Mailjet::API_KEY = {digest}")));
}

#[test]
fn a_password_that_says_so_is_a_stand_in() {
    for text in [
        "password = \"P@55w0rd!\"",
        "password_encryption = scram-sha-256",
        "ResetPassword = \"identitytoolkit#ResetPasswordResponse\"",
        "http://atpass:foo%40barred@127.0.0.1:8080/path",
        "redis://sentinel_user:sentinel_pass@127.0.0.1:6379/",
    ] {
        assert!(!stops(text), "{text}");
    }
    for text in [
        ["password = \"", MIXED8, "#x9\""].concat(),
        ["http://atpass:", MIXED8, "%40", MIXED4, "@127.0.0.1/"].concat(),
        ["redis://user:", MIXED8, "@127.0.0.1:6379/"].concat(),
    ] {
        assert!(stops(&text), "{text}");
    }
}

#[test]
fn a_card_s_number_is_no_row_of_a_table() {
    let card = "4539 5787 6362 1486";
    assert!(stops(card));
    assert!(!stops(&format!("527D {card}")));
    assert!(!stops(&format!("{card} 523F")));
    assert!(stops(&format!("CARD {card}")));
}

#[test]
fn a_made_up_key_of_aws_is_told_by_its_end() {
    assert!(!stops("AKIAI44QH8DHBEXAMPLE"));
    assert!(stops("AKIAIOSFODNN7EXAMPLE"));
    assert!(!stops(
        "aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"
    ));
}

/// Letters without a digit, few digits, and a short run of letters as a password: by
/// chance as random as any other.
#[test]
fn random_letters_are_a_value_and_words_are_none() {
    for text in [
        ["foobar_api_key = \"xeirrvloxkmh", "nngzsyeogwzwjeazrals\""].concat(),
        ["FIXER_ACCESS_KEY=rsbX9oacczKGqoc", "UZiwQaOdzzagaOV8F"].concat(),
        [
            "{\"apiKey\": \"BbCoNfvaRJsMURak",
            "CvIlkSWSsegPIrrAPmhIKjsf\"}",
        ]
        .concat(),
        ["EMAIL_HOST_PASSWORD = 'ipaur", "feuqmzadujr'"].concat(),
    ] {
        assert!(stops(&text), "{text}");
    }
    for text in [
        "api_key = \"internationalizationSupport\"",
        "access_token: deserializeWithDefaultValue",
        "secret = \"rindfleischetikettierungsgesetz\"",
        "password = 'passwordauthenticator'",
        "Key = 2d773be37adb1e4d683bf0075e79c4ee037918535a7f99ccb7040fb5f5f43aea",
        "password = 'correcthorsebatterystaple'",
        "api_key = \"abcdefghijklmnopqrstuvwxyz\"",
    ] {
        assert!(!stops(text), "{text}");
    }
}

/// What looks like an escape of quoted-printable in `id=67…` takes no name away.
#[test]
fn an_id_behind_a_sign_of_equality_has_no_escape_in_it() {
    for text in [
        "heroku request_id=6790104f-156b-44c4-91fc-ee5a671764c0 status=200",
        "stripe sha1=4890104f156b44c491fcee5a671764c044eb9c73",
        "datadog etag=4890104f156b44c491fcee5a671764c0",
    ] {
        assert!(!stops(text), "{text}");
    }
}

/// Of both cases and digits, and hex, as keys have them.
fn mixed() -> String {
    ["wkE93kdIe83LskE93", "kdLe93lskEjd93kQ7bXr2mN"].concat()
}

fn hex() -> String {
    ["2890411e0682e927", "a08cee122e014240"].concat()
}

#[test]
fn a_name_may_stand_beside_its_value_and_in_many_forms() {
    let (v, h) = (mixed(), hex());
    for text in [
        format!("api_token: >-\n  {v}"),
        format!("- value: {v}\n  name: API_TOKEN"),
        format!("{{\"value\":\"{v}\",\"key\":\"API_TOKEN\"}}"),
        format!("{{\"Name\":\"API_TOKEN\",\"Type\":\"SecureString\",\"Value\":\"{v}\"}}"),
        format!("API_TOKEN = (\n    \"{v}\"\n)"),
        format!("<tr><td>API_TOKEN</td><td>{v}</td></tr>"),
        format!("<property><name>fs.s3a.secret.key</name><value>{v}</value></property>"),
        format!("### API_TOKEN\n\n{v}"),
        format!(
            "<dt>Api token</dt><dd>{}</dd>",
            ["7cYWVrCFrjjQWoUZ", "NIzg84XQGV2qWBN5"].concat()
        ),
        format!("UPDATE s SET value='{v}' WHERE name='API_TOKEN'"),
        format!("{v}  # API_TOKEN"),
        format!("API_TOKEN            =            {v}"),
        format!("API_TOKEN;{v}"),
        format!("adobe_api_key,{h}"),
        format!("ENV SECRET_KEY {h}"),
        format!("#define SECRET_KEY \"{h}\""),
        format!("app --secret-key {h}"),
        format!("Dim apiKey As String = \"{h}\""),
        format!("api_token: '61|{v}'"),
        format!("BING_SUBSCRIPTION_KEY={h}"),
        format!("var client = new VirusTotalClient(\"{h}\")"),
        format!("client := pipedrive.NewClient(\"{h}\")"),
    ] {
        assert!(stops(&text), "{text}");
    }
    for text in [
        format!("- value: {v}\n- name: API_TOKEN"),
        format!("{{\"sha\":\"{h}\",\"key\":\"lib/token.js\"}}"),
        format!("<tr><td>build</td><td>{h}</td></tr>"),
        format!("### Build\n\n{h}"),
        format!("{h}  # the build"),
        format!("file;{h}"),
        format!("ENV COMMIT {h}"),
        format!("#define BUILD_ID \"{h}\""),
        format!("git show --format {h}"),
        format!("let client = GitHubClient(\"{h}\")"),
    ] {
        assert!(!stops(&text), "{text}");
    }
}

#[test]
fn a_section_s_service_names_what_stands_in_it() {
    let (h, uuid) = (hex(), ["9fcd3e04-7171-4a2d", "-9a6c-b20c0c7c9212"].concat());
    for text in [
        format!("codecov:\n  token: {uuid}"),
        format!("snyk: {{\n    token: '{uuid}',\n  }},"),
        format!("provider \"loggly\" {{\n  api_token = \"{uuid}\"\n}}"),
        format!("[meraki]\nkey = {h}"),
        format!("Mixmax.configure do |config|\n  config.api_token = '{uuid}'\nend"),
    ] {
        assert!(stops(&text), "{text}");
    }
    for text in [
        format!("cache:\n  key: {h}"),
        format!("[package]\nkey = {h}"),
        format!("codecov:\n  id: {uuid}"),
        format!("github:\n  key: {h}"),
        format!("jobs:\n  token: {uuid}"),
    ] {
        assert!(!stops(&text), "{text}");
    }
}
