#include "tools/draw/axis.h"

#include "ledger/base/instant.h"
#include "tools/draw/svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double FIFTH = 0.2; /* of a rate: plots end at 20, 40, ... 100 % */

enum { LABEL_WIDTH = 60, DATE_WIDTH = 92, TICK = 4, MONTHS = 12, FEW_DAYS = 62, MARGIN = 12 };

/* One that is longer than any that is counted is cut to its power. */
static void add_decimals(struct bc_buf *out, double value, int decimals)
{
    if (fabs(value) < 1e15)
        bc_buf_printf(out, "%.*f", decimals, value);
    else
        bc_buf_printf(out, "%.3g", value);
}

void axis_value_add(struct bc_buf *out, enum axis_kind kind, double value, bool tick)
{
    switch (kind) {
    case AXIS_COUNT:
        add_decimals(out, value, 0);
        break;
    case AXIS_RATE:
        add_decimals(out, 100 * value, tick ? 0 : 1);
        bc_buf_printf(out, "\xc2\xa0%%");
        break;
    case AXIS_DAYS:
        add_decimals(out, value, tick ? 0 : 1);
        bc_buf_printf(out, "\xc2\xa0"
                           "d");
        break;
    case AXIS_AMOUNT:
        add_decimals(out, value, tick ? 0 : 2);
        break;
    }
}

struct scale axis_scale(enum axis_kind kind, double most, double bottom, double top, double *step)
{
    if (kind == AXIS_RATE) {
        const double high = scale_top(fmin(most, 1), FIFTH);

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
    int year, month, day_of_month;

    bc_civil_of_day(&year, &month, &day_of_month, day);
    return year * MONTHS + month - 1;
}

static int32_t first_of(int month)
{
    return bc_day_of_civil(month / MONTHS, month % MONTHS + 1, 1);
}

/* Where dates stand, and how they are drawn. */
struct dates {
    struct bc_buf *out;
    const struct scale *scale;
    bool above;
    double y, bottom; /* above: of the lines down */
};

static void add_label(const struct dates *dates, int32_t day, const char *text)
{
    const double x = scale_at(dates->scale, day);

    if (dates->above) {
        svg_line(dates->out, "grid", x, dates->y, x, dates->bottom);
        if (x + (double)(strlen(text) * SVG_LETTER) < dates->scale->at_high + MARGIN)
            svg_text(dates->out, "", x + 3, dates->y - 6, bc_str_of(text));
    } else {
        svg_line(dates->out, "tick", x, dates->y, x, dates->y + TICK);
        svg_text(dates->out, "m", x, dates->y + TICK + 13, bc_str_of(text));
    }
}

static void add_days(const struct dates *dates)
{
    const struct scale *scale = dates->scale;
    const int room = (int)((scale->at_high - scale->at_low) / DATE_WIDTH);
    const int32_t span = (int32_t)(scale->high - scale->low);
    const int32_t each = span / (room > 1 ? room : 1) + 1;
    char text[BC_DAY_LEN];

    for (int32_t day = (int32_t)ceil(scale->low); day <= (int32_t)scale->high; day += each) {
        bc_day_print(text, day);
        add_label(dates, day, text);
    }
}

/* Each so many months that there is room: quarters, half-years, years, and so on. */
static int month_step(int months, int room)
{
    static const int steps[] = { 1, 3, 6, 12, 24, 60 };
    int step = 120;

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (months / steps[i] <= room)
            return steps[i];
    while (months / step > room)
        step *= 2;
    return step;
}

static void add_dates(const struct dates *dates)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    const struct scale *scale = dates->scale;
    const int room = (int)fmax((scale->at_high - scale->at_low) / LABEL_WIDTH, 1);
    const int first = month_of((int32_t)scale->low), last = month_of((int32_t)scale->high);
    const int step = month_step(last - first, room);
    bool year_said = false;

    if (scale->high - scale->low < FEW_DAYS) {
        add_days(dates);
        return;
    }
    for (int month = first - first % step; month <= last; month += step) {
        const int32_t day = first_of(month);
        const bool january = month % MONTHS == 0;
        char text[24];

        if (day < scale->low)
            continue;
        if (january)
            (void)snprintf(text, sizeof(text), "%d", month / MONTHS);
        else
            (void)snprintf(text, sizeof(text), year_said ? "%s" : "%s %d", names[month % MONTHS],
                           month / MONTHS);
        add_label(dates, day, text);
        year_said = true;
    }
}

void axis_dates(struct bc_buf *out, const struct scale *scale, double y)
{
    add_dates(&(struct dates){ .out = out, .scale = scale, .y = y });
}

void axis_dates_above(struct bc_buf *out, const struct scale *scale, double y1, double y2)
{
    add_dates(&(struct dates){ .out = out, .scale = scale, .above = true, .y = y1, .bottom = y2 });
}
