#include "projections/events/reports.h"

#include "projections/deal/deal.h"

#include <stdlib.h>

static bc_status read_one(struct bc_issued *out, bc_log *log, uint64_t seq, bc_arena *arena,
                          struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(log, seq, &event, &bytes, scratch, err);

    if (rc == BC_OK) {
        const struct bc_value *values = &event.value[BC_REPORT_ISSUED_VALUES];
        struct bc_str *copies = bc_arena_alloc(arena, values->item_n * sizeof(*copies));

        for (size_t i = 0; i < values->item_n; i++)
            copies[i] = bc_arena_copy(arena, values->items[i]);
        *out = (struct bc_issued){
            .seq = seq,
            .issued_us = event.occurred_us,
            .id = bc_arena_copy(arena, event.id),
            .name = bc_arena_copy(arena, event.value[BC_REPORT_ISSUED_NAME].text),
            .actor = bc_arena_copy(arena, event.actor),
            .basis = bc_arena_copy(arena, event.value[BC_REPORT_ISSUED_BASIS].text),
            .values = copies,
            .value_n = values->item_n,
            .page_len = event.value[BC_REPORT_ISSUED_PAGE].text.len,
        };
    }
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc;
}

/* The fold drops what was retracted, and puts the rest in order; which rules it uses does not
 * matter for facts about no deal. */
bc_status bc_issued_read(struct bc_issued_list *out, bc_timelines *timelines,
                         const struct bc_visible *visible, struct bc_err *err)
{
    struct bc_issued_list list = { .arena = bc_arena_new() };
    bc_folder *folder = NULL;
    struct bc_buf facts = { 0 };
    const struct bc_deal *none = NULL;
    bc_rules *rules = NULL;
    bc_status rc = bc_rules_default(&rules, err);

    if (rc == BC_OK)
        rc = bc_timelines_check_facts(timelines, err);
    if (rc == BC_OK)
        rc = bc_timelines_facts(timelines, (struct bc_str){ 0 }, &facts, err);
    if (rc == BC_OK) {
        folder = bc_folder_new(bc_timelines_strings(timelines), rules, *visible);
        rc = bc_fold(folder, (struct bc_str){ 0 }, bc_buf_str(&facts), &none, err);
    }
    if (rc == BC_OK)
        list.at = bc_calloc(none->report_n, sizeof(*list.at));
    for (size_t i = 0; rc == BC_OK && i < none->report_n; i++)
        rc = read_one(&list.at[list.n++], bc_timelines_log(timelines), none->reports[i], list.arena,
                      err);
    bc_folder_free(folder);
    bc_rules_free(rules);
    bc_buf_release(&facts);
    if (rc == BC_OK)
        *out = list;
    else
        bc_issued_release(&list);
    return rc;
}

bc_status bc_issued_page(struct bc_buf *out, bc_timelines *timelines, uint64_t seq,
                         struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(bc_timelines_log(timelines), seq, &event, &bytes, scratch, err);

    if (rc == BC_OK)
        bc_buf_add_str(out, event.value[BC_REPORT_ISSUED_PAGE].text);
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc;
}

void bc_issued_release(struct bc_issued_list *list)
{
    free(list->at);
    bc_arena_free(list->arena);
    *list = (struct bc_issued_list){ 0 };
}
