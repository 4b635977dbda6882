//! Earlier instructions to be dropped, in further languages.

use super::rules::Step::After;
use super::rules::{OVERRIDE, Rule, rule};

pub(crate) const RULES: &[Rule] = &[
    // Dutch
    rule(
        OVERRIDE,
        &["negeer", "vergeet", "volg niet"],
        &[
            After(
                16,
                &[
                    "alle",
                    "vorige",
                    "voorgaande",
                    "voorafgaande",
                    "eerdere",
                    "bovenstaande",
                    "je ",
                    "jouw",
                    "uw ",
                ],
            ),
            After(
                24,
                &[
                    "instructie",
                    "opdracht",
                    "aanwijzing",
                    "prompt",
                    "richtlijn",
                ],
            ),
        ],
    ),
    // Polish and Czech
    rule(
        OVERRIDE,
        &[
            "zignoruj",
            "ignoruj",
            "zapomnij",
            "pomiń",
            "odrzuć",
            "nie zwracaj uwagi",
            "zapomeň",
        ],
        &[
            After(
                24,
                &[
                    "poprzedni",
                    "wcześniejsz",
                    "powyższ",
                    "dotychczasow",
                    "swoje",
                    "wszystkie",
                    "předchozí",
                    "předešl",
                    "dosavadní",
                    "všechny",
                ],
            ),
            After(32, &["instrukc", "polece", "wytyczn", "pokyn", "příkaz"]),
        ],
    ),
    // Swedish, Danish and Norwegian
    rule(
        OVERRIDE,
        &[
            "ignorera",
            "ignorér",
            "ignorer ",
            "glöm ",
            "bortse från",
            "se bort fra",
        ],
        &[
            After(
                16,
                &[
                    "tidigare",
                    "föregående",
                    "ovanstående",
                    "tidligere",
                    "foregående",
                    "ovenstående",
                    "forrige",
                    "dina",
                    "dine",
                ],
            ),
            After(16, &["instru", "anvisning", "direktiv"]),
        ],
    ),
    // Ukrainian
    rule(
        OVERRIDE,
        &["ігноруй", "проігноруй", "забудь"],
        &[
            After(32, &["попередн", "усі ", "всі ", "свої"]),
            After(48, &["інструкц", "вказівк", "команд"]),
        ],
    ),
    // Turkish
    rule(
        OVERRIDE,
        &["önceki", "yukarıdaki"],
        &[
            After(24, &["talimat", "komut", "yönerge"]),
            After(24, &["yok say", "unut", "görmezden gel", "dikkate alma"]),
        ],
    ),
    // Vietnamese
    rule(
        OVERRIDE,
        &["bỏ qua", "hãy quên"],
        &[
            After(32, &["hướng dẫn", "chỉ dẫn", "chỉ thị", "mệnh lệnh"]),
            After(24, &["trước", "ở trên"]),
        ],
    ),
    // Indonesian and Malay
    rule(
        OVERRIDE,
        &["abaikan", "lupakan"],
        &[
            After(16, &["instruksi", "perintah", "arahan"]),
            After(16, &["sebelum", "di atas", "terdahulu"]),
        ],
    ),
    // Hindi
    rule(
        OVERRIDE,
        &["पिछले", "पूर्व ", "उपरोक्त", "ऊपर के"],
        &[
            After(40, &["निर्देश", "आदेश"]),
            After(48, &["अनदेखा", "नज़रअंदाज़", "नजरअंदाज", "भूल जा"]),
        ],
    ),
];
