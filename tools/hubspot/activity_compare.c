#include "tools/hubspot/activity_compare.h"

#include "ledger/base/search.h"

#include <assert.h>
#include <stdlib.h>

const char *const hubspot_activity_fault_name[HUBSPOT_ACTIVITY_FAULT_N] = { "missing", "gone",
                                                                            "moved" };

static const struct {
    enum hubspot_kind kind;
    const char *word;
} kinds[HUBSPOT_ACTIVITY_KIND_N] = { { HUBSPOT_MEETINGS, "meeting" },
                                     { HUBSPOT_CALLS, "call" },
                                     { HUBSPOT_EMAILS, "email" } };

/* An activity of a deal. */
struct tie {
    unsigned kind; /* among `kinds` */
    struct bc_str object, deal;
};

struct ties {
    struct tie *at;
    size_t n, cap;
};

struct hubspot_activity_compare {
    const struct hubspot_run *run;
    struct ties known;   /* all that came from HubSpot, by deal */
    struct ties ledger;  /* of which count, in the end sorted as HubSpot's */
    struct ties hubspot; /* by kind, id and deal */
    struct bc_buf key, text;
};

static unsigned kind_of(const struct hubspot_run *run, const char *word)
{
    unsigned i = 0;

    while (i < HUBSPOT_ACTIVITY_KIND_N &&
           !(run->account->read[kinds[i].kind] && strcmp(kinds[i].word, word) == 0))
        i++;
    return i;
}

static void add(struct ties *ties, struct tie tie)
{
    BC_GROW(ties->at, ties->n, ties->cap);
    ties->at[ties->n++] = tie;
}

static int deal_cmp(const void *a, const void *b)
{
    return bc_str_cmp(((const struct tie *)a)->deal, ((const struct tie *)b)->deal);
}

/* Two of one activity, whatever their deals. */
static int object_cmp(const struct tie *a, const struct tie *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return bc_str_cmp(a->object, b->object);
}

static int tie_cmp(const void *a, const void *b)
{
    int order = object_cmp(a, b);

    return order ? order : deal_cmp(a, b);
}

static void sort(struct ties *ties, int (*cmp)(const void *a, const void *b))
{
    if (ties->n > 1)
        qsort(ties->at, ties->n, sizeof(*ties->at), cmp);
}

/* Of sorted ones. */
static bool has(const struct ties *ties, const struct tie *tie)
{
    return ties->n > 0 && bsearch(tie, ties->at, ties->n, sizeof(*ties->at), tie_cmp);
}

hubspot_activity_compare *hubspot_activity_compare_new(const struct hubspot_run *run)
{
    hubspot_activity_compare *compare = bc_calloc(1, sizeof(*compare));

    compare->run = run;
    for (size_t i = 0; i < hubspot_index_ties(run->known); i++) {
        const struct hubspot_index_tie *tie = hubspot_index_tie_at(run->known, i);
        unsigned kind = kind_of(run, tie->what);

        if (kind < HUBSPOT_ACTIVITY_KIND_N)
            add(&compare->known, (struct tie){ kind, tie->object, tie->deal });
    }
    sort(&compare->known, deal_cmp);
    return compare;
}

void hubspot_activity_compare_free(hubspot_activity_compare *compare)
{
    if (!compare)
        return;
    free(compare->known.at);
    free(compare->ledger.at);
    free(compare->hubspot.at);
    bc_buf_release(&compare->key);
    bc_buf_release(&compare->text);
    free(compare);
}

static bool is_unlisted(hubspot_activity_compare *compare, const struct tie *tie)
{
    compare->key.len = 0;
    hubspot_unlisted_key(&compare->key, kinds[tie->kind].word, tie->deal);
    return bc_string_table_find(compare->run->unlisted, bc_buf_str(&compare->key)) != BC_WORD_NONE;
}

/* Has the fold an activity of that id? */
static bool is_among(const struct bc_activity *activities, size_t n, struct bc_id128 id)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, n, bc_id128_cmp(activities[at].id, id) < 0);
    return at < n && bc_id128_eq(activities[at].id, id);
}

static bool counts(hubspot_activity_compare *compare, const struct bc_deal *deal,
                   const struct tie *tie)
{
    enum hubspot_kind kind = kinds[tie->kind].kind;
    struct bc_id128 id;

    compare->text.len = 0;
    bc_buf_printf(&compare->text, "%s%.*s", kind == HUBSPOT_CALLS ? HUBSPOT_CALL_ID : "",
                  BC_STR_ARG(tie->object));
    id = bc_id128_of(bc_buf_str(&compare->text));
    return kind == HUBSPOT_EMAILS ? is_among(deal->emails, deal->email_n, id)
                                  : is_among(deal->meetings, deal->meeting_n, id);
}

void hubspot_activity_compare_deal(hubspot_activity_compare *compare, const struct bc_deal *deal)
{
    const struct ties *known = &compare->known;
    size_t i;

    BC_LOWER_BOUND(i, 0, known->n, bc_str_cmp(known->at[i].deal, deal->id) < 0);
    for (; i < known->n && bc_str_eq(known->at[i].deal, deal->id); i++)
        if (!is_unlisted(compare, &known->at[i]) && counts(compare, deal, &known->at[i]))
            add(&compare->ledger, known->at[i]);
}

/* The differences under way. */
struct found {
    bc_arena *arena;
    struct hubspot_activities_compared *out;
    struct hubspot_activity_sum sums[HUBSPOT_ACTIVITY_KIND_N]; /* by kind */
};

/* One that leaves no event, such as a mail that came in, is not expected, nor is one that is not
 * known; but what it left before counts. */
static void take_listed(hubspot_activity_compare *compare, struct found *found)
{
    const struct hubspot_run *run = compare->run;
    const struct ties *ledger = &compare->ledger;

    for (size_t i = 0; i < run->listed_n; i++) {
        const struct hubspot_listed *listed = &run->listed[i];
        struct tie tie = { kind_of(run, listed->word), listed->object, listed->deal };

        assert(tie.kind < HUBSPOT_ACTIVITY_KIND_N); /* no other is listed */
        if ((!listed->quiet && !listed->unknown) || has(ledger, &tie))
            add(&compare->hubspot, tie);
        else
            found->sums[tie.kind].unknown += listed->unknown;
    }
    sort(&compare->hubspot, tie_cmp);
}

static void differ(struct found *found, const struct tie *tie, enum hubspot_activity_fault fault,
                   struct bc_str now)
{
    struct hubspot_activities_compared *out = found->out;

    found->sums[tie->kind].faults[fault]++;
    BC_GROW(out->differences, out->n, out->cap);
    out->differences[out->n++] =
        (struct hubspot_activity_difference){ .what = kinds[tie->kind].word,
                                              .object = bc_arena_copy(found->arena, tie->object),
                                              .deal = bc_arena_copy(found->arena, tie->deal),
                                              .now = bc_arena_copy(found->arena, now),
                                              .fault = fault };
}

/* The next of `ties` from *at on, below `end`, that `others` lacks; or NULL. */
static const struct tie *next_alone(const struct ties *ties, size_t *at, size_t end,
                                    const struct ties *others)
{
    for (; *at < end; ++*at) {
        const struct tie *tie = &ties->at[*at];

        if (!has(others, tie))
            return &ties->at[(*at)++];
    }
    return NULL;
}

static size_t end_of(const struct ties *ties, size_t at, const struct tie *object)
{
    while (at < ties->n && object_cmp(&ties->at[at], object) == 0)
        at++;
    return at;
}

/* One activity: what only one of the two has is moved where it can be, else gone or missing. */
static void compare_object(struct found *found, const hubspot_activity_compare *compare,
                           size_t *ledger_at, size_t *hubspot_at, const struct tie *object)
{
    const struct ties *ledger = &compare->ledger, *hubspot = &compare->hubspot;
    size_t ledger_end = end_of(ledger, *ledger_at, object);
    size_t hubspot_end = end_of(hubspot, *hubspot_at, object);
    const struct tie *left, *right;

    found->sums[object->kind].ledger += ledger_end - *ledger_at;
    found->sums[object->kind].hubspot += hubspot_end - *hubspot_at;
    do {
        left = next_alone(ledger, ledger_at, ledger_end, hubspot);
        right = next_alone(hubspot, hubspot_at, hubspot_end, ledger);
        if (left)
            differ(found, left, right ? HUBSPOT_ACTIVITY_MOVED : HUBSPOT_ACTIVITY_GONE,
                   right ? right->deal : (struct bc_str){ 0 });
        else if (right)
            differ(found, right, HUBSPOT_ACTIVITY_MISSING, (struct bc_str){ 0 });
    } while (left || right);
}

static int difference_cmp(const void *a, const void *b)
{
    const struct hubspot_activity_difference *left = a, *right = b;
    int order = bc_str_cmp(left->deal, right->deal);

    if (order == 0)
        order = strcmp(left->what, right->what);
    return order ? order : bc_str_cmp(left->object, right->object);
}

/* The deals whose lists of a kind are not known. */
static uint64_t count_unlisted(hubspot_activity_compare *compare, unsigned kind)
{
    const struct hubspot_run *run = compare->run;
    uint64_t n = 0;

    for (size_t i = 0; i < run->present_n; i++)
        n += !run->present[i].archived &&
             is_unlisted(compare, &(struct tie){ .kind = kind, .deal = run->present[i].id });
    return n;
}

void hubspot_activity_compare_end(hubspot_activity_compare *compare, bc_arena *arena,
                                  struct hubspot_activities_compared *out)
{
    struct found found = { .arena = arena, .out = out };
    size_t ledger = 0, hubspot = 0;

    *out = (struct hubspot_activities_compared){ 0 };
    sort(&compare->ledger, tie_cmp);
    take_listed(compare, &found);
    while (ledger < compare->ledger.n || hubspot < compare->hubspot.n) {
        const struct tie *next = ledger < compare->ledger.n ? &compare->ledger.at[ledger]
                                                            : &compare->hubspot.at[hubspot];

        if (hubspot < compare->hubspot.n && object_cmp(&compare->hubspot.at[hubspot], next) < 0)
            next = &compare->hubspot.at[hubspot];
        compare_object(&found, compare, &ledger, &hubspot, next);
    }
    for (unsigned i = 0; i < HUBSPOT_ACTIVITY_KIND_N; i++) {
        if (!compare->run->account->read[kinds[i].kind])
            continue;
        found.sums[i].what = kinds[i].word;
        found.sums[i].unlisted = count_unlisted(compare, i);
        out->sums[out->sum_n++] = found.sums[i];
    }
    if (out->n > 1)
        qsort(out->differences, out->n, sizeof(*out->differences), difference_cmp);
}
