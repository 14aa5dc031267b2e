#include "tools/connect/draft.h"

#include "projections/yaml/yaml.h"
#include "tools/discover/discover_text.h"

#include <inttypes.h>
#include <stdlib.h>

enum { TEXT_MAX = 256 }; /* bc_fields_text */

const char *connect_guess_of(const struct connect_guess *guesses, struct bc_str name)
{
    for (; name.len && guesses->in; guesses++) {
        const size_t len = strlen(guesses->in);

        for (size_t i = 0; i + len <= name.len; i++)
            if (strncasecmp(name.at + i, guesses->in, len) == 0)
                return guesses->means;
    }
    return NULL;
}

/* ---- offers ---- */

struct connect_offer *connect_offer(struct connect_offers *offers, struct bc_str text)
{
    uint32_t word;

    if (!offers->texts)
        offers->texts = bc_string_table_new();
    word = bc_string_table_add(offers->texts, text);
    if (word > offers->n) {
        BC_GROW(offers->at, offers->n, offers->cap);
        offers->at[offers->n++] =
            (struct connect_offer){ .text = bc_string_table_text(offers->texts, word) };
    }
    return &offers->at[word - 1];
}

void connect_offers_release(struct connect_offers *offers)
{
    bc_string_table_free(offers->texts);
    free(offers->at);
    *offers = (struct connect_offers){ 0 };
}

size_t connect_offers_taken(const struct connect_offers *offers)
{
    size_t n = 0;

    for (size_t i = 0; i < offers->n; i++)
        n += offers->at[i].taken;
    return n;
}

/* ---- what is written ---- */

static bool is_writable(const struct connect_offer *offer)
{
    return discover_writable(offer->text) && offer->text.len <= TEXT_MAX;
}

/* Taken ones first, then the most frequent; names decide between equals, so that the same service
 * gives the same file. */
static int by_weight(const void *a, const void *b)
{
    const struct connect_offer *left = *(const struct connect_offer *const *)a,
                               *right = *(const struct connect_offer *const *)b;

    if (left->taken != right->taken)
        return left->taken ? -1 : 1;
    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    return bc_str_cmp(left->text, right->text);
}

static void add_counts(struct bc_buf *file, const struct connect_offer *offer,
                       struct connect_unit unit)
{
    bc_buf_printf(file, "%" PRIu64 " %s", offer->n, offer->n == 1 ? unit.one : unit.many);
    if (offer->deals)
        bc_buf_printf(file, ", %" PRIu64 " of %s of the ledger", offer->deals,
                      offer->deals == 1 ? "a deal" : "deals");
}

static void add_offer(struct bc_buf *file, unsigned in, const struct connect_offer *offer,
                      struct connect_unit unit)
{
    bc_buf_printf(file, "%s%*s- ", offer->taken ? "" : "#", (int)in + 2, "");
    discover_quoted(file, offer->text);
    bc_buf_add_str(file, BC_STR("  # "));
    if (offer->called.len) {
        discover_comment(file, offer->called);
        bc_buf_add_str(file, BC_STR(", "));
    }
    add_counts(file, offer, unit);
    bc_buf_add_byte(file, '\n');
}

void connect_draft_list(struct bc_buf *file, unsigned in, const char *key,
                        struct connect_offers *offers, struct connect_unit unit)
{
    const struct connect_offer **sorted = bc_calloc(offers->n + 1, sizeof(*sorted));
    const char *mark = connect_offers_taken(offers) ? "" : "#";
    size_t left_out = 0;

    for (size_t i = 0; i < offers->n; i++) {
        offers->at[i].taken = offers->at[i].taken && is_writable(&offers->at[i]);
        sorted[i] = &offers->at[i];
    }
    qsort(sorted, offers->n, sizeof(*sorted), by_weight);
    bc_buf_printf(file, "%s%*s%s:\n", mark, (int)in, "", key);
    for (size_t i = 0; i < offers->n; i++) {
        if (is_writable(sorted[i]))
            add_offer(file, in, sorted[i], unit);
        else
            left_out++;
    }
    if (left_out)
        bc_buf_printf(file, "# and %zu that cannot be written here\n", left_out);
    free(sorted);
}

void connect_draft_say(struct bc_buf *file, const char *format, ...)
{
    struct bc_buf text = { 0 };
    va_list args;

    va_start(args, format);
    bc_buf_vprintf(&text, format, args);
    va_end(args);
    bc_buf_add_str(file, BC_STR("# "));
    discover_comment(file, bc_buf_str(&text));
    bc_buf_add_byte(file, '\n');
    bc_buf_release(&text);
}

void connect_draft_name(struct bc_buf *file, struct bc_str name)
{
    bc_buf_add_str(file, BC_STR("  # "));
    discover_comment(file, name);
    bc_buf_add_byte(file, '\n');
}

bool connect_draft_is_deal(const struct connect_run *run, struct bc_str id)
{
    return run->known && connect_known_deal(run->known, id);
}
