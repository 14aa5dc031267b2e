/* tools/show/hubspot_out.c */
#include "tools/show/hubspot_out.h"

#include "tools/cli/text.h"
#include "tools/print/json_out.h"
#include "tools/print/table.h"

#include <inttypes.h>

/* One thing that HubSpot could not give. */
struct note {
    const char *name; /* in JSON */
    uint64_t n;
    const struct hubspot_tally *which; /* or NULL */
    const char *one, *many;            /* behind the number */
};

#define NOTE_MAX 20

static size_t notes_of(struct note *out, const struct hubspot_notes *notes)
{
    const struct note all[] = {
        { "historiesCut", notes->cut, NULL,
          "history of stages looks cut off at its old end: what came before is not known",
          "histories of stages look cut off at their old end: what came before is not known" },
        { "historiesMissing", notes->bare, NULL, "deal came without the history of its stage",
          "deals came without the history of their stage" },
        { "movedWhileRead", notes->moving, NULL,
          "deal has another stage than its history says, twice in a row",
          "deals have another stage than their history says, twice in a row" },
        { "stagesUnmapped", notes->unmapped.n, &notes->unmapped,
          "stage is not in the account file, and belongs to no metric",
          "stages are not in the account file, and belong to no metric" },
        { "stagesDeleted", notes->deleted.n, &notes->deleted,
          "stage of the histories is in no pipeline any more",
          "stages of the histories are in no pipeline any more" },
        { "calculated", notes->calculated.n, &notes->calculated,
          "property is computed by HubSpot, and not taken: its history tells no deeds",
          "properties are computed by HubSpot, and not taken: their histories tell no deeds" },
        { "mergedBlind", notes->merged_blind, NULL,
          "merged deal was first seen after its merge: its history holds the moves of all its "
          "parts",
          "merged deals were first seen after their merge: their histories hold the moves of all "
          "their parts" },
        { "archivedUndated", notes->archived_undated, NULL,
          "deal was archived at a time that is not told; dated now",
          "deals were archived at times that are not told; dated now" },
        { "meetingsWithoutOutcome", notes->meetings_open, NULL,
          "meeting is over and was left without an outcome: it counts as not held",
          "meetings are over and were left without an outcome: they count as not held" },
        { "meetingsUndated", notes->meetings_undated, NULL,
          "meeting came without history; dated by its last change",
          "meetings came without history; dated by their last change" },
        { "emailsUndated", notes->emails_undated, NULL, "e-mail has no time, and was left out",
          "e-mails have no time, and were left out" },
        { "opensCounted", notes->opens_counted, NULL,
          "open or reply is known from a counter alone: between the last import and this one",
          "opens and replies are known from counters alone: between the last import and this one" },
        { "tiesUndated", notes->ties, NULL,
          "association with a deal is told without the time since when it is so",
          "associations with deals are told without the time since when they are so" },
        { "ownersUnknown", notes->unknown_owners.n, &notes->unknown_owners,
          "owner of deals is neither among the present nor the former ones",
          "owners of deals are neither among the present nor the former ones" },
        { "forbidden", notes->forbidden.n, &notes->forbidden,
          "kind of object may not be read with this token",
          "kinds of objects may not be read with this token" },
        { "remapped", notes->remapped, NULL,
          "change of stage was retracted and told anew, as the account file says now",
          "changes of stage were retracted and told anew, as the account file says now" },
    };
    size_t n = 0;

    _Static_assert(sizeof(all) / sizeof(all[0]) <= NOTE_MAX, "room");
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].n > 0)
            out[n++] = all[i];
    return n;
}

static void json_notes(struct json_out *json, const struct hubspot_notes *notes)
{
    struct note all[NOTE_MAX];
    size_t n = notes_of(all, notes);

    json_out_array(json, "notes");
    for (size_t i = 0; i < n; i++) {
        json_out_object(json, NULL);
        json_out_text(json, "note", all[i].name);
        json_out_integer(json, "n", (int64_t)all[i].n);
        if (all[i].which) {
            json_out_array(json, "which");
            for (size_t w = 0; w < all[i].which->n; w++)
                json_out_string(json, NULL, all[i].which->at[w].text);
            json_out_array_end(json);
        }
        json_out_object_end(json);
    }
    json_out_array_end(json);
}

static void json_reconciled(struct json_out *json, const struct hubspot_reconciled *reconciled)
{
    json_out_integer(json, "agree", (int64_t)reconciled->agree);
    json_out_integer(json, "differ", (int64_t)reconciled->differ);
    json_out_array(json, "differences");
    for (size_t i = 0; i < reconciled->n; i++) {
        const struct hubspot_difference *one = &reconciled->differences[i];

        json_out_object(json, NULL);
        json_out_string(json, "deal", one->deal);
        json_out_text(json, "matter", hubspot_matter_name[one->matter]);
        json_out_string(json, "ledger", one->ledger);
        json_out_string(json, "hubspot", one->hubspot);
        json_out_object_end(json);
    }
    json_out_array_end(json);
}

void hubspot_out_json(const struct cmd_env *env, const struct hubspot_result *result)
{
    struct json_out json = json_out_begin(env->out);
    const struct hubspot_notes *notes = &result->run->notes;

    json_out_object(&json, NULL);
    json_out_bool(&json, "dryRun", result->dry_run);
    json_out_integer(&json, "added", (int64_t)result->appended.added);
    json_out_integer(&json, "duplicates", (int64_t)result->appended.duplicates);
    json_out_integer(&json, "toldOtherwise", (int64_t)result->told_otherwise);
    json_out_integer(&json, "dealsRead", (int64_t)notes->deals_read);
    json_out_integer(&json, "meetingsRead", (int64_t)notes->meetings);
    json_out_integer(&json, "emailsRead", (int64_t)notes->emails);
    json_out_integer(&json, "ordersRead", (int64_t)notes->orders);
    json_out_integer(&json, "requests", (int64_t)result->counts.requests);
    json_out_integer(&json, "retries", (int64_t)result->counts.retries);
    json_out_number(&json, "waitedSeconds", (double)result->counts.waited_us / 1e6);
    if (result->reconciled) {
        json_reconciled(&json, result->reconciled);
        json_out_integer(&json, "repaired", (int64_t)result->repaired);
    }
    json_notes(&json, notes);
    json_out_head(&json, "ledger", bc_log_head(result->log));
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

static void text_notes(const struct cmd_env *env, const struct hubspot_notes *notes)
{
    struct note all[NOTE_MAX];
    size_t n = notes_of(all, notes);

    if (n > 0)
        fputs("\nwhat HubSpot does not tell:\n", env->out);
    for (size_t i = 0; i < n; i++) {
        fprintf(env->out, "  %" PRIu64 " %s", all[i].n, all[i].n == 1 ? all[i].one : all[i].many);
        for (size_t w = 0; all[i].which && w < all[i].which->n; w++) {
            fputs(w ? ", " : " (", env->out);
            text_put(env->out, all[i].which->at[w].text);
        }
        fputs(all[i].which ? ")\n" : "\n", env->out);
    }
}

static void text_differences(const struct cmd_env *env, const struct hubspot_reconciled *reconciled)
{
    static const struct table_column columns[] = { { "deal", false, false },
                                                   { "what", false, false },
                                                   { "ledger", false, true },
                                                   { "HubSpot", false, true } };
    struct table *table = table_new(columns, 4);

    for (size_t i = 0; i < reconciled->n; i++) {
        const struct hubspot_difference *one = &reconciled->differences[i];

        table_row(table);
        table_text(table, 0, one->deal);
        table_text(table, 1, bc_str_of(hubspot_matter_name[one->matter]));
        if (one->ledger.len)
            table_text(table, 2, one->ledger);
        else
            table_null(table, 2);
        if (one->hubspot.len)
            table_text(table, 3, one->hubspot);
        else
            table_null(table, 3);
    }
    table_print(env, table);
    table_free(table);
}

static void text_reconciled(const struct cmd_env *env, const struct hubspot_result *result)
{
    const struct hubspot_reconciled *reconciled = result->reconciled;

    fprintf(env->out, "%" PRIu64 " deal%s agree%s with HubSpot, %" PRIu64 " differ%s",
            reconciled->agree, text_plural(reconciled->agree), reconciled->agree == 1 ? "s" : "",
            reconciled->differ, reconciled->differ == 1 ? "s" : "");
    if (result->repaired > 0)
        fprintf(env->out, ", after %" PRIu64 " event%s for what differed", result->repaired,
                text_plural(result->repaired));
    else if (reconciled->differ > 0)
        fputs("; --repair records what HubSpot says now", env->out);
    fputc('\n', env->out);
    if (reconciled->n > 0)
        text_differences(env, reconciled);
}

void hubspot_out_text(const struct cmd_env *env, const struct hubspot_result *result)
{
    const struct hubspot_notes *notes = &result->run->notes;
    const struct bc_head *head = bc_log_head(result->log);
    char root[BC_HASH_TEXT_LEN];

    fprintf(env->out,
            "hubspot: %" PRIu64 " event%s %s, %" PRIu64 " known already; read %" PRIu64
            " deal%s, %" PRIu64 " meeting%s, %" PRIu64 " e-mail%s, %" PRIu64 " order%s\n",
            result->appended.added, text_plural(result->appended.added),
            result->dry_run ? "would be added" : "added", result->appended.duplicates,
            notes->deals_read, text_plural(notes->deals_read), notes->meetings,
            text_plural(notes->meetings), notes->emails, text_plural(notes->emails), notes->orders,
            text_plural(notes->orders));
    if (result->told_otherwise > 0)
        fprintf(env->out,
                "%" PRIu64
                " event%s told otherwise now than when taken: the first telling stands\n",
                result->told_otherwise, result->told_otherwise == 1 ? " is" : "s are");
    fprintf(env->out, "%" PRIu64 " request%s, %" PRIu64 " of them again; %.1f s waited\n",
            result->counts.requests, text_plural(result->counts.requests), result->counts.retries,
            (double)result->counts.waited_us / 1e6);
    if (result->reconciled)
        text_reconciled(env, result);
    text_notes(env, notes);
    bc_hash_print(root, &head->root);
    fprintf(env->out, "\nledger: %" PRIu64 " event%s, root %s\n", head->size,
            text_plural(head->size), root);
}

static void text_list(const struct cmd_env *env, const char *what, const struct hubspot_tally *list)
{
    if (list->n > 0)
        fprintf(env->out, "%s", what);
    for (size_t i = 0; i < list->n; i++) {
        fputs(i ? ", " : " ", env->out);
        text_put(env->out, list->at[i].text);
    }
    if (list->n > 0)
        fputc('\n', env->out);
}

static void json_list(struct json_out *json, const char *key, const struct hubspot_tally *list)
{
    json_out_array(json, key);
    for (size_t i = 0; i < list->n; i++)
        json_out_string(json, NULL, list->at[i].text);
    json_out_array_end(json);
}

void hubspot_out_discovered(const struct cmd_env *env, const char *path,
                            const struct hubspot_discovered *found, bool json)
{
    struct json_out out = json_out_begin(env->out);

    if (json) {
        json_out_object(&out, NULL);
        json_out_text(&out, "file", path);
        json_out_integer(&out, "stages", (int64_t)found->stages);
        json_out_integer(&out, "stagesMapped", (int64_t)found->stages_mapped);
        json_list(&out, "unmapped", &found->unmapped);
        json_list(&out, "missing", &found->missing);
        json_out_object_end(&out);
        json_out_line(&out);
    } else {
        text_put(env->out, bc_str_of(path));
        fprintf(env->out, ": written; %zu of %zu stages mapped\n", found->stages_mapped,
                found->stages);
        text_list(env, "no stage of the rules for:", &found->unmapped);
        text_list(env, "no property for:", &found->missing);
        fputs("look it through, then run `backcast import hubspot`\n", env->out);
    }
    json_out_release(&out);
}
