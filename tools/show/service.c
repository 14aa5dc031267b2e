#include "tools/show/service.h"

#include "tools/cli/text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LOOSE_SHOWN = 10 };

struct result_shown {
    const struct service_result *result;
    struct connect_loose *loose;
    size_t loose_n;
};

/* ---- rows ---- */

static void fill_difference(struct row *row, const void *source, size_t i)
{
    const struct connect_difference *one = &((const struct connect_difference *)source)[i];

    row_text(row, "object", one->object);
    row_word(row, "what", one->what);
    row_word(row, "ledger", one->ledger);
    row_word(row, "service", one->service);
}

static void fill_loose(struct row *row, const void *source, size_t i)
{
    const struct connect_loose *one = &((const struct connect_loose *)source)[i];

    row_text(row, "object", one->object);
    row_said(row, "address", one->address);
    row_said(row, "since", one->since);
    row_count(row, "events", one->events);
    row_word(row, "why",
             row_for_people(row) ? connect_tied_text[one->why] : connect_tied_word[one->why]);
    row_said(row, "deal", one->deal);
}

struct rows service_loose_rows(const struct connect_loose *loose, size_t n)
{
    return rows_of(fill_loose, loose, n);
}

static void fill_note(struct row *row, const void *source, size_t i)
{
    const struct connect_noted *note = &((const struct connect_noted *)source)[i];

    row_word(row, "note", note->kind->name);
    row_count(row, "n", note->n);
    if (note->which_n)
        row_texts(row, "which", note->which, note->which_n);
}

static void fill_result(struct row *row, const void *source, size_t i)
{
    const struct result_shown *shown = source;
    const struct service_result *result = shown->result;
    const struct connect_run *run = result->run;

    (void)i;
    row_word(row, "source", run->account->name);
    row_bool(row, "dryRun", result->dry_run);
    row_count(row, "added", result->appended.added);
    row_count(row, "duplicates", result->appended.duplicates);
    row_count(row, "corrected", result->corrected);
    if (result->ahead > 0)
        row_count(row, "datedAfterRecorded", result->ahead);
    row_count(row, "objectsRead", run->objects);
    row_count(row, "tiedLater", run->tied_later);
    row_count(row, "requests", result->counts.requests);
    row_count(row, "retries", result->counts.retries);
    row_figure(row, "waitedSeconds", CELL_TENTHS, (double)result->counts.waited_us / 1e6);
    if (result->compared) {
        row_count(row, "agree", result->compared->agree);
        row_count(row, "differ", result->compared->differ);
        row_rows(row, "differences",
                 rows_of(fill_difference, result->compared->differences, result->compared->n));
    }
    row_rows(row, "unlinked", service_loose_rows(shown->loose, shown->loose_n));
    row_rows(row, "notes", rows_of(fill_note, run->notes, run->note_n));
    unknown_words_cells(row, result->words);
    row_head(row, "ledger", bc_log_head(result->log));
}

void service_show_json(const struct cmd_env *env, const struct service_result *result)
{
    struct result_shown shown = { .result = result };

    shown.loose_n = connect_untied_list(&shown.loose, &result->run->untied);
    print_json_of(env, fill_result, &shown);
    free(shown.loose);
}

/* ---- for people ---- */

static const struct column difference_columns[] = {
    { .name = "object", .key = "object", .fit = COLUMN_MIDDLE },
    { .name = "what", .key = "what" },
    { .name = "ledger", .key = "ledger" },
    { .name = "service", .key = "service" },
};

static const struct column loose_columns[] = {
    { .name = "object", .key = "object", .fit = COLUMN_MIDDLE },
    { .name = "since", .key = "since", .leave = 1 },
    { .name = "events", .key = "events" },
    { .name = "why", .key = "why", .fit = COLUMN_WRAP },
    { .name = "deal named", .key = "deal", .dash = true },
};

static void print_line(const struct cmd_env *env, struct bc_str source,
                       const struct connect_loose *one)
{
    struct bc_buf line = { 0 };

    connect_links_line(&line, source, one->object, one->address);
    text_put(env->out, bc_buf_str(&line)); /* whole, however narrow the terminal: to be copied */
    fputc('\n', env->out);
    bc_buf_release(&line);
}

void service_loose_table(const struct cmd_env *env, struct bc_str source,
                         const struct connect_loose *loose, size_t n)
{
    print_table_of(env, COLUMNS_OF(loose_columns), service_loose_rows(loose, n));
    fputs("links:\n", env->out);
    for (size_t i = 0; i < n; i++)
        print_line(env, source, &loose[i]);
}

static void text_compared(const struct cmd_env *env, const struct service_result *result)
{
    const struct connect_compared *compared = result->compared;

    fprintf(env->out, "%" PRIu64 " object%s agree%s with %s, %" PRIu64 " differ%s\n",
            compared->agree, text_plural(compared->agree), compared->agree == 1 ? "s" : "",
            result->run->is->title, compared->differ, compared->differ == 1 ? "s" : "");
    if (compared->n > 0)
        print_table_of(env, COLUMNS_OF(difference_columns),
                       rows_of(fill_difference, compared->differences, compared->n));
}

static void text_loose(const struct cmd_env *env, const struct service_result *result)
{
    struct connect_loose *loose = NULL;
    const size_t n = connect_untied_list(&loose, &result->run->untied);

    if (n > 0) {
        paragraph_legend(env,
                         "%zu object%s of no known deal: once links.yaml or a property says whose "
                         "%s, the next import tells %s events as that deal's",
                         n, n == 1 ? " is" : "s are", n == 1 ? "it is" : "they are",
                         n == 1 ? "its" : "their");
        service_loose_table(env, bc_str_of(result->run->account->name), loose,
                            n > LOOSE_SHOWN ? LOOSE_SHOWN : n);
    }
    if (n > LOOSE_SHOWN)
        fputs("`backcast deals --unlinked` lists them all\n", env->out);
    free(loose);
}

static void text_notes(const struct cmd_env *env, const struct connect_run *run)
{
    struct bc_buf text = { 0 };

    if (run->note_n > 0)
        fputs("\nto be known:\n", env->out);
    for (size_t i = 0; i < run->note_n; i++) {
        text.len = 0;
        connect_noted_text(&text, &run->notes[i]);
        fputs("  ", env->out);
        paragraph_print(env, strlen("  "), bc_buf_str(&text));
    }
    bc_buf_release(&text);
}

void service_show_text(const struct cmd_env *env, const struct service_result *result)
{
    const struct connect_run *run = result->run;
    const struct bc_head *head = bc_log_head(result->log);
    char root[BC_HASH_TEXT_LEN];

    fprintf(env->out, "%s: %" PRIu64 " event%s %s, %" PRIu64 " already known", run->account->name,
            result->appended.added, text_plural(result->appended.added),
            result->dry_run ? "would be added" : "added", result->appended.duplicates);
    if (result->corrected > 0)
        fprintf(env->out, ", %" PRIu64 " corrected", result->corrected);
    if (run->tied_later > 0)
        fprintf(env->out, ", %" PRIu64 " kept until now, without a deal", run->tied_later);
    fprintf(env->out, "; read %" PRIu64 " object%s\n", run->objects, text_plural(run->objects));
    if (result->ahead > 0)
        fprintf(env->out,
                "%" PRIu64
                " event%s dated after %s recorded, in the future: `backcast audit --kind "
                "dated_after_recorded` names %s\n",
                result->ahead, result->ahead == 1 ? " is" : "s are",
                result->ahead == 1 ? "it was" : "they were", result->ahead == 1 ? "it" : "them");
    service_requests(env, &result->counts, result->traced);
    if (result->compared)
        text_compared(env, result);
    text_loose(env, result);
    text_notes(env, run);
    unknown_words_print(env, result->words);
    bc_hash_print(root, &head->root);
    fprintf(env->out, "\nledger: %" PRIu64 " event%s, root %s\n", head->size,
            text_plural(head->size), root);
}

void service_requests(const struct cmd_env *env, const struct http_counts *counts, bool traced)
{
    if (traced || counts->retries > 0 || counts->waited_us > 0)
        fprintf(env->out, "%" PRIu64 " request%s, %" PRIu64 " of them again; %.1f s waited\n",
                counts->requests, text_plural(counts->requests), counts->retries,
                (double)counts->waited_us / 1e6);
}

/* ---- what --discover found ---- */

struct discovered {
    const char *path;
    struct bc_str found;
};

static void fill_discovered(struct row *row, const void *source, size_t i)
{
    const struct discovered *discovered = source;

    (void)i;
    row_word(row, "file", discovered->path);
    row_text(row, "found", discovered->found);
}

void service_show_discovered(const struct cmd_env *env, const char *path, struct bc_str found,
                             bool json)
{
    if (json) {
        print_json_of(env, fill_discovered, &(struct discovered){ path, found });
        return;
    }
    text_put(env->out, bc_str_of(path));
    fputs(": written; ", env->out);
    text_put(env->out, found);
    fputc('\n', env->out);
}
