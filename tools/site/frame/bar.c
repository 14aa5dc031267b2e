#include "tools/site/frame/bar.h"

#include "ledger/base/instant.h"
#include "tools/pages/page_ends.h"
#include "tools/show/labels.h"
#include "tools/site/frame/address.h"
#include "tools/site/frame/head_link.h"
#include "tools/site/frame/thread.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

extern const char site_css[], site_js[]; /* embedded by the build */
extern const size_t site_css_len, site_js_len;
/* "/asset/page-1f8b….css", by what they are */
extern const char site_css_address[], site_js_address[];

/* --- the list of pages --- */

static bool is_current(const struct call_page *call, const struct call_place *place)
{
    const char *within = call->place->label ? call->place->name : call->place->within;

    return within && strcmp(within, place->name) == 0;
}

static void put_places(struct html_out *out, const struct call_page *call)
{
    html_out_put(out, "<nav class=\"pages\" aria-label=\"Pages\"><ul>");
    for (const struct call_place *place = call->site->places; place->name; place++) {
        struct bc_buf address = { 0 };

        if (!place->label)
            continue;
        address_add(&address, call->request, place->name, NULL, 0);
        html_out_put(out, "<li><a href=\"");
        html_out_plain(out, bc_buf_str(&address));
        html_out_put(out, "\"%s>%s</a></li>",
                     is_current(call, place) ? " aria-current=\"page\"" : "", place->label);
        bc_buf_release(&address);
    }
    html_out_put(out, "</ul></nav>\n");
}

/* What of the address is no field of its own goes with a form unseen. */
void bar_put_hidden(struct html_out *out, struct bc_str key, struct bc_str value)
{
    html_out_put(out, "<input type=\"hidden\" name=\"");
    html_out_plain(out, key);
    html_out_put(out, "\" value=\"");
    html_out_plain(out, value);
    html_out_put(out, "\">");
}

static bool is_question(struct bc_str key)
{
    for (const char *const *word = address_question; *word; word++)
        if (bc_str_eq(key, bc_str_of(*word)))
            return true;
    return false;
}

void bar_put_question(struct html_out *out, const struct call_page *call)
{
    for (const char *const *word = address_question; *word; word++)
        if (call_param(call, *word).len)
            bar_put_hidden(out, bc_str_of(*word), call_param(call, *word));
}

static void put_find(struct html_out *out, const struct call_page *call)
{
    html_out_put(out, "<form class=\"find\" role=\"search\" action=\"/deals\">"
                      "<label for=\"q\" class=\"sr\">Find a deal</label>"
                      "<input id=\"q\" name=\"q\" type=\"search\" placeholder=\"Find a deal\" "
                      "autocomplete=\"off\" value=\"");
    html_out_plain(out, call_param(call, "q"));
    html_out_put(out, "\"> <kbd aria-hidden=\"true\">/</kbd>");
    bar_put_question(out, call);
    html_out_put(out, "</form>\n");
}

/* --- the question --- */

static void put_field(struct html_out *out, const struct call_page *call, const char *id,
                      const char *label, const char *none, const char *more)
{
    html_out_put(out,
                 "<div><label for=\"%s\">%s</label><input id=\"%s\" name=\"%s\" type=\"text\" "
                 "autocomplete=\"off\"%s placeholder=\"",
                 id, label, id, id, more);
    html_out_plain(out, bc_str_of(none)); /* a version may be anything */
    html_out_put(out, "\" value=\"");
    html_out_plain(out, call_param(call, id));
    html_out_put(out, "\"></div>\n");
}

static void put_step(struct html_out *out, const struct call_page *call, int32_t day,
                     const char *attributes, const char *text)
{
    char date[BC_DAY_LEN];
    struct bc_buf address = { 0 };

    bc_day_print(date, day);
    address_add_same(&address, call->request, call->place->name,
                     &(struct document_pair){ "as-of", bc_str_of(date) }, 1);
    html_out_put(out, "<a %s href=\"", attributes);
    html_out_plain(out, bc_buf_str(&address));
    html_out_put(out, "\">%s</a>\n", text);
    bc_buf_release(&address);
}

/* By the rules' clocks, or UTC where no rules are in hand. */
static int32_t day_of(const struct call_page *call, int64_t us)
{
    const bc_rules *rules = call->basis.rules;

    return rules ? bc_zone_day(rules->zone, us) : (int32_t)bc_floor_div(us, BC_DAY_US);
}

static int32_t today(const struct call_page *call)
{
    return day_of(call, call->env.now_us);
}

/* Where no date could be read, the bar is at today. */
static int32_t as_of_day(const struct call_page *call)
{
    return call->basis.question.date_n ? day_of(call, call->basis.as_of_us) : today(call);
}

static void put_when(struct html_out *out, const struct call_page *call)
{
    const int32_t day = as_of_day(call), first = day_of(call, call->site->first_us);
    const int32_t last = day > today(call) ? day : today(call);
    char date[BC_DAY_LEN], begin[BC_DAY_LEN], end[BC_DAY_LEN];
    struct bc_buf address = { 0 };

    bc_day_print(date, day);
    bc_day_print(begin, first < day ? first : day);
    bc_day_print(end, last);
    html_out_put(out, "<div class=\"when\">\n");
    put_field(out, call, "as-of", "As of", date, " class=\"date\"");
    put_step(out, call, day - 7,
             "class=\"sq\" id=\"back\" aria-keyshortcuts=\"[\" "
             "aria-label=\"A week back\"",
             "\xe2\x80\xb9");
    html_out_put(out,
                 "<div class=\"slide\" hidden=\"\"><div class=\"ends\" aria-hidden=\"true\">"
                 "<span>%s</span><span>%s</span></div><input id=\"slider\" type=\"range\" "
                 "min=\"0\" max=\"%d\" value=\"%d\" data-first=\"%s\" aria-label=\"As of\" "
                 "aria-valuetext=\"%s\"></div>\n",
                 begin, last == today(call) ? "today" : end,
                 (int)(last - (first < day ? first : day)),
                 (int)(day - (first < day ? first : day)), begin, date);
    put_step(out, call, day + 7,
             "class=\"sq\" id=\"on\" aria-keyshortcuts=\"]\" "
             "aria-label=\"A week on\"",
             "\xe2\x80\xba");
    address_add_same(&address, call->request, call->place->name,
                     &(struct document_pair){ "as-of", { 0 } }, 1);
    html_out_put(out, "<a class=\"btn\" id=\"today\" href=\"");
    html_out_plain(out, bc_buf_str(&address));
    html_out_put(out, "\">Today</a>\n</div>\n");
    bc_buf_release(&address);
}

void bar_put_choice(struct html_out *out, struct bc_str value, struct bc_str label,
                    struct bc_str chosen)
{
    html_out_put(out, "<option value=\"");
    html_out_plain(out, value);
    html_out_put(out, "\"%s>", bc_str_eq(value, chosen) ? " selected=\"\"" : "");
    html_out_plain(out, label);
    html_out_put(out, "</option>");
}

static void put_clock(struct html_out *out, const struct call_page *call)
{
    const struct bc_str chosen = call_param(call, "clock");

    html_out_put(out,
                 "<div><label for=\"clock\">Clock</label><select id=\"clock\" name=\"clock\">");
    bar_put_choice(out, BC_STR(""), BC_STR("ledger"), chosen);
    bar_put_choice(out, BC_STR("source"), BC_STR("source"), chosen);
    html_out_put(out, "</select></div>\n");
}

static void put_rules(struct html_out *out, const struct call_page *call)
{
    const struct basis *basis = &call->basis;
    const struct bc_published *published =
        basis->shelf ? rules_shelf_published(basis->shelf) : NULL;

    put_field(out, call, "rules", "Rules", basis->rules ? basis_label(basis, 0) : "latest",
              " list=\"bar-versions\"");
    html_out_put(out, "<datalist id=\"bar-versions\">");
    for (size_t i = published ? published->n : 0; i > 0; i--)
        bar_put_choice(out, published->at[i - 1].version, published->at[i - 1].version,
                       (struct bc_str){ 0 });
    bar_put_choice(out, BC_STR("as-then"), BC_STR("as-then"), (struct bc_str){ 0 });
    bar_put_choice(out, BC_STR("default"), BC_STR("default"), (struct bc_str){ 0 });
    html_out_put(out, "</datalist>\n");
}

static void put_slices(struct html_out *out, const struct call_page *call)
{
    const struct bc_str chosen = call_param(call, "slice");
    const bc_rules *rules = call->basis.rules;

    html_out_put(out,
                 "<div><label for=\"slice\">Slice</label><select id=\"slice\" name=\"slice\">");
    bar_put_choice(out, BC_STR(""), BC_STR("the usual"), chosen);
    for (size_t i = 0; rules && i < rules->slice_n; i++)
        bar_put_choice(out, bc_str_of(rules->slices[i].name),
                       labels_slice(bc_str_of(rules->slices[i].name)), chosen);
    html_out_put(out, "</select></div>\n");
}

/* On a phone one line says what is folded. */
static void put_more(struct html_out *out, const struct call_page *call)
{
    const struct bc_str known = call_param(call, "known-at"), slice = call_param(call, "slice");
    const bool folded = known.len == 0 && slice.len == 0 && call_param(call, "rules").len == 0 &&
                        call_param(call, "clock").len == 0;

    html_out_put(out, "<details class=\"more\"%s><summary>known ", folded ? "" : " open=\"\"");
    html_out_plain(out, known.len ? known : BC_STR("now"));
    html_out_put(out, ", %s clock, rules ",
                 call->basis.question.by_source ? "the source's" : "the ledger's");
    html_out_plain(out, bc_str_of(call->basis.rules ? basis_label(&call->basis, 0) : "latest"));
    html_out_put(out, ", slice ");
    html_out_plain(out, slice.len ? slice : BC_STR("the usual"));
    html_out_put(out, "</summary><div class=\"in\">\n");
    put_field(out, call, "known-at", "Known at", "now", " class=\"date\"");
    put_clock(out, call);
    put_rules(out, call);
    put_slices(out, call);
    html_out_put(out, "</div></details>\n");
}

static void put_question(struct html_out *out, const struct call_page *call)
{
    html_out_put(out,
                 "<form class=\"ask\" id=\"ask\" aria-label=\"The question\" action=\"/%s\">"
                 "<div class=\"wrap\">\n",
                 call->place->name);
    put_when(out, call);
    put_more(out, call);
    for (size_t i = 0; i < call->request->pair_n; i++) {
        const struct site_pair *pair = &call->request->pairs[i];

        if (!is_question(pair->key) && address_stays(pair->key))
            bar_put_hidden(out, pair->key, pair->value);
    }
    html_out_put(out,
                 "<button type=\"submit\">Show</button>\n"
                 "<button id=\"copy\" type=\"button\" aria-keyshortcuts=\"c\" hidden=\"\">Copy link"
                 "</button><span class=\"sr\" role=\"status\" id=\"said\"></span>\n"
                 "</div></form>\n");
}

static void begin(struct html_out *out, const struct document_frame *frame)
{
    const struct call_page *call = call_of_frame(frame);
    struct bc_buf address = { 0 };

    address_add(&address, call->request, "review", NULL, 0);
    html_out_put(out, "<header class=\"bar\"><div class=\"wrap\">\n<p class=\"mark\"><a href=\"");
    html_out_plain(out, bc_buf_str(&address));
    html_out_put(out, "\">backcast</a></p>\n");
    put_places(out, call);
    put_find(out, call);
    html_out_put(out, "</div></header>\n");
    put_question(out, call);
    if (call_param(call, "head").len)
        head_link_room(out);
    bc_buf_release(&address);
}

/* --- below --- */

static void end(struct html_out *out, const struct document_frame *frame)
{
    static const struct {
        const char *key, *does;
    } keys[] = {
        { "<kbd>/</kbd>", "find a deal" },
        { "<kbd>[</kbd> <kbd>]</kbd>", "a week back, a week on" },
        { "<kbd>c</kbd>", "copy the link to this question" },
        { "<kbd>?</kbd>", "these keys" },
    };

    (void)frame;
    html_out_put(out, "<dialog id=\"help\" aria-labelledby=\"helph\"><h2 id=\"helph\">Keys</h2>\n"
                      "<table aria-labelledby=\"helph\"><thead><tr><th scope=\"col\">Key</th><th "
                      "scope=\"col\">Does</th></tr>"
                      "</thead><tbody>\n");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        html_out_put(out, "<tr><td>%s</td><td>%s</td></tr>\n", keys[i].key, keys[i].does);
    html_out_put(out, "</tbody></table>\n<form method=\"dialog\"><button>Close</button></form>"
                      "</dialog>\n");
}

/* --- the frame --- */

static bool address(struct bc_buf *out, const struct document_frame *frame, const char *page,
                    const struct document_pair *pairs, size_t n)
{
    const struct call_page *call = call_of_frame(frame);

    if (!site_place(call->site, bc_str_of(page)))
        return false;
    address_add(out, call->request, page, pairs, n);
    return true;
}

void bar_frame(struct document_frame *out, struct call_page *call)
{
    call->head.len = 0;
    if (call->basis.log)
        head_link_add(&call->head, bc_log_head(call->basis.log));
    *out = (struct document_frame){ .style = site_css_address,
                                    .script = site_js_address,
                                    .head = bc_buf_str(&call->head),
                                    .begin = begin,
                                    .end = end,
                                    .address = call->address ? call->address : address };
}

struct bc_str site_style(void)
{
    return (struct bc_str){ site_css, site_css_len };
}

bool bar_asset(struct site_answer *out, struct bc_str path)
{
    const bool css = bc_str_eq(path, bc_str_of(site_css_address));

    if (!css && !bc_str_eq(path, bc_str_of(site_js_address)))
        return false;
    out->type = css ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    out->immutable = true;
    bc_buf_add(&out->body, css ? site_css : site_js, css ? site_css_len : site_js_len);
    return true;
}
