//! Cloud providers.

use super::sample::{HEX32, MIXED6, MIXED8, MIXED20, MIXED32, UPPER16};
use super::{Detector, Edge, Severity, TOKEN, check, published};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "aws_access_key_id",
        title: "AWS access key id",
        keywords: &["AKIA", "ASIA", "ABIA", "ACCA"],
        lead: 40,
        reach: 128,
        // The id of the key that signed an address is no secret: its scope stands
        // behind it. AWS's documents write the example for other things too: the id of a
        // user, a database or a KMS key, the name of an object.
        pattern: r#"(?::[0-9]{12}:key/|(?:(?:[Uu]ser|[Rr]ole|[Gg]roup|[Rr]esource)_?[Ii]d|S3Key|sql\.id)["']?\s{0,2}[:=]\s{0,2}["']?(?:[a-z]{2,8}-)?)AKIAIOSFODNN7[E]XAMPLE|(X-Amz-Credential=)A(?:KIA|SIA)[A-Z0-9]{16}(?:%2[Ff]|/)[0-9]{8}(?:%2[Ff]|/)[a-z0-9-]{2,24}(?:%2[Ff]|/)[a-z0-9-]{2,24}(?:%2[Ff]|/)aws4_request|(A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16})"#,
        before: Edge::Word,
        after: Edge::Word,
        check: check::aws_key_id,
        source: "AWS IAM documentation: unique ids; its example value is found too",
        hits: &[
            &["AKIA", UPPER16],
            &["id=ASIA", UPPER16, "&"],
            &["X-Amz-Credential=ASIA", UPPER16, "%2F20260101%2F"],
            &["AKIAIOSFODNN7", "EXAMPLE"],
            &["\"AccessKeyId\": \"AKIAIOSFODNN7", "EXAMPLE\""],
            &["\"UserId\": \"AKIA", UPPER16, "\""],
        ],
        misses: &[
            &["AKIA", UPPER16, "A"],
            &["XAKIA", UPPER16],
            &[
                "X-Amz-Credential=AKIA",
                UPPER16,
                "%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&",
            ],
            &["AKIAI44QH8DHB", "EXAMPLE"],
            &["AKIA0000000000000000"],
            &["\"UserId\": \"AKIAIOSFODNN7", "EXAMPLE\""],
            &[
                "arn:aws:kms:us-east-1:123456789012:key/AKIAIOSFODNN7",
                "EXAMPLE",
            ],
            &["AKIA", MIXED20],
        ],
        ..TOKEN
    },
    Detector {
        id: "aws_secret_access_key",
        title: "AWS secret access key",
        keywords: &[
            "secret_access_key",
            "SECRET_ACCESS_KEY",
            "SecretAccessKey",
            "secretAccessKey",
            "secretaccesskey",
            "secret_key",
            "SECRET_KEY",
            "SecretKey",
            "secretKey",
            "aws_secret",
            "AWS_SECRET",
        ],
        reach: 120,
        pattern: r#"(?i)(?:aws_)?secret_?(?:access_?)?(?:key)?[\\"'` \t]{0,6}(?::|=|=>|,|:=)[\\"'` \t]{0,6}([A-Za-z0-9/+]{40})"#,
        after: Edge::Token,
        check: check::aws_secret,
        severity: Severity::Critical,
        source: "AWS IAM documentation: 40 base64 characters, known by the name before them",
        hits: &[
            &["aws_secret_access_key = ", MIXED32, "/", MIXED6, "+"],
            &["\"SecretAccessKey\": \"", MIXED20, MIXED20, "\""],
            &["{\\\"secretAccessKey\\\":\\\"", MIXED20, MIXED20, "\\\"}"],
            &["SECRET_KEY=", MIXED20, MIXED20],
        ],
        misses: &[
            &["aws_secret_access_key = ", HEX32, "deadbeef"],
            &["secret_key = ", MIXED32],
            &["secretKey: ", MIXED32, MIXED20],
        ],
        ..TOKEN
    },
    Detector {
        id: "google_api_key",
        title: "Google API key",
        keywords: &["AIza"],
        reach: 48,
        pattern: r"AIza[A-Za-z0-9_-]{35}",
        before: Edge::Word,
        after: Edge::Token,
        check: check::mixed,
        severity: Severity::Medium,
        source: "Google Cloud documentation: 39 characters from AIza",
        hits: &[&["AIza", MIXED32, "-", "x_"]],
        misses: &[&["AIza", MIXED32], &["AIza", MIXED32, MIXED20]],
        ..TOKEN
    },
    Detector {
        id: "google_oauth_token",
        title: "Google OAuth token",
        keywords: &["ya29."],
        reach: 600,
        pattern: r"ya29\.(?:[a-z]\.)?[A-Za-z0-9_-]{20,512}",
        before: Edge::Word,
        source: "Google identity documentation: access tokens begin with ya29.",
        hits: &[&["ya29.", "a0", MIXED32, "-", MIXED32, MIXED32]],
        misses: &[&["ya29.", "short"], &["maya29.", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "google_oauth_client_secret",
        title: "Google OAuth client secret",
        keywords: &["GOCSPX-"],
        reach: 48,
        pattern: r"GOCSPX-[A-Za-z0-9_-]{28}",
        after: Edge::Token,
        source: "Google identity documentation: GOCSPX- and 28 characters",
        hits: &[&["GOCSPX", "-", MIXED20, MIXED8]],
        misses: &[&["GOCSPX", "-", MIXED20]],
        ..TOKEN
    },
    Detector {
        id: "gcp_service_account",
        title: "Google Cloud service account key",
        keywords: &["service_account"],
        reach: 900,
        pattern: r#"service_account[\\]{0,3}"[\s\S]{0,400}?private_key[\\]{0,3}"\s{0,8}:\s{0,8}[\\]{0,3}"(-----BEGIN[ A-Z]{0,20} PRIVATE KEY-----[\\nr\s]{0,12}[A-Za-z0-9+/]{24,400})"#,
        exempt: published::is_published,
        severity: Severity::Critical,
        source: "Google Cloud documentation: the JSON file of a service account",
        hits: &[&[
            "{\"type\": \"service_account\", \"project_id\": \"p\", \"private_key\": \"-----BEGIN ",
            "PRIVATE KEY-----\\n",
            MIXED32,
            MIXED32,
            "\\n\"}",
        ]],
        misses: &[&[
            "{\"type\": \"service_account\", \"project_id\": \"p\", \"private_key\": \"...\"}",
        ]],
        ..TOKEN
    },
    Detector {
        id: "azure_storage_key",
        title: "Azure storage account key",
        keywords: &["AccountKey="],
        reach: 128,
        pattern: r"AccountKey=([A-Za-z0-9+/]{86}==)",
        check: check::dense,
        severity: Severity::Critical,
        source: "Azure Storage documentation: connection strings",
        hits: &[&[
            "AccountName=a;AccountKey",
            "=",
            MIXED32,
            "/",
            MIXED32,
            MIXED20,
            "+==;EndpointSuffix=x",
        ]],
        misses: &[&["AccountKey", "=", MIXED32, "=="]],
        ..TOKEN
    },
    Detector {
        id: "azure_shared_access_signature",
        title: "Azure shared access signature that may write",
        keywords: &["sig="],
        lead: 300,
        reach: 360,
        pattern: concat!(
            r"[?&]sp=[a-z]{0,10}[acdwu][a-z]{0,10}&(?:[a-z]{2,6}=[^\s&\x22'<>]{0,60}&){0,12}sig=([A-Za-z0-9%+/]{43,70}=?)",
            r"|sig=([A-Za-z0-9%+/]{43,70}=?)&(?:[a-z]{2,6}=[^\s&\x22'<>]{0,60}&){0,12}sp=[a-z]{0,10}[acdwu]",
        ),
        check: check::random,
        source: "Microsoft's documentation: a shared access signature's fields; sp says what it permits",
        hits: &[
            &[
                "?sv=2022-11-02&ss=b&srt=sco&sp=rwdl&se=2027-01-01T00:00:00Z&sig=",
                MIXED32,
                MIXED8,
                "a%3D",
            ],
            &["sig=", MIXED32, MIXED8, "a%3D&sv=2022-11-02&sp=rwdl"],
        ],
        misses: &[
            // A download.
            &[
                "?sv=2022-11-02&sr=b&sp=r&se=2027-01-01T00:00:00Z&sig=",
                MIXED32,
                MIXED8,
                "a%3D",
            ],
        ],
        ..TOKEN
    },
    Detector {
        id: "digitalocean_token",
        title: "DigitalOcean token",
        keywords: &["dop_v1_", "doo_v1_", "dor_v1_"],
        reach: 80,
        pattern: r"do[opr]_v1_[0-9a-f]{64}",
        after: Edge::Word,
        check: check::filled,
        source: "DigitalOcean API documentation: personal, OAuth and refresh tokens",
        hits: &[
            &["dop_v1", "_", HEX32, HEX32],
            &["dor_v1", "_", HEX32, HEX32],
        ],
        misses: &[&["dop_v1", "_", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "databricks_token",
        title: "Databricks token",
        keywords: &["dapi"],
        reach: 48,
        pattern: r"dapi[0-9a-f]{32}(?:-[0-9])?",
        before: Edge::Word,
        after: Edge::Word,
        source: "Databricks documentation: personal access tokens",
        hits: &[&["dapi", HEX32], &["dapi", HEX32, "-2"]],
        misses: &[&["dapi", HEX32, "00"], &["radapi", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "vault_token",
        title: "HashiCorp Vault token",
        keywords: &["hvs.", "hvb.", "hvr."],
        reach: 320,
        pattern: r"hv(?:s\.[A-Za-z0-9_-]{24,300}|[br]\.[A-Za-z0-9_-]{80,300})",
        before: Edge::Word,
        after: Edge::Token,
        check: check::mixed,
        source: "Vault documentation: service, batch and recovery tokens",
        hits: &[
            &["hvs", ".", "CAES", MIXED32, MIXED32, MIXED32],
            &["hvs", ".", MIXED20, "q7Zb"],
        ],
        misses: &[
            &["hvs", ".", "some_function_name_that_is_long"],
            &["lhvs", ".", MIXED32],
        ],
        ..TOKEN
    },
    Detector {
        id: "terraform_cloud_token",
        title: "Terraform Cloud token",
        keywords: &[".atlasv1."],
        lead: 14,
        reach: 100,
        pattern: r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}",
        before: Edge::Word,
        source: "Terraform Cloud documentation: API tokens",
        hits: &[&[MIXED8, MIXED6, ".atlasv1", ".", MIXED32, MIXED32]],
        misses: &[&[MIXED8, MIXED6, ".atlasv1", ".", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "fly_token",
        title: "Fly.io token",
        keywords: &["FlyV1 ", "fo1_"],
        reach: 600,
        pattern: r"(?:FlyV1 fm[12][ar]?_[A-Za-z0-9+/=,_-]{40,500}|fo1_[A-Za-z0-9_-]{43})",
        before: Edge::Word,
        check: check::mixed,
        source: "Fly.io documentation: macaroon tokens",
        hits: &[&["FlyV1", " fm2_", MIXED32, MIXED32]],
        misses: &[&["FlyV1", " tokens are macaroons"]],
        ..TOKEN
    },
    Detector {
        id: "supabase_token",
        title: "Supabase token",
        keywords: &["sbp_", "sb_secret_"],
        reach: 80,
        pattern: r"(?:sbp_(?:v0_)?[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8})",
        before: Edge::Word,
        after: Edge::Word,
        source: "Supabase documentation: access tokens and secret keys",
        hits: &[
            &["sbp", "_", HEX32, "9c04e7b1"],
            &["sb_secret", "_", MIXED20, "x-_", MIXED8],
        ],
        misses: &[&["sbp", "_", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "planetscale_credential",
        title: "PlanetScale credential",
        keywords: &["pscale_"],
        reach: 96,
        pattern: r"pscale_(?:pw|tkn|oauth)_[A-Za-z0-9_.=-]{32,64}",
        source: "PlanetScale documentation: passwords and service tokens",
        hits: &[&["pscale", "_tkn_", MIXED32, MIXED8]],
        misses: &[&["pscale", "_tkn_", MIXED8]],
        ..TOKEN
    },
];
