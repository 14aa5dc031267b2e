#include "tools/discover/discover_words.h"

#include "ledger/base/spelling.h"
#include "tools/cli/letters.h"
#include "tools/discover/discover_listed.h"

/* What people call them. A word is taken where the rules have ours. `sure`: it can mean nothing
 * else. */
static const struct {
    enum bc_word_field field;
    bool sure;
    const char *ours, *words;
} others[] = {
    { BC_WORD_STAGE, true, "closed_won",
      "won closedwon dealwon wongewonnen gewonnen ganado ganada cerradaganada cierreganado gagne "
      "gagnee fermegagne vinto vinta chiusavinta chiusovinto ganho ganha fechadoganho" },
    { BC_WORD_STAGE, true, "closed_lost",
      "lost closedlost deallost verloren perdido perdida cerradaperdida cierreperdido perdu perdue "
      "fermeperdu perso persa chiusapersa chiusoperso fechadoperdido" },
    { BC_WORD_STAGE, false, "proposal",
      "angebot angebotsphase angebotversendet angebotverschickt offer offersent quote quotesent "
      "quotation proposalpricequote contractsent vertragversendet propuesta presupuesto "
      "proposition "
      "devis offre offerta preventivo proposta offerte voorstel negotiation negotiationreview "
      "verhandlung" },
    { BC_WORD_STAGE, false, "discovery",
      "needsanalysis discoverycall bedarfsanalyse erstgesprach erstgespraech bedarfsermittlung "
      "descubrimiento decouverte analyse scoperta descoberta ontdekking demo meeting" },
    { BC_WORD_STAGE, false, "outreach",
      "contacted contactmade kontaktiert kontaktaufnahme kontakt ansprache akquise contactado "
      "contacte contattato contatado benaderd" },
    { BC_WORD_STAGE, false, "enrichment", "lead research recherche anreicherung identified" },
    { BC_WORD_STAGE, false, "renewals",
      "renewal verlangerung verlaengerung renovacion renouvellement rinnovo renovacao verlenging" },
    { BC_WORD_DEAL_TYPE, true, "newbusiness",
      "new newcustomer newclient newlogo neugeschaft neugeschaeft neukunde neukundengeschaft "
      "neukundengeschaeft nuevo nuevonegocio nouveau nouveauclient nuovo nuovocliente novo "
      "novonegocio nieuw nieuweklant" },
    { BC_WORD_DEAL_TYPE, true, "existingbusiness",
      "existing existingcustomer existingclient bestandskunde bestandsgeschaft bestandsgeschaeft "
      "bestandskundengeschaft existente clienteexistente existant clientexistant esistente "
      "clienteesistente bestaand bestaandeklant" },
    { BC_WORD_DEAL_TYPE, false, "existingbusiness",
      "renewal upsell crosssell expansion upgrade existingcustomerupgrade "
      "existingcustomerreplacement existingcustomerdowngrade verlangerung verlaengerung "
      "erweiterung" },
    { BC_WORD_LOSS_REASON, false, "price",
      "tooexpensive budget nobudget pricing preis zuteuer kosten keinbudget precio prix prezzo "
      "preco prijs" },
    { BC_WORD_LOSS_REASON, false, "timing",
      "badtiming nodecision postponed notnow zeitpunkt zeit verschoben momento calendrier "
      "tempistica" },
    { BC_WORD_LOSS_REASON, false, "competitor",
      "competition losttocompetitor wettbewerb wettbewerber konkurrenz mitbewerber competencia "
      "concurrence concurrent concorrenza concorrencia concurrentie" },
    { BC_WORD_LOSS_REASON, false, "feature_gap",
      "feature features missingfeature missingfeatures functionality funktion funktionen "
      "fehlendefunktion productgap" },
    { BC_WORD_LOSS_REASON, false, "wrong_icp", "badfit nofit notafit poorfit icp passtnicht" },
};
enum { OTHER_N = sizeof(others) / sizeof(others[0]) };

/* A search among the words of the rules. */
struct search {
    const bc_rules *rules;
    enum bc_word_field field;
    struct bc_str word, spaced; /* folded; with blanks between its parts */
    const char *same, *part;    /* by the same letters; the longest that a part of it begins with */
    size_t part_len;
    const char *longer; /* one that begins or ends with all of it, */
    bool several;       /* and others do, too: it may be any of them */
    struct bc_spelling near;
    const char *near_is;
};

/* "Not closed won" is none of the stages that it has in it. */
static bool is_negated(struct bc_str spaced)
{
    static const char words[] =
        "not non no never nicht kein keine keiner keinen ohne pas sans senza "
        "sem sin nao niet geen without";
    unsigned at;

    for (size_t i = 0, end; i < spaced.len; i = end + 1) {
        const char *blank = memchr(spaced.at + i, ' ', spaced.len - i);

        end = blank ? (size_t)(blank - spaced.at) : spaced.len;
        if (discover_listed(&at, words, bc_str_part(spaced, i, end)))
            return true;
    }
    return false;
}

/* Whether one of the word's parts begins a text that stands in it. */
static bool has_part(const struct search *search, struct bc_str text)
{
    size_t at = 0; /* in the word, which has no blanks */

    for (size_t i = 0; i < search->spaced.len; i++) {
        const bool begins = i == 0 || search->spaced.at[i - 1] == ' ';

        if (search->spaced.at[i] == ' ')
            continue;
        if (begins && search->word.len - at >= text.len &&
            memcmp(search->word.at + at, text.at, text.len) == 0)
            return true;
        at++;
    }
    return false;
}

/* "Closed" of "Closed won", "Business" of "New business". */
static bool is_end_of(struct bc_str word, struct bc_str text)
{
    return text.len > word.len && (memcmp(text.at, word.at, word.len) == 0 ||
                                   memcmp(text.at + text.len - word.len, word.at, word.len) == 0);
}

/* "Unqualified" is no slip of the pen. */
static bool is_prefixed(struct bc_str word, struct bc_str text)
{
    return word.len > text.len + 1 && memcmp(word.at + word.len - text.len, text.at, text.len) == 0;
}

static void try_one(struct search *search, const char *ours, struct bc_str spelt)
{
    struct bc_buf folded = { 0 };
    unsigned steps = search->near.steps;
    const bool any = search->near.best.len > 0;

    letters_of(&folded, spelt, 0);
    if (folded.len > 0 && bc_str_eq(bc_buf_str(&folded), search->word) && !search->same)
        search->same = ours;
    if (folded.len > 3 && folded.len < search->word.len && folded.len > search->part_len &&
        has_part(search, bc_buf_str(&folded))) {
        search->part = ours;
        search->part_len = folded.len;
    }
    if (is_end_of(search->word, bc_buf_str(&folded))) {
        search->several |= search->longer && strcmp(search->longer, ours) != 0;
        search->longer = ours;
    }
    if (!is_prefixed(search->word, bc_buf_str(&folded)))
        bc_spelling_try(&search->near, bc_buf_str(&folded));
    if (search->near.best.len > 0 && (!any || search->near.steps < steps))
        search->near_is = ours;
    search->near.best = bc_str_of(search->near_is); /* what lives on; only its length is asked */
    bc_buf_release(&folded);
}

static void try_word(void *payload, struct bc_str word)
{
    try_one(payload, word.at, word);
}

/* The rules' own words, and stages by their labels. */
static void try_rules(struct search *search)
{
    for (size_t i = 0; search->field == BC_WORD_STAGE && i < search->rules->stage_n; i++) {
        const struct bc_stage *stage = &search->rules->stages[i];

        try_one(search, stage->id, bc_str_of(stage->id));
        if (stage->label)
            try_one(search, stage->id, bc_str_of(stage->label));
        for (size_t c = 0; c < stage->crm_id_n; c++)
            try_one(search, stage->id, stage->crm_ids[c]);
    }
    if (search->field != BC_WORD_STAGE)
        bc_words_each(search->rules, search->field, try_word, search);
}

/* NULL: the rules have no such word. */
static const char *others_mean(const struct search *search, bool sure)
{
    unsigned at;

    for (size_t i = 0; i < OTHER_N; i++) {
        const bool known = others[i].field == search->field && others[i].sure == sure &&
                           bc_words_know(search->rules, search->field, bc_str_of(others[i].ours));

        if (known && discover_listed(&at, others[i].words, search->word))
            return others[i].ours;
    }
    return NULL;
}

/* What a word may mean that the rules do not have; NULL: nobody can tell. */
static const char *likely(const struct search *search)
{
    const char *listed = others_mean(search, false);
    const bool negated = is_negated(search->spaced);

    if (search->word.len == 0)
        return NULL;
    if (search->part && !negated)
        return search->part;
    if (listed || negated || search->several)
        return listed;
    return search->near_is;
}

struct discover_meaning discover_word(const bc_rules *rules, enum bc_word_field field,
                                      struct bc_str word)
{
    struct bc_buf folded = { 0 }, spaced = { 0 };
    struct search search = { .rules = rules, .field = field };
    struct discover_meaning out = { 0 };

    letters_of(&folded, word, 0);
    letters_of(&spaced, word, ' ');
    search.word = search.near.word = bc_buf_str(&folded);
    search.spaced = bc_buf_str(&spaced);
    if (folded.len > 0)
        try_rules(&search);
    out.to = search.same ? search.same : others_mean(&search, true);
    out.like = !out.to;
    if (!out.to)
        out.to = likely(&search);
    out.like = out.like && out.to;
    bc_buf_release(&folded);
    bc_buf_release(&spaced);
    return out;
}

struct discover_meaning discover_stage(const bc_rules *rules, struct bc_str word)
{
    return discover_word(rules, BC_WORD_STAGE, word);
}

static void list_one(void *payload, struct bc_str word)
{
    struct bc_buf *out = payload;

    bc_buf_printf(out, "%s%.*s", out->len ? ", " : "", BC_STR_ARG(word));
}

void discover_list_words(struct bc_buf *out, const bc_rules *rules, enum bc_word_field field)
{
    struct bc_buf list = { 0 };

    if (field == BC_WORD_STAGE)
        for (size_t i = 0; i < rules->stage_n; i++)
            list_one(&list, bc_str_of(rules->stages[i].id));
    else
        bc_words_each(rules, field, list_one, &list);
    bc_buf_add_str(out, bc_buf_str(&list));
    bc_buf_release(&list);
}

bool discover_says_nothing(struct bc_str text)
{
    static const char words[] = "na none null nil nan unknown tbd tba offen unbekannt keine kein "
                                "leer ninguno aucun nessuno nenhum geen";
    struct bc_buf folded = { 0 };
    unsigned at;
    bool digits = false, nothing;

    for (size_t i = 0; i < text.len; i++)
        digits |= text.at[i] >= '1' && text.at[i] <= '9';
    letters_of(&folded, text, 0);
    nothing = folded.len == 0 || discover_listed(&at, words, bc_buf_str(&folded));
    for (size_t i = 0; !nothing && !digits && i < folded.len; i++) {
        if (folded.at[i] != '0')
            break;
        nothing = i + 1 == folded.len; /* 0000-00-00 */
    }
    bc_buf_release(&folded);
    return text.len > 0 && nothing;
}
