#include "tools/cli/text.h"
#include "tools/discover/discover_words.h"
#include "tools/discover/discover_write.h"

#include <inttypes.h>

static const struct discover_column *column_at(const struct discover_draft *draft, size_t column)
{
    return &draft->guess->survey->columns[column];
}

static const struct discover_choice *choice_of(const struct discover_draft *draft, size_t column)
{
    return &draft->guess->times[column];
}

/* Day first or month first: nothing in the whole table tells. */
static bool is_open(const struct discover_draft *draft, size_t column)
{
    const struct discover_choice *choice = choice_of(draft, column);

    return choice->both || (choice->first && draft->guess->order_column == DISCOVER_NO_COLUMN);
}

static bool same_formats(const struct discover_draft *draft, size_t a, size_t b)
{
    const struct discover_choice *left = choice_of(draft, a), *right = choice_of(draft, b);

    return left->n == right->n && left->n > 0 &&
           memcmp(left->format, right->format, left->n * sizeof(left->format[0])) == 0;
}

static void add_list(struct discover_draft *draft, const struct discover_choice *choice,
                     bool turned)
{
    discover_add(draft, "[");
    for (size_t i = 0; i < choice->n; i++) {
        const unsigned which = turned ? discover_turned(choice->format[i]) : choice->format[i];

        discover_add(draft, "%s", i ? ", " : "");
        discover_add_text(draft, discover_format(which)->text);
    }
    discover_add(draft, "]");
}

/* Cells that are no times: those that say nothing, as a list that `before` stands before. */
static size_t add_nothing(struct discover_draft *draft, size_t column, const char *before)
{
    const struct discover_column *of = column_at(draft, column);
    size_t n = 0;

    for (size_t i = 0; i < of->odd_n; i++) {
        if (!discover_says_nothing(of->odd[i].text))
            continue;
        discover_add(draft, "%s", n++ ? ", " : before);
        discover_add_text(draft, of->odd[i].text);
    }
    return n;
}

/* They are as good as empty. */
static void add_empty_as(struct discover_draft *draft, size_t column)
{
    if (add_nothing(draft, column, ", empty_as: [") > 0)
        discover_add(draft, "]");
}

size_t discover_add_nothing(struct discover_draft *draft, size_t column)
{
    const size_t n = add_nothing(draft, column, "[");

    if (n > 0 && column_at(draft, column)->filled < draft->guess->survey->rows)
        discover_add(draft, ", \"\"");
    discover_add(draft, "%s", n ? "]" : "");
    return n;
}

static void remark_odd(struct discover_draft *draft, size_t column)
{
    const struct discover_column *of = column_at(draft, column);
    uint64_t rows = of->odd_rows;
    struct bc_str example = { 0 };

    for (size_t i = 0; i < of->odd_n; i++) {
        if (discover_says_nothing(of->odd[i].text))
            rows -= of->odd[i].n;
        else if (example.len == 0)
            example = of->odd[i].text;
    }
    if (rows > 0)
        discover_remark(
            draft, (struct discover_note){ DISCOVER_DECIDE, column, rows },
            "\"%.*s\" is no time in a format that is known here: give its `formats`, or "
            "name it in `empty_as`",
            (int)text_cut(example, 40), example.at);
}

/* What the reader has to choose, as comments. */
static void write_both_ways(struct discover_draft *draft, size_t column, const char *indent)
{
    const struct discover_choice *choice = choice_of(draft, column);
    const struct bc_str example = column_at(draft, column)->fits[0].example;

    for (int turned = 0; turned < 2; turned++) {
        discover_add(draft, "%s# formats: ", indent);
        add_list(draft, choice, turned);
        discover_end(draft, DISCOVER_SAY, "%s first, in \"%.*s\"",
                     (choice->first > 0) == !turned ? "day" : "month", BC_STR_ARG(example));
    }
}

static void write_open(struct discover_draft *draft, size_t column, const char *indent)
{
    const struct discover_choice *choice = choice_of(draft, column);

    discover_add(draft, "%sformats: []", indent);
    discover_end(
        draft, (struct discover_note){ DISCOVER_DECIDE, column, column_at(draft, column)->filled },
        choice->both ? "some values have the day first, and some the month: one of these, "
                       "or both"
                     : "the day first or the month? No value has a part above 12; one of "
                       "these");
    write_both_ways(draft, column, indent);
}

static void write_formats(struct discover_draft *draft, size_t column)
{
    const struct discover_choice *choice = choice_of(draft, column);
    const struct discover_column *of = column_at(draft, column);
    const size_t proof = draft->guess->order_column;

    if (choice->n == 0) {
        discover_add(draft, "  formats: []");
        discover_end(draft, (struct discover_note){ DISCOVER_DECIDE, column, of->filled },
                     "no format that is known here fits; \"%%Y-%%m-%%d\" is year, month, day");
        return;
    }
    if (is_open(draft, column)) {
        write_open(draft, column, "  ");
        return;
    }
    discover_add(draft, "  formats: ");
    add_list(draft, choice, false);
    if (choice->first && choice->proof)
        discover_end(draft, DISCOVER_SAY, "%s first, since \"%.*s\" has a part above 12",
                     choice->first > 0 ? "day" : "month", BC_STR_ARG(choice->proof->example));
    else if (choice->first)
        discover_end(draft, DISCOVER_SAY, "%s first, as in the column %.*s",
                     choice->first > 0 ? "day" : "month",
                     BC_STR_ARG(column_at(draft, proof)->name));
    else
        discover_end(draft, DISCOVER_SAY, "all of %" PRIu64 " values, as \"%.*s\"",
                     of->times + of->counts, BC_STR_ARG(of->fits[0].example));
}

/* And not a property that is a day. */
static bool is_time_of_events(const struct discover_guess *guess, size_t column)
{
    const enum discover_role role = guess->named[column].role;

    return discover_is_time_role(&guess->named[column]) && role != DISCOVER_PROPERTY &&
           (role != DISCOVER_CLOSED || guess->shape == DISCOVER_DEALS || column == guess->time);
}

/* Whether any column of times lacks its zone, or its time of day. */
static void look_for_parts(const struct discover_draft *draft, bool *no_zone, bool *no_day_time,
                           bool *day_time)
{
    const struct discover_guess *guess = draft->guess;

    *no_zone = *no_day_time = *day_time = false;
    for (size_t i = 0; i < guess->survey->column_n; i++) {
        if (!is_time_of_events(guess, i))
            continue;
        for (size_t f = 0; f < guess->times[i].n; f++) {
            const struct csv_format *format = discover_format(guess->times[i].format[f]);
            const bool excel = !format->has_zone && format->text.at[0] == 'e';

            *no_zone |= !format->has_zone;
            *no_day_time |= !format->has_time;
            *day_time |= !format->has_zone && (format->has_time || excel);
        }
    }
}

static void write_zone(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    bool no_zone, no_day_time, day_time;

    look_for_parts(draft, &no_zone, &no_day_time, &day_time);
    if (no_zone) {
        discover_add(draft, "  zone: %s", guess->rules->timezone);
        if (day_time)
            discover_end(draft,
                         (struct discover_note){ DISCOVER_CHECK, guess->time, guess->survey->rows },
                         "the rules' zone; the table does not say in which one its times are");
        else
            discover_end(draft, DISCOVER_SAY, "the rules' zone, in which a date is that day");
    }
    if (no_day_time) {
        discover_add(draft, "  at: \"00:00\"");
        discover_end(draft, DISCOVER_SAY, "of dates without a time of day");
    }
}

static const char *why_time(const struct discover_guess *guess)
{
    const enum discover_role role = guess->named[guess->time].role;

    return guess->why[role] == DISCOVER_ONLY_TIME ? "the only column of times that is left"
                                                  : "by its name";
}

/* Which of two changes of one day came first. */
static void write_order(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;

    if (guess->counts.at_once == 0)
        return;
    discover_add(draft, "order: auto");
    discover_end(
        draft, (struct discover_note){ DISCOVER_CHECK, guess->time, guess->counts.at_once },
        "changes of the day, or the instant, of their deal's change before them (the first "
        "on line %" PRIu64 "): they are taken as the rows stand; `order_by: COLUMN` where "
        "one says which came first",
        guess->counts.at_once_line);
}

void discover_write_time(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;

    if (guess->time == DISCOVER_NO_COLUMN) {
        discover_add(draft, "# time:");
        discover_end(
            draft,
            (struct discover_note){ DISCOVER_DECIDE, DISCOVER_NO_COLUMN, guess->survey->rows },
            "when did it happen? No column says it by its name; "
            "`time: { column: NAME, formats: [\"%%Y-%%m-%%d\"] }`");
        return;
    }
    discover_add(draft, "time:");
    discover_end_plain(draft);
    discover_add(draft, "  column: ");
    discover_add_column(draft, guess->time);
    discover_end(draft, DISCOVER_SAY, "%s", why_time(guess));
    write_formats(draft, guess->time);
    write_zone(draft);
    add_empty_as(draft, guess->time);
    if (draft->line.len > 0) { /* ", empty_as: ..." of a flow map */
        struct bc_buf words = draft->line;

        draft->line = (struct bc_buf){ 0 };
        discover_add(draft, "  ");
        bc_buf_add(&draft->line, words.at + 2, words.len - 2);
        bc_buf_release(&words);
        discover_end(draft, DISCOVER_SAY, "these say that there is none");
    }
    remark_odd(draft, guess->time);
    write_order(draft);
}

void discover_write_time_of(struct discover_draft *draft, size_t column)
{
    const struct discover_guess *guess = draft->guess;

    if (column == guess->time)
        return;
    if (guess->time != DISCOVER_NO_COLUMN && same_formats(draft, column, guess->time)) {
        discover_add(draft, "    time: ");
        discover_add_column(draft, column);
        discover_end_plain(draft);
    } else {
        discover_add(draft, "    time: { column: ");
        discover_add_column(draft, column);
        if (guess->times[column].n > 0) {
            discover_add(draft, ", formats: ");
            if (is_open(draft, column))
                discover_add(draft, "[]");
            else
                add_list(draft, choice_of(draft, column), false);
        }
        add_empty_as(draft, column);
        discover_add(draft, " }");
        discover_end_plain(draft);
        if (is_open(draft, column)) {
            discover_remark(
                draft,
                (struct discover_note){ DISCOVER_DECIDE, column, column_at(draft, column)->filled },
                "the day first or the month? No value has a part above 12");
            write_both_ways(draft, column, "    ");
        }
    }
    remark_odd(draft, column);
}

void discover_add_day(struct discover_draft *draft, size_t column)
{
    const struct discover_guess *guess = draft->guess;

    if (guess->times[column].n == 0)
        return;
    discover_add(draft, ", formats: ");
    if (is_open(draft, column)) {
        discover_add(draft, "[]");
        discover_remark(
            draft,
            (struct discover_note){ DISCOVER_DECIDE, column, column_at(draft, column)->filled },
            "the day first or the month? No value has a part above 12: its `formats`");
    } else {
        add_list(draft, choice_of(draft, column), false);
    }
    add_empty_as(draft, column);
    remark_odd(draft, column);
}
