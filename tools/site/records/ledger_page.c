/* tools/site/records/ledger_page.c - the ledger itself: its head, where its events are from, its
 * rules, and the newest of them. */
#include "tools/pages/version_table.h"
#include "tools/print/print_html.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/records/record_pages.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- the head --- */

static void put_head(struct call_page *call, const struct rows *newest)
{
    const struct bc_head *head = bc_log_head(call->basis.log);
    struct html_out *out = &call->out;
    struct row last = { .readers = ROW_FOR_PAGES };
    char root[BC_HASH_TEXT_LEN];
    bool linked;

    bc_hash_print(root, &head->root);
    html_out_put(out,
                 "<p class=\"sum\"><span><b>%" PRIu64
                 "</b> event%s</span> <span>root <span class=\"code\">",
                 head->size, head->size == 1 ? "" : "s");
    html_out_text(out, bc_str_of(root));
    html_out_put(out, "</span></span></p>\n");
    if (newest->n) {
        newest->fill(&last, newest->source, 0);
        html_out_put(out, "<p>The last was recorded ");
        event_cells_put_exact(out, row_find(&last, "recorded"));
        html_out_put(out, ".</p>\n");
    }
    row_release(&last);
    html_out_put(out, "<p>");
    linked = document_link(out, "verify", NULL, 0);
    html_out_put(out, linked ? "Verify now" : "<span class=\"code\">backcast verify</span>");
    document_link_end(out, linked);
    html_out_put(out,
                 "%s reads every event and all that is computed from them, and holds them "
                 "against their hashes. A million events take some seconds.</p>\n",
                 linked ? ":" : "");
}

/* --- where they are from --- */

static void put_source(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "source").len)
        event_cells_put_source(out, page_cells_text(row, "source"));
    else
        html_out_put(out, "<span class=\"q2\">none named</span>");
}

static void put_newest(struct html_out *out, const struct row *row)
{
    event_cells_put_seq(out, row_find(row, "newest")->count);
    html_out_put(out, "<span class=\"ph q\"><br>");
    page_cells_put_day(out, row_find(row, "recordedAt"));
    html_out_put(out, "</span>");
}

/* How far an account was read, by its own clock. */
static void put_read(struct html_out *out, const struct row *row)
{
    const bool account = row_find(row, "account") != NULL;

    html_out_put(out, account ? "account " : "");
    page_cells_put(out, row, "account");
    if (!row_find(row, "readUpTo"))
        return;
    html_out_put(out, account ? ", its deals up to " : "deals up to ");
    page_cells_put(out, row, "readUpTo");
}

static bc_status put_sources(struct call_page *call, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "Source", .about = true, .draw = put_source },
        { .name = "Events", .key = "n", .right = true, .class = "big" },
        { .name = "Newest", .right = true, .draw = put_newest },
        { .name = "Happened", .key = "occurredAt", .class = "nb", .leave = 2 },
        { .name = "Recorded", .key = "recordedAt", .class = "nb", .leave = 1 },
        { .name = "Read", .class = "q2", .leave = 1, .draw = put_read },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    const struct row *sources;
    bc_status rc =
        call_ask(&sources, call, 0, (const char *[]){ "log", "--json", "--by=source", NULL }, err);

    if (rc < 0)
        return rc;
    if (call_rows(sources, "rows").n == 0)
        document_empty(&call->out, "There are no events yet. `backcast import` and `backcast "
                                   "record` take some.");
    print_html_of(&call->out, &table, call_rows(sources, "rows"));
    return BC_OK;
}

/* --- imports --- */

static void put_import(struct html_out *out, const struct row *row)
{
    html_out_text(out, page_cells_text(row, "source"));
}

static void put_run(struct html_out *out, const struct row *row)
{
    const struct cell *failed = row_find(row, "failed");

    page_cells_put_day(out, row_find(row, "begun"));
    if (failed->yes) {
        html_out_put(out, "<br>");
        page_cells_state(out, PAGE_OFF, BC_STR("failed"));
        html_out_put(out, " ");
        html_out_text(out, page_cells_text(row, "error"));
    }
}

/* The first of what differs, each with what both have. */
static void put_differ(struct html_out *out, const struct row *row)
{
    const struct rows differences = call_rows(row, "differences");
    struct row one = { .readers = ROW_FOR_PAGES };

    page_cells_put(out, row, "differ");
    for (size_t i = 0; i < differences.n; i++) {
        row_clear(&one);
        differences.fill(&one, differences.source, i);
        html_out_put(out, "<br><span class=\"q2\">");
        html_out_text(out, page_cells_text(&one, "object"));
        html_out_put(out, ": ");
        html_out_text(out, page_cells_text(&one, "what"));
        html_out_put(out, ", ledger ");
        html_out_text(out, page_cells_text(&one, "ledger"));
        html_out_put(out, ", source ");
        html_out_text(out, page_cells_text(&one, "service"));
        html_out_put(out, "</span>");
    }
    row_release(&one);
}

/* Those whose last run is kept, out of all sources. */
struct imports {
    struct rows sources;
    size_t *at; /* numbers of rows of `sources` */
    size_t n;
};

static void fill_import(struct row *row, const void *source, size_t i)
{
    const struct imports *imports = source;

    imports->sources.fill(row, imports->sources.source, imports->at[i]);
}

static void find_imports(struct imports *imports)
{
    struct row one = { .readers = ROW_FOR_PAGES | ROW_FOR_PROGRAMS };

    imports->at = bc_calloc(imports->sources.n + 1, sizeof(*imports->at));
    for (size_t i = 0; i < imports->sources.n; i++) {
        row_clear(&one);
        imports->sources.fill(&one, imports->sources.source, i);
        if (row_find(&one, "begun"))
            imports->at[imports->n++] = i;
    }
    row_release(&one);
}

static bc_status put_imports(struct call_page *call, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "Source", .about = true, .draw = put_import },
        { .name = "Last run", .class = "nb", .draw = put_run },
        { .name = "Read", .key = "read", .right = true, .leave = 3 },
        { .name = "Added", .key = "added", .right = true, .leave = 2 },
        { .name = "Agree", .key = "agree", .right = true, .class = "big" },
        { .name = "Differ", .draw = put_differ },
        { .name = "Of no deal", .key = "unlinked", .right = true },
        { .name = "Read to its end", .key = "readAt", .class = "nb", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    struct imports imports = { 0 };
    const struct row *sources;
    bc_status rc = call_ask(&sources, call, 0, (const char *[]){ "sources", "--json", NULL }, err);

    if (rc < 0)
        return rc;
    imports.sources = call_rows(sources, "sources");
    find_imports(&imports);
    if (imports.n == 0)
        document_empty(&call->out, "No import from a service is on record here.");
    else
        print_html_of(&call->out, &table, rows_of(fill_import, &imports, imports.n));
    free(imports.at);
    return BC_OK;
}

/* --- rules --- */

static void put_version(struct html_out *out, const struct row *row)
{
    html_out_text(out, page_cells_text(row, "version"));
}

static void put_effective(struct html_out *out, const struct row *row)
{
    page_cells_put(out, row, "effectiveFrom");
}

static void put_rules_event(struct html_out *out, const struct row *row)
{
    event_cells_put_seq(out, row_find(row, "seq")->count);
}

static bool is_yes(const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    return cell && cell->kind == CELL_BOOL && cell->yes;
}

static void put_rules_state(struct html_out *out, const struct row *row)
{
    const struct cell *by = row_find(row, "retractedBy");

    if (by && by->kind == CELL_SEQ) {
        page_cells_state(out, PAGE_OFF, BC_STR("taken back"));
        html_out_put(out, " by event ");
        event_cells_put_seq(out, by->count);
    } else if (is_yes(row, "latest") || is_yes(row, "inForce")) {
        html_out_put(out, "%s%s%s", is_yes(row, "latest") ? "latest" : "",
                     is_yes(row, "latest") && is_yes(row, "inForce") ? ", " : "",
                     is_yes(row, "inForce") ? "in force" : "");
    }
}

/* The version before it in the list; the built-in ones before the first. */
static struct bc_str version_before(const struct row *row, const struct rows *rules)
{
    struct row before = { .readers = ROW_FOR_PAGES };
    struct bc_str version = BC_STR("default");
    const uint64_t seq = row_find(row, "seq")->count;

    for (size_t i = 0; i < rules->n; i++) {
        row_clear(&before);
        rules->fill(&before, rules->source, i);
        if (row_find(&before, "seq")->count >= seq)
            break;
        version = page_cells_text(&before, "version");
    }
    row_release(&before);
    return version;
}

static void put_rules_diff(struct html_out *out, const struct row *row)
{
    const struct rows rules = call_rows(page_about(out)->around, "rules");
    const struct document_pair pairs[] = { { "from", version_before(row, &rules) },
                                           { "to", page_cells_text(row, "version") } };
    const bool linked = document_link(out, "rules", pairs, 2);

    html_out_put(out, "since ");
    html_out_text(out, pairs[0].value);
    document_link_end(out, linked);
}

static bc_status put_rules(struct call_page *call, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "Version", .about = true, .draw = put_version },
        { .name = "In force from", .draw = put_effective },
        { .name = "Recorded", .key = "recordedAt", .class = "nb", .leave = 1 },
        { .name = "Event", .right = true, .draw = put_rules_event, .leave = 2 },
        { .name = "State", .draw = put_rules_state },
        { .name = "What is new", .draw = put_rules_diff },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    const struct row *rules;
    bc_status rc = call_ask(&rules, call, 0, (const char *[]){ "rules", "list", NULL }, err);

    if (rc < 0)
        return rc;
    if (call_rows(rules, "rules").n == 0)
        document_empty(&call->out, "No rules were published; the built-in ones hold. `backcast "
                                   "rules publish` publishes some.");
    call->about.around = rules;
    print_html_of(&call->out, &table, call_rows(rules, "rules"));
    call->about.around = NULL;
    return BC_OK;
}

/* --- what was published --- */

static bc_status put_versions(struct call_page *call, struct bc_err *err)
{
    const struct row *versions;
    bc_status rc = call_ask(&versions, call, CALL_AS_OF | CALL_SLICE | CALL_BASIS,
                            (const char *[]){ "versions", NULL }, err);

    if (rc < 0)
        return rc;
    version_table_put(&call->out, call_rows(versions, "versions"));
    return BC_OK;
}

/* --- the log --- */

static void put_newest_events(struct call_page *call, const struct rows *newest)
{
    struct html_out *out = &call->out;
    bool linked;

    event_cells_put_table(out, *newest);
    html_out_put(out, "<p class=\"note\">");
    linked = document_link(out, "log", NULL, 0);
    html_out_put(out, linked ? "All events, to be filtered"
                             : "<span class=\"code\">backcast log</span> has all events");
    document_link_end(out, linked);
    html_out_put(out, "</p>\n");
}

bc_status ledger_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "head", "Head", "Head", { 0 } },
        { "sources", "Sources", "Sources", { 0 } },
        { "imports", "Imports", "Imports", { 0 } },
        { "in-force", "Rules", "Rules", { 0 } },
        { "versions", "Published", "Published", { 0 } },
        { "log", "Newest events", "Newest events", { 0 } },
    };
    struct html_out *out = &call->out;
    struct rows newest;
    bc_status rc =
        call_ask_rows(&newest, call, 0,
                      (const char *[]){ "log", "--json", "--reverse", "--limit=20", NULL }, err);

    if (rc < 0)
        return rc;
    call_page_begin(call, "Ledger", BC_STR("as it is now, whatever the date of the question"),
                    places, sizeof(places) / sizeof(places[0]));
    document_section(out, &places[0], BC_STR("Two ledgers of one head have the same events."),
                     true);
    put_head(call, &newest);
    document_section_end(out);
    document_section(out, &places[1],
                     BC_STR("The systems that events came from, with the newest of each in the "
                            "order of the ledger."),
                     false);
    rc = put_sources(call, err);
    document_section_end(out);
    document_section(out, &places[2],
                     BC_STR("How the last import from each service ended, and how far ledger and "
                            "service agreed then."),
                     false);
    if (rc == BC_OK)
        rc = put_imports(call, err);
    document_section_end(out);
    document_section(out, &places[3], BC_STR("In the order in which they were published."), false);
    if (rc == BC_OK)
        rc = put_rules(call, err);
    document_section_end(out);
    document_section(out, &places[4],
                     BC_STR("Rules, ICPs and playbooks, up to the date of the question."), false);
    if (rc == BC_OK)
        rc = put_versions(call, err);
    document_section_end(out);
    document_section(out, &places[5], BC_STR("The last ones that the ledger took."), false);
    put_newest_events(call, &newest);
    document_section_end(out);
    call_page_end(call);
    return rc;
}
