#include "tools/pages/document.h"

#include "tools/cli/times.h"
#include "tools/draw/svg.h"

#include <inttypes.h>

extern const char page_css[]; /* page.css, embedded by the build */
extern const size_t page_css_len;

/* The signs of states and steps, drawn once and used by name. */
static const char signs[] =
    "<svg class=\"sr\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>\n"
    "<symbol id=\"g-off\" viewBox=\"0 0 12 12\"><path d=\"M6 .5 11.5 6 6 11.5 .5 6z\"/></symbol>\n"
    "<symbol id=\"g-risk\" viewBox=\"0 0 12 12\"><path class=\"no\" d=\"M6 1.5 11 10.5H1z\" "
    "stroke-width=\"1.5\"/><path d=\"M6 1.5 11 10.5H6z\" stroke=\"none\"/></symbol>\n"
    "<symbol id=\"g-fine\" viewBox=\"0 0 12 12\"><circle class=\"no\" cx=\"6\" cy=\"6\" r=\"4.5\" "
    "stroke-width=\"1.5\"/></symbol>\n"
    "<symbol id=\"g-know\" viewBox=\"0 0 12 12\"><path class=\"no\" d=\"M1.5 6h9\" "
    "stroke-width=\"1.75\"/></symbol>\n"
    "<symbol id=\"g-done\" viewBox=\"0 0 12 12\"><circle cx=\"6\" cy=\"6\" r=\"5\" "
    "stroke=\"none\"/></symbol>\n"
    "<symbol id=\"g-pending\" viewBox=\"0 0 12 12\"><circle class=\"no\" cx=\"6\" cy=\"6\" "
    "r=\"4.25\" stroke-width=\"1.5\"/></symbol>\n"
    "<symbol id=\"g-skipped\" viewBox=\"0 0 12 12\"><path class=\"no\" d=\"M2 10 10 2\" "
    "stroke-width=\"1.5\"/></symbol>\n"
    "</defs>\n";

bool document_link(struct html_out *out, const char *page, const struct document_pair *pairs,
                   size_t n)
{
    const struct document_frame *frame = out->env->frame;
    struct bc_buf address = { 0 };
    const bool linked = frame && frame->address(&address, frame, page, pairs, n);

    if (linked) {
        html_out_put(out, "<a href=\"");
        html_out_plain(out, bc_buf_str(&address));
        html_out_put(out, "\">");
    }
    bc_buf_release(&address);
    return linked;
}

void document_link_end(struct html_out *out, bool linked)
{
    if (linked)
        html_out_put(out, "</a>");
}

static void put_jumps(struct html_out *out, const struct document_head *head)
{
    if (head->place_n < 2)
        return;
    html_out_put(out, "<nav aria-label=\"On this page\"><ul class=\"jump\">\n");
    for (size_t i = 0; i < head->place_n; i++) {
        const struct document_place *place = &head->places[i];

        html_out_put(out, "<li><a href=\"#%s\">", place->id);
        html_out_text(out, bc_str_of(place->jump));
        if (place->count.len) {
            html_out_put(out, " <span>");
            html_out_figure(out, place->count);
            html_out_put(out, "</span>");
        }
        html_out_put(out, "</a></li>\n");
    }
    html_out_put(out, "</ul></nav>\n");
}

static void put_style(struct html_out *out, const struct document_frame *frame)
{
    if (!frame || !frame->style) {
        html_out_put(out, "%s<style>\n", frame && frame->head_more ? frame->head_more : "");
        bc_buf_add_str(&out->text, frame && frame->style_within.len
                                       ? frame->style_within
                                       : (struct bc_str){ page_css, page_css_len });
        html_out_put(out, "</style>\n");
        return;
    }
    html_out_put(out, "<link rel=\"stylesheet\" href=\"%s\">\n", frame->style);
    if (frame->script)
        html_out_put(out, "<script type=\"module\" src=\"%s\"></script>\n", frame->script);
}

void document_begin(struct html_out *out, const struct document_head *head)
{
    const struct document_frame *frame = out->env->frame;

    html_out_put(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<title>");
    html_out_plain(out, head->title);
    html_out_put(out, "</title>\n<link rel=\"icon\" href=\"data:,\">\n");
    put_style(out, frame);
    html_out_put(out, "</head>\n<body");
    if (frame && frame->head.len) {
        html_out_put(out, " data-head=\"");
        html_out_plain(out, frame->head);
        html_out_put(out, "\"");
    }
    html_out_put(out, ">\n<a class=\"skip\" href=\"#main\">To the content</a>\n%s%s</svg>\n", signs,
                 svg_patterns);
    if (frame && frame->begin)
        frame->begin(out, frame);
    html_out_put(out, "<main class=\"wrap\" id=\"main\">\n<h1>");
    html_out_text(out, head->heading);
    html_out_put(out, "</h1>\n<p class=\"lead\">");
    html_out_text(out, head->lead);
    html_out_put(out, "</p>\n");
    if (frame && frame->below)
        frame->below(out, frame);
    put_jumps(out, head);
}

void document_section(struct html_out *out, const struct document_place *place, struct bc_str note,
                      bool first)
{
    html_out_put(out,
                 "<section class=\"sec%s\" id=\"%s\" aria-labelledby=\"%s-h\">\n"
                 "<header><h2 id=\"%s-h\">",
                 first ? " first" : "", place->id, place->id, place->id);
    html_out_text(out, bc_str_of(place->heading));
    html_out_put(out, "</h2>");
    if (note.len) {
        html_out_put(out, "<p class=\"note\">");
        html_out_text(out, note);
        html_out_put(out, "</p>");
    }
    html_out_put(out, "</header>\n<div>\n");
    out->section = place->heading;
}

void document_section_end(struct html_out *out)
{
    out->section = NULL;
    html_out_put(out, "</div>\n</section>\n");
}

void document_empty(struct html_out *out, const char *sentence)
{
    html_out_put(out, "<p class=\"empty\">");
    html_out_marked(out, bc_str_of(sentence));
    html_out_put(out, "</p>\n");
}

static void put_term(struct html_out *out, const char *term, struct bc_str said)
{
    html_out_put(out, "<div><dt>%s</dt><dd>", term);
    html_out_plain(out, said);
    html_out_put(out, "</dd></div>\n");
}

/* To the microsecond, as an answer to a program has it. */
static void put_instant(struct html_out *out, const char *term, const struct row *answer,
                        const char *key, const char *none)
{
    const struct cell *cell = row_find(answer, key);
    char time[TIMES_LEN];

    if (cell && cell->kind == CELL_INSTANT) {
        times_print_exact(time, out->env->times, cell->us);
        put_term(out, term, bc_str_of(time));
    } else {
        put_term(out, term, bc_str_of(none));
    }
}

static void put_end(struct html_out *out)
{
    const struct document_frame *frame = out->env->frame;

    if (frame && frame->end)
        frame->end(out, frame);
    html_out_put(out, "</body>\n</html>\n");
}

void document_end_bare(struct html_out *out)
{
    html_out_put(out, "</main>\n");
    put_end(out);
}

void document_end(struct html_out *out, const struct row *answer, struct bc_str rules)
{
    const struct cell *clock = row_find(answer, "clock"), *head = row_find(answer, "ledger");
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->head->root);
    html_out_put(out, "</main>\n<footer class=\"basis wrap\"><dl>\n");
    put_instant(out, "as of", answer, "asOf", "of each its own");
    put_instant(out, "known at", answer, "knownAt", "now: everything that was recorded");
    put_term(out, "clock", clock ? clock->text : BC_STR("of each its own"));
    put_term(out, "rules", rules);
    html_out_put(out,
                 "<div><dt>ledger</dt><dd>%" PRIu64
                 " events, root <span class=\"code\">%s</span></dd></div>\n"
                 "</dl></footer>\n",
                 head->head->size, root);
    put_end(out);
}
