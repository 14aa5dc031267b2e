#include "tools/show/discovered.h"

#include "tools/cli/text.h"
#include "tools/print/print_json.h"

#include <inttypes.h>

/* Remarks of one kind. */
struct chosen {
    const struct discovered *found;
    enum discover_kind kind;
};

static const struct discover_remark *nth(const struct chosen *chosen, size_t i)
{
    const struct discover_remark *remark = chosen->found->draft.remarks;

    for (;; remark++)
        if (remark->kind == chosen->kind && i-- == 0)
            return remark;
}

static void fill_remark(struct row *row, const void *source, size_t i)
{
    const struct discover_remark *remark = nth(source, i);

    if (remark->column.len > 0)
        row_text(row, "column", remark->column);
    else
        row_null(row, "column");
    row_count(row, "rows", remark->rows);
    if (remark->kind != DISCOVER_LEFT_OUT)
        row_text(row, "text", remark->text);
}

static void add_remarks(struct row *row, const char *key, const struct discovered *found,
                        enum discover_kind kind)
{
    struct chosen *chosen = row_alloc(row, sizeof(*chosen));

    *chosen = (struct chosen){ found, kind };
    row_rows(row, key, rows_of(fill_remark, chosen, discover_count(found, kind)));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct discovered_shown *shown = source;

    (void)i;
    row_word(row, "file", shown->map);
    row_word(row, "table", shown->table);
    row_count(row, "rows", shown->found->survey.rows);
    row_count(row, "columns", shown->found->survey.column_n);
    add_remarks(row, "toDecide", shown->found, DISCOVER_DECIDE);
    add_remarks(row, "toCheck", shown->found, DISCOVER_CHECK);
    add_remarks(row, "leftOut", shown->found, DISCOVER_LEFT_OUT);
    if (shown->tried && !shown->refused)
        row_count(row, "events", shown->events);
    if (shown->refused)
        row_word(row, "refused", shown->refused);
}

static void print_remarks(const struct cmd_env *env, const struct discovered *found,
                          enum discover_kind kind, const char *mark)
{
    for (size_t i = 0; i < found->draft.remark_n; i++) {
        const struct discover_remark *remark = &found->draft.remarks[i];

        if (remark->kind != kind)
            continue;
        fprintf(env->out, "%-7s ", mark);
        if (remark->column.len > 0) {
            text_put(env->out, remark->column);
            fputs(", ", env->out);
        }
        fprintf(env->out, "%" PRIu64 " row%s: ", remark->rows, text_plural(remark->rows));
        text_put(env->out, remark->text);
        fputc('\n', env->out);
    }
}

static void print_left_out(const struct cmd_env *env, const struct discovered *found)
{
    size_t n = 0;

    for (size_t i = 0; i < found->draft.remark_n; i++) {
        const struct discover_remark *remark = &found->draft.remarks[i];

        if (remark->kind != DISCOVER_LEFT_OUT)
            continue;
        fputs(n++ ? ", " : "left out: ", env->out);
        if (remark->column.len > 0)
            text_put(env->out, remark->column);
        else
            fputs("those without a name", env->out);
        fprintf(env->out, " (%" PRIu64 " row%s)", remark->rows, text_plural(remark->rows));
    }
    fputs(n ? "\n" : "", env->out);
}

/* As a shell takes it for one word. */
static void put_argument(FILE *out, const char *text)
{
    const bool plain = text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789_-./,+:@%")] == '\0';

    fputs(plain ? "" : "'", out);
    for (const char *p = text, *end; *p; p = end) {
        end = p + strcspn(p, "'");
        text_put(out, (struct bc_str){ p, (size_t)(end - p) });
        if (*end == '\'') {
            fputs("'\\''", out);
            end++;
        }
    }
    fputs(plain ? "" : "'", out);
}

static void print(const struct cmd_env *env, const struct discovered_shown *shown)
{
    const struct discover_survey *survey = &shown->found->survey;
    const bool open = discover_count(shown->found, DISCOVER_DECIDE) > 0 || shown->refused;

    text_put(env->out, bc_str_of(shown->map));
    fprintf(env->out, ": written, from %" PRIu64 " row%s of %zu column%s", survey->rows,
            text_plural(survey->rows), survey->column_n, text_plural(survey->column_n));
    if (shown->tried && !shown->refused)
        fprintf(env->out, "; it makes %" PRIu64 " event%s of them", shown->events,
                text_plural(shown->events));
    fputc('\n', env->out);
    print_remarks(env, shown->found, DISCOVER_DECIDE, "DECIDE");
    print_remarks(env, shown->found, DISCOVER_CHECK, "check");
    print_left_out(env, shown->found);
    if (shown->refused) {
        fputs("the import stops at ", env->out);
        text_put(env->out, bc_str_of(shown->refused));
        fputc('\n', env->out);
    }
    fprintf(env->out, "%s, then run `backcast import %s ",
            open ? "fill in what is to be decided" : "look it through", shown->word);
    put_argument(env->out, shown->table);
    fputs(" --map ", env->out);
    put_argument(env->out, shown->map);
    fputs(" --dry-run`\n", env->out);
    if (shown->no_ledger)
        fputs("that needs a ledger: `backcast init --ledger DIR` makes one, which each command is "
              "given by --ledger DIR or $BACKCAST_LEDGER\n",
              env->out);
}

void discovered_show(const struct cmd_env *env, const struct discovered_shown *shown, bool json)
{
    if (json)
        print_json_of(env, fill, shown);
    else
        print(env, shown);
}
