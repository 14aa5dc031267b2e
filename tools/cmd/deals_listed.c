#include "tools/cmd/deals_listed.h"

#include "tools/cli/letters.h"
#include "tools/cli/opt.h"

#include <stdlib.h>
#include <string.h>

/* --- a text within ids and names --- */

static bool holds(struct bc_str text, struct bc_str part)
{
    return part.len == 0 || (text.len && memmem(text.at, text.len, part.at, part.len));
}

/* As it stands, or by its letters and digits, where it has any. */
static bool is_found(struct bc_str text, struct bc_str asked, struct bc_str folded,
                     struct bc_buf *room)
{
    if (holds(text, asked))
        return true;
    room->len = 0;
    letters_of(room, text, ' ');
    return folded.len && holds(bc_buf_str(room), folded);
}

static void keep_found(struct bc_deal_list *deals, struct bc_str asked)
{
    struct bc_buf folded = { 0 }, room = { 0 };
    size_t n = 0;

    letters_of(&folded, asked, ' ');
    for (size_t i = 0; i < deals->n; i++) {
        const struct bc_deal_row *row = &deals->at[i];

        if (is_found(row->deal, asked, bc_buf_str(&folded), &room) ||
            is_found(row->name, asked, bc_buf_str(&folded), &room))
            deals->at[n++] = *row;
    }
    deals->n = n;
    bc_buf_release(&folded);
    bc_buf_release(&room);
}

/* --- order --- */

struct key {
    bool none;          /* such stand last, whichever way */
    struct bc_str text; /* then by the number */
    int64_t number;
    size_t at; /* their place before, where they are alike */
};

typedef void key_fn(struct key *out, const struct bc_deal_row *row);

/* As the rules have them; the list has those of other stages, and of none, at its end. */
static void stage_key(struct key *out, const struct bc_deal_row *row)
{
    out->none = row->stage_number == BC_NO_STAGE;
    out->number = row->stage_number;
}

static void text_key(struct key *out, struct bc_str text)
{
    out->none = text.len == 0;
    out->text = text;
}

static void deal_key(struct key *out, const struct bc_deal_row *row)
{
    text_key(out, row->deal);
}

static void name_key(struct key *out, const struct bc_deal_row *row)
{
    text_key(out, row->name);
}

static void owner_key(struct key *out, const struct bc_deal_row *row)
{
    text_key(out, row->owner);
}

static void days_key(struct key *out, const struct bc_deal_row *row)
{
    out->none = row->stage.len == 0;
    out->number = row->in_stage_us;
}

static void age_key(struct key *out, const struct bc_deal_row *row)
{
    out->number = row->age_us;
}

static void type_key(struct key *out, const struct bc_deal_row *row)
{
    text_key(out, row->type);
}

/* Amounts of two currencies are not compared. */
static void amount_key(struct key *out, const struct bc_deal_row *row)
{
    *out = (struct key){ !row->has_amount, row->currency, row->amount, out->at };
}

static void mrr_key(struct key *out, const struct bc_deal_row *row)
{
    *out = (struct key){ !row->has_mrr, row->currency, row->mrr, out->at };
}

static void last_key(struct key *out, const struct bc_deal_row *row)
{
    out->none = row->last.what == BC_NO_BODY;
    out->number = row->last.at_us;
}

static void next_key(struct key *out, const struct bc_deal_row *row)
{
    out->none = row->next_meeting_us == BC_NEVER;
    out->number = row->next_meeting_us;
}

static void findings_key(struct key *out, const struct bc_deal_row *row)
{
    out->number = row->finding_n;
}

/* In the order of DEALS_LISTED_COLUMNS. */
static const struct {
    const char *name;
    key_fn *fill;
} orders[] = {
    { "stage", stage_key }, { "deal", deal_key },     { "name", name_key },
    { "owner", owner_key }, { "days", days_key },     { "age", age_key },
    { "type", type_key },   { "amount", amount_key }, { "mrr", mrr_key },
    { "last", last_key },   { "next", next_key },     { "findings", findings_key },
};
enum { ORDER_N = sizeof(orders) / sizeof(orders[0]) };

static int in_order(const void *a, const void *b, void *of)
{
    const struct key *left = a, *right = b;
    const bool down = *(const bool *)of;
    int order = left->none - right->none;

    if (order == 0 && !left->none) {
        order = bc_str_cmp(left->text, right->text);
        if (order == 0)
            order = (left->number > right->number) - (left->number < right->number);
        order = down ? -order : order;
    }
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

static void sort(struct bc_deal_list *deals, key_fn *fill, bool down)
{
    struct key *keys = bc_calloc(deals->n + 1, sizeof(*keys));
    struct bc_deal_row *rows = bc_reallocarray(NULL, deals->n + 1, sizeof(*rows));

    for (size_t i = 0; i < deals->n; i++) {
        keys[i].at = i;
        fill(&keys[i], &deals->at[i]);
    }
    if (deals->n > 1)
        qsort_r(keys, deals->n, sizeof(*keys), in_order, &down);
    for (size_t i = 0; i < deals->n; i++)
        rows[i] = deals->at[keys[i].at];
    free(keys);
    free(deals->at);
    deals->at = rows;
    deals->cap = deals->n + 1;
}

static bc_status read_sort(size_t *out, bool *down, const char *typed, struct bc_err *err)
{
    *down = typed[0] == '-';
    for (*out = 0; *out < ORDER_N; ++*out)
        if (strcmp(typed + *down, orders[*out].name) == 0)
            return BC_OK;
    return bc_err_set(err, BC_E_USAGE,
                      "--sort '%s': expected one of: " DEALS_LISTED_COLUMNS
                      "; with a - before it downwards",
                      typed);
}

bool deals_listed_by_findings(const struct deals_listed *asked)
{
    return asked->sort && strcmp(asked->sort + (asked->sort[0] == '-'), "findings") == 0;
}

/* --- some of them --- */

bc_status deals_listed_keep(size_t *out_n, size_t *out_skipped, struct bc_deal_list *deals,
                            const struct deals_listed *asked, struct bc_err *err)
{
    uint64_t limit = UINT64_MAX, skip = 0;
    size_t order = 0;
    bool down = false;
    bc_status rc = asked->sort ? read_sort(&order, &down, asked->sort, err) : BC_OK;

    if (rc == BC_OK && asked->limit)
        rc = opt_number(&limit, "limit", asked->limit, 1, UINT64_MAX, err);
    if (rc == BC_OK && asked->skip)
        rc = opt_number(&skip, "skip", asked->skip, 0, UINT64_MAX, err);
    if (rc < 0)
        return rc;
    if (asked->find)
        keep_found(deals, bc_str_of(asked->find));
    if (asked->sort)
        sort(deals, orders[order].fill, down);
    *out_n = deals->n;
    *out_skipped = skip < deals->n ? (size_t)skip : deals->n;
    deals->n -= *out_skipped;
    if (deals->n)
        memmove(deals->at, deals->at + *out_skipped, deals->n * sizeof(*deals->at));
    if (limit < deals->n)
        deals->n = (size_t)limit;
    return BC_OK;
}
