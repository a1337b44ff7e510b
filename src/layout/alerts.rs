//! What an alert is called in the language of its deck.

use crate::deck::words::ALERTS as KINDS;
use crate::deck::{Block, BlockKind};

/// Languages, each with its words for [`KINDS`].
const WORDS: [(&str, [&str; 5]); 18] = [
    ("en", ["Note", "Tip", "Important", "Warning", "Caution"]),
    ("cs", ["Poznámka", "Tip", "Důležité", "Varování", "Pozor"]),
    ("da", ["Bemærk", "Tip", "Vigtigt", "Advarsel", "Forsigtig"]),
    ("de", ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"]),
    (
        "es",
        ["Nota", "Consejo", "Importante", "Advertencia", "Precaución"],
    ),
    ("fi", ["Huomautus", "Vinkki", "Tärkeää", "Varoitus", "Varo"]),
    (
        "fr",
        [
            "Remarque",
            "Conseil",
            "Important",
            "Avertissement",
            "Attention",
        ],
    ),
    (
        "it",
        ["Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"],
    ),
    ("ja", ["注記", "ヒント", "重要", "警告", "注意"]),
    ("ko", ["참고", "팁", "중요", "경고", "주의"]),
    ("nb", ["Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"]),
    (
        "nl",
        ["Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"],
    ),
    ("no", ["Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"]),
    (
        "pl",
        ["Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Ostrożnie"],
    ),
    ("pt", ["Nota", "Dica", "Importante", "Aviso", "Cuidado"]),
    (
        "ru",
        [
            "Примечание",
            "Совет",
            "Важно",
            "Предупреждение",
            "Осторожно",
        ],
    ),
    ("sv", ["Obs", "Tips", "Viktigt", "Varning", "Försiktigt"]),
    ("zh", ["注", "提示", "重要", "警告", "小心"]),
];

/// Gives each alert without a title the name of its kind; one of no kind is a
/// note.
pub fn name_all(blocks: &mut [Block], lang: &str) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Group { name, body } => {
                if name == "alert" {
                    let attrs = &mut block.attrs;
                    let kind = KINDS.iter().position(|kind| attrs.has(kind)).unwrap_or(0);
                    if !attrs.has(KINDS[kind]) {
                        attrs.classes.insert(0, KINDS[kind].into());
                    }
                    if attrs.get("title").is_none() {
                        attrs.pairs.push(("title".into(), word(lang, kind).into()));
                    }
                }
                name_all(body, lang);
            }
            BlockKind::Quote(body) => name_all(body, lang),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    name_all(&mut item.blocks, lang);
                }
            }
            _ => {}
        }
    }
}

/// What an alert of a kind, by its place among all, is called in a language.
pub fn word(lang: &str, kind: usize) -> &'static str {
    let lang = lang.split('-').next().unwrap_or_default().to_lowercase();
    let words = WORDS
        .iter()
        .find(|(own, _)| *own == lang)
        .unwrap_or(&WORDS[0]);
    words.1[kind]
}
