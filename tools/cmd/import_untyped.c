#include "tools/cmd/import_untyped.h"

#include "ledger/base/mem.h"
#include "projections/rules/words.h"

#include <stdlib.h>

enum { TYPED = -1 };

void import_untyped_init(struct import_untyped *out, const bc_rules *rules)
{
    *out = (struct import_untyped){ .asked = rules && bc_words_any_slice(rules),
                                    .arena = bc_arena_new() };
}

void import_untyped_release(struct import_untyped *untyped)
{
    csv_seen_release(&untyped->deals);
    free(untyped->names);
    bc_arena_free(untyped->arena);
}

static bool says_type(const struct bc_event *event)
{
    if (event->body == BC_DEAL_CREATED)
        return event->value[BC_DEAL_CREATED_DEAL_TYPE].text.len > 0;
    return event->body == BC_PROPERTY_CHANGED &&
           bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, BC_STR("deal_type")) &&
           event->value[BC_PROPERTY_CHANGED_VALUE].text.len > 0;
}

static bool says_stage(const struct bc_event *event)
{
    return event->body == BC_STAGE_CHANGED ||
           (event->body == BC_DEAL_CREATED && event->value[BC_DEAL_CREATED_STAGE].text.len > 0);
}

static void set(struct import_untyped *untyped, struct csv_digest deal, int64_t place)
{
    csv_seen_add(&untyped->deals, deal, (struct csv_digest){ 0 }, place);
}

void import_untyped_add(struct import_untyped *untyped, const struct bc_event *event)
{
    const bool typed = says_type(event);
    struct csv_digest deal;

    if (!untyped->asked || event->deal.len == 0 || !(typed || says_stage(event)))
        return;
    deal = csv_digest_of(event->deal);
    if (typed) {
        set(untyped, deal, TYPED);
    } else if (!csv_seen_find(&untyped->deals, deal)) {
        set(untyped, deal, (int64_t)untyped->name_n);
        BC_GROW(untyped->names, untyped->name_n, untyped->cap);
        untyped->names[untyped->name_n++] = bc_arena_copy(untyped->arena, event->deal);
    }
}

void import_untyped_see(struct import_untyped *untyped, const struct bc_event *event)
{
    struct csv_digest deal;

    if (untyped->name_n == 0 || !says_type(event))
        return;
    deal = csv_digest_of(event->deal);
    if (csv_seen_find(&untyped->deals, deal))
        set(untyped, deal, TYPED);
}

uint64_t import_untyped_count(const struct import_untyped *untyped, struct bc_str *first,
                              size_t most)
{
    uint64_t n = 0;

    for (size_t i = 0; i < untyped->name_n; i++) {
        const struct csv_sight *deal =
            csv_seen_find(&untyped->deals, csv_digest_of(untyped->names[i]));

        if (deal->number == TYPED)
            continue;
        if (n < most)
            first[n] = untyped->names[i];
        n++;
    }
    return n;
}
