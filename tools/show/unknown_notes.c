#include "tools/show/unknown_notes.h"

#include <inttypes.h>

/* What is said of one of them, and of several. */
static const struct said {
    enum bc_word_field field;
    const char *one, *many;
    bool of_deals; /* "N of M deals", and it costs them the slices */
} said[BC_UNKNOWN_N] = {
    [BC_UNKNOWN_NO_TYPE] = { BC_WORD_DEAL_TYPE, "has no deal type: it counts",
                             "have no deal type: they count", true },
    [BC_UNKNOWN_TYPE] = { BC_WORD_DEAL_TYPE,
                          "has a deal type that the rules do not know: it counts",
                          "have a deal type that the rules do not know: they count", true },
    [BC_UNKNOWN_OUTCOME] = { BC_WORD_OUTCOME,
                             "meeting has an outcome that the rules do not know: it is not held",
                             "meetings have an outcome that the rules do not know: they are not "
                             "held",
                             false },
    [BC_UNKNOWN_MEETING] = { BC_WORD_MEETING_TYPE,
                             "meeting is of a type that the rules do not know: it does not count",
                             "meetings are of a type that the rules do not know: they do not count",
                             false },
    [BC_UNKNOWN_REASON] = { BC_WORD_LOSS_REASON,
                            "loss is for a reason that is not listed: it counts for none",
                            "losses are for reasons that are not listed: they count for none",
                            false },
};

static void put(struct bc_buf *out, const bc_rules *rules, const struct bc_unknown_counts *unknown,
                enum bc_unknown what, bool of_one)
{
    const struct said *row = &said[what];
    uint64_t n = unknown->n[what];

    if (of_one && row->of_deals)
        bc_buf_printf(out, "the deal");
    else
        bc_buf_printf(out, "%" PRIu64, n);
    if (!of_one && row->of_deals)
        bc_buf_printf(out, " of %" PRIu64 " deals", unknown->n[BC_UNKNOWN_OF]);
    bc_buf_printf(out, " %s", n == 1 ? row->one : row->many);
    if (row->of_deals) {
        bc_buf_printf(out, " in no slice");
        bc_words_put_whole_slices(out, rules);
    }
    if (what != BC_UNKNOWN_NO_TYPE && !of_one)
        bc_buf_printf(out, "; `backcast audit --kind unknown_word` lists them");
}

static void add(struct notes *notes, const bc_rules *rules, const struct bc_unknown_counts *unknown,
                int slice, const char *when, bool of_one)
{
    bool whole =
        slice >= 0 && (size_t)slice < rules->slice_n && rules->slices[slice].deal_type_n == 0;

    for (int what = BC_UNKNOWN_OF + 1; what < BC_UNKNOWN_N; what++) {
        struct bc_buf text = { 0 };

        if (unknown->n[what] == 0 || (whole && said[what].of_deals))
            continue;
        bc_buf_printf(&text, "%s", when);
        put(&text, rules, unknown, (enum bc_unknown)what, of_one);
        bc_buf_add_byte(&text, '\0');
        notes_add_count(notes, "unknown_words", text.at, bc_word_field_name(said[what].field),
                        unknown->n[what]);
        bc_buf_release(&text);
    }
}

void unknown_notes_add(struct notes *notes, const bc_rules *rules,
                       const struct bc_unknown_counts *unknown, int slice, const char *when)
{
    add(notes, rules, unknown, slice, when, false);
}

void unknown_notes_add_deal(struct notes *notes, const bc_rules *rules,
                            const struct bc_unknown_counts *unknown, int slice)
{
    add(notes, rules, unknown, slice, "", true);
}
