#include "tools/show/explain_not.h"

#include "tools/print/deal_text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/sentence.h"

#include <inttypes.h>

static void add_days(struct bc_buf *out, int32_t days)
{
    bc_buf_printf(out, "%" PRId32 " day%s", days, days == 1 ? "" : "s");
}

static void add_cell(struct bc_buf *out, const void *of, struct bc_str key)
{
    const struct bc_reason *reason = of;
    const struct bc_reason_row *row = bc_reason_row(reason->kind);

    if (row->value && bc_str_eq(key, bc_str_of(row->value)))
        bc_buf_add_str(out, reason->value.len ? reason->value : BC_STR("none"));
    else if (bc_str_eq(key, BC_STR("days")))
        add_days(out, reason->days < 0 ? -reason->days : reason->days);
    else if (bc_str_eq(key, BC_STR("side")))
        bc_buf_add_str(out, reason->days < 0 ? BC_STR("before") : BC_STR("after"));
}

/* --- rows --- */

struct shown {
    const struct basis *basis;
    size_t metric, slice;
    const struct bc_explanation_not *explanation;
};

static const struct bc_metric_rule *metric_of(const struct shown *shown)
{
    return &shown->basis->rules->metrics[shown->metric];
}

static void fill_reason(struct row *row, const void *source, size_t i)
{
    const struct shown *shown = source;
    const struct bc_reason *reason = &shown->explanation->reasons[i];
    const struct bc_reason_row *kind = bc_reason_row(reason->kind);
    enum bc_subject subject = bc_rules_subject(metric_of(shown));

    row_word(row, "reason", kind->word);
    if (reason->item.len)
        row_text(row, subject == BC_OF_MEETINGS ? "meeting" : "email", reason->item);
    if (kind->value)
        row_text(row, kind->value, reason->value);
    if (kind->at)
        row_instant(row, "at", reason->at_us);
    if (kind->days)
        row_integer(row, "days", reason->days);
    if (reason->event.len)
        row_text(row, "event", reason->event);
    if (!row_for_people(row) && !row_for_pages(row))
        return;
    sentence_add(row_make(row), kind->sentence, add_cell, reason);
    row_made(row, "words");
}

static struct rows reasons_of(const struct shown *shown)
{
    return rows_of(fill_reason, shown, shown->explanation->n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_word(row, "metric", metric_of(shown)->name);
    row_word(row, "slice", shown->basis->rules->slices[shown->slice].name);
    row_text(row, "deal", shown->explanation->deal);
    row_bool(row, "counted", shown->explanation->counted);
    row_rows(row, "reasons", reasons_of(shown));
    notes_cells(row, &shown->basis->notes);
}

/* --- forms --- */

void explain_not_json(const struct cmd_env *env, const struct basis *basis, size_t metric,
                      size_t slice, const struct bc_explanation_not *explanation)
{
    print_json_of(env, fill, &(struct shown){ basis, metric, slice, explanation });
}

static void print_reasons(const struct cmd_env *env, const struct shown *shown)
{
    enum bc_subject subject = bc_rules_subject(metric_of(shown));
    const struct column columns[] = {
        { .name = "REASON", .key = "words", .fit = COLUMN_WRAP, .least = 16 },
        { .name = "AT", .key = "at" },
        { .name = "EVENT", .key = "event", .fit = COLUMN_MIDDLE },
        { .name = "OF",
          .key = subject == BC_OF_MEETINGS ? "meeting" : "email",
          .fit = COLUMN_MIDDLE },
    };
    bool items = subject == BC_OF_MEETINGS || subject == BC_OF_EMAILS;

    print_table_of(env, (struct columns){ columns, items ? 4 : 3 }, reasons_of(shown));
}

void explain_not_print(const struct cmd_env *env, const struct basis *basis, size_t metric,
                       size_t slice, const struct bc_explanation_not *explanation)
{
    const struct shown shown = { basis, metric, slice, explanation };
    struct bc_buf said = { 0 };

    bc_buf_printf(&said, "%s, slice %s, %s the deal ", metric_of(&shown)->name,
                  basis->rules->slices[slice].name,
                  explanation->counted ? "counts" : "does not count");
    deal_text_add(&said, env->names, explanation->deal);
    paragraph_print(env, 0, bc_buf_str(&said));
    bc_buf_release(&said);
    if (explanation->n) {
        fputc('\n', env->out);
        print_reasons(env, &shown);
    }
    basis_print(env, basis, basis->question.as_of_us);
}
