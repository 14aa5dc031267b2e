/* tools/export/tables_row.c - the columns of the tables, rows of them, and their days. */
#include "tools/export/tables_impl.h"

#include <assert.h>

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, COLUMN_TEXT, false, false                                                            \
    }
#define TEXT_NULL(name)                                                                            \
    {                                                                                              \
        name, COLUMN_TEXT, true, false                                                             \
    }
#define INTEGER(name)                                                                              \
    {                                                                                              \
        name, COLUMN_INTEGER, false, false                                                         \
    }
#define INTEGER_NULL(name)                                                                         \
    {                                                                                              \
        name, COLUMN_INTEGER, true, false                                                          \
    }
#define FOR_SQL(name)                                                                              \
    {                                                                                              \
        name, COLUMN_INTEGER, false, true                                                          \
    }
#define FOR_SQL_NULL(name)                                                                         \
    {                                                                                              \
        name, COLUMN_INTEGER, true, true                                                           \
    }
#define REAL_NULL(name)                                                                            \
    {                                                                                              \
        name, COLUMN_REAL, true, false                                                             \
    }
#define BOOL(name)                                                                                 \
    {                                                                                              \
        name, COLUMN_BOOL, false, false                                                            \
    }
#define INSTANT(name)                                                                              \
    {                                                                                              \
        name, COLUMN_INSTANT, false, false                                                         \
    }
#define INSTANT_NULL(name)                                                                         \
    {                                                                                              \
        name, COLUMN_INSTANT, true, false                                                          \
    }

/* clang-format off */
static const struct table_column basis[] = {
    INSTANT("as_of"), INSTANT_NULL("known_at"), TEXT("clock"), TEXT("rules"), TEXT("timezone"),
    TEXT("rules_sha256"), TEXT("rules_text"), INTEGER("events"), TEXT("root"), TEXT("program"),
};
static const struct table_column asked[] = { TEXT("date") };
static const struct table_column days[] = {
    INTEGER("day"), TEXT("date"), INSTANT_NULL("begins"), FOR_SQL("begins_us"),
};
static const struct table_column slices[] = {
    TEXT("slice"), INTEGER("number"), TEXT_NULL("deal_type"),
};
static const struct table_column stages[] = {
    TEXT("stage"), INTEGER("number"), TEXT("label"), TEXT("kind"), BOOL("start"),
};
static const struct table_column metric_rules[] = {
    TEXT("metric"), INTEGER("number"), TEXT("kind"), TEXT("measure"), TEXT("headline"),
    INTEGER_NULL("window_days"), TEXT_NULL("basis"), TEXT_NULL("contract"),
    INTEGER_NULL("days_min"), INTEGER_NULL("days_max"), REAL_NULL("stalled_after"),
};
static const struct table_column metric_sets[] = { TEXT("metric"), TEXT("part"), TEXT("member") };
static const struct table_column deals[] = {
    TEXT("deal"), TEXT_NULL("name"), TEXT_NULL("owner"), TEXT_NULL("deal_type"),
    TEXT_NULL("stage"), INSTANT_NULL("in_stage_since"), BOOL("there"), INSTANT("first_event"),
    INSTANT_NULL("created"), INSTANT_NULL("service_ended"), FOR_SQL("service_ended_day"),
};
static const struct table_column standings[] = {
    TEXT("deal"), INSTANT_NULL("begins"), INSTANT_NULL("ends"), FOR_SQL("first_day"),
    FOR_SQL("until_day"), TEXT_NULL("deal_type"), TEXT_NULL("contract_start"),
    TEXT_NULL("contract_end"), TEXT_NULL("mrr"), TEXT_NULL("renews"), TEXT_NULL("parked_until"),
    FOR_SQL_NULL("contract_start_day"), FOR_SQL_NULL("contract_end_day"),
    FOR_SQL_NULL("parked_until_day"),
};
static const struct table_column visits[] = {
    TEXT("deal"), INTEGER("visit"), TEXT("stage"), BOOL("known"), BOOL("observed"),
    INSTANT("entered"), INSTANT_NULL("exited"), TEXT_NULL("stage_before"), TEXT_NULL("stage_after"),
    INTEGER("seq"), FOR_SQL("entered_us"), FOR_SQL_NULL("exited_us"), FOR_SQL("first_day"),
    FOR_SQL("until_day"),
};
static const struct table_column properties[] = {
    TEXT("deal"), TEXT("property"), TEXT_NULL("value"), INSTANT_NULL("begins"),
    INSTANT_NULL("ends"), INSTANT("set_at"), INTEGER("seq"), FOR_SQL("first_day"),
    FOR_SQL("until_day"),
};
static const struct table_column meetings[] = {
    TEXT("deal"), TEXT("meeting"), INSTANT("starts"), TEXT("outcome"), TEXT_NULL("type"),
    TEXT_NULL("stage"), INSTANT("logged"), INSTANT_NULL("ends"), INTEGER("seq"),
    FOR_SQL("starts_day"), FOR_SQL("first_day"), FOR_SQL("until_day"),
};
static const struct table_column emails[] = {
    TEXT("deal"), TEXT("email"), INSTANT("sent"), TEXT_NULL("campaign"), TEXT_NULL("stage"),
    INSTANT_NULL("opened"), INSTANT_NULL("ends"), INTEGER("seq"), FOR_SQL("opened_day"),
    FOR_SQL("first_day"), FOR_SQL("until_day"),
};
static const struct table_column enrolments[] = {
    TEXT("deal"), TEXT("experiment"), TEXT_NULL("arm"), INSTANT("enrolled"), INTEGER("seq"),
};
static const struct table_column anchors[] = {
    TEXT("deal"), TEXT("anchor"), TEXT("key"), INSTANT("anchored"), TEXT("outcome"),
    REAL_NULL("days"), INTEGER("seq"),
};
static const struct table_column experiments[] = {
    TEXT("experiment"), TEXT_NULL("hypothesis"), TEXT_NULL("kind"), TEXT_NULL("metric"),
    TEXT_NULL("target"), TEXT_NULL("campaign"), TEXT_NULL("cost"), TEXT_NULL("currency"),
    INSTANT_NULL("begun"), INSTANT_NULL("concluded"), TEXT_NULL("outcome"), TEXT_NULL("learning"),
};
static const struct table_column findings[] = {
    INTEGER("number"), TEXT("finding"), BOOL("usual"), TEXT_NULL("deal"), INSTANT_NULL("happened"),
    TEXT_NULL("event"), TEXT_NULL("actor"), TEXT_NULL("source"), TEXT("says"),
};
static const struct table_column events[] = {
    INTEGER("seq"), TEXT("id"), TEXT_NULL("kind"), TEXT_NULL("deal"), INSTANT("occurred"),
    INSTANT("recorded"), INSTANT_NULL("source_recorded"), TEXT_NULL("actor"),
    TEXT_NULL("source_system"), TEXT_NULL("source_ref"), TEXT_NULL("source_how"),
    BOOL("retracted"), TEXT_NULL("body"),
};

#define TABLE(id, columns, key, what) \
    [id] = { #columns, what, columns, sizeof(columns) / sizeof((columns)[0]), key }
const struct table tables[TABLE_N] = {
    TABLE(TABLE_BASIS, basis, NULL, "what all of this rests on: one row"),
    TABLE(TABLE_ASKED, asked, "date", "the dates that the metrics are asked at"),
    TABLE(TABLE_DAYS, days, "day", "the days of the rules' zone, and when each begins"),
    TABLE(TABLE_SLICES, slices, NULL, "the deal types of each slice"),
    TABLE(TABLE_STAGES, stages, "stage", "the stages of the rules"),
    TABLE(TABLE_METRIC_RULES, metric_rules, "metric", "what each metric is"),
    TABLE(TABLE_METRIC_SETS, metric_sets, "metric,part,member",
          "the stages, types and conditions of each"),
    TABLE(TABLE_DEALS, deals, "deal", "each deal, as of the date"),
    TABLE(TABLE_STANDINGS, standings, NULL, "from when to when a deal was there, and as what"),
    TABLE(TABLE_VISITS, visits, "deal,visit", "each visit of a deal to a stage"),
    TABLE(TABLE_PROPERTIES, properties, NULL, "from when to when a property had a value"),
    TABLE(TABLE_MEETINGS, meetings, NULL, "each meeting of a deal, once more where it changed"),
    TABLE(TABLE_EMAILS, emails, NULL, "each e-mail, as often as it was sent anew"),
    TABLE(TABLE_ENROLMENTS, enrolments, NULL, "which deals were enrolled in which experiment"),
    TABLE(TABLE_ANCHORS, anchors, "deal,anchor,key",
          "what became of each deal from a first entry, lead or enrolment on"),
    TABLE(TABLE_EXPERIMENTS, experiments, "experiment", "what was tried"),
    TABLE(TABLE_FINDINGS, findings, "number", "what the rules find odd"),
    TABLE(TABLE_EVENTS, events, "seq", "the log: every event that was known"),
};
#undef TABLE
/* clang-format on */

enum table_id tables_find(const char *name)
{
    size_t id = 0;

    while (id < TABLE_N && strcmp(tables[id].name, name) != 0)
        id++;
    return (enum table_id)id;
}

/* --- days --- */

/* Where clocks go back over midnight the calendar shows a day, the one before, and it again. */
int32_t tables_day(const struct tables_out *out, int64_t us)
{
    int32_t day = bc_zone_day(out->rules->zone, us);

    while (us <= bc_zone_day_end(out->rules->zone, day - 1))
        day--;
    return day;
}

int32_t tables_until_day(const struct tables_out *out, int64_t us)
{
    return us == BC_NEVER ? TABLES_NEVER : tables_day(out, us);
}

/* --- rows --- */

struct tables_row tables_row_of(enum table_id id)
{
    return (struct tables_row){ .table = &tables[id] };
}

static void put(struct tables_row *row, const char *name, enum column_type type,
                struct table_value value)
{
    const struct table_column *column = &row->table->columns[row->n];

    assert(row->n < row->table->column_n && strcmp(column->name, name) == 0);
    assert(value.null ? column->null : column->type == type);
    (void)column, (void)name, (void)type;
    row->at[row->n++] = value;
}

void tables_text(struct tables_row *row, const char *name, struct bc_str text)
{
    put(row, name, COLUMN_TEXT, (struct table_value){ .text = text });
}

void tables_text_or_null(struct tables_row *row, const char *name, struct bc_str text)
{
    if (text.len)
        tables_text(row, name, text);
    else
        tables_null(row, name);
}

void tables_integer(struct tables_row *row, const char *name, int64_t integer)
{
    put(row, name, COLUMN_INTEGER, (struct table_value){ .integer = integer });
}

void tables_real(struct tables_row *row, const char *name, double real)
{
    put(row, name, COLUMN_REAL, (struct table_value){ .real = real });
}

void tables_bool(struct tables_row *row, const char *name, bool yes)
{
    put(row, name, COLUMN_BOOL, (struct table_value){ .yes = yes });
}

void tables_instant(struct tables_row *row, const char *name, int64_t us)
{
    put(row, name, COLUMN_INSTANT, (struct table_value){ .integer = us });
}

void tables_instant_or_null(struct tables_row *row, const char *name, int64_t us, int64_t none)
{
    if (us == none)
        tables_null(row, name);
    else
        tables_instant(row, name, us);
}

void tables_day_text(struct tables_row *row, const char *name, int32_t day)
{
    char *text = row->days[row->day_n++];

    assert(row->day_n <= TABLE_DAY_MAX);
    bc_day_print(text, day);
    tables_text(row, name, bc_str_of(text));
}

void tables_null(struct tables_row *row, const char *name)
{
    put(row, name, COLUMN_TEXT, (struct table_value){ .null = true });
}

bc_status tables_row_end(struct tables_row *row, const struct tables_out *out, struct bc_err *err)
{
    assert(row->n == row->table->column_n);
    return out->sink->row(out->sink, row->table, row->at, err);
}
