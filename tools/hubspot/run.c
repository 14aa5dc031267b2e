/* tools/hubspot/run.c */
#include "tools/hubspot/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define NAMED_MOST 20 /* records that the summary names for one reason */

struct hubspot_pages {
    struct http_pages pages;
    struct hubspot_pages *next;
};

void *hubspot_keep(struct hubspot_run *run, size_t size)
{
    return bc_arena_alloc(run->keep, size);
}

struct http_pages *hubspot_keep_pages(struct hubspot_run *run)
{
    struct hubspot_pages *one = hubspot_keep(run, sizeof(*one));

    one->next = run->pages;
    run->pages = one;
    return &one->pages;
}

void hubspot_run_init(struct hubspot_run *run)
{
    *run = (struct hubspot_run){ .present_ids = bc_string_table_new(),
                                 .owner_ids = bc_string_table_new(),
                                 .skipped_ids = bc_string_table_new(),
                                 .unlisted = bc_string_table_new(),
                                 .quiet_was = bc_string_table_new(),
                                 .quiet_now = bc_string_table_new(),
                                 .keep = bc_arena_new(),
                                 .record = bc_arena_new() };
}

void hubspot_run_release(struct hubspot_run *run)
{
    struct hubspot_notes *notes = &run->notes;

    for (struct hubspot_pages *one = run->pages; one; one = one->next)
        http_pages_release(&one->pages);
    bc_string_table_free(run->present_ids);
    bc_string_table_free(run->owner_ids);
    bc_string_table_free(run->skipped_ids);
    bc_string_table_free(run->unlisted);
    bc_string_table_free(run->quiet_was);
    bc_string_table_free(run->quiet_now);
    bc_arena_free(run->keep);
    bc_arena_free(run->record);
    free(run->owners);
    free(run->present);
    free(run->stages);
    free(run->pipelines);
    free(run->defined);
    free(run->meeting_types.at);
    free(run->call_outcomes);
    free(run->listed);
    free(run->campaigns);
    free(run->labels);
    free(notes->unknown_owners.at);
    free(notes->unmapped.at);
    free(notes->deleted.at);
    free(notes->calculated.at);
    free(notes->contested_named.at);
    free(notes->skipped_from.at);
    free(notes->contradicted.at);
    free(notes->times.at);
    free(notes->times_in_utc.at);
    free(notes->zone_moved.at);
    bc_zone_free(run->zone);
    free(notes->forbidden.at);
    free(notes->refused.at);
    free(notes->unread.which.at);
    free(notes->unsound.which.at);
    free(notes->unfit.which.at);
    free(notes->renews_several.which.at);
    free(notes->renews_mutual.which.at);
    *run = (struct hubspot_run){ 0 };
}

struct hubspot_stage *hubspot_run_stage(const struct hubspot_run *run, struct bc_str id)
{
    for (size_t i = 0; i < run->stage_n; i++)
        if (bc_str_eq(run->stages[i].id, id))
            return &run->stages[i];
    return NULL;
}

const struct hubspot_defined *hubspot_run_defined(const struct hubspot_run *run, struct bc_str name)
{
    for (size_t i = 0; i < run->defined_n; i++)
        if (bc_str_eq(run->defined[i].name, name))
            return &run->defined[i];
    return NULL;
}

void hubspot_unlisted_key(struct bc_buf *out, const char *word, struct bc_str deal)
{
    bc_buf_printf(out, "%s %.*s", word, BC_STR_ARG(deal));
}

struct hubspot_present *hubspot_run_present(struct hubspot_run *run, struct bc_str id)
{
    size_t i = bc_string_table_add(run->present_ids, id) - 1;

    if (i == run->present_n) {
        BC_GROW(run->present, run->present_n, run->present_cap);
        run->present[run->present_n++] =
            (struct hubspot_present){ .id =
                                          bc_string_table_text(run->present_ids, (uint32_t)i + 1) };
    }
    return &run->present[i];
}

void hubspot_tally_add(struct hubspot_run *run, struct hubspot_tally *tally, struct bc_str text)
{
    size_t i = 0;

    while (i < tally->n && !bc_str_eq(tally->at[i].text, text))
        i++;
    if (i == tally->n) {
        BC_GROW(tally->at, tally->n, tally->cap);
        tally->at[tally->n].text = bc_arena_copy(run->keep, text);
        tally->at[tally->n++].n = 0;
    }
    tally->at[i].n++;
}

void hubspot_named_add(struct hubspot_run *run, struct hubspot_named *named, const char *type,
                       struct bc_str id)
{
    named->n++;
    if (named->which.n < NAMED_MOST)
        hubspot_tally_add(run, &named->which, hubspot_print(run, "%s %.*s", type, BC_STR_ARG(id)));
}

void hubspot_note_refusal(struct hubspot_run *run, const char *what, int status, const json_t *root)
{
    struct hubspot_notes *notes = &run->notes;
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%s: ", what);
    http_refusal_add(run->client, &text, status, root);
    hubspot_tally_add(run, status == 403 ? &notes->forbidden : &notes->refused, bc_buf_str(&text));
    bc_buf_release(&text);
}

struct bc_event hubspot_event(enum bc_body body, struct bc_str deal, int64_t occurred_us,
                              struct bc_str ref)
{
    return (struct bc_event){ .has_occurred = true,
                              .occurred_us = occurred_us,
                              .deal = deal,
                              .source_system = BC_STR(HUBSPOT_SYSTEM),
                              .source_ref = ref,
                              .body = body };
}

bc_status hubspot_emit(struct hubspot_run *run, const struct bc_event *event, struct bc_err *err)
{
    bc_status rc = run->sink.take(run->sink.payload, event, err);

    if (rc < 0)
        return bc_err_in(err, rc, "%.*s", BC_STR_ARG(event->id));
    run->emitted++;
    if (rc == BC_OK)
        hubspot_index_add(run->known, event);
    return BC_OK;
}

/* The time up to which all changes of what was read are in. HubSpot's clock is at least at the
 * latest change seen, and the first record was read as long before that as this run has lasted. */
static int64_t read_up_to(const struct hubspot_run *run, size_t seen)
{
    const struct hubspot_mark *mark = &run->mark;
    int64_t took_us = mark->elapsed_us ? mark->elapsed_us() - mark->begun_us : 0;
    int64_t us = run->state.seen_us[seen] - took_us;

    return us > mark->last.seen_us[seen] ? us : mark->last.seen_us[seen];
}

bc_status hubspot_portion(struct hubspot_run *run, struct bc_err *err)
{
    struct hubspot_state state = run->mark.last;

    if (!run->sink.portion)
        return BC_OK;
    for (size_t i = 0; i < HUBSPOT_SEEN_N; i++)
        if (run->mark.first[i] && !run->mark.held[i])
            state.seen_us[i] = read_up_to(run, i);
    return run->sink.portion(run->sink.payload, &state, err);
}

void hubspot_mark_done(struct hubspot_run *run, size_t seen)
{
    if (!run->mark.held[seen])
        run->mark.last.seen_us[seen] = read_up_to(run, seen);
    run->mark.first[seen] = false;
}

void hubspot_mark_hold(struct hubspot_run *run, size_t seen)
{
    run->mark.held[seen] = true;
}

struct bc_str hubspot_print(struct hubspot_run *run, const char *format, ...)
{
    struct bc_buf text = { 0 };
    struct bc_str kept;
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len > 0) {
        vsnprintf(bc_buf_room(&text, (size_t)len + 1), (size_t)len + 1, format, args);
        text.len = (size_t)len;
    }
    va_end(args);
    kept = bc_arena_copy(run->record, bc_buf_str(&text));
    bc_buf_release(&text);
    return kept;
}
