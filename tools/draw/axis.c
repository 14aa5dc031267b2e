#include "tools/draw/axis.h"

#include "ledger/base/instant.h"
#include "tools/draw/svg.h"

#include <stdio.h>
#include <stdlib.h>

static const double FIFTH = 0.2; /* of a rate: plots end at 20, 40, ... 100 % */

enum { LABEL_WIDTH = 64, DATE_WIDTH = 92, TICK = 4, MONTHS = 12, FEW_DAYS = 62 };

void axis_value_add(struct bc_buf *out, enum axis_kind kind, double value, bool tick)
{
    switch (kind) {
    case AXIS_COUNT:
        bc_buf_printf(out, "%.0f", value);
        break;
    case AXIS_RATE:
        bc_buf_printf(out, tick ? "%.0f\xc2\xa0%%" : "%.1f\xc2\xa0%%", 100 * value);
        break;
    case AXIS_DAYS:
        bc_buf_printf(out,
                      tick ? "%.0f\xc2\xa0"
                             "d"
                           : "%.1f\xc2\xa0"
                             "d",
                      value);
        break;
    case AXIS_AMOUNT:
        bc_buf_printf(out, tick ? "%.0f" : "%.2f", value);
        break;
    }
}

struct scale axis_scale(enum axis_kind kind, double most, double bottom, double top, double *step)
{
    if (kind == AXIS_RATE) {
        const double high = scale_top(most, FIFTH);

        *step = high > 0.5 ? FIFTH : high / 4;
        return (struct scale){ 0, high, bottom, top };
    }
    *step = scale_step(most, kind == AXIS_AMOUNT ? 0.2 : 1);
    return (struct scale){ 0, scale_top(most, *step), bottom, top };
}

void axis_values(struct bc_buf *out, const struct scale *scale, double step, enum axis_kind kind,
                 double x1, double x2)
{
    const int n = (int)(scale->high / step + 0.5);

    for (int i = 0; i <= n; i++) {
        const double y = scale_at(scale, step * i);
        struct bc_buf label = { 0 };

        axis_value_add(&label, kind, step * i, true);
        svg_line(out, i ? "grid" : "axis", x1, y, x2, y);
        svg_text(out, "e", x1 - 6, y + 4, bc_buf_str(&label));
        bc_buf_release(&label);
    }
}

/* --- dates --- */

static int month_of(int32_t day)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    return atoi(text) * MONTHS + atoi(text + 5) - 1;
}

static int32_t first_of(int month)
{
    char text[32];
    int32_t day = 0;

    (void)snprintf(text, sizeof(text), "%04d-%02d-01", month / MONTHS, month % MONTHS + 1);
    (void)bc_day_parse(&day, bc_str_of(text));
    return day;
}

static void add_label(struct bc_buf *out, const struct scale *scale, double y, int32_t day,
                      const char *text)
{
    const double x = scale_at(scale, day);

    svg_line(out, "tick", x, y, x, y + TICK);
    svg_text(out, "m", x, y + TICK + 13, bc_str_of(text));
}

static void add_days(struct bc_buf *out, const struct scale *scale, double y)
{
    const int room = (int)((scale->at_high - scale->at_low) / DATE_WIDTH);
    const int32_t span = (int32_t)(scale->high - scale->low);
    const int32_t each = span / (room > 1 ? room : 1) + 1;
    char text[BC_DAY_LEN];

    for (int32_t day = (int32_t)scale->low; day <= (int32_t)scale->high; day += each) {
        bc_day_print(text, day);
        add_label(out, scale, y, day, text);
    }
}

/* Each so many months that there is room: quarters, half-years, years. */
static int month_step(int months, int room)
{
    static const int steps[] = { 1, 3, 6, 12, 24, 60 };

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (months / steps[i] <= room)
            return steps[i];
    return 120;
}

void axis_dates(struct bc_buf *out, const struct scale *scale, double y)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    const int room = (int)((scale->at_high - scale->at_low) / LABEL_WIDTH);
    const int first = month_of((int32_t)scale->low), last = month_of((int32_t)scale->high);
    const int step = month_step(last - first, room);
    bool year_said = false;

    if (scale->high - scale->low < FEW_DAYS) {
        add_days(out, scale, y);
        return;
    }
    for (int month = first; month <= last; month++) {
        const int32_t day = first_of(month);
        const bool january = month % MONTHS == 0;
        char text[24];

        if (month % step || day < scale->low)
            continue;
        if (january)
            (void)snprintf(text, sizeof(text), "%d", month / MONTHS);
        else
            (void)snprintf(text, sizeof(text), year_said ? "%s" : "%s %d", names[month % MONTHS],
                           month / MONTHS);
        add_label(out, scale, y, day, text);
        year_said = true;
    }
}
