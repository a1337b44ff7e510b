//! English verbs: what the tagger knows about them, and how they are inflected.
//!
//! The lists are sorted; a test keeps them so.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::words::listed;

/// Base forms.
#[rustfmt::skip]
pub const VERBS: &[&str] = &[
    "abandon", "absorb", "accelerate", "accept", "access", "accommodate", "accompany", "accomplish",
    "accrue", "accumulate", "achieve", "acknowledge", "acquire", "act", "activate", "adapt", "add",
    "address", "adhere", "adjust", "admit", "adopt", "advance", "advertise", "advise", "advocate",
    "affect", "afford", "aggregate", "agree", "aid", "aim", "alert", "align", "allocate", "allow",
    "alter", "amaze", "amount", "amplify", "analyse", "analyze", "announce", "answer", "anticipate",
    "appear", "apply", "appoint", "appreciate", "approach", "approve", "archive", "argue", "arise",
    "arrange", "arrive", "articulate", "ask", "aspire", "assemble", "assert", "assess", "assign",
    "assist", "assume", "assure", "attach", "attain", "attempt", "attend", "attract", "audit",
    "authenticate", "authorise", "authorize", "automate", "avoid", "await", "award", "bake",
    "balance", "base", "be", "bear", "beat", "become", "begin", "behave", "believe", "belong",
    "bend", "benefit", "beset", "bet", "bind", "bite", "blend", "blink", "block", "blog", "blow",
    "bolster", "boost", "borrow", "box", "brainstorm", "break", "bridge", "brief", "bring",
    "broadcast", "broaden", "browse", "budget", "build", "bundle", "burn", "bury", "buy", "bypass",
    "calculate", "call", "captivate", "capture", "care", "carry", "catch", "cause", "celebrate",
    "centralize", "challenge", "change", "characterise", "characterize", "charge", "chase", "cheat",
    "check", "chew", "choose", "chop", "circulate", "cite", "claim", "clap", "clarify", "clash",
    "classify", "clean", "clear", "click", "clip", "close", "coach", "coat", "code", "collaborate",
    "collapse", "collect", "collide", "colour", "comb", "combine", "come", "commend", "commission",
    "commit", "communicate", "compare", "compensate", "compete", "compile", "complete", "comply",
    "compound", "comprehend", "comprise", "compromise", "compute", "conceive", "concentrate",
    "concern", "conclude", "condense", "conduct", "configure", "confirm", "confront", "confuse",
    "connect", "consent", "conserve", "consider", "consist", "consolidate", "constitute",
    "constrain", "construct", "consult", "consume", "contact", "contain", "contend", "continue",
    "contract", "contradict", "contribute", "control", "convene", "convert", "convey", "convince",
    "cook", "cooperate", "coordinate", "cope", "copy", "correct", "correspond", "cost", "count",
    "counter", "cover", "crack", "craft", "crash", "crawl", "create", "credit", "criticize",
    "cross", "crush", "cultivate", "curate", "customise", "customize", "cut", "cycle", "damage",
    "dance", "dare", "deal", "debate", "debug", "debut", "decide", "declare", "decline", "decrease",
    "dedicate", "deem", "deepen", "defeat", "defend", "defer", "define", "degrade", "delay",
    "delegate", "delete", "deliberate", "deliver", "delve", "demand", "demonstrate", "denote",
    "deny", "depart", "depend", "depict", "deploy", "deposit", "derive", "describe", "deserve",
    "design", "desire", "destroy", "detail", "detect", "deter", "deteriorate", "determine",
    "develop", "devote", "diagnose", "dictate", "differ", "differentiate", "dig", "digest",
    "digitize", "diminish", "dip", "direct", "disable", "disappear", "discard", "disclose",
    "discourage", "discover", "discuss", "dismiss", "dispatch", "display", "dispute", "disrupt",
    "dissolve", "distinguish", "distribute", "dive", "diversify", "divide", "do", "document",
    "dominate", "double", "doubt", "download", "draft", "drain", "draw", "dream", "drift", "drive",
    "drop", "dry", "dump", "dust", "earn", "ease", "eat", "echo", "edit", "educate", "elaborate",
    "elect", "elevate", "elicit", "eliminate", "embark", "embed", "embrace", "emerge", "empathize",
    "emphasise", "emphasize", "employ", "empower", "emulate", "enable", "encode", "encompass",
    "encounter", "encourage", "encrypt", "end", "endanger", "endorse", "endure", "enforce",
    "engage", "engineer", "enhance", "enjoy", "enlarge", "enrich", "enroll", "ensure", "entail",
    "enter", "entice", "equate", "equip", "erase", "erode", "escalate", "escape", "establish",
    "estimate", "evaluate", "evaporate", "evoke", "evolve", "exaggerate", "examine", "exceed",
    "excel", "exchange", "exclude", "execute", "exemplify", "exercise", "exhaust", "exhibit",
    "exist", "expand", "expect", "experience", "experiment", "expire", "explain", "exploit",
    "explore", "export", "expose", "express", "extend", "extract", "eye", "face", "facilitate",
    "fade", "fail", "fall", "familiarize", "fare", "fascinate", "fasten", "favor", "favour",
    "feature", "feed", "feel", "fend", "fetch", "fight", "fill", "film", "filter", "finalize",
    "finance", "find", "finish", "fire", "fit", "fix", "flip", "float", "flourish", "flow",
    "fluctuate", "fly", "focus", "fold", "follow", "force", "forecast", "forge", "forget", "fork",
    "form", "format", "formulate", "forward", "foster", "frame", "free", "freeze", "fuel",
    "fulfill", "function", "fund", "furnish", "fuse", "gain", "garner", "gather", "gauge",
    "generate", "get", "give", "glance", "glean", "go", "govern", "grab", "graduate", "grant",
    "grasp", "greet", "grind", "group", "grow", "guarantee", "guess", "guide", "hack", "halt",
    "hamper", "handle", "hang", "happen", "harm", "harness", "harvest", "hate", "have", "head",
    "heal", "hear", "heat", "heighten", "help", "hesitate", "hide", "highlight", "hinder", "hint",
    "hire", "hit", "hold", "honour", "hope", "host", "hug", "hunt", "hurry", "hurt", "identify",
    "idle", "ignite", "ignore", "illustrate", "imagine", "imitate", "immerse", "impact", "impair",
    "impede", "implement", "imply", "import", "impose", "improve", "incentivize", "include",
    "incorporate", "increase", "incur", "indicate", "inflict", "influence", "inform", "ingest",
    "inherit", "inhibit", "initialize", "initiate", "inject", "innovate", "inquire", "insert",
    "insist", "inspect", "inspire", "install", "institute", "instruct", "insulate", "insure",
    "integrate", "intend", "intensify", "interact", "intercept", "interpret", "intersect",
    "intervene", "intrigue", "introduce", "invade", "invent", "invest", "investigate", "invite",
    "invoke", "involve", "irritate", "isolate", "issue", "iterate", "jeopardize", "jog", "join",
    "judge", "jump", "justify", "keep", "kick", "kill", "kneel", "knit", "know", "label", "lack",
    "lag", "land", "last", "laugh", "launch", "lay", "layer", "lead", "lean", "leap", "learn",
    "leave", "lend", "lessen", "let", "level", "leverage", "liberate", "license", "lie", "lift",
    "lighten", "like", "limit", "link", "list", "listen", "live", "load", "lobby", "localize",
    "locate", "lock", "lodge", "log", "look", "loop", "lose", "love", "lower", "lure", "magnify",
    "maintain", "make", "manage", "mandate", "map", "march", "mark", "market", "marry", "master",
    "match", "matter", "mature", "maximise", "maximize", "mean", "measure", "mediate", "meet",
    "melt", "memorize", "mend", "mention", "mentor", "merge", "migrate", "mine", "minimise",
    "minimize", "mirror", "mislead", "miss", "mitigate", "mix", "mobilize", "mock", "model",
    "modify", "monitor", "motivate", "mount", "move", "mow", "multiply", "mutate", "nail", "narrow",
    "navigate", "need", "negotiate", "nod", "nominate", "normalize", "note", "notice", "notify",
    "nurture", "obey", "object", "oblige", "observe", "obtain", "occupy", "occur", "offend",
    "offer", "offset", "omit", "onboard", "open", "operate", "oppose", "opt", "optimise",
    "optimize", "order", "organise", "organize", "orient", "originate", "outline", "outperform",
    "outsource", "overcome", "overlap", "overlook", "override", "oversee", "oversimplify",
    "overwhelm", "own", "pack", "package", "paint", "pair", "park", "parse", "participate",
    "partner", "pass", "pause", "pay", "peel", "penetrate", "perceive", "perform", "perish",
    "permit", "perpetuate", "persevere", "persist", "persuade", "pick", "pile", "pilot", "pinpoint",
    "pitch", "place", "plague", "plan", "plant", "play", "please", "pledge", "plug", "point",
    "polish", "ponder", "pool", "populate", "portray", "pose", "position", "possess", "post",
    "pour", "practice", "practise", "praise", "pray", "preach", "precede", "preclude", "predict",
    "prefer", "prepare", "prescribe", "present", "preserve", "preside", "press", "presume",
    "presuppose", "prevail", "prevent", "price", "print", "prioritise", "prioritize", "probe",
    "proceed", "process", "procure", "produce", "profit", "program", "progress", "prohibit",
    "project", "prolong", "promise", "promote", "prompt", "propel", "propose", "prosper", "protect",
    "protest", "prototype", "prove", "provide", "provoke", "prune", "publicize", "publish", "pull",
    "punish", "purchase", "purify", "pursue", "push", "put", "puzzle", "qualify", "quantify",
    "query", "question", "quit", "quote", "race", "raise", "rally", "range", "rank", "rate",
    "reach", "react", "read", "realise", "realize", "reap", "reassure", "rebound", "rebuild",
    "recall", "recap", "receive", "reckon", "recognise", "recognize", "recommend", "reconcile",
    "reconsider", "record", "recover", "recruit", "rectify", "recur", "recycle", "redesign",
    "redirect", "reduce", "refactor", "refer", "refine", "reflect", "refocus", "refresh", "refuse",
    "regain", "regard", "register", "regret", "regulate", "rehearse", "reign", "reimagine",
    "reinforce", "reinvent", "reiterate", "reject", "relate", "relax", "release", "relieve",
    "reload", "relocate", "rely", "remain", "remark", "remediate", "remember", "remind", "remodel",
    "remove", "render", "renew", "renovate", "rent", "reopen", "reorganize", "repair", "repay",
    "repeat", "replace", "replenish", "replicate", "reply", "report", "represent", "reproduce",
    "repurpose", "request", "require", "rescue", "research", "resemble", "resent", "reserve",
    "reshape", "reside", "resign", "resist", "resolve", "resonate", "resort", "respond", "rest",
    "restart", "restore", "restrict", "restructure", "result", "resume", "retain", "retell",
    "rethink", "retire", "retreat", "retrieve", "return", "reuse", "reveal", "revert", "review",
    "revise", "revisit", "revolve", "reward", "rework", "rewrite", "rid", "ride", "rip", "rise",
    "risk", "roam", "roast", "roll", "root", "rotate", "round", "rub", "rule", "run", "rush",
    "sacrifice", "safeguard", "sail", "salvage", "sample", "satisfy", "save", "say", "scale",
    "scan", "scare", "scatter", "schedule", "scope", "score", "scrape", "screen", "scroll",
    "scrutinize", "seal", "search", "secure", "see", "seek", "seem", "segment", "seize", "select",
    "sell", "send", "sense", "separate", "serve", "set", "settle", "shake", "shape", "share",
    "shed", "shelter", "shield", "shift", "shine", "ship", "shoot", "shop", "shorten", "show",
    "showcase", "shrink", "shut", "sign", "signal", "silence", "simplify", "simulate", "sing",
    "sink", "sit", "situate", "skate", "sketch", "skim", "skip", "sleep", "slice", "slide", "slip",
    "slow", "smell", "smile", "smoke", "smooth", "snap", "sneak", "soar", "socialize", "soften",
    "solicit", "solidify", "solve", "sort", "sow", "span", "spark", "speak", "spearhead",
    "specialise", "specialize", "specify", "speed", "spell", "spend", "spill", "spin", "spit",
    "split", "sponsor", "spot", "spray", "spread", "spring", "spur", "squeeze", "stab", "stabilize",
    "stack", "staff", "stain", "stall", "stand", "standardise", "standardize", "staple", "start",
    "state", "stay", "steal", "steam", "steer", "stem", "stick", "stifle", "stimulate", "stir",
    "stop", "store", "strain", "strategize", "streamline", "strengthen", "stress", "stretch",
    "strike", "strip", "strive", "stroll", "structure", "struggle", "study", "submit", "subscribe",
    "substitute", "succeed", "suffer", "suffice", "suggest", "suit", "summarise", "summarize",
    "supersede", "supplement", "supply", "support", "suppose", "suppress", "surface", "surge",
    "surpass", "surrender", "surround", "survey", "survive", "suspect", "suspend", "sustain",
    "swallow", "swear", "sweep", "swim", "swing", "switch", "sync", "synchronize", "synthesize",
    "tackle", "tailor", "take", "talk", "tap", "target", "taste", "teach", "tear", "tease", "tell",
    "tempt", "tend", "terminate", "test", "thank", "think", "thrill", "thrive", "throw", "tick",
    "tie", "tighten", "tip", "tolerate", "toss", "touch", "tour", "tow", "trace", "track", "trade",
    "train", "transcend", "transfer", "transform", "transition", "translate", "transmit",
    "transport", "trap", "travel", "tread", "treasure", "treat", "triage", "trigger", "trim",
    "triple", "troubleshoot", "trust", "try", "tune", "turn", "tweak", "twist", "type", "uncover",
    "undergo", "undermine", "underpin", "underscore", "understand", "undertake", "unfold", "unify",
    "unite", "unlock", "unpack", "unveil", "update", "upend", "upgrade", "uphold", "upload", "urge",
    "use", "utilise", "utilize", "validate", "value", "vanish", "vary", "venture", "verify", "vet",
    "view", "violate", "visit", "visualize", "voice", "volunteer", "vote", "vow", "wait", "wake",
    "walk", "wander", "want", "warm", "warn", "warrant", "wash", "waste", "watch", "weaken", "wear",
    "weave", "weep", "weigh", "welcome", "whip", "whisper", "widen", "wield", "win", "wind", "wipe",
    "wire", "wish", "withdraw", "witness", "wonder", "work", "worry", "worsen", "wrap", "wrestle",
    "write", "yearn", "yield", "zoom",
];

/// Base forms that are nouns unless they stand where only a verb can.
#[rustfmt::skip]
pub const NOUN_FIRST: &[&str] = &[
    "access", "act", "address", "aid", "aim", "answer", "approach", "archive", "audit", "award",
    "base", "benefit", "block", "box", "brief", "budget", "burn", "call", "care", "cause",
    "challenge", "change", "charge", "check", "claim", "close", "coach", "coat", "code", "comb",
    "commission", "complete", "compound", "contact", "contract", "control", "copy", "cost",
    "counter", "cover", "craft", "crash", "credit", "cross", "cycle", "damage", "dance", "deal",
    "debate", "debut", "delay", "demand", "design", "desire", "detail", "display", "dispute",
    "document", "draft", "dream", "drive", "drop", "dust", "ease", "echo", "edit", "end",
    "engineer", "estimate", "exchange", "exercise", "exhibit", "experience", "experiment",
    "exploit", "export", "face", "feature", "feed", "fight", "film", "fire", "fit", "fix", "flow",
    "fly", "focus", "fold", "fork", "form", "format", "frame", "fuel", "function", "fund", "gain",
    "grant", "grind", "group", "guide", "hack", "handle", "harm", "head", "heat", "help",
    "highlight", "hope", "host", "hunt", "impact", "import", "influence", "insert", "institute",
    "issue", "judge", "jump", "label", "lack", "land", "launch", "layer", "lead", "level",
    "license", "lift", "limit", "link", "list", "live", "load", "lobby", "lock", "look", "loop",
    "love", "mandate", "map", "march", "mark", "market", "master", "match", "matter", "measure",
    "mention", "mentor", "mine", "mirror", "mix", "model", "mount", "move", "need", "note",
    "notice", "object", "offer", "order", "outline", "pack", "package", "paint", "pair", "park",
    "partner", "pass", "pause", "pay", "permit", "pick", "pilot", "pitch", "place", "plan", "plant",
    "play", "point", "pool", "position", "post", "practice", "press", "price", "print", "probe",
    "process", "produce", "profit", "program", "progress", "project", "promise", "prompt",
    "prototype", "purchase", "push", "query", "question", "quote", "race", "rally", "range", "rank",
    "rate", "reach", "record", "reign", "release", "rent", "repair", "report", "request", "rescue",
    "research", "reserve", "rest", "result", "retreat", "return", "review", "reward", "ride",
    "rise", "risk", "roll", "root", "round", "rule", "run", "rush", "sample", "scale", "scan",
    "schedule", "scope", "score", "screen", "seal", "search", "segment", "sense", "set", "shape",
    "share", "shelter", "shield", "shift", "ship", "shop", "show", "sign", "signal", "sketch",
    "slice", "slip", "smoke", "sort", "span", "spark", "speed", "sponsor", "spot", "spray",
    "spring", "stack", "staff", "stand", "staple", "start", "state", "stem", "stick", "stop",
    "store", "strain", "stress", "stretch", "strike", "structure", "struggle", "study",
    "substitute", "supplement", "supply", "support", "surface", "surge", "survey", "switch", "talk",
    "tap", "target", "taste", "test", "thank", "tie", "tip", "touch", "tour", "trace", "track",
    "trade", "train", "transfer", "transition", "transport", "trap", "travel", "treat", "triage",
    "trigger", "trust", "try", "tune", "turn", "tweak", "twist", "type", "update", "upgrade", "use",
    "value", "venture", "view", "visit", "voice", "volunteer", "vote", "wait", "walk", "waste",
    "watch", "welcome", "wire", "wish", "witness", "wonder", "work", "worry", "wrap", "yield",
];

/// Verbs whose last consonant is doubled before -ed and -ing.
#[rustfmt::skip]
pub const DOUBLING: &[&str] = &[
    "admit", "begin", "bet", "cancel", "chop", "clap", "clip", "commit", "compel", "control", "cut",
    "debug", "deter", "dig", "drop", "equip", "fit", "flip", "format", "get", "grab", "hit", "hug",
    "incur", "jog", "let", "log", "map", "nod", "occur", "permit", "pin", "plan", "plug", "prefer",
    "program", "propel", "put", "quit", "recap", "recur", "refer", "rid", "rip", "rub", "run",
    "scan", "set", "ship", "shut", "sin", "sit", "skip", "slip", "snag", "snap", "span", "spin",
    "split", "spot", "stem", "step", "stir", "stop", "strip", "submit", "swap", "swim", "tag",
    "tap", "tip", "transfer", "trap", "trim", "upset", "vet", "wrap", "zip",
];

/// Irregular verbs: base, past, participle.
pub const IRREGULAR: &[(&str, &str, &str)] = &[
    ("arise", "arose", "arisen"),
    ("bear", "bore", "borne"),
    ("beat", "beat", "beaten"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bend", "bent", "bent"),
    ("beset", "beset", "beset"),
    ("bet", "bet", "bet"),
    ("bind", "bound", "bound"),
    ("bite", "bit", "bitten"),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("broadcast", "broadcast", "broadcast"),
    ("build", "built", "built"),
    ("burn", "burnt", "burnt"),
    ("buy", "bought", "bought"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cost", "cost", "cost"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("dig", "dug", "dug"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"),
    ("feel", "felt", "felt"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("fly", "flew", "flown"),
    ("forget", "forgot", "forgotten"),
    ("freeze", "froze", "frozen"),
    ("get", "got", "gotten"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grind", "ground", "ground"),
    ("grow", "grew", "grown"),
    ("hang", "hung", "hung"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hide", "hid", "hidden"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("hurt", "hurt", "hurt"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("learn", "learned", "learnt"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("let", "let", "let"),
    ("lie", "lay", "lain"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("mislead", "misled", "misled"),
    ("overcome", "overcame", "overcome"),
    ("override", "overrode", "overridden"),
    ("oversee", "oversaw", "overseen"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("quit", "quit", "quit"),
    ("read", "read", "read"),
    ("rebuild", "rebuilt", "rebuilt"),
    ("repay", "repaid", "repaid"),
    ("retell", "retold", "retold"),
    ("rethink", "rethought", "rethought"),
    ("rewrite", "rewrote", "rewritten"),
    ("ride", "rode", "ridden"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shake", "shook", "shaken"),
    ("shed", "shed", "shed"),
    ("shine", "shone", "shone"),
    ("shoot", "shot", "shot"),
    ("show", "showed", "shown"),
    ("shrink", "shrank", "shrunk"),
    ("shut", "shut", "shut"),
    ("sing", "sang", "sung"),
    ("sink", "sank", "sunk"),
    ("sit", "sat", "sat"),
    ("sleep", "slept", "slept"),
    ("slide", "slid", "slid"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("spin", "spun", "spun"),
    ("split", "split", "split"),
    ("spread", "spread", "spread"),
    ("spring", "sprang", "sprung"),
    ("stand", "stood", "stood"),
    ("steal", "stole", "stolen"),
    ("stick", "stuck", "stuck"),
    ("strike", "struck", "struck"),
    ("strive", "strove", "striven"),
    ("swear", "swore", "sworn"),
    ("sweep", "swept", "swept"),
    ("swim", "swam", "swum"),
    ("swing", "swung", "swung"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("undergo", "underwent", "undergone"),
    ("understand", "understood", "understood"),
    ("uphold", "upheld", "upheld"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("weave", "wove", "woven"),
    ("win", "won", "won"),
    ("wind", "wound", "wound"),
    ("withdraw", "withdrew", "withdrawn"),
    ("write", "wrote", "written"),
];

/// Which forms of a verb a word can be, each with the base form.
#[derive(Default, Clone, Copy)]
pub struct Forms {
    /// The base form itself.
    pub base: Option<&'static str>,
    /// Third person: "works".
    pub third: Option<&'static str>,
    /// "-ing": "working".
    pub gerund: Option<&'static str>,
    /// Past tense: "worked", "wrote".
    pub past: Option<&'static str>,
    /// Participle: "worked", "written".
    pub participle: Option<&'static str>,
}

impl Forms {
    /// Whether the word is any form of a verb we know.
    pub fn any(&self) -> bool {
        self.base
            .or(self.third)
            .or(self.gerund)
            .or(self.past)
            .or(self.participle)
            .is_some()
    }
}

/// Looks a lower-case word up.
pub fn forms(word: &str) -> Forms {
    let mut res = Forms {
        base: known(word),
        ..Forms::default()
    };
    if !word.is_ascii() {
        return res;
    }
    match word {
        "has" => res.third = Some("have"),
        "does" => res.third = Some("do"),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("ies") {
        res.third = res.third.or_else(|| known(&format!("{stem}y")));
    }
    if let Some(stem) = word.strip_suffix('s') {
        let short = stem
            .strip_suffix('e')
            .and_then(known)
            .filter(|base| *third(base) == *word);
        res.third = res
            .third
            .or(short)
            .or_else(|| known(stem))
            .filter(|base| *third(base) == *word);
    }
    if let Some(stem) = word.strip_suffix("ing") {
        res.gerund = unsuffixed(stem);
    }
    if let Some(stem) = word.strip_suffix("ied") {
        res.past = known(&format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix("ed") {
        res.past = unsuffixed(stem);
    }
    res.participle = res.past;
    // "showed" is regular in form but listed, and "builded" is not a word.
    if let Some((past, participle)) = irregular().get(word) {
        res.past = past.or(res.past);
        res.participle = participle.or(res.participle);
    }
    res
}

/// What an irregular form is the past tense of, and the participle.
type Bases = (Option<&'static str>, Option<&'static str>);

fn irregular() -> &'static HashMap<&'static str, Bases> {
    static FORMS: OnceLock<HashMap<&str, Bases>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let mut res: HashMap<&str, Bases> = HashMap::new();
        for (base, past, participle) in IRREGULAR {
            res.entry(past).or_default().0 = Some(base);
            res.entry(participle).or_default().1 = Some(base);
        }
        res
    })
}

/// The third person of a base form.
pub fn third(base: &str) -> String {
    match base {
        "have" => return String::from("has"),
        "be" => return String::from("is"),
        _ => {}
    }
    if ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| base.ends_with(end))
    {
        return format!("{base}es");
    }
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        Some(_) | None => format!("{base}s"),
    }
}

/// Whether a base form is a noun first and a verb second, as "market" is.
pub fn noun_first(base: &str) -> bool {
    NOUN_FIRST.binary_search(&base).is_ok()
}

fn known(word: &str) -> Option<&'static str> {
    listed(VERBS, word)
}

/// The base form behind what is left when "-ed" or "-ing" is taken away.
fn unsuffixed(stem: &str) -> Option<&'static str> {
    if stem.len() < 2 {
        return None;
    }
    let mut chars = stem.chars().rev();
    let (last, before) = (chars.next(), chars.next());
    if last == before {
        let single =
            known(&stem[..stem.len() - 1]).filter(|base| DOUBLING.binary_search(base).is_ok());
        if single.is_some() {
            return single;
        }
    }
    let with_e = known(&format!("{stem}e"));
    known(stem)
        .filter(|base| DOUBLING.binary_search(base).is_err())
        .or(with_e)
}
