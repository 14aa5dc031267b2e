/* tools/site/records/event_page_proof.c - of the page of an event, the proof that it is in the
 * log. */
#include "tools/print/print_html.h"
#include "tools/site/records/event_page_part.h"

#include <inttypes.h>

static void put_hash(struct html_out *out, struct bc_str hash)
{
    html_out_put(out, "<span class=\"code\">");
    html_out_text(out, hash);
    html_out_put(out, "</span>");
}

/* --- the path --- */

static void put_with(struct html_out *out, const struct row *row)
{
    put_hash(out, page_cells_text(row, "hash"));
}

static void put_gives(struct html_out *out, const struct row *row)
{
    put_hash(out, page_cells_text(row, "gives"));
}

static void put_path(struct html_out *out, const struct row *event)
{
    static const struct column columns[] = {
        { .name = "On the", .key = "side", .about = true },
        { .name = "this hash", .draw = put_with },
        { .name = "gives, with the one so far", .draw = put_gives, .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };

    print_html_of(out, &table, call_rows(event, "path"));
}

/* --- in words --- */

static void put_begin(struct html_out *out, const struct row *event)
{
    html_out_put(out,
                 "<p>The record has %" PRIu64 " bytes. SHA-256 of a byte 0 and these is its leaf, "
                 "from which the path begins:<br>",
                 row_find(event, "bytes")->count);
    put_hash(out, page_cells_text(event, "leaf"));
    html_out_put(out, "</p>\n");
}

static void put_root(struct html_out *out, const struct row *event)
{
    const struct bc_head *head = row_find(event, "ledger")->head;
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    html_out_put(out,
                 "<p>In each step SHA-256 is taken of a byte 1, the hash on the left and the one "
                 "on the right. The last is the root of the ledger's %" PRIu64 " event%s:<br>",
                 head->size, head->size == 1 ? "" : "s");
    put_hash(out, bc_str_of(root));
    html_out_put(out, "</p>\n");
}

static void put_stored(struct html_out *out, const struct row *event)
{
    html_out_put(out, "<details><summary>The record, in base64</summary><p class=\"code\">");
    html_out_text(out, page_cells_text(event, "stored"));
    html_out_put(out, "</p></details>\n");
}

/* --- how to check it --- */

static void put_check(struct html_out *out, const struct row *event)
{
    const struct document_pair deal = { "deal", page_cells_text(event, "deal") };
    const bool has_deal = deal.value.len > 0;
    bool linked;

    html_out_put(out,
                 "<p>The page only shows it. To check it elsewhere: <span class=\"code\">"
                 "backcast log --json --proof --from-seq %" PRIu64 " --to-seq %" PRIu64
                 "</span> prints the record and the path for any program that has SHA-256",
                 row_find(event, "seq")->count, row_find(event, "seq")->count);
    if (has_deal) {
        html_out_put(out, "; ");
        linked = document_link(out, "evidence", &deal, 1);
        html_out_put(out, "%s", linked ? "the evidence of its deal" : "the evidence of its deal, ");
        document_link_end(out, linked);
        html_out_put(out, "%s", linked ? "" : "by <span class=\"code\">backcast evidence</span>,");
        html_out_put(out,
                     " has all events of the deal with their proofs, in a file that "
                     "<span class=\"code\">backcast-check FILE --head HEAD</span> checks without "
                     "the ledger, against a head that you hold, or with "
                     "<span class=\"code\">--public-key</span> against one that is signed");
    }
    html_out_put(out,
                 ".</p>\n<p>The root stands for all events: hold it against one that was kept "
                 "elsewhere (<span class=\"code\">backcast verify --against FILE</span>).</p>\n");
}

void event_page_proof(struct html_out *out, const struct row *event)
{
    put_begin(out, event);
    if (call_rows(event, "path").n == 0)
        html_out_put(out, "<p>It is the only event: its leaf is the root.</p>\n");
    put_path(out, event);
    put_root(out, event);
    put_stored(out, event);
    put_check(out, event);
}
