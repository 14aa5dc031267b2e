#include "tools/show/drawing.h"

#include "tools/cli/outfile.h"
#include "tools/cli/times.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

void drawing_add_widths(struct bc_buf *out, size_t *drawings, drawing_fn *draw, const void *shown)
{
    static const struct {
        const char *class;
        double width;
    } widths[DRAWING_WIDTHS] = { { "wide", SHEET_WIDE },
                                 { "mid", SHEET_MIDDLE },
                                 { "narrow", SHEET_NARROW } };

    for (size_t i = 0; i < DRAWING_WIDTHS; i++) {
        bc_buf_printf(out, "<div class=\"%s\">", widths[i].class);
        draw(out, (struct sheet_place){ widths[i].width, ++*drawings }, shown);
        bc_buf_printf(out, "</div>\n");
    }
}

bool drawing_instead(const struct cmd_env *env, const char *path)
{
    return path && strcmp(path, "-") == 0 && !(env->frame && env->answers);
}

bc_status drawing_write(const struct cmd_env *env, const char *path, drawing_fn *draw,
                        const void *shown, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    size_t drawings = env->drawings;
    bc_status rc;

    if (env->frame)
        drawing_add_widths(&text, &drawings, draw, shown);
    else
        draw(&text, (struct sheet_place){ 0 }, shown);
    rc = outfile_write(env, path, bc_buf_str(&text), err);
    bc_buf_release(&text);
    return rc;
}

void drawing_date(struct bc_buf *out, const struct basis *basis, int64_t us)
{
    const bc_zone *zone = basis->rules->zone;
    const int32_t day = bc_zone_day(zone, us);
    char date[BC_DAY_LEN], instant[TIMES_LEN];

    bc_day_print(date, day);
    times_print_short(instant, &(struct times){ .zone = zone }, us);
    bc_buf_printf(out, "%s", us == bc_zone_day_end(zone, day) ? date : instant);
}

struct bc_buf *drawing_lines_add(struct drawing_lines *lines)
{
    assert(lines->n < DRAWING_LINES_MAX);
    return &lines->texts[lines->n++];
}

/* More notes than there is room for are in the answer beside it. */
static void add_notes(struct drawing_lines *lines, const struct notes *notes)
{
    for (size_t i = 0; i < notes->n && lines->n < DRAWING_LINES_MAX; i++)
        bc_buf_printf(drawing_lines_add(lines), "%s", notes->at[i].text);
}

static void add_known(struct bc_buf *line, const struct basis *basis)
{
    char time[TIMES_LEN];

    times_print_exact(time, &(struct times){ .zone = basis->rules->zone },
                      basis->question.known_us);
    if (basis->question.known_asked)
        bc_buf_printf(line, "Known at %s by the %s's clock", time,
                      basis->question.by_source ? "source" : "ledger");
    else
        bc_buf_printf(line, "Known: everything that was recorded");
}

void drawing_lines_basis(struct drawing_lines *lines, struct sheet_place place,
                         const struct basis *basis, const int64_t *as_of_us)
{
    const struct bc_head *head = bc_log_head(basis->log);
    char time[TIMES_LEN], root[BC_HASH_TEXT_LEN];
    struct bc_buf *line;

    if (place.number)
        return;
    line = drawing_lines_add(lines);
    if (as_of_us) {
        times_print_exact(time, &(struct times){ .zone = basis->rules->zone }, *as_of_us);
        bc_buf_printf(line, "As of %s. ", time);
    }
    add_known(line, basis);
    for (size_t ref = 0; ref < basis->ref_n; ref++)
        bc_buf_printf(line, "%s%s", ref ? " and " : ". Rules ", basis_label(basis, ref));
    bc_buf_printf(line, ", times in %s", bc_zone_name(basis->rules->zone));
    bc_hash_print(root, &head->root);
    bc_buf_printf(drawing_lines_add(lines), "Ledger: %" PRIu64 " events, root %s", head->size,
                  root);
    add_notes(lines, &basis->notes);
}

void drawing_lines_end(struct drawing_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        lines->at[i] = bc_buf_str(&lines->texts[i]);
}

void drawing_lines_release(struct drawing_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        bc_buf_release(&lines->texts[i]);
}
