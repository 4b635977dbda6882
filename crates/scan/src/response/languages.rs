//! Earlier instructions to be dropped, in other languages, each by its own
//! words and order.

use super::rules::Step::After;
use super::rules::{OVERRIDE, Rule, rule};

const DE_FORMER: &[&str] = &[
    "alle",
    "vorherig",
    "bisherig",
    "vorangegangen",
    "vorangehend",
    "früher",
    "obig",
    "vorig",
    "deine",
    "ihre",
    "sämtliche",
    "ursprünglich",
];
const DE_ORDERS: &[&str] = &[
    "anweisung",
    "instruktion",
    "vorgabe",
    "befehl",
    "richtlinie",
    "prompt",
];
const FR_ORDERS: &[&str] = &["instruction", "consigne", "directive", "invite", "prompt"];
const FR_FORMER: &[&str] = &[
    "précédent",
    "precedent",
    "antérieur",
    "anterieur",
    "ci-dessus",
    "initial",
    "reçu",
    "données",
    "plus haut",
    "jusqu'ici",
];
const ES_ORDERS: &[&str] = &[
    "instrucci",
    "indicaci",
    "órdenes",
    "ordenes",
    "directric",
    "directiva",
];
const ES_FORMER: &[&str] = &[
    "anterior", "previa", "previo", "arriba", "original", "recibid",
];
const IT_ORDERS: &[&str] = &["istruzion", "direttiv", "indicazion", "comandi", "ordini"];
const IT_FORMER: &[&str] = &["precedent", "sopra", "anterior", "inizial", "ricevut"];
const PT_ORDERS: &[&str] = &[
    "instruç",
    "instruc",
    "orientaç",
    "diretriz",
    "comando",
    "ordens",
];
const PT_FORMER: &[&str] = &[
    "anterior",
    "prévi",
    "previ",
    "acima",
    "originais",
    "recebid",
    "recebeu",
    "antes",
];
const RU_FORMER: &[&str] = &[
    "предыдущ",
    "прежн",
    "прошл",
    "вышеуказанн",
    "ранее",
    "свои",
    "ваши",
    "твои",
    "все ",
];
const RU_ORDERS: &[&str] = &[
    "инструкц",
    "указани",
    "команд",
    "промпт",
    "распоряжени",
    "приказ",
];
const ZH_FORMER: &[&str] = &[
    "之前", "以前", "先前", "上述", "以上", "此前", "前面", "上面", "所有", "全部", "你的", "您的",
    "原有", "原来",
];
const ZH_ORDERS: &[&str] = &[
    "指令", "指示", "命令", "提示", "规则", "規則", "要求", "设定",
];
const JA_ORDERS: &[&str] = &["指示", "命令", "指令", "プロンプト", "ルール"];
const JA_DROP: &[&str] = &["無視", "忘れ", "従わな", "無効"];
const KO_ORDERS: &[&str] = &["지시", "명령", "지침", "프롬프트", "규칙"];
const KO_DROP: &[&str] = &["무시하", "무시해", "무시할", "잊", "따르지"];
const AR_ORDERS: &[&str] = &[
    "التعليمات",
    "تعليمات",
    "الأوامر",
    "أوامر",
    "التوجيهات",
    "توجيهات",
    "الإرشادات",
];
const AR_FORMER: &[&str] = &["السابق", "سابق", "أعلاه", "المذكور", "الأصلية"];

pub(crate) const RULES: &[Rule] = &[
    rule(
        OVERRIDE,
        &[
            "vergiss alles",
            "vergessen sie alles",
            "ignoriere alles",
            "oublie tout ce",
            "oubliez tout ce",
            "ignore tout ce",
            "ignorez tout ce",
            "olvida todo lo",
            "ignora todo lo",
            "dimentica tutto",
            "ignora tutto",
            "esqueça tudo",
            "ignore tudo",
        ],
        &[After(
            32,
            &[
                "oben",
                "bisher",
                "zuvor",
                "davor",
                "précède",
                "ci-dessus",
                "avant",
                "anterior",
                "previo",
                "arriba",
                "precede",
                "prima",
                "sopra",
                "antes",
                "acima",
            ],
        )],
    ),
    rule(
        OVERRIDE,
        &[
            "забудь всё",
            "забудь все",
            "忘记一切",
            "忘记所有",
            "忽略以上",
            "忽略上面",
            "忽略前面",
            "انس كل",
            "تجاهل كل",
        ],
        &[After(
            40,
            &[
                "что было",
                "что тебе",
                "выше",
                "ранее",
                "之前",
                "内容",
                "说过",
                "上文",
                "文字",
                "ما قيل",
                "ما سبق",
            ],
        )],
    ),
    rule(
        OVERRIDE,
        &[
            "ignoriere",
            "ignorieren sie",
            "vergiss",
            "vergessen sie",
            "missachte",
            "verwirf",
            "beachte nicht",
            "befolge nicht",
            "befolge keine",
        ],
        &[After(32, DE_FORMER), After(40, DE_ORDERS)],
    ),
    rule(
        OVERRIDE,
        &[
            "beachte die",
            "beachte deine",
            "befolge die",
            "befolge deine",
        ],
        &[
            After(12, DE_FORMER),
            After(40, DE_ORDERS),
            After(12, &["nicht"]),
        ],
    ),
    rule(
        OVERRIDE,
        &["vergiss", "ignoriere"],
        &[
            After(8, &["was "]),
            After(32, &["gesagt", "aufgetragen", "angewiesen"]),
        ],
    ),
    rule(
        OVERRIDE,
        &[
            "ignore ",
            "ignorez",
            "ignorer ",
            "oublie",
            "oubliez",
            "tiens pas compte",
            "tenez pas compte",
            "tiens plus compte",
            "tenez plus compte",
            "fais abstraction",
            "faites abstraction",
            "néglige",
        ],
        &[After(32, FR_ORDERS), After(28, FR_FORMER)],
    ),
    rule(
        OVERRIDE,
        &["oublie ", "oubliez", "ignore ", "ignorez"],
        &[
            After(8, &["toutes tes", "toutes vos", "tes ", "vos "]),
            After(12, FR_ORDERS),
        ],
    ),
    rule(
        OVERRIDE,
        &[
            "ignora",
            "ignore ",
            "olvida",
            "olvide ",
            "caso omiso",
            "descarta",
            "desestima",
            "no hagas caso",
            "no tengas en cuenta",
        ],
        &[After(32, ES_ORDERS), After(28, ES_FORMER)],
    ),
    rule(
        OVERRIDE,
        &["ignora", "olvida", "caso omiso"],
        &[After(24, ES_FORMER), After(20, ES_ORDERS)],
    ),
    rule(
        OVERRIDE,
        &[
            "ignora",
            "dimentica",
            "trascura",
            "non tenere conto",
            "non considerare",
            "non seguire",
        ],
        &[After(32, IT_ORDERS), After(28, IT_FORMER)],
    ),
    rule(
        OVERRIDE,
        &["ignora", "dimentica", "ignorate"],
        &[After(24, IT_FORMER), After(20, IT_ORDERS)],
    ),
    rule(
        OVERRIDE,
        &[
            "ignore ",
            "ignora",
            "esqueça",
            "esqueca",
            "desconsidere",
            "desconsidera",
            "não siga",
            "nao siga",
        ],
        &[After(32, PT_ORDERS), After(28, PT_FORMER)],
    ),
    rule(
        OVERRIDE,
        &[
            "игнорируй",
            "проигнорируй",
            "забудь",
            "не обращай внимания",
            "отмени ",
            "не следуй",
        ],
        &[After(48, RU_FORMER), After(64, RU_ORDERS)],
    ),
    rule(
        OVERRIDE,
        &["игнорируй", "забудь", "не обращай внимания", "не следуй"],
        &[
            After(32, RU_ORDERS),
            After(40, &["выше", "ранее", "до этого", "предыдущ"]),
        ],
    ),
    rule(
        OVERRIDE,
        &[
            "忽略",
            "无视",
            "無視",
            "忽視",
            "忽视",
            "忘记",
            "忘記",
            "不要理会",
            "不理会",
            "不要遵守",
            "不要遵循",
        ],
        &[After(24, ZH_FORMER), After(36, ZH_ORDERS)],
    ),
    rule(
        OVERRIDE,
        &[
            "以前の",
            "これまでの",
            "上記の",
            "前の",
            "先の",
            "すべての",
            "全ての",
            "今までの",
            "以上の",
        ],
        &[After(32, JA_ORDERS), After(32, JA_DROP)],
    ),
    rule(
        OVERRIDE,
        &["이전", "앞의", "위의", "기존", "지금까지의", "모든"],
        &[After(28, KO_ORDERS), After(28, KO_DROP)],
    ),
    rule(
        OVERRIDE,
        &["تجاهل", "انس ", "انسَ", "تغاضى", "لا تتبع"],
        &[After(48, AR_ORDERS), After(48, AR_FORMER)],
    ),
];
