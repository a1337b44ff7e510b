//! The words of English that are not verbs: small closed classes, and lists of
//! words that carry no content. Each list is a line of words; `among` looks
//! one up.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

/// A set of words, written as one text with spaces between them.
pub type Words = &'static str;

/// A list taken apart.
struct List {
    words: FxHashSet<&'static str>,
    /// How long the words are that begin with a letter, a bit for each length:
    /// most words are in no list, and this says so of most of them.
    lengths: [u32; 32],
}

impl List {
    fn new(words: impl Iterator<Item = &'static str>) -> List {
        let words: FxHashSet<&'static str> = words.collect();
        let mut lengths = [0; 32];
        for word in &words {
            let (letter, length) = List::place(word);
            lengths[letter] |= length;
        }
        List { words, lengths }
    }

    fn place(word: &str) -> (usize, u32) {
        let letter = word.bytes().next().unwrap_or(0) % 32;
        (usize::from(letter), 1 << word.len().min(31))
    }

    fn get(&self, word: &str) -> Option<&'static str> {
        let (letter, length) = List::place(word);
        match self.lengths[letter] & length {
            0 => None,
            _ => self.words.get(word).copied(),
        }
    }
}

thread_local! {
    /// The lists that were asked for, each by where it lies in the program.
    static ASKED: RefCell<FxHashMap<(usize, usize), List>> = RefCell::default();
}

/// Whether `word` is one of `words`. A list is taken apart once, because most
/// of the time of an import passes here.
pub fn among(words: Words, word: &str) -> bool {
    ASKED.with_borrow_mut(|asked| {
        let place = (words.as_ptr() as usize, words.len());
        let list = asked
            .entry(place)
            .or_insert_with(|| List::new(words.split_ascii_whitespace()));
        list.get(word).is_some()
    })
}

/// The same of a list that is apart already; the entry that is `word`.
pub fn listed(words: &'static [&'static str], word: &str) -> Option<&'static str> {
    ASKED.with_borrow_mut(|asked| {
        let place = (words.as_ptr() as usize, words.len());
        let list = asked
            .entry(place)
            .or_insert_with(|| List::new(words.iter().copied()));
        list.get(word)
    })
}

pub const DETERMINERS: Words = "a an the this that these those each every some any no another \
    either neither both all many much several few more most such enough various";
pub const POSSESSIVES: Words = "my your his her its our their";
pub const PRONOUNS: Words = "i you he she it we they one everyone someone anyone nobody everybody \
    somebody something nothing anything everything there me him us them myself yourself himself \
    herself itself ourselves themselves others none";
pub const PREPOSITIONS: Words = "of in on at for from by with without within into onto over under \
    about between among across through during against toward towards upon per via like unlike \
    near behind beyond despite except along around above below inside outside throughout amid \
    versus regarding concerning including alongside plus";
pub const CONJUNCTIONS: Words = "and or but nor yet & so";
pub const SUBORDINATORS: Words = "because although though while when whenever if unless since \
    whereas once until till that whether wherever before after as than whereby where why how what whatever whoever whichever";
pub const RELATIVES: Words = "which who whom whose";
pub const MODALS: Words = "can could may might will would shall should must cannot can't won't \
    couldn't shouldn't wouldn't mustn't 'll 'd";
pub const BE: Words = "is are was were be am isn't aren't wasn't weren't 's 're 'm";
pub const HAVE: Words = "has have had haven't hasn't hadn't 've";
pub const DO: Words = "do does did don't doesn't didn't";
pub const ADVERBS: Words = "not also often usually already always never still just even only now \
    then here too very quite rather almost soon again however therefore thus together instead \
    well ever once most more less least far actually maybe perhaps sometimes first abroad home \
    up out off down away back ahead forward right indeed otherwise else seldom twice later \
    n't better best further alone";
/// Adjectives that do not look like any. Sorted.
#[rustfmt::skip]
pub const ADJECTIVES: &[&str] = &[
    "able", "accurate", "adequate", "agile", "alive", "appropriate", "approximate", "aware", "bad",
    "best", "better", "big", "bigger", "bold", "brave", "brief", "bright", "broad", "broader",
    "busy", "calm", "certain", "cheap", "cheaper", "circular", "cleaner", "clear", "clearer",
    "closer", "cohesive", "cold", "common", "complex", "complicated", "corporate", "costly",
    "crowded", "current", "daily", "dark", "dead", "deep", "deeper", "delicate", "different",
    "digital", "direct", "dishonest", "domestic", "dry", "due", "earlier", "early", "easier",
    "easy", "elaborate", "empty", "enough", "entire", "expensive", "fair", "false", "familiar",
    "fast", "faster", "fierce", "first", "flat", "fortunate", "free", "fresh", "friendly", "full",
    "global", "good", "great", "greater", "half", "happy", "hard", "harder", "healthy", "high",
    "higher", "honest", "hot", "huge", "human", "immediate", "intimate", "iterative", "key",
    "large", "larger", "last", "late", "later", "left", "legitimate", "lengthy", "light", "likely",
    "linear", "little", "local", "long", "long-term", "longer", "loose", "loud", "low", "lower",
    "loyal", "main", "major", "massive", "mere", "minor", "mobile", "moderate", "modern",
    "modular", "monthly", "multiple", "narrow", "new", "newer", "next", "old", "older", "open",
    "other", "overall", "own", "particular", "plain", "poor", "popular", "previous", "private",
    "proper", "public", "pure", "quick", "quiet", "rapid", "rare", "raw", "ready", "real",
    "real-world", "recent", "regular", "remote", "rich", "right", "robust", "rough", "safe",
    "safer", "same", "seamless", "second", "secure", "separate", "sharp", "sheer", "short",
    "short-term", "shorter", "similar", "simple", "simpler", "single", "slow", "slower", "small",
    "smaller", "smart", "smooth", "smoother", "soft", "solid", "strict", "strong", "stronger",
    "sudden", "sure", "sweet", "tech", "thick", "thin", "third", "tight", "timely", "top", "true",
    "ultimate", "unique", "unlikely", "up-to-date", "valid", "vast", "vivid", "warm", "weak",
    "weekly", "wet", "whole", "wide", "wider", "wise", "worse", "worst", "worthwhile", "wrong",
    "yearly", "young",
];
/// Adverb-like endings that are not adverbs.
pub const NOT_ADVERBS: Words = "family supply apply reply rely comply multiply imply assembly \
    anomaly monopoly early daily friendly costly timely likely unlikely only weekly monthly \
    yearly fly july italy ally bully tally holy ugly lively lonely lovely elderly orderly";
/// Nouns that look like adjectives.
pub const NOT_ADJECTIVES: Words = "individual potential material capital official professional \
    proposal approval arrival original interval signal journal manual animal hospital goal \
    terminal festival retail client student president agent content event patient intent talent \
    element moment segment component parent percent accident resident incident topic logic music \
    traffic critic graphic mechanic metric fabric table variable cable summary library boundary \
    vocabulary diary salary secretary merchant restaurant assistant plant grant participant \
    consultant archive executive initiative alternative perspective objective incentive native \
    representative detective narrative motive drive meal deal trial rival renewal removal tutorial \
    credential referral withdrawal basic music clinic epidemic pandemic statistic characteristic \
    technician electrician politician musician historian librarian civilian guardian century \
    factory history category memory theory directory territory inventory story beneficiary glossary \
    percent extent accent scent tent cent rent comment department document environment government \
    development management argument statement treatment investment requirement improvement \
    agreement achievement assessment equipment movement payment engagement employment deployment \
    instrument experiment supplement commitment establishment adjustment accountant tenant variant \
    immigrant applicant contestant occupant elephant infant giant servant merchant";
pub const NEGATIONS: Words = "not no never neither nor without instead cannot can't won't don't \
    doesn't didn't isn't aren't wasn't weren't shouldn't couldn't wouldn't mustn't haven't hasn't \
    hadn't hardly barely rarely seldom fail fails failed lack lacks lacked unable avoid prevent \
    stop refuse deny rather nothing nobody none unlike n't except few little less until unless \
    despite avoids prevents stops avoiding preventing stopping unlikely against unfortunately \
    supposedly allegedly false wrong myth nowhere scarcely";
/// Hedges, which a statement must keep.
pub const HEDGES: Words = "may might could would probably perhaps maybe possibly likely seems seem \
    seemed appears appear appeared tends tend tended allegedly reportedly almost nearly about \
    approximately around roughly sometimes often usually typically generally mostly";
/// Words that no point may end on.
pub const OPEN_ENDS: Words = "a an the this that these those each every some any no of in on at to \
    for from by with without within into onto over under about as between among across through \
    during against toward towards upon per via like unlike near behind beyond despite except and \
    or but nor yet so because although though while when if unless since whereas whether than is \
    are was were be been being am has have had do does did can could may might will would shall \
    should must my your his her its our their which who whom whose what how why where very more \
    most such not also including it's that's they're we're you're i we he she they 's ve 're \
    cannot just even only both either neither several many few other another own various all";
/// Nouns that promise something after them; a point does not end on them.
pub const OPEN_NOUNS: Words = "interest role trust confidence change changes increase increases \
    investment improvement success participation difference time responsibility responsible access \
    demand request requests desire willingness permission steps reputation focus place opportunity opportunities ability abilities chance way ways need \
    needs right tendency effort efforts attempt attempts series number range variety kind sort \
    type lot part parts set amount majority rest case fact idea reason reasons preferences \
    combination lack amounts group form forms piece pieces kinds sorts types aspect aspects \
    means level levels use basis process result results role example examples sense one";
/// Adjectives and verbs that promise something after them.
pub const OPEN_WORDS: Words = "able unable likely unlikely willing ready due according based \
    depending related compared such focused relies depends allows enables helps lets needs wants \
    tries makes gives includes means become becomes seems used known required seem appear need \
    want allow enable help let try make give include mean provide provides ensure ensures using \
    involves involve requires require take takes keep keeps put puts set sets get gets going prior \
    prone owing contrary";
/// Nouns that say little without the sentence before.
pub const VAGUE_NOUNS: Words = "approach process method way ways thing things step steps idea ideas \
    practice factor factors issue issues problem problems change changes data information result \
    results case cases kind type model strategy move decision decisions post article section \
    project program team work effort list group question questions answer example examples point \
    points part number lot fact reason reasons time times year years day days week weeks month \
    months people need bit one place area areas aspect aspects side end start lesson story tool \
    system feature option goal task role topic figure table chapter page guide piece series \
    situation experience move event role scenario something anything everything first second \
    third latter former moment minute hour today tomorrow yesterday";
/// Nouns of "one of the reasons is X" that X can stand without. A mistake or a
/// myth is not among them: without it, the warning becomes advice.
pub const PROMISES: Words = "reasons factors steps ways tips strategies benefits advantages \
    principles practices techniques methods goals recommendations guidelines pillars elements \
    aspects features qualities takeaways lessons purposes";
/// Words without content: all closed classes and some more. Sorted, because it is
/// asked for every word of the article.
#[rustfmt::skip]
pub const EMPTY: &[&str] = &[
    "&", "'d", "'ll", "'m", "'re", "'s", "'ve", "a", "able", "about", "above", "abroad", "across",
    "actually", "after", "again", "against", "ahead", "all", "almost", "alone", "along",
    "alongside", "already", "also", "although", "always", "am", "amid", "among", "an", "and",
    "another", "any", "anyone", "anything", "are", "aren", "aren't", "around", "as", "at", "away",
    "back", "be", "because", "been", "before", "behind", "being", "below", "best", "better",
    "between", "beyond", "both", "but", "by", "can", "can't", "cannot", "concerning", "could",
    "couldn't", "despite", "did", "didn", "didn't", "do", "does", "doesn", "doesn't", "doing",
    "don", "don't", "done", "down", "during", "each", "either", "else", "enough", "etc", "even",
    "ever", "every", "everybody", "everyone", "everything", "except", "far", "few", "first", "for",
    "forward", "from", "further", "get", "gets", "getting", "good", "got", "gotten", "great",
    "had", "hadn't", "has", "hasn't", "have", "haven't", "having", "he", "help", "helps", "her",
    "here", "herself", "him", "himself", "his", "home", "how", "however", "i", "if", "in",
    "including", "indeed", "inside", "instead", "into", "is", "isn", "isn't", "it", "its",
    "itself", "just", "later", "least", "less", "let's", "like", "ll", "lot", "lots", "made",
    "make", "makes", "making", "many", "may", "maybe", "me", "might", "more", "most", "much",
    "must", "mustn't", "my", "myself", "n't", "near", "need", "needs", "neither", "never", "new",
    "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "often", "on", "once",
    "one", "ones", "only", "onto", "or", "other", "others", "otherwise", "our", "ourselves", "out",
    "outside", "over", "own", "per", "perhaps", "plus", "quite", "rather", "re", "really",
    "regarding", "right", "same", "seldom", "several", "shall", "she", "should", "shouldn't",
    "since", "so", "some", "somebody", "someone", "something", "sometimes", "soon", "still",
    "such", "than", "that", "the", "their", "them", "themselves", "then", "there", "therefore",
    "these", "they", "thing", "things", "this", "those", "though", "through", "throughout", "thus",
    "till", "to", "together", "too", "toward", "towards", "twice", "under", "unless", "unlike",
    "until", "up", "upon", "us", "use", "used", "uses", "using", "usually", "various", "ve",
    "versus", "very", "via", "want", "wants", "was", "wasn't", "way", "ways", "we", "well", "were",
    "weren't", "what", "whatever", "when", "whenever", "where", "whereas", "whereby", "wherever", "whether",
    "which", "whichever", "while", "who", "whoever", "whom", "whose", "why", "will", "with", "within", "without", "won't",
    "would", "wouldn't", "yet", "you", "your", "yourself",
];
/// First words that leave a reader asking "who?" or "what?", or that only continue.
pub const BAD_STARTS: Words = "it this these that those they them he she him his her its their such \
    which who whom whose there here i so as because while although though since another others \
    other both either neither what how why where not than also let doing than nor or and but \
    yet then me my one's that's it's he's she's they're there's here's i'm i've i'll i'd what's \
    instead otherwise rather same else thus hence whereas until unlike even each one something \
    someone anything anyone somebody others everything former latter all-of";
/// Verbs of owning: "X enjoys a loyal base" is the base.
pub const OWNING: Words = "has have enjoys enjoy boasts boast possesses possess owns own";
/// Verbs that let someone do something.
pub const ENABLING: Words = "allow enable help let empower permit";
/// Verbs whose object is put somewhere: "puts the work at risk".
pub const PLACING: Words = "put keep place set leave bring turn hold base focus spend divide draw \
    protect separate prevent stop transform convert move send transfer shift translate change \
    involve engage include store save split break take get see find treat view regard pay thank";
/// Verbs that bind the infinitive behind their object: "ask people to stay".
pub const GOVERNING: Words = "ask want allow help let enable need require force tell teach urge \
    persuade convince expect invite encourage get cause lead push order remind advise permit \
    motivate inspire train take cost make find leave prefer challenge choose have be become seem \
    do fail try tempt prompt drive instruct trust forbid plan decide hope intend";
/// Adjectives of "it is ... to": what follows is what to do.
pub const URGENT: Words = "important essential crucial critical vital necessary imperative \
    wise best advisable recommended idea practice";
/// Other names an article has for the one it is about.
pub const ALIASES: Words = "company firm brand organization organisation business corporation";
/// Small words of a title.
pub const SMALL: Words = "a an the and or but nor of in on at to for from by with as vs via per";
/// Openings that join a sentence to the one before and say nothing themselves.
pub const OPENERS: &[&str] = &[
    "above all",
    "additionally",
    "after all",
    "again",
    "all in all",
    "all told",
    "also",
    "and",
    "as a result",
    "as a rule",
    "as always",
    "as mentioned",
    "as such",
    "as we have seen",
    "as we know",
    "as you can see",
    "as you know",
    "at first",
    "at the same time",
    "basically",
    "because of this",
    "besides",
    "better",
    "better yet",
    "but",
    "by contrast",
    "by the way",
    "certainly",
    "clearly",
    "consequently",
    "essentially",
    "even better",
    "even worse",
    "finally",
    "first",
    "first and foremost",
    "first of all",
    "firstly",
    "for now",
    "for one thing",
    "for starters",
    "for this reason",
    "fortunately",
    "further",
    "furthermore",
    "hence",
    "however",
    "importantly",
    "in a nutshell",
    "in addition",
    "in addition to this",
    "in closing",
    "in conclusion",
    "in contrast",
    "in essence",
    "in fact",
    "in other words",
    "in particular",
    "in reality",
    "in short",
    "in summary",
    "in the end",
    "in the same way",
    "in this way",
    "in turn",
    "indeed",
    "interestingly",
    "lastly",
    "likewise",
    "luckily",
    "meanwhile",
    "more importantly",
    "moreover",
    "most importantly",
    "naturally",
    "nevertheless",
    "next",
    "nonetheless",
    "notably",
    "now",
    "obviously",
    "of course",
    "on the other hand",
    "on top of that",
    "overall",
    "plus",
    "put simply",
    "remember",
    "second",
    "secondly",
    "similarly",
    "simply put",
    "so",
    "specifically",
    "still",
    "that being said",
    "that is",
    "that said",
    "then",
    "therefore",
    "third",
    "thirdly",
    "thus",
    "to be clear",
    "to begin with",
    "to conclude",
    "to recap",
    "to sum up",
    "to that end",
    "to this end",
    "ultimately",
    "what is more",
    "what's more",
    "with that in mind",
    "with this in mind",
    "worse",
    "worse still",
    "yet",
];
