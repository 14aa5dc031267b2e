#include "tools/discover/discover.h"

#include "tools/cli/text.h"
#include "tools/discover/discover_map_name.h"
#include "tools/discover/discover_write.h"
#include "tools/import/csv/csv_delimiter.h"

#include <inttypes.h>
#include <stdlib.h>

static void write_file(struct discover_draft *draft, const struct discover_table *table)
{
    const struct discover_survey *survey = draft->guess->survey;
    const char delimiter = csv_reader_delimiter(survey->reader);
    struct bc_buf name = { 0 };
    bool dated;

    dated = discover_map_name(&name, table->named_after);
    discover_add(draft, "name: ");
    discover_add_text(draft, bc_buf_str(&name));
    discover_end(draft, DISCOVER_SAY, "the file's%s; it is in each event's id, so it stays",
                 dated ? ", without its date" : "");
    bc_buf_release(&name);
    if (survey->column_n > 1 && !(survey->sheet && delimiter == ',')) {
        discover_add(draft, "delimiter: ");
        if (csv_delimiter_word(delimiter))
            discover_add(draft, "%s", csv_delimiter_word(delimiter));
        else
            discover_add_text(draft, (struct bc_str){ &delimiter, 1 });
        discover_end(draft, DISCOVER_SAY, "%s%zu columns in the first row",
                     csv_reader_sep(survey->reader) ? "by the line `sep=`; " : "",
                     survey->column_n);
    }
    if (survey->encoding == CSV_WINDOWS_1252) {
        discover_add(draft, "encoding: windows-1252");
        discover_end(draft,
                     (struct discover_note){ DISCOVER_CHECK, DISCOVER_NO_COLUMN, survey->rows },
                     "it is not UTF-8, so what programs under Windows usually write");
    }
}

static void write_head(struct discover_draft *draft, const struct discover_table *table)
{
    const struct discover_survey *survey = draft->guess->survey;

    bc_buf_add_str(&draft->map, BC_STR("# What the columns and rows of "));
    text_escape(&draft->map, bc_str_of(survey->path));
    bc_buf_printf(&draft->map,
                  " mean: a first map, from the table itself\n"
                  "# (%" PRIu64 " row%s, %zu column%s), by `backcast import %s --discover`. CHECK "
                  "is a guess; DECIDE is to be\n# filled in before `backcast import %s --map` "
                  "takes it. `backcast help maps` has all that a map may say.\n",
                  survey->rows, text_plural(survey->rows), survey->column_n,
                  text_plural(survey->column_n), table->word, table->word);
    if (survey->faults > 0)
        discover_remark(
            draft, (struct discover_note){ DISCOVER_DECIDE, DISCOVER_NO_COLUMN, survey->faults },
            "rows that cannot be read (the first of them, line %" PRIu64
            ": %.*s): mend them, or import with --rejects",
            survey->fault_line, BC_STR_ARG(survey->fault));
    if (survey->misfits > 0)
        discover_remark(
            draft, (struct discover_note){ DISCOVER_DECIDE, DISCOVER_NO_COLUMN, survey->misfits },
            "rows that are not of %zu cells, as the first row is (the first of them, "
            "line %" PRIu64 ", has %zu): mend or remove them, or import with --rejects",
            survey->column_n, survey->misfit_line, survey->misfit_cells);
}

static void write_map(struct discover_draft *draft, const struct discover_table *table)
{
    write_head(draft, table);
    write_file(draft, table);
    discover_end_plain(draft);
    discover_write_deal(draft);
    discover_write_time(draft);
    discover_write_crosswalks(draft);
    discover_write_skipped(draft);
    discover_write_events(draft);
    discover_write_properties(draft);
    discover_write_ignored(draft);
}

bc_status discover(struct discovered *out, const struct discover_table *table,
                   const bc_rules *rules, struct bc_err *err)
{
    bc_status rc = discover_survey_open(&out->survey, table, err);

    if (rc == BC_OK)
        rc = discover_guess(&out->guess, &out->survey, rules, err);
    if (rc < 0)
        return rc;
    out->draft = (struct discover_draft){
        .guess = &out->guess, .used = bc_calloc(out->survey.column_n + 1, sizeof(*out->draft.used))
    };
    write_map(&out->draft, table);
    return BC_OK;
}

void discover_release(struct discovered *found)
{
    discover_draft_release(&found->draft);
    discover_guess_release(&found->guess);
    discover_survey_release(&found->survey);
}

size_t discover_count(const struct discovered *found, enum discover_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < found->draft.remark_n; i++)
        n += found->draft.remarks[i].kind == kind;
    return n;
}
