#include "tools/show/hubspot.h"

#include "tools/cli/text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/service.h"

#include <assert.h>
#include <inttypes.h>

/* One kind of thing that HubSpot could not give. */
struct note {
    const char *name; /* in JSON */
    uint64_t n;
    const struct hubspot_tally *which; /* or NULL */
    const char *one, *many;            /* after the number */
};

#define NOTE_MAX 40

static size_t take_notes(struct note *out, size_t at, const struct note *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert(at < NOTE_MAX);
        if (all[i].n > 0)
            out[at++] = all[i];
    }
    return at;
}

/* How the account's words are ours. */
static size_t account_notes(struct note *out, size_t at, const struct hubspot_notes *notes)
{
    const struct note all[] = {
        { "entriesContested", notes->contested, &notes->contested_named,
          "entry into a stage is in the history or in HubSpot's dates of entries, and not in both: "
          "the history counts",
          "entries into stages are in the histories or in HubSpot's dates of entries, and not in "
          "both: the histories count" },
        { "stagesUnmapped", notes->unmapped.n, &notes->unmapped,
          "stage is not in the account file, and belongs to no metric",
          "stages are not in the account file, and belong to no metric" },
        { "stagesContradicted", notes->contradicted.n, &notes->contradicted,
          "stage is open, won or lost in HubSpot, and another by the account file",
          "stages are open, won or lost in HubSpot, and others by the account file" },
        { "pipelinesSkipped", notes->skipped_from.n, &notes->skipped_from,
          "pipeline is not read, as the account file says",
          "pipelines are not read, as the account file says" },
        { "dealsSkipped", notes->skipped, NULL, "deal was never in another, and is left out",
          "deals were never in another, and are left out" },
        { "dealsParked", notes->parked, NULL,
          "deal has moved there: parked in the last stage that it had before",
          "deals have moved there: parked in the last stages that they had before" },
        { "stagesDeleted", notes->deleted.n, &notes->deleted,
          "stage of the histories is in no pipeline any more",
          "stages of the histories are in no pipeline any more" },
        { "calculated", notes->calculated.n, &notes->calculated,
          "property is computed by HubSpot, without a history of actions: taken as found by each "
          "import",
          "properties are computed by HubSpot, without a history of actions: taken as found by "
          "each "
          "import" },
        { "timesAsDays", notes->times.n, &notes->times,
          "property holds times, which are taken as days in the account's time zone",
          "properties hold times, which are taken as days in the account's time zone" },
        { "timesAsDaysInUtc", notes->times_in_utc.n, &notes->times_in_utc,
          "property holds times, which are taken as days in UTC: HubSpot does not say the "
          "account's "
          "time zone; `timezone:` in the account file does",
          "properties hold times, which are taken as days in UTC: HubSpot does not say the "
          "account's "
          "time zone; `timezone:` in the account file does" },
        { "timezoneMoved", notes->zone_moved.n, &notes->zone_moved,
          "time zone of the account file is not the account's",
          "time zones of the account file are not the account's" },
        { "remapped", notes->remapped, NULL,
          "change was recorded anew, as the account file means it now",
          "changes were recorded anew, as the account file means them now" },
        { "withdrawn", notes->withdrawn, NULL,
          "change was retracted: by the account file, it is none now",
          "changes were retracted: by the account file, they are none now" },
    };

    return take_notes(out, at, all, sizeof(all) / sizeof(all[0]));
}

/* What came with the deals, or did not. */
static size_t deal_notes(struct note *out, size_t at, const struct hubspot_notes *notes)
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
        { "mergedBlind", notes->merged_blind, NULL,
          "merged deal was first seen after its merge: its history holds the moves of all its "
          "parts",
          "merged deals were first seen after their merge: their histories hold the moves of all "
          "their parts" },
        { "archivedUndated", notes->archived_undated, NULL,
          "deal was archived at an unknown time; dated now",
          "deals were archived at unknown times; dated now" },
    };

    return take_notes(out, at, all, sizeof(all) / sizeof(all[0]));
}

/* What is tied to deals. */
static size_t tie_notes(struct note *out, size_t at, const struct hubspot_notes *notes)
{
    const struct note all[] = {
        { "meetingsWithoutOutcome", notes->of_meetings.open, NULL,
          "meeting is over and was left without an outcome: it counts as not held",
          "meetings are over and were left without an outcome: they count as not held" },
        { "meetingsUndated", notes->of_meetings.undated, NULL,
          "meeting came without history; dated by its last change",
          "meetings came without history; dated by their last change" },
        { "callsWithoutOutcome", notes->of_calls.open, NULL,
          "call was left without an outcome: it counts as not held",
          "calls were left without an outcome: they count as not held" },
        { "callsUndated", notes->of_calls.undated, NULL,
          "call came without history; dated by its last change",
          "calls came without history; dated by their last change" },
        { "callsDropped", notes->calls_dropped, NULL,
          "call is retracted, since the account file does not count calls as meetings",
          "calls are retracted, since the account file does not count calls as meetings" },
        { "emailsUndated", notes->emails_undated, NULL, "e-mail has no time, and was left out",
          "e-mails have no time, and were left out" },
        { "opensCounted", notes->opens_counted, NULL,
          "open or reply is known from a counter alone: between the last import and this one",
          "opens and replies are known from counters alone: between the last import and this one" },
        { "tiesUndated", notes->ties, NULL,
          "association with a deal comes without the time when it began",
          "associations with deals come without the time when they began" },
    };

    return take_notes(out, at, all, sizeof(all) / sizeof(all[0]));
}

/* What was answered, or was not. */
static size_t answer_notes(struct note *out, size_t at, const struct hubspot_notes *notes)
{
    const struct note all[] = {
        { "ownersUnknown", notes->unknown_owners.n, &notes->unknown_owners,
          "owner of deals is neither among the present nor the former ones",
          "owners of deals are neither among the present nor the former ones" },
        { "forbidden", notes->forbidden.n, &notes->forbidden,
          "kind of object may not be read with this token",
          "kinds of objects may not be read with this token" },
        { "unread", notes->unread.n, &notes->unread.which,
          "record could not be read, however often it was asked for; the next run tries it again",
          "records could not be read, however often they were asked for; the next run tries them "
          "again" },
        { "untied", notes->untied, NULL,
          "activity was deleted or moved to another deal, and is retracted from its own",
          "activities were deleted or moved to another deal, and are retracted from their own" },
        { "tiedAgain", notes->retied, NULL, "retracted activity is back, and counts again",
          "retracted activities are back, and count again" },
        { "renewsWithdrawn", notes->renews_withdrawn, NULL,
          "deal renews another deal than before, or none, by its associations: what it had is "
          "retracted",
          "deals renew other deals than before, or none, by their associations: what they had is "
          "retracted" },
        { "renewsSeveral", notes->renews_several.n, &notes->renews_several.which,
          "renewal is left out, since its deal renews another, and can renew one alone",
          "renewals are left out, since their deals renew others, and can renew one alone" },
        { "renewsMutual", notes->renews_mutual.n, &notes->renews_mutual.which,
          "pair of deals has the label of a renewal at both ends, which does not say which renews "
          "the other: left out",
          "pairs of deals have the label of a renewal at both ends, which does not say which "
          "renews "
          "the other: left out" },
        { "textsUnsound", notes->unsound.n, &notes->unsound.which,
          "record has a text with U+0000 or half of a surrogate pair; U+FFFD stands in its place",
          "records have texts with U+0000 or half of a surrogate pair; U+FFFD stands in its "
          "place" },
        { "unfit", notes->unfit.n, &notes->unfit.which,
          "change cannot be an event (too long a text), and counts in nothing",
          "changes cannot be events (too long a text), and count in nothing" },
        { "refused", notes->refused.n, &notes->refused,
          "request was refused, and what it asks for is left out",
          "requests were refused, and what they ask for is left out" },
    };

    return take_notes(out, at, all, sizeof(all) / sizeof(all[0]));
}

static size_t notes_of(struct note *out, const struct hubspot_notes *notes)
{
    size_t n = deal_notes(out, 0, notes);

    n = tie_notes(out, n, notes);
    n = answer_notes(out, n, notes);
    return account_notes(out, n, notes);
}

/* --- rows --- */

static void add_tally(struct row *row, const char *key, const struct hubspot_tally *tally)
{
    struct bc_str *texts = row_make_texts(row, key, tally->n);

    for (size_t i = 0; i < tally->n; i++)
        texts[i] = tally->at[i].text;
}

struct notes_shown {
    struct note at[NOTE_MAX];
    size_t n;
};

static void fill_note(struct row *row, const void *source, size_t i)
{
    const struct note *note = &((const struct notes_shown *)source)->at[i];

    row_word(row, "note", note->name);
    row_count(row, "n", note->n);
    if (note->which)
        add_tally(row, "which", note->which);
}

static void fill_difference(struct row *row, const void *source, size_t i)
{
    const struct hubspot_difference *one =
        &((const struct hubspot_reconciled *)source)->differences[i];

    row_text(row, "deal", one->deal);
    row_word(row, "matter", hubspot_matter_name[one->matter]);
    row_text(row, "ledger", one->ledger);
    row_text(row, "hubspot", one->hubspot);
}

static struct rows differences_of(const struct hubspot_reconciled *reconciled)
{
    return rows_of(fill_difference, reconciled, reconciled->n);
}

static void fill_activity_sum(struct row *row, const void *source, size_t i)
{
    const struct hubspot_activity_sum *sum =
        &((const struct hubspot_activities_compared *)source)->sums[i];

    row_word(row, "what", sum->what);
    row_count(row, "hubspot", sum->hubspot);
    row_count(row, "ledger", sum->ledger);
    for (size_t f = 0; f < HUBSPOT_ACTIVITY_FAULT_N; f++)
        row_count(row, hubspot_activity_fault_name[f], sum->faults[f]);
    row_count(row, "unknown", sum->unknown);
    row_count(row, "dealsUnlisted", sum->unlisted);
}

static void fill_activity(struct row *row, const void *source, size_t i)
{
    const struct hubspot_activity_difference *one =
        &((const struct hubspot_activities_compared *)source)->differences[i];

    row_text(row, "deal", one->deal);
    row_word(row, "what", one->what);
    row_text(row, "id", one->object);
    row_word(row, "is", hubspot_activity_fault_name[one->fault]);
    if (one->fault == HUBSPOT_ACTIVITY_MOVED)
        row_text(row, "now", one->now);
}

static struct rows activities_of(const struct hubspot_activities_compared *activities)
{
    return rows_of(fill_activity, activities, activities->n);
}

static void add_zones(struct row *row, const struct hubspot_zones *zones)
{
    if (zones->account)
        row_word(row, "accountTimezone", zones->account);
    row_word(row, "rulesTimezone", zones->rules);
    row_bool(row, "timezonesDiffer", zones->differ);
}

static void text_zones(const struct cmd_env *env, const struct hubspot_zones *zones)
{
    if (!zones->differ)
        return;
    paragraph_legend(
        env,
        "HubSpot's account is in %s, and the rules count days in %s: what happens "
        "around midnight is on another day in figures than in HubSpot; for the same "
        "days, set a `version:` of your own and `timezone: %s` in what `backcast rules "
        "show` prints, and `backcast rules publish` it",
        zones->account, zones->rules, zones->account);
}

struct result_shown {
    const struct hubspot_result *result;
    struct notes_shown notes;
};

static void fill_result(struct row *row, const void *source, size_t i)
{
    const struct result_shown *shown = source;
    const struct hubspot_result *result = shown->result;
    const struct hubspot_notes *notes = &result->run->notes;

    (void)i;
    row_bool(row, "dryRun", result->dry_run);
    row_count(row, "added", result->appended.added);
    row_count(row, "duplicates", result->appended.duplicates);
    row_count(row, "toldOtherwise", result->told_otherwise);
    if (result->ahead > 0)
        row_count(row, "datedAfterRecorded", result->ahead);
    row_count(row, "dealsRead", notes->deals_read);
    row_count(row, "meetingsRead", notes->meetings);
    if (result->run->account->read[HUBSPOT_CALLS])
        row_count(row, "callsRead", notes->calls);
    row_count(row, "emailsRead", notes->emails);
    row_count(row, "ordersRead", notes->orders);
    row_count(row, "requests", result->counts.requests);
    row_count(row, "retries", result->counts.retries);
    row_figure(row, "waitedSeconds", CELL_TENTHS, (double)result->counts.waited_us / 1e6);
    if (result->reconciled) {
        row_count(row, "agree", result->reconciled->agree);
        row_count(row, "differ", result->reconciled->differ);
        row_rows(row, "differences", differences_of(result->reconciled));
        row_count(row, "repaired", result->repaired);
        row_rows(row, "activities",
                 rows_of(fill_activity_sum, &result->reconciled->activities,
                         result->reconciled->activities.sum_n));
        row_rows(row, "activityDifferences", activities_of(&result->reconciled->activities));
    }
    add_zones(row, &result->zones);
    row_rows(row, "notes", rows_of(fill_note, &shown->notes, shown->notes.n));
    unknown_words_cells(row, result->words);
    row_head(row, "ledger", bc_log_head(result->log));
}

void hubspot_show_json(const struct cmd_env *env, const struct hubspot_result *result)
{
    struct result_shown shown = { .result = result };

    shown.notes.n = notes_of(shown.notes.at, &result->run->notes);
    print_json_of(env, fill_result, &shown);
}

/* --- for people --- */

static void text_notes(const struct cmd_env *env, const struct hubspot_notes *notes)
{
    struct note all[NOTE_MAX];
    size_t n = notes_of(all, notes);
    struct bc_buf text = { 0 };

    if (n > 0)
        fputs("\nwhat HubSpot does not say:\n", env->out);
    for (size_t i = 0; i < n; i++) {
        text.len = 0;
        bc_buf_printf(&text, "%" PRIu64 " %s", all[i].n, all[i].n == 1 ? all[i].one : all[i].many);
        for (size_t w = 0; all[i].which && w < all[i].which->n; w++) {
            bc_buf_add_str(&text, w ? BC_STR(", ") : BC_STR(" ("));
            bc_buf_add_str(&text, all[i].which->at[w].text);
        }
        if (all[i].which)
            bc_buf_add_byte(&text, ')');
        fputs("  ", env->out);
        paragraph_print(env, strlen("  "), bc_buf_str(&text));
    }
    bc_buf_release(&text);
}

static const struct column difference_columns[] = {
    { .name = "deal", .key = "deal", .fit = COLUMN_MIDDLE },
    { .name = "what", .key = "matter", .fit = COLUMN_WRAP },
    { .name = "ledger", .key = "ledger", .fit = COLUMN_WRAP, .least = 12, .dash = true },
    { .name = "HubSpot", .key = "hubspot", .fit = COLUMN_WRAP, .least = 12, .dash = true },
};

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
    print_table_of(env, COLUMNS_OF(difference_columns), differences_of(reconciled));
}

static const struct column activity_columns[] = {
    { .name = "deal", .key = "deal" },
    { .name = "what", .key = "what" },
    { .name = "id", .key = "id" },
    { .name = "is", .key = "is" },
    { .name = "now of deal", .key = "now", .dash = true },
};

/* "meetings of deals: 7 in HubSpot, 6 in the ledger; 1 missing" */
static void text_activities(const struct cmd_env *env,
                            const struct hubspot_activities_compared *activities)
{
    for (size_t i = 0; i < activities->sum_n; i++) {
        const struct hubspot_activity_sum *sum = &activities->sums[i];

        fprintf(env->out, "%ss of deals: %" PRIu64 " in HubSpot, %" PRIu64 " in the ledger",
                strcmp(sum->what, "email") == 0 ? "e-mail" : sum->what, sum->hubspot, sum->ledger);
        for (size_t f = 0; f < HUBSPOT_ACTIVITY_FAULT_N; f++)
            if (sum->faults[f] > 0)
                fprintf(env->out, "; %" PRIu64 " %s", sum->faults[f],
                        hubspot_activity_fault_name[f]);
        if (sum->unknown > 0)
            fprintf(env->out, "; %" PRIu64 " more HubSpot did not give", sum->unknown);
        if (sum->unlisted > 0)
            fprintf(env->out, "; of %" PRIu64 " deal%s HubSpot did not give them", sum->unlisted,
                    text_plural(sum->unlisted));
        fputc('\n', env->out);
    }
    if (activities->n > 0)
        print_table_of(env, COLUMNS_OF(activity_columns), activities_of(activities));
}

void hubspot_show_text(const struct cmd_env *env, const struct hubspot_result *result)
{
    const struct hubspot_notes *notes = &result->run->notes;
    const struct bc_head *head = bc_log_head(result->log);
    char root[BC_HASH_TEXT_LEN];

    fprintf(env->out,
            "hubspot: %" PRIu64 " event%s %s, %" PRIu64 " already known; read %" PRIu64
            " deal%s, %" PRIu64 " meeting%s, %" PRIu64 " e-mail%s, %" PRIu64 " order%s",
            result->appended.added, text_plural(result->appended.added),
            result->dry_run ? "would be added" : "added", result->appended.duplicates,
            notes->deals_read, text_plural(notes->deals_read), notes->meetings,
            text_plural(notes->meetings), notes->emails, text_plural(notes->emails), notes->orders,
            text_plural(notes->orders));
    if (result->run->account->read[HUBSPOT_CALLS])
        fprintf(env->out, ", %" PRIu64 " call%s", notes->calls, text_plural(notes->calls));
    fputc('\n', env->out);
    if (result->told_otherwise > 0)
        fprintf(env->out,
                "%" PRIu64
                " event%s given otherwise now than when imported: the first version stays\n",
                result->told_otherwise, result->told_otherwise == 1 ? " is" : "s are");
    if (result->ahead > 0)
        fprintf(env->out,
                "%" PRIu64
                " event%s dated after %s recorded, in the future: `backcast audit --kind "
                "dated_after_recorded` names %s\n",
                result->ahead, result->ahead == 1 ? " is" : "s are",
                result->ahead == 1 ? "it was" : "they were", result->ahead == 1 ? "it" : "them");
    service_requests(env, &result->counts, result->traced);
    if (result->reconciled)
        text_reconciled(env, result);
    if (result->reconciled)
        text_activities(env, &result->reconciled->activities);
    text_notes(env, notes);
    text_zones(env, &result->zones);
    unknown_words_print(env, result->words);
    bc_hash_print(root, &head->root);
    fprintf(env->out, "\nledger: %" PRIu64 " event%s, root %s\n", head->size,
            text_plural(head->size), root);
}

/* --- what --discover found --- */

struct discovered_shown {
    const char *path;
    const struct hubspot_discovered *found;
    const struct hubspot_zones *zones;
};

static void fill_discovered(struct row *row, const void *source, size_t i)
{
    const struct discovered_shown *shown = source;

    (void)i;
    row_word(row, "file", shown->path);
    row_count(row, "stages", shown->found->stages);
    row_count(row, "stagesMapped", shown->found->stages_mapped);
    add_tally(row, "pipelines", &shown->found->pipelines);
    add_tally(row, "pipelinesLeft", &shown->found->pipelines_left);
    add_tally(row, "unmapped", &shown->found->unmapped);
    add_tally(row, "misleading", &shown->found->misleading);
    add_tally(row, "dealTypes", &shown->found->deal_types);
    add_tally(row, "dealTypesUnknown", &shown->found->deal_types_unknown);
    add_tally(row, "callOutcomesUnknown", &shown->found->call_outcomes_unknown);
    add_tally(row, "lossReasonsOffered", &shown->found->losses);
    add_tally(row, "campaignsOffered", &shown->found->campaigns);
    add_tally(row, "renewsLabelsOffered", &shown->found->labels);
    add_tally(row, "times", &shown->found->times);
    add_tally(row, "missing", &shown->found->missing);
    add_zones(row, shown->zones);
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

void hubspot_show_discovered(const struct cmd_env *env, const char *path,
                             const struct hubspot_discovered *found,
                             const struct hubspot_zones *zones, bool json)
{
    if (json) {
        print_json_of(env, fill_discovered, &(struct discovered_shown){ path, found, zones });
        return;
    }
    text_put(env->out, bc_str_of(path));
    fprintf(env->out, ": written; %zu of %zu stages mapped\n", found->stages_mapped, found->stages);
    text_list(env, "pipelines that are read:", &found->pipelines);
    text_list(env, "pipelines that are not:", &found->pipelines_left);
    text_list(env, "no stage of the rules for:", &found->unmapped);
    text_list(env, "by its settings in HubSpot, not by its label:", &found->misleading);
    text_list(env, "deal types:", &found->deal_types);
    text_list(env, "no deal type of the rules for:", &found->deal_types_unknown);
    text_list(env, "of calls, no outcome of a meeting for:", &found->call_outcomes_unknown);
    text_list(env, "may also hold the reason of a loss:", &found->losses);
    text_list(env, "may also name an e-mail's campaign:", &found->campaigns);
    text_list(env, "may say which deal a deal renews:", &found->labels);
    text_list(env, "times, which are taken as days:", &found->times);
    text_list(env, "no property for:", &found->missing);
    text_zones(env, zones);
    fputs("look it through, then run `backcast import hubspot`\n", env->out);
}
