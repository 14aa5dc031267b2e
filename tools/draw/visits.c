#include "tools/draw/visits.h"

#include "tools/draw/svg.h"

#include <math.h>

enum {
    SHADES = 6,   /* of open stages */
    PAD = 6,      /* from a bar's ends to its text */
    BASELINE = 4, /* of a text below the middle of its bar */
};

/* Looks: open stages by their shade, then the others. */
enum { LOOK_WON = SHADES, LOOK_LOST, LOOK_OTHER };
static const char *const looks[] = { "v0", "v1",    "v2",     "v3",     "v4",
                                     "v5", "v-won", "v-lost", "v-other" };

/* Few stages are as far apart as can be. */
static int shade_of(const struct visits_time *time, unsigned step)
{
    const double last = time->step_n > 1 ? time->step_n - 1 : 1;

    return (int)lround(fmin(step / last, 1) * (SHADES - 1));
}

static int look_of(const struct visits_time *time, const struct visits_visit *visit)
{
    switch (visit->kind) {
    case VISITS_OPEN:
        return shade_of(time, visit->step);
    case VISITS_WON:
        return LOOK_WON;
    case VISITS_LOST:
        return LOOK_LOST;
    case VISITS_OTHER:
    case VISITS_KIND_N:
        break;
    }
    return LOOK_OTHER;
}

/* --- time --- */

int64_t visits_within(int64_t us)
{
    return us < 0 ? 0 : us > BC_INSTANT_MAX ? BC_INSTANT_MAX : us;
}

/* As the zone's clock shows it. */
static double day_of(const bc_zone *zone, int64_t us)
{
    const int64_t at = visits_within(us);
    const int64_t offset = zone ? bc_zone_offset(zone, at) : 0;

    return (double)(at + offset * BC_SECOND_US) / (double)BC_DAY_US;
}

struct visits_scale visits_scale_of(const struct visits_time *time, int64_t from_us, int64_t to_us,
                                    double left, double right)
{
    const int64_t to = visits_within(to_us), from = visits_within(from_us);
    const int64_t begin = to - from < BC_DAY_US ? to - BC_DAY_US : from;

    return (struct visits_scale){
        .zone = time->zone,
        .days = { day_of(time->zone, begin), day_of(time->zone, to), left, right },
        .cut_us = BC_INSTANT_MAX,
        .to_us = to,
        .cut_at = right,
        .to_at = right,
    };
}

double visits_at(const struct visits_scale *scale, int64_t us)
{
    const double at = scale_at(&scale->days, day_of(scale->zone, us));

    if (us > scale->cut_us) {
        const double part =
            (double)(visits_within(us) - scale->cut_us) / (double)(scale->to_us - scale->cut_us);

        return scale->cut_at + fmin(part, 1) * (scale->to_at - scale->cut_at);
    }
    return fmax(scale->days.at_low, fmin(at, scale->days.at_high));
}

int64_t visits_end(const struct visits_time *time, const struct visits_visit *visit)
{
    const int64_t end_us = visit->left ? visit->left_us : time->as_of_us;

    return end_us > visit->entered_us ? end_us : visit->entered_us;
}

double visits_days(const struct visits_time *time, const struct visits_visit *visit)
{
    return ((double)visits_end(time, visit) - (double)visit->entered_us) / (double)BC_DAY_US;
}

/* --- bars --- */

static bool has_room(struct bc_str text, double width)
{
    return (double)(svg_letters(text) * SVG_LETTER) + 2.0 * PAD <= width;
}

/* Stage and days, or one of them. */
static void add_label(struct bc_buf *out, const struct visits_time *time,
                      const struct visits_visit *visit, double x, double width, double y)
{
    const int look = look_of(time, visit);
    const char *class = look == LOOK_WON ? "on" : look == LOOK_LOST ? "hi halo" : "hi";
    struct bc_buf days = { 0 }, both = { 0 };
    struct bc_str text = { 0 };

    if (!visit->observed)
        axis_value_add(&days, AXIS_DAYS, visits_days(time, visit), false);
    bc_buf_add_str(&both, visit->stage);
    bc_buf_printf(&both, days.len ? " " : "");
    bc_buf_add_str(&both, bc_buf_str(&days));
    if (has_room(bc_buf_str(&both), width))
        text = bc_buf_str(&both);
    else if (has_room(visit->stage, width))
        text = visit->stage;
    else if (has_room(bc_buf_str(&days), width))
        text = bc_buf_str(&days);
    if (text.len)
        svg_text(out, class, x + PAD, y, text);
    bc_buf_release(&days);
    bc_buf_release(&both);
}

void visits_draw(struct bc_buf *out, const struct visits_scale *scale,
                 const struct visits_time *time, const struct visits_visit *visits, size_t n,
                 double top, double height, bool labelled)
{
    size_t room = (size_t)(scale->to_at - scale->days.at_low) + 1;
    double thin_at = -1; /* where the last one stands that is as thin as can be */

    for (size_t i = 0; i < n && room > 0; i++) {
        const double x = visits_at(scale, visits[i].entered_us);
        const double end = visits_at(scale, visits_end(time, &visits[i]));
        const double width = fmax(end - x - 1, 1);

        if (end - x <= 1 && floor(x) <= thin_at)
            continue;
        if (end - x <= 1)
            thin_at = floor(x);
        svg_rect(out, looks[look_of(time, &visits[i])], fmin(x, scale->to_at - 1), top, width,
                 height);
        if (labelled)
            add_label(out, time, &visits[i], x, width, top + height / 2 + BASELINE);
        room--;
    }
}

/* --- words --- */

void visits_say_day(struct bc_buf *out, const struct visits_time *time, int64_t us)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, (int32_t)floor(day_of(time->zone, us)));
    bc_buf_printf(out, "%s", text);
}

void visits_say(struct bc_buf *out, const struct visits_time *time,
                const struct visits_visit *visit)
{
    bc_buf_add_str(out, visit->stage);
    bc_buf_add_str(out, visit->left ? BC_STR(" from ") : BC_STR(" since "));
    visits_say_day(out, time, visit->entered_us);
    if (visit->left) {
        bc_buf_add_str(out, BC_STR(" to "));
        visits_say_day(out, time, visit->left_us);
    }
    if (!visit->observed)
        bc_buf_printf(out, ", %.1f days", visits_days(time, visit));
}

/* --- key --- */

static void draw_sign(struct bc_buf *out, int look, double x, double y)
{
    svg_rect(out, looks[look], x, y - 5, 16, 10);
}

static bool has_sign(const struct visits_signs *signs, struct bc_str stage)
{
    for (size_t i = 0; i < signs->n; i++)
        if (bc_str_eq(signs->at[i].word, stage))
            return true;
    return false;
}

/* In the order of their looks, open stages first. */
void visits_signs_add(struct visits_signs *signs, const struct visits_time *time,
                      const struct visits_visit *visits, size_t n)
{
    for (size_t i = 0; i < n && signs->n < VISITS_SIGNS; i++) {
        const struct sheet_sign sign = { draw_sign, look_of(time, &visits[i]), 16,
                                         visits[i].stage };
        size_t at = signs->n;

        if (has_sign(signs, sign.word))
            continue;
        for (; at > 0 && signs->at[at - 1].of > sign.of; at--)
            signs->at[at] = signs->at[at - 1];
        signs->at[at] = sign;
        signs->n++;
    }
}
