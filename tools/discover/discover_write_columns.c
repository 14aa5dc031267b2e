#include "tools/discover/discover_write.h"

#include <inttypes.h>

enum { CHOICES_MOST = 8 };

static const struct discover_column *column_at(const struct discover_draft *draft, size_t column)
{
    return &draft->guess->survey->columns[column];
}

static void add_different(struct bc_buf *out, const struct discover_column *column)
{
    bc_buf_printf(out, "%s%zu different in %" PRIu64 " rows",
                  column->words.more ? "more than " : "", column->words.seen.n, column->filled);
    bc_buf_add_byte(out, '\0');
}

/* --- the deal --- */

static void write_deal_choices(struct discover_draft *draft)
{
    const struct discover_survey *survey = draft->guess->survey;
    size_t n = 0;

    discover_add(draft, "deal: \"\"");
    discover_end(draft, (struct discover_note){ DISCOVER_DECIDE, DISCOVER_NO_COLUMN, survey->rows },
                 "which column says the deal? None by its name; one of these, or another");
    for (size_t i = 0; i < survey->column_n && n < CHOICES_MOST; i++) {
        const struct discover_column *column = &survey->columns[i];
        const bool used = draft->used[i];
        struct bc_buf how_many = { 0 };

        if (!column->nameable || column->filled < survey->rows || discover_column_is_time(column) ||
            draft->guess->named[i].role != DISCOVER_NONE)
            continue;
        n++;
        add_different(&how_many, column);
        discover_add(draft, "# deal: ");
        discover_add_cell(draft, i);
        discover_end(draft, DISCOVER_SAY, "%s", how_many.at);
        draft->used[i] = used;
        bc_buf_release(&how_many);
    }
}

void discover_write_deal(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    const size_t deal = guess->of[DISCOVER_DEAL], actor = guess->of[DISCOVER_ACTOR];
    struct bc_buf how_many = { 0 };

    if (deal == DISCOVER_NO_COLUMN) {
        write_deal_choices(draft);
    } else {
        add_different(&how_many, column_at(draft, deal));
        discover_add(draft, "deal: ");
        discover_add_cell(draft, deal);
        if (guess->why[DISCOVER_DEAL] == DISCOVER_BY_TITLE)
            discover_end(
                draft,
                (struct discover_note){ DISCOVER_CHECK, deal, column_at(draft, deal)->filled },
                "no column is an id, so this one; two deals of one name would be one");
        else
            discover_end(draft, DISCOVER_SAY, "by its name; %s", how_many.at);
        bc_buf_release(&how_many);
    }
    if (actor != DISCOVER_NO_COLUMN) {
        discover_add(draft, "actor: ");
        discover_add_cell(draft, actor);
        discover_end(draft, DISCOVER_SAY, "who changed it, by its name");
    }
}

/* Rows of deals that came into no stage yet, as the columns of times say. */
static void write_dateless(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    size_t n = 0;

    for (size_t i = 0; i < guess->survey->column_n; i++) {
        if (guess->named[i].role != DISCOVER_ENTERED || guess->named[i].stage == BC_NO_STAGE)
            continue;
        discover_add(draft, "%s", n++ ? ", " : "  - { ");
        discover_add_column(draft, i);
        discover_add(draft, ": { empty: true }");
    }
    if (n == 0)
        return;
    discover_add(draft, " }");
    discover_end(
        draft, (struct discover_note){ DISCOVER_CHECK, DISCOVER_NO_COLUMN, guess->counts.no_dates },
        "rows without any time of a stage give nothing, and are left out");
}

/* Of a history: rows that say neither a stage nor when. */
static void write_blank(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;

    discover_add(draft, "  - { ");
    discover_add_column(draft, guess->time);
    discover_add(draft, ": { empty: true }, ");
    discover_add_column(draft, guess->of[DISCOVER_STAGE]);
    discover_add(draft, ": { empty: true } }");
    discover_end(draft, (struct discover_note){ DISCOVER_CHECK, guess->time, guess->counts.blank },
                 "rows without a time and a stage, as a sum at the end is, are left out");
}

/* The import refuses them; what to do with them is not ours to say. */
static void write_timeless(struct discover_draft *draft, bool begun)
{
    const struct discover_guess *guess = draft->guess;
    const uint64_t rows = guess->counts.no_time;

    if (guess->time == DISCOVER_NO_COLUMN || rows == 0 ||
        guess->named[guess->time].role == DISCOVER_ENTERED)
        return;
    if (!begun)
        discover_end_plain(draft);
    discover_add(draft, begun ? "  # - { " : "# skip_rows: [{ ");
    discover_add_column(draft, guess->time);
    discover_add(draft, ": ");
    if (discover_add_nothing(draft, guess->time) == 0)
        discover_add(draft, "{ empty: true }");
    discover_add(draft, begun ? " }" : " }]");
    discover_end(draft, (struct discover_note){ DISCOVER_DECIDE, guess->time, rows },
                 "rows without a time: fill it in in the table, or take the first # of this line "
                 "away, which leaves them out");
}

void discover_write_skipped(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    const size_t deal = guess->of[DISCOVER_DEAL];
    const bool no_deal = deal != DISCOVER_NO_COLUMN && guess->counts.no_deal > 0;
    const size_t before = draft->map.len;
    size_t at;

    discover_end_plain(draft);
    discover_add(draft, "skip_rows:");
    discover_end_plain(draft);
    at = draft->map.len;
    if (no_deal) {
        discover_add(draft, "  - { ");
        discover_add_column(draft, deal);
        discover_add(draft, ": { empty: true } }");
        discover_end(draft, (struct discover_note){ DISCOVER_CHECK, deal, guess->counts.no_deal },
                     "rows without a deal, as a sum at the end is, are left out");
    }
    if (guess->counts.blank > 0)
        write_blank(draft);
    if (guess->counts.no_dates > 0)
        write_dateless(draft);
    if (guess->shape == DISCOVER_LOG)
        discover_write_log_skipped(draft);
    if (draft->map.len == at) /* none is */
        draft->map.len = before;
    write_timeless(draft, draft->map.len > before);
}

/* --- properties --- */

static const char *property_of(const struct discover_guess *guess, size_t column)
{
    const struct discover_named *named = &guess->named[column];

    if (named->role == DISCOVER_PROPERTY)
        return named->property;
    return named->role == DISCOVER_NAME     ? "deal_name"
           : named->role == DISCOVER_CLOSED ? "close_date"
                                            : NULL;
}

static void add_options(struct discover_draft *draft, size_t column, const char *property)
{
    const struct discover_guess *guess = draft->guess;
    const struct discover_column *of = column_at(draft, column);
    const size_t time = guess->time, deal = guess->of[DISCOVER_DEAL];
    const bool repeats = deal != DISCOVER_NO_COLUMN && column_at(draft, deal)->words.repeats;

    if (strcmp(property, "deal_type") == 0 && discover_column_is_words(of))
        discover_add(draft, ", crosswalk: deal_types");
    if (discover_is_time_role(&guess->named[column]))
        discover_add_day(draft, column);
    if (repeats && guess->counts.in_order && guess->shape != DISCOVER_DEALS)
        discover_add(draft, ", changes_only: true");
    if (time != DISCOVER_NO_COLUMN && guess->named[time].role == DISCOVER_ENTERED &&
        column_at(draft, time)->filled < guess->survey->rows) {
        discover_add(draft, ", when: { ");
        discover_add_column(draft, time);
        discover_add(draft, ": { empty: false } }");
    }
}

static bool is_amount(const char *property)
{
    return strcmp(property, "amount") == 0 || strcmp(property, "mrr") == 0;
}

/* The decimal sign that the map must say, or NULL; *guessed: by the semicolons between the cells,
 * which stand there where the comma is taken. */
static const char *decimal_of(const struct discover_draft *draft, size_t column, bool *guessed)
{
    const struct discover_column *cells = column_at(draft, column);
    const bool semicolons = csv_reader_delimiter(draft->guess->survey->reader) == ';';

    *guessed = false;
    if (cells->with_comma > 0)
        return "comma";
    if (cells->with_point > 0)
        return cells->spelled > 0 ? "point" : NULL;
    *guessed = cells->either > 0;
    if (cells->either == 0 && cells->spelled == 0)
        return NULL;
    return semicolons ? "comma" : "point";
}

static void write_property(struct discover_draft *draft, size_t column, const char *property)
{
    const struct discover_column *cells = column_at(draft, column);
    bool guessed = false;
    const char *decimal = is_amount(property) ? decimal_of(draft, column, &guessed) : NULL;

    discover_add(draft, "  ");
    discover_add_column(draft, column);
    discover_add(draft, ": { name: %s", property);
    if (decimal)
        discover_add(draft, ", decimal: %s", decimal);
    add_options(draft, column, property);
    discover_add(draft, " }");
    if (guessed)
        discover_end(draft, (struct discover_note){ DISCOVER_CHECK, column, cells->either },
                     "1.234 is taken with a decimal %s: %s", decimal,
                     strcmp(decimal, "comma") == 0 ? "1234" : "1.234; 1,234 is 1234");
    else
        discover_end(draft, DISCOVER_SAY, "by its name; %" PRIu64 " of %" PRIu64 " rows have one",
                     cells->filled, draft->guess->survey->rows);
}

/* Rows whose time is that of a stage that they never came to have no properties. */
static void remark_untimed(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    const size_t time = guess->time;

    if (time == DISCOVER_NO_COLUMN || guess->named[time].role != DISCOVER_ENTERED ||
        guess->counts.no_time == 0)
        return;
    discover_remark(draft, (struct discover_note){ DISCOVER_CHECK, time, guess->counts.no_time },
                    "properties are dated so, and rows without it have none");
}

/* Slices are of deal types. A log of changes may tell them in its rows. */
static void remark_untyped(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;

    if (guess->shape != DISCOVER_LOG)
        discover_remark(
            draft,
            (struct discover_note){ DISCOVER_CHECK, DISCOVER_NO_COLUMN, guess->survey->rows },
            "no column says the deal type, without which deals are in no slice of a type; for one "
            "of all deals: `dealCreated: { dealType: newbusiness }`");
}

void discover_write_properties(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    bool begun = false, typed = false;

    for (size_t i = 0; i < guess->survey->column_n; i++) {
        const char *property = property_of(guess, i);

        if (!property || column_at(draft, i)->filled == 0)
            continue;
        if (!begun) {
            discover_end_plain(draft);
            discover_add(draft, "properties:");
            discover_end_plain(draft);
            remark_untimed(draft);
        }
        begun = true;
        typed |= strcmp(property, "deal_type") == 0;
        write_property(draft, i, property);
    }
    if (!typed)
        remark_untyped(draft);
}

void discover_write_ignored(struct discover_draft *draft)
{
    const struct discover_survey *survey = draft->guess->survey;
    bool begun = false, nameless = false;

    for (size_t i = 0; i < survey->column_n; i++) {
        const struct discover_column *column = &survey->columns[i];

        if (draft->used[i] || (nameless && column->name.len == 0))
            continue;
        nameless |= column->name.len == 0;
        if (!begun) {
            discover_end_plain(draft);
            discover_add(draft, "ignore_columns:");
            discover_end(draft, DISCOVER_SAY,
                         "nothing in the ledger reads them; to keep one: `properties`");
        }
        begun = true;
        discover_add(draft, "  - ");
        discover_add_column(draft, i);
        discover_end(draft, (struct discover_note){ DISCOVER_LEFT_OUT, i, column->filled },
                     "%" PRIu64 " of %" PRIu64 " rows have one", column->filled, survey->rows);
    }
}
