#include "tools/cmd/import_told.h"

#include "ledger/record/codec.h"

#include <stdlib.h>

enum { DIGEST_LEN = 16 };

struct csv_digest import_told_content(const struct bc_event *event)
{
    struct bc_event same = *event;
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    same.id = (struct bc_str){ 0 };
    bc_encode_content(&bytes, &same);
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

struct bc_str import_told_base(struct bc_str id, unsigned *told)
{
    size_t at = id.len;

    *told = 0;
    while (at > 0 && id.at[at - 1] >= '0' && id.at[at - 1] <= '9')
        at--;
    if (at == id.len || at < sizeof(TOLD_AS) + DIGEST_LEN || id.at[at - 1] != '.' ||
        memcmp(id.at + at - DIGEST_LEN - sizeof(TOLD_AS), TOLD_AS, sizeof(TOLD_AS) - 1) != 0)
        return id;
    for (size_t i = at; i < id.len && i < at + 6; i++)
        *told = *told * 10 + (unsigned)(id.at[i] - '0');
    return (struct bc_str){ id.at, at - DIGEST_LEN - sizeof(TOLD_AS) };
}

void import_told_set(struct csv_seen *map, struct bc_str key, size_t value)
{
    csv_seen_add(map, csv_digest_of(key), (struct csv_digest){ 0 }, (int64_t)value);
}

bool import_told_get(const struct csv_seen *map, struct bc_str key, size_t *value)
{
    const struct csv_sight *sight = csv_seen_find(map, csv_digest_of(key));

    if (sight)
        *value = (size_t)sight->number;
    return sight != NULL;
}

/* After those that say the same. */
static void add_alike(struct import_told *told, size_t telling)
{
    const struct csv_digest said = told->tellings[telling].said;
    const struct csv_sight *before = csv_seen_find(&told->by_said, said);
    const struct csv_digest last = { .low = told->alike_n };
    const int64_t first = before ? before->number : (int64_t)told->alike_n;

    BC_GROW(told->alike, told->alike_n, told->alike_cap);
    if (before)
        told->alike[before->said.low].next = told->alike_n;
    csv_seen_add(&told->by_said, said, last, first);
    told->alike[told->alike_n++] = (struct told_alike){ telling, TOLD_NONE };
}

void import_told_add(struct import_told *told, const struct bc_event *event, bool now)
{
    struct telling telling = { .now = now, .content = import_told_content(event) };
    struct bc_str base = import_told_base(event->id, &telling.told);
    bool says_new = told->by_content;
    size_t at;

    telling.gives_way = import_told_gives_way(told, event);
    telling.id = bc_arena_copy(told->arena, event->id);
    telling.deal = bc_arena_copy(told->arena, event->deal);
    if (told->by_content)
        telling.said = csv_id_said(event);
    if (!import_told_get(&told->by_base, base, &at)) {
        BC_GROW(told->tellings, told->n, told->cap);
        at = told->n++;
        import_told_set(&told->by_base, base, at);
    } else if (csv_digest_same(told->tellings[at].said, telling.said)) {
        says_new = false;
    }
    told->tellings[at] = telling;
    import_told_set(&told->by_id, telling.id, at);
    if (says_new)
        add_alike(told, at);
}

/* What is about a telling before the one that stands no longer matters. */
void import_told_take_back(struct import_told *told, const struct bc_event *retraction)
{
    const struct bc_str target = retraction->value[BC_RETRACTED_EVENT].text;
    struct told_taking taking = { .back = true };
    struct telling *telling;
    size_t at;

    if (import_told_get(&told->by_taking, target, &at)) {
        taking = told->takings[at];
        taking.back = !taking.back;
    } else if (import_told_get(&told->by_id, target, &taking.telling)) {
        taking.id = bc_arena_copy(told->arena, target);
    } else {
        return;
    }
    BC_GROW(told->takings, told->taking_n, told->taking_cap);
    import_told_set(&told->by_taking, retraction->id, told->taking_n);
    told->takings[told->taking_n++] = taking;
    telling = &told->tellings[taking.telling];
    if (!bc_str_eq(telling->id, taking.id))
        return;
    telling->retracted = taking.back;
    telling->by_import = taking.back && told_is_ours(retraction->id, target);
    telling->taken += telling->by_import;
    telling->now &= !telling->retracted;
}

bool import_told_gives_way(const struct import_told *told, const struct bc_event *event)
{
    return told->gives_way.len && bc_str_eq(event->source_how, told->gives_way);
}

/* It, or what stands in its place. */
static bool is_kept(const struct import_told *told, const struct bc_event *event)
{
    unsigned unused_n;
    size_t unused;

    return told->gives_way.len == 0 || import_told_gives_way(told, event) ||
           import_told_get(&told->by_base, import_told_base(event->id, &unused_n), &unused);
}

void import_told_see(struct import_told *told, const struct bc_event *event)
{
    if (event->body == BC_RETRACTED)
        import_told_take_back(told, event);
    else if (bc_str_begins(event->id, told->prefix) && event->id.len > told->prefix.len &&
             is_kept(told, event))
        import_told_add(told, event, false);
}

void import_told_init(struct import_told *out, struct bc_str prefix, bool by_content,
                      struct bc_str gives_way)
{
    *out = (struct import_told){ .by_content = by_content,
                                 .gives_way = gives_way,
                                 .arena = bc_arena_new() };
    out->prefix = bc_arena_copy(out->arena, prefix);
}

void import_told_release(struct import_told *told)
{
    csv_seen_release(&told->by_base);
    csv_seen_release(&told->by_id);
    csv_seen_release(&told->by_taking);
    csv_seen_release(&told->by_said);
    bc_arena_free(told->arena);
    free(told->tellings);
    free(told->takings);
    free(told->alike);
}

size_t import_told_find(const struct import_told *told, struct bc_str base)
{
    size_t at;

    return import_told_get(&told->by_base, base, &at) ? at : TOLD_NONE;
}

/* How well a telling fits an event that says the same: best one that stands as it is told now. */
static unsigned fit(const struct telling *telling, struct csv_digest content)
{
    if (!csv_digest_same(telling->content, content))
        return 1;
    if (!telling->retracted)
        return 4;
    return telling->by_import ? 2 : 3;
}

size_t import_told_alike(struct import_told *told, const struct bc_event *event)
{
    const struct csv_digest said = csv_id_said(event);
    struct csv_sight *first = csv_seen_find(&told->by_said, said);
    size_t best = TOLD_NONE, i = first ? (size_t)first->number : TOLD_NONE;
    struct csv_digest content;
    unsigned best_fit = 0;

    if (!first)
        return TOLD_NONE;
    content = import_told_content(event);
    while (i != TOLD_NONE && best_fit < 4) {
        const struct told_alike *alike = &told->alike[i];
        const struct telling *telling = &told->tellings[alike->telling];
        const bool spent = telling->now || !csv_digest_same(telling->said, said);

        if (spent && i == (size_t)first->number && alike->next != TOLD_NONE)
            first->number = (int64_t)alike->next; /* not to be passed again */
        if (!spent && fit(telling, content) > best_fit) {
            best_fit = fit(telling, content);
            best = alike->telling;
        }
        i = alike->next;
    }
    return best;
}
