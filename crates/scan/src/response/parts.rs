//! The parts of anchors that are searched for.

/// Bytes of a part.
pub(super) const PART: usize = 6;

/// Parts of ASCII anchors that are rare in text and that no short escape can
/// hold: without quotes, slashes and line breaks. A test holds that every
/// anchor has one, or one of [`SHORT`]. In their order.
#[rustfmt::skip]
pub(super) const PARTS: &[[u8; PART]] = &[
    *b"\nuser:", *b" --for", *b" -d | ", *b" -fssl", *b" -rf .", *b" -rf /", *b" -rf ~", *b" `prin",
    *b" a bot", *b" a lan", *b" a sys", *b" abstr", *b" admin", *b" agent", *b" ai ag", *b" ai re",
    *b" ai th", *b" alert", *b" am th", *b" am yo", *b" ambie", *b" an ai", *b" an as", *b" anlat",
    *b" answe", *b" ao us", *b" aside", *b" asked", *b" askin", *b" assis", *b" atten", *b" audit",
    *b" avisa", *b" avvis", *b" bahse", *b" base6", *b" being", *b" bezpi", *b" bots:", *b" codin",
    *b" cooki", *b" de ia", *b" diga ", *b" doing", *b" du ei", *b" du sy", *b" egy a", *b" egy m",
    *b" en ai", *b" end o", *b" ended", *b" ett a", *b" fetch", *b" finis", *b" gemin", *b" goal ",
    *b" has t", *b" histo", *b" human", *b" i wil", *b" immed", *b" initi", *b" inval", *b" isso ",
    *b" isto ", *b" it fr", *b" it to", *b" je ee", *b" jeste", *b" jetzt", *b" kamu ", *b" knowi",
    *b" knowl", *b" kontr", *b" kulla", *b" learn", *b" llms ", *b" log t", *b" memor", *b" mesaj",
    *b" meste", *b" mind ", *b" minh ", *b" model", *b" momen", *b" nada ", *b" nepla", *b" niet ",
    *b" no va", *b" nutze", *b" o tom", *b" o usu", *b" obey ", *b" obeyi", *b" obowi", *b" obsol",
    *b" off y", *b" omiso", *b" phras", *b" prior", *b" prost", *b" reade", *b" repor", *b" safet",
    *b" saiba", *b" said ", *b" segur", *b" sei u", *b" shoul", *b" showi", *b" sicur", *b" sie a",
    *b" silen", *b" son v", *b" sono ", *b" sont ", *b" suspe", *b" syste", *b" tahu ", *b" task:",
    *b" the `", *b" tls v", *b" to ai", *b" token", *b" tra b", *b" tutto", *b" u een", *b" uma i",
    *b" un ag", *b" unawa", *b" user:", *b" void.", *b" vous ", *b" wants", *b" wishe", *b" yapay",
    *b" zwrac", *b" | bas", *b" | cur", *b"$(env ", *b"$(env|", *b"$(prin", *b"${{ se", *b"(atob(",
    *b"--- en", *b"--yolo", *b"-no-ve", *b"-r 777", *b".confi", *b".gnupg", *b".netrc", *b".npmrc",
    *b".pypir", *b".zshrc", *b"4 -d |", *b": i wi", *b": okay", *b"<<sys>", *b"<assis", *b"<human",
    *b"<invok", *b"<syste", *b"<user>", *b"<|assi", *b"<|eot_", *b"<|syst", *b"<|user", *b"[/inst",
    *b"[admin", *b"[end o", *b"[syste", *b"[user]", *b"```too", *b"`env |", *b"a ao u", *b"a tudo",
    *b"abaika", *b"access", *b"achric", *b"achte ", *b"act as", *b"ad abo", *b"adalah", *b"addres",
    *b"adesso", *b"admin ", *b"admin>", *b"admini", *b"admit ", *b"ady ag", *b"ady al", *b"ady ap",
    *b"ady au", *b"ady co", *b"ady gi", *b"afety ", *b"age fr", *b"age to", *b"agent ", *b"agent:",
    *b"agents", *b"agora ", *b"agreed", *b"ahora ", *b"ai age", *b"ai ass", *b"ai cod", *b"ai eye",
    *b"ai has", *b"ai mod", *b"ai mus", *b"ai rea", *b"ai sho", *b"ai sys", *b"ai too", *b"ai-age",
    *b"ai-onl", *b"al job", *b"al too", *b"al(bas", *b"alem m", *b"alert ", *b"alerti", *b"alf of",
    *b"all ai", *b"all of", *b"all th", *b"all yo", *b"alling", *b"ambien", *b"an llm", *b"an ord",
    *b"andbox", *b"andon ", *b"ant fo", *b"ant is", *b"ant ma", *b"ant pr", *b"ant re", *b"ant sh",
    *b"ant_me", *b"anweis", *b"any ai", *b"anybod", *b"anymor", *b"anyone", *b"anythi", *b"api ke",
    *b"api_ke", *b"approv", *b"ar lan", *b"ar llm", *b"ar o u", *b"are no", *b"arlarn", *b"arlier",
    *b"as an ", *b"as ena", *b"as giv", *b"as new", *b"as the", *b"ase64)", *b"ash to", *b"ash_hi",
    *b"ask ha", *b"ask is", *b"ask yo", *b"asking", *b"aso om", *b"assphr", *b"asswd)", *b"asswor",
    *b"at rea", *b"atabas", *b"atgpt ", *b"atgpt:", *b"attent", *b"ave pe", *b"ay now", *b"bashrc",
    *b"becaus", *b"benutz", *b"beveil", *b"bizton", *b"blie t", *b"bliez ", *b"bruger", *b"bug mo",
    *b"by ign", *b"by voi", *b"bypass", *b"cat .e", *b"cessin", *b"chmod ", *b"cho ng", *b"ci pip",
    *b"claude", *b"clude ", *b"config", *b"course", *b"crawle", *b"creden", *b"cret f", *b"cret_i",
    *b"cretly", *b"ct eve", *b"ctives", *b"curl -", *b"cursor", *b"d agen", *b"d goal", *b"d task",
    *b"d_rsa)", *b"dden f", *b"dear a", *b"dear c", *b"debug ", *b"decode", *b"dei ce", *b"del mu",
    *b"del pr", *b"del re", *b"dels r", *b"den_in", *b"der fr", *b"derare", *b"des ce", *b"desest",
    *b"detta ", *b"di sis", *b"digas ", *b"dirlo ", *b"disabl", *b"dismis", *b"disreg", *b"does n",
    *b"e abov", *b"e agen", *b"e ai r", *b"e ao u", *b"e atte", *b"e bort", *b"e dark", *b"e dump",
    *b"e egy ", *b"e evid", *b"e goal", *b"e huma", *b"e sei ", *b"e task", *b"e till", *b"e tls ",
    *b"e told", *b"e tudo", *b"ead by", *b"eading", *b"eads t", *b"eal ob", *b"eal ta", *b"eceden",
    *b"ecret ", *b"ecrets", *b"ectory", *b"ecurit", *b"ed his", *b"ed obj", *b"ed you", *b"eeds t",
    *b"een gr", *b"eep th", *b"egurid", *b"ehalf ", *b"el sis", *b"elejts", *b"elevan", *b"elevat",
    *b"ell to", *b"ell yo", *b"els mu", *b"el|>an", *b"el|>co", *b"el|>fi", *b"em adm", *b"em mes",
    *b"em ove", *b"em-rem", *b"em_ins", *b"em_mes", *b"em_rem", *b"emowy:", *b"emprom", *b"en rai",
    *b"en upd", *b"en usi", *b"end yo", *b"engas ", *b"enggun", *b"enleri", *b"ent of", *b"entica",
    *b"ents o", *b"env fi", *b"env va", *b"eploy ", *b"eport ", *b"er all", *b"er ask", *b"er bin",
    *b"er eve", *b"er fin", *b"er had", *b"er kno", *b"er mes", *b"er-mes", *b"er.key", *b"er_mes",
    *b"er_que", *b"ere on", *b"ergeet", *b"ergess", *b"ergiss", *b"erride", *b"ersati", *b"ervati",
    *b"erved ", *b"erwirf", *b"ery ai", *b"erythi", *b"es de ", *b"ess_ke", *b"est to", *b"ests a",
    *b"esult>", *b"esult]", *b"ete sy", *b"ety ch", *b"ev/tcp", *b"every ", *b"evised", *b"ew goa",
    *b"ew rol", *b"ew tas", *b"expire", *b"ext ab", *b"extend", *b"f `env", *b"f `pri", *b"f `set",
    *b"f tool", *b"felhas", *b"finiti", *b"folge ", *b"for ai", *b"fore r", *b"forget", *b"forwar",
    *b"g abov", *b"g cho ", *b"g happ", *b"gather", *b"gave p", *b"ge aft", *b"ge du ", *b"ge sys",
    *b"ged he", *b"gelden", *b"gelten", *b"gemini", *b"ger va", *b"get al", *b"get yo", *b"gnora ",
    *b"gnorez", *b"gnorin", *b"gnoruj", *b"god mo", *b"google", *b"grante", *b"ha egy", *b"ha mes",
    *b"ha te ", *b"hadow)", *b"hagas ", *b"hagyd ", *b"hagyja", *b"harves", *b"has ch", *b"has en",
    *b"has gr", *b"hat_hi", *b"hateve", *b"hatgpt", *b"have t", *b"hdrawn", *b"he tes", *b"he tex",
    *b"he too", *b"he use", *b"heitsp", *b"hello ", *b"hem ab", *b"heneve", *b"hey ai", *b"hey as",
    *b"hey cl", *b"hey cu", *b"hi ass", *b"hide i", *b"hide t", *b"horise", *b"horize", *b"how it",
    *b"hropic", *b"hub to", *b"hub_to", *b"human:", *b"i am t", *b"i am y", *b"i cho ", *b"i o ia",
    *b"i vous", *b"icaatc", *b"icados", *b"ice to", *b"icheve", *b"icht d", *b"id_ed2", *b"id_rsa",
    *b"idden ", *b"idelin", *b"id|>as", *b"id|>sy", *b"id|>us", *b"ie ein", *b"iewer:", *b"iewers",
    *b"if an ", *b"if you", *b"ifical", *b"ifika ", *b"ifikas", *b"ifikat", *b"ify=fa", *b"ignatu",
    *b"ignora", *b"ignore", *b"il too", *b"ilele ", *b"ilisat", *b"iltrat", *b"in eff", *b"ind ou",
    *b"inform", *b"ingkun", *b"ini mu", *b"ini sh", *b"int on", *b"inte l", *b"inuing", *b"invite",
    *b"ioning", *b"ior me", *b"ious i", *b"ipelin", *b"ire al", *b"ire qu", *b"irewal", *b"ironme",
    *b"is act", *b"is bas", *b"is cha", *b"is com", *b"is mes", *b"is out", *b"is ove", *b"is rea",
    *b"is str", *b"is too", *b"is voi", *b"iscard", *b"iskowe", *b"it hid", *b"ithdre", *b"ithub ",
    *b"its co", *b"ivate ", *b"ive fr", *b"iven c", *b"izador", *b"jailbr", *b"jika a", *b"jsi-li",
    *b"katkon", *b"katspr", *b"kej o ", *b"kej to", *b"key st", *b"keycha", *b"keyrin", *b"kip se",
    *b"kip th", *b"kip-pe", *b"ksaan ", *b"kubeco", *b"kullan", *b"kurall", *b"l appr", *b"l goal",
    *b"l_resp", *b"l_use>", *b"laude ", *b"laude:", *b"ldung:", *b"le bra", *b"le too", *b"leave ",
    *b"led ex", *b"lently", *b"les yo", *b"let.da", *b"lgono ", *b"li jes", *b"lifted", *b"list t",
    *b"ll age", *b"ll anv", *b"ll his", *b"ll lan", *b"ll llm", *b"ll now", *b"ll saf", *b"ll tex",
    *b"ll too", *b"ll tra", *b"lla al", *b"llect ", *b"ller i", *b"llm ag", *b"llm mu", *b"llm re",
    *b"llms m", *b"llo ai", *b"llo as", *b"llo cl", *b"llowed", *b"lly fo", *b"loggin", *b"longer",
    *b"lowed ", *b"lowing", *b"ls du ", *b"ls je ", *b"lude t", *b"lupaka", *b"ly ema", *b"ly tas",
    *b"ly upl", *b"ly-byp", *b"m -rf ", *b"m tra ", *b"matlar", *b"mcp.js", *b"meddel", *b"mensag",
    *b"mentio", *b"menzio", *b"mesaj ", *b"mesaju", *b"minh c", *b"mnachr", *b"model ", *b"model:",
    *b"must n", *b"n `env", *b"n agen", *b"n des ", *b"n info", *b"n it t", *b"n off ", *b"n sie ",
    *b"n tene", *b"nal to", *b"nao si", *b"nce yo", *b"nceal ", *b"nceki ", *b"nceled", *b"ncelle",
    *b"nch pr", *b"ncy ov", *b"nd lin", *b"nd pus", *b"nd saf", *b"nd voi", *b"nda ai", *b"ndaren",
    *b"ndboxi", *b"ndon y", *b"ndszer", *b"ne too", *b"need n", *b"negeer", *b"neglec", *b"nere c",
    *b"new di", *b"new in", *b"new ob", *b"new pu", *b"nez pa", *b"nez pl", *b"nfirma", *b"nfirme",
    *b"nform ", *b"ng bef", *b"ng now", *b"nguage", *b"nicht ", *b"nly fo", *b"no att", *b"no lon",
    *b"no nee", *b"no son", *b"non di", *b"nora t", *b"norer ", *b"norera", *b"norez ", *b"noruj ",
    *b"norujt", *b"not no", *b"note f", *b"note t", *b"notice", *b"now di", *b"now ha", *b"now on",
    *b"now yo", *b"ns de ", *b"ns hav", *b"ns wer", *b"nsaje ", *b"nsaput", *b"nsente", *b"nstead",
    *b"nsweri", *b"nt ---", *b"nt fir", *b"nt goa", *b"nt has", *b"nt may", *b"nt mus", *b"nt nee",
    *b"nt sho", *b"nt tas", *b"nt var", *b"nt wil", *b"ntelig", *b"ntica ", *b"ntinue", *b"ntire ",
    *b"ntorno", *b"nv | b", *b"nv | c", *b"nvoke ", *b"nv|cur", *b"ny age", *b"ny ass", *b"ny llm",
    *b"ny-ell", *b"nyelle", *b"o ao u", *b"o codi", *b"o llm:", *b"o siga", *b"oceedi", *b"od -r ",
    *b"od 777", *b"odels ", *b"odels:", *b"of .en", *b"of doc", *b"of env", *b"of its", *b"of pri",
    *b"of wha", *b"of you", *b"of_tur", *b"off ce", *b"off pe", *b"offici", *b"ol_cal", *b"ol_out",
    *b"ol_res", *b"ol_use", *b"ollow ", *b"olvida", *b"olvide", *b"om du ", *b"om goo", *b"om her",
    *b"om now", *b"om ope", *b"ome di", *b"omgevi", *b"omit t", *b"omnij ", *b"ompt v", *b"on all",
    *b"on llm", *b"on: ai", *b"on_cal", *b"on_his", *b"on_res", *b"onfirm", *b"onomou", *b"ookies",
    *b"ool ca", *b"ool de", *b"ool li", *b"ool mu", *b"ool ou", *b"ool re", *b"ool to", *b"ool wi",
    *b"ools a", *b"openai", *b"opilot", *b"or ai ", *b"or llm", *b"order ", *b"orera ", *b"orez t",
    *b"oriere", *b"orkflo", *b"orm th", *b"orm yo", *b"orming", *b"ormuj ", *b"ort th", *b"ortant",
    *b"ortse ", *b"orului", *b"ot ask", *b"ot bou", *b"ot fin", *b"ot fol", *b"ot hav", *b"ot kno",
    *b"ot lis", *b"ot men", *b"ot nee", *b"ot see", *b"othing", *b"otice ", *b"otice]", *b"otify ",
    *b"ou are", *b"ou don", *b"ou hav", *b"ou nee", *b"ou now", *b"ou rea", *b"ou wer", *b"oublie",
    *b"ould t", *b"our cu", *b"our fi", *b"our re", *b"our sy", *b"our te", *b"our tr", *b"our us",
    *b"ous ta", *b"outdat", *b"outran", *b"ove al", *b"ow voi", *b"passwd", *b"pay no", *b"penai ",
    *b"perato", *b"pesan ", *b"place ", *b"plique", *b"pokud ", *b"pondin", *b"ponse>", *b"ppend ",
    *b"ppened", *b"preapp", *b"prepen", *b"preten", *b"printe", *b"prior ", *b"prompt", *b"quest ",
    *b"r asks", *b"r ett ", *b"r mind", *b"r nem ", *b"r says", *b"r uma ", *b"r want", *b"ra sei",
    *b"raised", *b"rammin", *b"ranch ", *b"ranscr", *b"rascur", *b"rch_re", *b"re an ", *b"re che",
    *b"re giv", *b"re her", *b"re now", *b"re rai", *b"re upd", *b"re usi", *b"re voi", *b"re-app",
    *b"rea ce", *b"real i", *b"real p", *b"rectiv", *b"ree fr", *b"reed f", *b"releas", *b"remind",
    *b"ret_ke", *b"reveal", *b"revoke", *b"rge la", *b"rgeet ", *b"rgency", *b"rgiss ", *b"rifica",
    *b"rigina", *b"riorit", *b"rli de", *b"rma ut", *b"rme o ", *b"rmind ", *b"rmissi", *b"roceed",
    *b"rolu c", *b"rom yo", *b"rompt ", *b"rompt>", *b"rompts", *b"rop yo", *b"roval ", *b"roved ",
    *b"rowser", *b"rprete", *b"rridde", *b"rride ", *b"rrides", *b"rsede ", *b"rseded", *b"rsedes",
    *b"rst ru", *b"rstood", *b"rt fra", *b"rtifik", *b"rtyfik", *b"rt|>as", *b"rt|>de", *b"rt|>sy",
    *b"rt|>to", *b"rt|>us", *b"ruccio", *b"rue pu", *b"rue ta", *b"ruiker", *b"run th", *b"rve-ro",
    *b"rved f", *b"s api ", *b"s goal", *b"s hidd", *b"s mind", *b"s mome", *b"s now ", *b"s poin",
    *b"s ques", *b"s requ", *b"s said", *b"s sie ", *b"s sile", *b"s step", *b"s task", *b"s u ee",
    *b"s uma ", *b"sachte", *b"saggio", *b"say to", *b"scarta", *b"sclose", *b"se scr", *b"se voc",
    *b"se you", *b"seguir", *b"sem in", *b"senza ", *b"ser ha", *b"ser mu", *b"ser no", *b"ser se",
    *b"ser sh", *b"sh --f", *b"shadow", *b"show t", *b"si ere", *b"si tu ", *b"si ust", *b"sidera",
    *b"sidere", *b"slyski", *b"sobey ", *b"squeca", *b"squece", *b"ss tok", *b"ssage ", *b"ssage]",
    *b"ssh ke", *b"st fir", *b"st nev", *b"st_tar", *b"stant ", *b"stant:", *b"steal ", *b"steemb",
    *b"stem]:", *b"system", *b"t -qo-", *b"t adds", *b"t asid", *b"t hist", *b"t imme", *b"t log ",
    *b"t need", *b"t noti", *b"t sile", *b"t till", *b"t | cu", *b"t: don", *b"t: sur", *b"t: yes",
    *b"tant t", *b"tant]:", *b"tants ", *b"tants:", *b"tarlo ", *b"te hal", *b"te key", *b"tead o",
    *b"team r", *b"teempr", *b"tell t", *b"tellig", *b"tellin", *b"tem is", *b"tem no", *b"tem pr",
    *b"tem-in", *b"tem-me", *b"tem-pr", *b"tem_pr", *b"temowy", *b"tems r", *b"tenanc", *b"tenant",
    *b"tenez ", *b"tenv >", *b"tenv |", *b"the ai", *b"their ", *b"ti o i", *b"ti un ", *b"tice f",
    *b"ticing", *b"tidak ", *b"tiens ", *b"tify t", *b"tifyin", *b"tiliza", *b"tin nh", *b"tire s",
    *b"tly po", *b"to all", *b"to any", *b"to ask", *b"to kno", *b"to the", *b"token ", *b"tomate",
    *b"top fo", *b"top wh", *b"top yo", *b"tps_pr", *b"tput o", *b"tra ch", *b"trolu ", *b"tructi",
    *b"ts hav", *b"ts mem", *b"ts mus", *b"ts onl", *b"ts sho", *b"tskont", *b"tta de", *b"tta in",
    *b"ttp to", *b"ttp_pr", *b"tu es ", *b"tual i", *b"two-fa", *b"uage m", *b"ual ob", *b"ual ta",
    *b"ublie ", *b"ude mu", *b"ue goa", *b"uested", *b"uestio", *b"uietly", *b"uired ", *b"uj se ",
    *b"uld an", *b"uld no", *b"ull an", *b"ull pr", *b"ull sy", *b"ult en", *b"ument>", *b"umgebu",
    *b"ump it", *b"ump yo", *b"una ia", *b"und by", *b"une ia", *b"unrest", *b"untrus", *b"ur acc",
    *b"ur act", *b"ur api", *b"ur bas", *b"ur bro", *b"ur dir", *b"ur ema", *b"ur ent", *b"ur fet",
    *b"ur ful", *b"ur git", *b"ur goa", *b"ur gui", *b"ur hid", *b"ur new", *b"ur onl", *b"ur ope",
    *b"ur ori", *b"ur pri", *b"ur saf", *b"ur she", *b"ur too", *b"ur upd", *b"ur web", *b"url -s",
    *b"url ht", *b"urn>us", *b"urning", *b"use th", *b"usuari", *b"ut men", *b"ut rep", *b"uth to",
    *b"valabi", *b"valem ", *b"variab", *b"vateli", *b"velope", *b"ven pe", *b"venlik", *b"ver yo",
    *b"verifi", *b"verrul", *b"viewer", *b"vious ", *b"vironn", *b"volg n", *b"warn t", *b"web to",
    *b"web_pa", *b"wenn d", *b"wenn s", *b"wget -", *b"wget h", *b"when a", *b"when t", *b"wiadom",
    *b"xact i", *b"xec(ba", *b"xecute", *b"xplain", *b"y ai r", *b"y ai t", *b"y team", *b"ya no ",
    *b"yapay ", *b"yezeti", *b"your c", *b"your i", *b"ystem ", *b"ystem:", *b"ytkown", *b"zapome",
    *b"zapomn", *b"zed_ke", *b"ztasd ", *b"ztuczn", *b"{{hist", *b"{{secr", *b"~/.aws", *b"~/.kub",
    *b"~/.ssh",
];

/// Those of them that other text has, too: only for anchors that have no other.
#[rustfmt::skip]
const COMMON: &[[u8; PART]] = &[
    *b"\nuser:", *b" `prin", *b" a bot", *b" a lan", *b" a sys", *b" agent", *b" am th", *b" an ai",
    *b" an as", *b" ao us", *b" aside", *b" assis", *b" atten", *b" base6", *b" being", *b" codin",
    *b" end o", *b" ended", *b" fetch", *b" finis", *b" has t", *b" i wil", *b" immed", *b" initi",
    *b" inval", *b" it fr", *b" it to", *b" jeste", *b" knowl", *b" kontr", *b" memor", *b" meste",
    *b" mind ", *b" model", *b" momen", *b" nepla", *b" no va", *b" o usu", *b" off y", *b" prior",
    *b" prost", *b" reade", *b" repor", *b" safet", *b" shoul", *b" showi", *b" silen", *b" son v",
    *b" syste", *b" task:", *b" the `", *b" to ai", *b" token", *b" tra b", *b" user:", *b" void.",
    *b" wants", *b" wishe", *b" | bas", *b" | cur", *b".confi", *b"<assis", *b"<syste", *b"<user>",
    *b"<|assi", *b"<|syst", *b"<|user", *b"[/inst", *b"[end o", *b"[syste", *b"[user]", *b"access",
    *b"act as", *b"ad abo", *b"addres", *b"admini", *b"admit ", *b"ady co", *b"afety ", *b"age fr",
    *b"age to", *b"agent ", *b"agent:", *b"agents", *b"agreed", *b"ai ass", *b"ai cod", *b"ai has",
    *b"ai mod", *b"ai mus", *b"ai rea", *b"ai sho", *b"ai sys", *b"al too", *b"alerti", *b"all ai",
    *b"all of", *b"all th", *b"all yo", *b"alling", *b"an ord", *b"andon ", *b"ant fo", *b"ant is",
    *b"ant ma", *b"ant pr", *b"ant re", *b"ant sh", *b"any ai", *b"approv", *b"are no", *b"as an ",
    *b"as new", *b"as the", *b"ask is", *b"asking", *b"asswor", *b"at rea", *b"atabas", *b"attent",
    *b"ave pe", *b"ay now", *b"becaus", *b"bypass", *b"cessin", *b"claude", *b"clude ", *b"config",
    *b"ct eve", *b"ctives", *b"cursor", *b"d agen", *b"d task", *b"dear c", *b"debug ", *b"decode",
    *b"del re", *b"der fr", *b"disabl", *b"does n", *b"e abov", *b"e agen", *b"e atte", *b"e bort",
    *b"e sei ", *b"e task", *b"e told", *b"ead by", *b"eading", *b"eads t", *b"ectory", *b"ecurit",
    *b"ed obj", *b"ed you", *b"eeds t", *b"een gr", *b"eep th", *b"ell to", *b"ell yo", *b"emprom",
    *b"en rai", *b"en upd", *b"en usi", *b"end yo", *b"ent of", *b"entica", *b"ents o", *b"eport ",
    *b"er all", *b"er ask", *b"er bin", *b"er eve", *b"er fin", *b"er mes", *b"ere on", *b"erride",
    *b"ervati", *b"erved ", *b"erwirf", *b"ery ai", *b"es de ", *b"est to", *b"ests a", *b"esult>",
    *b"esult]", *b"ete sy", *b"ety ch", *b"every ", *b"evised", *b"ew tas", *b"ext ab", *b"extend",
    *b"f `set", *b"f tool", *b"finiti", *b"for ai", *b"fore r", *b"forget", *b"forwar", *b"g abov",
    *b"gather", *b"gave p", *b"ge sys", *b"ged he", *b"ger va", *b"get al", *b"get yo", *b"google",
    *b"grante", *b"has ch", *b"has en", *b"has gr", *b"have t", *b"he tes", *b"he tex", *b"he too",
    *b"he use", *b"hello ", *b"hi ass", *b"hide i", *b"hide t", *b"horize", *b"ice to", *b"idden ",
    *b"if an ", *b"if you", *b"ifical", *b"ignatu", *b"ignora", *b"ignore", *b"ind ou", *b"inform",
    *b"int on", *b"inte l", *b"ioning", *b"ior me", *b"ious i", *b"ire al", *b"ironme", *b"is act",
    *b"is bas", *b"is cha", *b"is com", *b"is mes", *b"is out", *b"is ove", *b"is rea", *b"is str",
    *b"is too", *b"ithub ", *b"its co", *b"ivate ", *b"ive fr", *b"iven c", *b"l appr", *b"l_resp",
    *b"l_use>", *b"laude ", *b"laude:", *b"le too", *b"leave ", *b"led ex", *b"lently", *b"les yo",
    *b"list t", *b"ll age", *b"ll now", *b"ll saf", *b"ll tex", *b"ll too", *b"ll tra", *b"llect ",
    *b"ller i", *b"llowed", *b"lly fo", *b"loggin", *b"longer", *b"lowed ", *b"lowing", *b"lude t",
    *b"ly tas", *b"m tra ", *b"mentio", *b"model ", *b"model:", *b"must n", *b"n agen", *b"n des ",
    *b"n info", *b"n it t", *b"n off ", *b"n tene", *b"nal to", *b"nce yo", *b"ncelle", *b"nd lin",
    *b"nd saf", *b"ndaren", *b"ne too", *b"need n", *b"nere c", *b"new di", *b"new in", *b"new ob",
    *b"new pu", *b"nform ", *b"ng bef", *b"ng now", *b"nguage", *b"nly fo", *b"no att", *b"no lon",
    *b"no nee", *b"non di", *b"not no", *b"note f", *b"note t", *b"notice", *b"ns de ", *b"ns hav",
    *b"nsente", *b"nstead", *b"nt fir", *b"nt has", *b"nt may", *b"nt mus", *b"nt nee", *b"nt sho",
    *b"nt tas", *b"nt var", *b"nt wil", *b"ntica ", *b"ntinue", *b"ntire ", *b"ny age", *b"ny ass",
    *b"o codi", *b"o siga", *b"odels ", *b"odels:", *b"of doc", *b"of its", *b"of pri", *b"of you",
    *b"ol_cal", *b"ol_res", *b"ol_use", *b"ollow ", *b"olvide", *b"om her", *b"om now", *b"om ope",
    *b"ome di", *b"omit t", *b"on all", *b"on_cal", *b"on_res", *b"onfirm", *b"ool ca", *b"ool li",
    *b"ool re", *b"ool to", *b"ools a", *b"openai", *b"or ai ", *b"order ", *b"orm th", *b"orm yo",
    *b"orming", *b"ort th", *b"ortant", *b"ot ask", *b"ot bou", *b"ot fin", *b"ot fol", *b"ot hav",
    *b"ot lis", *b"ot men", *b"ot nee", *b"ot see", *b"othing", *b"otice ", *b"otice]", *b"otify ",
    *b"ou are", *b"ou don", *b"ou hav", *b"ou nee", *b"ou now", *b"ou rea", *b"oublie", *b"ould t",
    *b"our cu", *b"our fi", *b"our re", *b"our sy", *b"our te", *b"our tr", *b"our us", *b"outran",
    *b"ove al", *b"passwd", *b"pay no", *b"perato", *b"place ", *b"pondin", *b"ponse>", *b"ppend ",
    *b"prepen", *b"printe", *b"prior ", *b"prompt", *b"quest ", *b"raised", *b"rammin", *b"ranch ",
    *b"ranscr", *b"re an ", *b"re che", *b"re giv", *b"re her", *b"re now", *b"re rai", *b"re upd",
    *b"re usi", *b"real i", *b"real p", *b"rectiv", *b"ree fr", *b"reed f", *b"releas", *b"rge la",
    *b"rgency", *b"rifica", *b"rigina", *b"riorit", *b"rmind ", *b"rmissi", *b"roceed", *b"rom yo",
    *b"roved ", *b"rowser", *b"rprete", *b"rride ", *b"rrides", *b"rst ru", *b"rt fra", *b"rtifik",
    *b"rue ta", *b"run th", *b"rved f", *b"s api ", *b"s mind", *b"s mome", *b"s now ", *b"s poin",
    *b"s ques", *b"s requ", *b"s sile", *b"s step", *b"s task", *b"say to", *b"sclose", *b"se scr",
    *b"se you", *b"ser ha", *b"ser mu", *b"ser no", *b"ser se", *b"ser sh", *b"show t", *b"sidera",
    *b"sidere", *b"ss tok", *b"ssage ", *b"ssage]", *b"st fir", *b"stant ", *b"stant:", *b"steal ",
    *b"stem]:", *b"system", *b"t adds", *b"t imme", *b"t need", *b"t noti", *b"tant t", *b"tant]:",
    *b"tants ", *b"tants:", *b"te key", *b"tead o", *b"team r", *b"tell t", *b"tem is", *b"tem no",
    *b"tem pr", *b"tems r", *b"the ai", *b"their ", *b"tice f", *b"ticing", *b"tify t", *b"tin nh",
    *b"tire s", *b"tly po", *b"to all", *b"to any", *b"to ask", *b"to the", *b"token ", *b"tomate",
    *b"tput o", *b"trolu ", *b"tructi", *b"ts hav", *b"ts mem", *b"ts mus", *b"ts onl", *b"ts sho",
    *b"tual i", *b"uage m", *b"ual ob", *b"ual ta", *b"ublie ", *b"ude mu", *b"uested", *b"uestio",
    *b"uired ", *b"uld an", *b"uld no", *b"ull an", *b"ull pr", *b"ult en", *b"ument>", *b"und by",
    *b"unrest", *b"ur acc", *b"ur act", *b"ur api", *b"ur bas", *b"ur dir", *b"ur ent", *b"ur ful",
    *b"ur new", *b"ur onl", *b"ur ope", *b"ur ori", *b"ur pri", *b"ur she", *b"ur too", *b"urning",
    *b"use th", *b"ut men", *b"ut rep", *b"uth to", *b"variab", *b"vateli", *b"velope", *b"ven pe",
    *b"ver yo", *b"vious ", *b"warn t", *b"when a", *b"when t", *b"xact i", *b"xecute", *b"ya no ",
    *b"your c", *b"your i", *b"ystem ", *b"ystem:",
];

/// Parts of the anchors that are too short for the above.
pub(super) const SHORT: &[&str] = &["(env", ".env", "ai:", "llm"];

/// What is looked for of an anchor, each with where in it that begins, in any
/// case and with any blank. All of an anchor is found by one part without a blank
/// within, or by two that share none: a line that ends in one spares the other.
pub(super) fn parts_of(anchor: &'static str) -> Vec<(Vec<u8>, usize)> {
    let mut chosen = chosen(anchor);
    let split = chosen
        .first()
        .and_then(|(at, len)| blank_in(anchor, *at, *len));
    let spare = split.and_then(|blank| spare(anchor, blank));
    chosen.extend(spare.map(|at| (at, PART)));
    let cases = [anchor.to_owned(), anchor.to_uppercase(), capital(anchor)];
    let mut parts = Vec::new();
    for text in cases.iter().filter(|text| text.len() == anchor.len()) {
        let bytes = text.as_bytes();
        for (at, len) in &chosen {
            let part = bytes.get(*at..at + len).unwrap_or_default();
            parts.extend(spaced(part).into_iter().map(|part| (part, *at)));
        }
    }
    parts.sort();
    parts.dedup();
    parts
}

/// The first part of an anchor: where it begins, and its length.
fn chosen(anchor: &str) -> Vec<(usize, usize)> {
    let long = best(anchor, |_| true).map(|at| (at, PART));
    let short = || {
        SHORT
            .iter()
            .find_map(|part| Some((anchor.find(part)?, part.len())))
    };
    // Another script is rare enough in any part.
    let other = || {
        let first = anchor.find(|c: char| !c.is_ascii())?;
        let last = anchor.len().checked_sub(PART)?;
        Some((first.min(last), PART))
    };
    long.or_else(short).or_else(other).into_iter().collect()
}

/// Another part, where the blank in the first does not matter.
fn spare(anchor: &str, blank: usize) -> Option<usize> {
    best(anchor, |at| !(at + 1..at + PART - 1).contains(&blank))
}

/// Where the best part begins that is such a one: rare, and without a blank.
fn best(anchor: &str, such: impl Fn(usize) -> bool) -> Option<usize> {
    let part = |at: usize| anchor.as_bytes().get(at..).and_then(<[u8]>::first_chunk);
    let among = |parts: &[[u8; PART]], at: usize| {
        part(at).is_some_and(|part| parts.binary_search(part).is_ok())
    };
    (0..anchor.len())
        .filter(|at| among(PARTS, *at) && such(*at))
        .min_by_key(|at| (among(COMMON, *at), blank_in(anchor, *at, PART).is_some()))
}

/// Where a blank is that words stand around, in the anchor.
fn blank_in(anchor: &str, at: usize, len: usize) -> Option<usize> {
    let part = anchor.as_bytes().get(at + 1..at + len - 1)?;
    Some(at + 1 + part.iter().position(|b| *b == b' ')?)
}

/// The part as it is searched: the fifth bit of every byte set. A blank may end a
/// line, or stand behind a mark of stress, which is the same with that bit.
fn spaced(part: &[u8]) -> Vec<Vec<u8>> {
    part.iter().fold(vec![Vec::new()], |texts, byte| {
        let both: &[u8] = if *byte == b' ' { b" *" } else { &[byte | 0x20] };
        let with = |text: &Vec<u8>, byte: &u8| [text.as_slice(), &[*byte]].concat();
        let each =
            |text: Vec<u8>| -> Vec<Vec<u8>> { both.iter().map(|b| with(&text, b)).collect() };
        texts.into_iter().flat_map(each).collect()
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
