#include "tools/site/deals/deals_asked.h"

#include "tools/site/deals/deal_pages.h"
#include "tools/site/parts/form.h"
#include "tools/site/parts/pager.h"

#include <string.h>

/* In the order of the form. */
static const char *const keys[] = { "q", "stage", "owner", "open", "stalled", "within", "sort" };
enum { KEY_N = sizeof(keys) / sizeof(keys[0]), FILTER_N = KEY_N - 1 };

/* --- read --- */

/* A number with its option, as a word. */
static const char *number_word(struct call_page *call, const char *option, size_t number)
{
    struct bc_buf text = { 0 };
    const char *word;

    bc_buf_printf(&text, "%zu", number);
    word = call_option_of(call, option, bc_buf_str(&text));
    bc_buf_release(&text);
    return word;
}

/* Of the address, or the usual; "all": none. */
static const char *within_word(struct call_page *call, const char *usual)
{
    struct bc_str within = call_param(call, "within");

    if (within.len == 0 && usual)
        within = bc_str_of(usual);
    return bc_str_eq(within, BC_STR("all")) ? NULL : call_option_of(call, "--open-within=", within);
}

static const char *sort_word(struct call_page *call, const char *usual)
{
    const struct bc_str sort = call_param(call, "sort");

    return call_option_of(call, "--sort=", sort.len || !usual ? sort : bc_str_of(usual));
}

bc_status deals_asked_read(struct deals_asked *out, struct call_page *call,
                           const struct deals_usual *usual, struct bc_err *err)
{
    const char *const words[] = {
        call_option(call, "--find=", "q"),
        call_option(call, "--stage=", "stage"),
        call_option(call, "--owner=", "owner"),
        call_option(call, "--open=", "open"),
        call_option(call, "--stalled=", "stalled"),
        within_word(call, usual->within),
        sort_word(call, usual->sort),
    };
    size_t n = 0;
    bc_status rc;

    *out = (struct deals_asked){ .size = usual->size };
    out->within = words[5];
    rc = pager_read(&out->page, call, err);
    if (rc < 0)
        return rc;
    out->words[n++] = "deals";
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (words[i])
            out->words[n++] = words[i];
    out->words[n++] = number_word(call, "--limit=", usual->size);
    if (out->page > 1)
        out->words[n++] = number_word(call, "--skip=", (out->page - 1) * usual->size);
    out->words[n] = NULL;
    return BC_OK;
}

bc_status deals_asked_left_out(size_t *out, struct call_page *call, const struct deals_asked *asked,
                               size_t n, struct bc_err *err)
{
    const char *words[DEALS_ASKED_WORDS];
    const struct row *answer;
    size_t word_n = 0;
    bc_status rc;

    *out = 0;
    if (!asked->within)
        return BC_OK;
    for (size_t i = 0; asked->words[i]; i++)
        if (asked->words[i] != asked->within && strncmp(asked->words[i], "--skip=", 7) != 0 &&
            strncmp(asked->words[i], "--limit=", 8) != 0)
            words[word_n++] = asked->words[i];
    words[word_n++] = "--limit=1";
    words[word_n] = NULL;
    rc = call_ask(&answer, call, CALL_ALL, words, err);
    if (rc == BC_OK)
        *out = (size_t)row_find(answer, "n")->count - n;
    return rc;
}

bool deals_asked_filtered(const struct call_page *call)
{
    for (size_t i = 0; i < FILTER_N; i++)
        if (call_param(call, keys[i]).len)
            return true;
    return false;
}

/* --- the form --- */

static void put_flag(struct html_out *out, const struct call_page *call, const char *key,
                     const char *label)
{
    html_out_put(out,
                 "<div class=\"flag\"><input id=\"own-%s\" name=\"%s\" type=\"checkbox\" "
                 "value=\"yes\"%s><label for=\"own-%s\">%s</label></div>\n",
                 key, key, bc_str_eq(call_param(call, key), BC_STR("yes")) ? " checked=\"\"" : "",
                 key, label);
}

void deals_asked_put_form(struct call_page *call, const struct deals_usual *usual)
{
    struct html_out *out = &call->out;

    if (!form_begin(call, "Which deals"))
        return;
    form_field(call, "q", "Id or name", "any");
    form_stages(call, "stage", "Stage", "any", call_param(call, "stage"));
    form_field(call, "owner", "Owner", "any");
    if (usual->within)
        form_field(call, "within", "Closed for days", usual->within);
    put_flag(out, call, "open", "open");
    put_flag(out, call, "stalled", "stalled");
    if (call_param(call, "sort").len)
        form_hidden(call, "sort");
    if (deals_asked_filtered(call)) {
        const bool linked = document_link(out, call->place->name, NULL, 0);

        html_out_put(out, "All deals");
        document_link_end(out, linked);
    }
    form_end(call);
}

/* --- links --- */

void deals_asked_put_left_out(struct call_page *call, const struct deals_usual *usual, size_t left)
{
    const struct bc_str within = call_param(call, "within");
    struct document_pair pairs[KEY_N];
    bool linked;

    if (left == 0)
        return;
    for (size_t i = 0; i < KEY_N; i++)
        pairs[i] = (struct document_pair){ keys[i], strcmp(keys[i], "within") == 0
                                                        ? BC_STR("all")
                                                        : call_param(call, keys[i]) };
    html_out_put(&call->out, "<p class=\"note\">%zu more %s left out, closed for over ", left,
                 left == 1 ? "deal is" : "deals are");
    html_out_plain(&call->out, within.len ? within : bc_str_of(usual->within));
    html_out_put(&call->out, " days by then. ");
    linked = document_link(&call->out, call->place->name, pairs, KEY_N);
    html_out_put(&call->out, linked ? "With these" : "");
    document_link_end(&call->out, linked);
    html_out_put(&call->out, "</p>\n");
}

/* To this page, asked the same but for its order, from its first page on. */
static bool put_sort_link(struct html_out *out, const struct call_page *call, struct bc_str sort)
{
    struct document_pair pairs[KEY_N];

    for (size_t i = 0; i < FILTER_N; i++)
        pairs[i] = (struct document_pair){ keys[i], call_param(call, keys[i]) };
    pairs[FILTER_N] = (struct document_pair){ "sort", sort };
    return document_link(out, call->place->name, pairs, KEY_N);
}

void deals_asked_put_pager(struct call_page *call, const struct deals_asked *asked, size_t n)
{
    struct document_pair pairs[KEY_N];

    for (size_t i = 0; i < KEY_N; i++)
        pairs[i] = (struct document_pair){ keys[i], call_param(call, keys[i]) };
    pager_put(call, &(struct pager){ .page = asked->page, .size = asked->size, .n = n }, pairs,
              KEY_N);
}

static const struct call_page *call_of(const struct html_out *out)
{
    return (const struct call_page *)((const char *)out - offsetof(struct call_page, out));
}

void deals_asked_put_heading(struct html_out *out, const char *column, const char *heading,
                             const char *first)
{
    const struct call_page *call = call_of(out);
    const struct bc_str now = call_param(call, "sort");
    const bool down = now.len && now.at[0] == '-';
    const bool is = down ? bc_str_eq((struct bc_str){ now.at + 1, now.len - 1 }, bc_str_of(column))
                         : bc_str_eq(now, bc_str_of(column));
    struct bc_buf sort = { 0 };
    bool linked;

    bc_buf_printf(&sort, "%s%s", is ? down ? "" : "-" : first, column);
    linked = put_sort_link(out, call, bc_buf_str(&sort));
    html_out_put(out, "%s", heading);
    document_link_end(out, linked);
    if (is)
        html_out_put(out,
                     " <span aria-hidden=\"true\">%s</span><span class=\"sr\">sorted %s</span>",
                     down ? "\xe2\x86\x93" : "\xe2\x86\x91", down ? "downwards" : "upwards");
    bc_buf_release(&sort);
}
