//! Italian.

use super::Tongue;

pub const IT: Tongue = Tongue {
    tag: "it",
    common: "il che di della sono per una gli nel non la è con del un si",
    silent: "il lo la i gli le l un uno una un di del dello della dei degli delle a al allo alla ai \
        agli alle da dal dalla dai dalle in nel nello nella nei negli nelle con col su sul \
        sulla sui sulle per tra fra e ed o ma però perché che chi cui è sono era erano sarà \
        essere ha hanno aveva avere può possono deve devono io tu lui lei noi voi loro mi ti \
        si ci vi ne mio mia tuo suo sua suoi sue nostro nostra loro questo questa questi \
        queste quello quella non né più meno molto anche come quando dove se già ancora sempre \
        tutto tutti tutta tutte altro altri altre ogni così dopo prima senza stesso",
    last: "il lo la i gli le un uno una di del dello della dei degli delle a al alla ai alle da \
        dal dalla in nel nella nei nelle con su sul sulla per tra fra e ed o ma perché che chi \
        cui è sono ha hanno può si non né più meno molto come quando dove se ogni senza suo \
        sua questo questa",
    openings: &["introduzione", "prefazione", "premessa"],
    closings: &[
        "conclusione",
        "conclusioni",
        "considerazioni finali",
        "in breve",
        "in conclusione",
        "in sintesi",
        "per concludere",
        "riassumendo",
        "riassunto",
        "riepilogo",
    ],
    looks_back: &[
        "alla fine,",
        "in breve",
        "in conclusione",
        "in definitiva",
        "in sintesi",
        "infine,",
        "insomma",
        "per concludere",
        "riassumendo",
        "tutto sommato",
    ],
    labels: "passo passaggio motivo ragione consiglio parte regola errore punto lezione capitolo \
        domanda mito",
    question: "d domanda",
    answer: "r risposta",
    leaning: &[
        "anche", "ciò", "così", "dunque", "e", "essa", "esse", "essi", "esso", "inoltre", "lei",
        "loro", "lui", "ma", "perciò", "però", "quelle", "quelli", "questa", "queste", "questi",
        "questo", "quindi", "tuttavia",
    ],
    bylines: &["a cura di ", "autore: ", "autrice: ", "di ", "scritto da "],
    months: "gennaio gen febbraio feb marzo mar aprile apr maggio mag giugno giu luglio lug agosto \
        ago settembre set ottobre ott novembre nov dicembre dic",
    date_words: "lun mar mer gio ven sab dom lunedì martedì mercoledì giovedì venerdì sabato domenica \
        il alle",
    page_lines: &[
        "comunicato stampa",
        "accedi",
        "accetta",
        "accetta tutti",
        "accetta tutto",
        "articoli correlati",
        "articoli simili",
        "articolo precedente",
        "articolo successivo",
        "commenti",
        "condividi",
        "condividi questo articolo",
        "continua a leggere",
        "i più letti",
        "indice",
        "informativa sulla privacy",
        "informazioni sull'autore",
        "iscriviti",
        "iscriviti alla newsletter",
        "lascia un commento",
        "leggi anche",
        "leggi tutto",
        "nessun commento",
        "note legali",
        "per saperne di più",
        "potrebbe interessarti",
        "potrebbe interessarti anche",
        "pubblicità",
        "rifiuta tutti",
        "seguici",
        "stampa",
        "sull'autore",
        "ti potrebbe interessare",
        "torna in alto",
        "torna su",
        "tutti i diritti riservati",
        "vai al contenuto",
    ],
    page_starts: &[
        "tempo di lettura",
        "aggiornato il ",
        "categoria:",
        "categorie:",
        "condividi su ",
        "etichette:",
        "foto di ",
        "foto:",
        "il tuo indirizzo email non sarà",
        "iscriviti alla ",
        "leggi anche:",
        "pubblicato il ",
        "pubblicato in ",
        "questo sito usa i cookie",
        "questo sito utilizza i cookie",
        "seguici su ",
        "tutti i diritti riservati",
        "ultimo aggiornamento",
        "utilizziamo i cookie",
    ],
    page_heads: &[
        "commenti",
        "informazioni sull'autore",
        "lascia un commento",
        "sull'autore",
    ],
};
