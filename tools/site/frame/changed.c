#include "tools/site/frame/changed.h"

#include "ledger/base/instant.h"
#include "tools/cli/text.h"
#include "tools/site/frame/head_link.h"
#include "tools/site/frame/thread.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- the page as it read then --- */

/* What is between its bar and its basis, without links: they say what is asked. */
static struct bc_str content(const struct bc_buf *page)
{
    static const char begin[] = "<main", end[] = "</main>";
    const char *from = page->len ? memmem(page->at, page->len, begin, sizeof(begin) - 1) : NULL;
    const char *to =
        from ? memmem(from, (size_t)(page->at + page->len - from), end, sizeof(end) - 1) : NULL;

    return to ? (struct bc_str){ from, (size_t)(to - from) } : (struct bc_str){ 0 };
}

static bool no_address(struct bc_buf *out, const struct document_frame *frame, const char *page,
                       const struct document_pair *pairs, size_t n)
{
    (void)out;
    (void)frame;
    (void)page;
    (void)pairs;
    (void)n;
    return false;
}

/* The page of the call without its links; `known_at`, or NULL, in the place of its own. */
static bc_status make_again(struct bc_buf *out, const struct call_page *call, const char *known_at,
                            struct bc_err *err)
{
    struct site_pair *pairs = bc_calloc(call->request->pair_n + 1, sizeof(*pairs));
    struct site_request request = { .path = call->request->path, .pairs = pairs };
    struct site_answer answer = { 0 };
    struct call_page other;
    bc_status rc;

    for (size_t i = 0; i < call->request->pair_n; i++)
        if (!bc_str_eq(call->request->pairs[i].key, BC_STR("head")))
            pairs[request.pair_n++] = call->request->pairs[i];
    if (known_at)
        pairs[request.pair_n++] = (struct site_pair){ BC_STR("known-at"), bc_str_of(known_at) };
    call_init(&other, call->site, call->place, &request);
    other.env.now_us = call->env.now_us;
    other.answer = &answer;
    other.address = no_address;
    rc = call_make(&other, err);
    bc_buf_add_str(out, content(&other.out.text));
    call_release(&other);
    bc_buf_release(&answer.body);
    free(answer.filename);
    free(answer.location);
    free(pairs);
    return rc;
}

enum changed { CHANGED_NOT, CHANGED_YES, CHANGED_UNKNOWN, CHANGED_AS_IT_IS };

/* A page that could not be made as it was then reads differently. */
static bc_status compare(enum changed *out, const struct call_page *call, const char *then,
                         struct bc_err *err)
{
    struct bc_buf before = { 0 }, now = { 0 };
    struct bc_err ignored = { 0 };
    bc_status rc = make_again(&now, call, NULL, err);

    *out = CHANGED_YES;
    if (rc == BC_OK && make_again(&before, call, then, &ignored) == BC_OK &&
        bc_str_eq(bc_buf_str(&before), bc_buf_str(&now)))
        *out = CHANGED_NOT;
    bc_buf_release(&before);
    bc_buf_release(&now);
    return rc;
}

/* --- the line --- */

static bc_status recorded_at(int64_t *out, struct call_page *call, uint64_t size,
                             struct bc_err *err)
{
    struct bc_event event;
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    bc_status rc = BC_OK;

    *out = 0;
    if (size > 0)
        rc = bc_log_get(call->basis.log, size, &event, &bytes, arena, err);
    if (rc == BC_OK && size > 0)
        *out = event.recorded_us;
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static void put_ways(struct html_out *line, const char *then)
{
    const struct document_pair known = { "known-at", bc_str_of(then) };
    bool linked = document_link(line, "diff", &known, 1);

    if (linked)
        html_out_put(line, "What changed");
    document_link_end(line, linked);
    html_out_put(line, "</p>\n");
}

static bc_status say_grown(struct html_out *line, struct call_page *call, uint64_t more,
                           int64_t then_us, struct bc_err *err)
{
    static const char *const words[] = {
        [CHANGED_NOT] = "and this page reads the same.",
        [CHANGED_YES] = "and this page reads differently now.",
        [CHANGED_UNKNOWN] = "and by the source's clock nobody can say how it read then.",
        [CHANGED_AS_IT_IS] = "and this page shows the ledger as it is now.",
    };
    const struct basis *basis = &call->basis;
    enum changed changed = CHANGED_NOT;
    char then[BC_INSTANT_LEN];
    bc_status rc = BC_OK;

    bc_instant_print(then, then_us);
    if (call->place->as_it_is)
        changed = CHANGED_AS_IT_IS;
    else if (basis->question.by_source)
        changed = CHANGED_UNKNOWN;
    else if (!basis->question.known_asked || basis->question.known_us > then_us)
        rc = compare(&changed, call, then, err);
    if (rc < 0)
        return rc;
    html_out_put(line,
                 "<p class=\"changed wrap%s\" role=\"status\">%" PRIu64
                 " event%s recorded since this link was copied, %s ",
                 changed == CHANGED_YES ? " differs" : "", more, more == 1 ? " was" : "s were",
                 words[changed]);
    put_ways(line, then);
    return BC_OK;
}

static bc_status say(struct html_out *line, struct call_page *call, struct bc_err *err)
{
    const struct bc_head *now = bc_log_head(call->basis.log);
    const struct bc_str typed = call_param(call, "head");
    struct bc_head then, at = { 0 };
    int64_t then_us;
    bc_status rc = BC_OK;

    if (!head_link_read(&then, typed)) {
        html_out_put(line, "<p class=\"changed wrap\" role=\"status\">The link does not say "
                           "which ledger it was copied from.</p>\n");
        return BC_OK;
    }
    if (then.size <= now->size)
        rc = bc_log_head_at(call->basis.log, then.size, &at, err);
    if (rc < 0)
        return rc;
    if (then.size > now->size || memcmp(&at.root, &then.root, sizeof(at.root)) != 0) {
        html_out_put(line,
                     "<p class=\"changed wrap differs\" role=\"status\">This link was copied from "
                     "another ledger, or from this one before it was put back: at %" PRIu64
                     " events this one has another root.</p>\n",
                     then.size);
        return BC_OK;
    }
    if (then.size == now->size)
        return BC_OK;
    rc = recorded_at(&then_us, call, then.size, err);
    return rc < 0 ? rc : say_grown(line, call, now->size - then.size, then_us, err);
}

bc_status changed_say(struct call_page *call, struct bc_err *err)
{
    struct bc_buf *page = &call->out.text;
    size_t len;
    const char *room = head_link_find(page, &len);
    struct html_out line = { .env = &call->env, .about = &call->about };
    struct bc_buf whole = { 0 };
    bc_status rc;

    if (!room)
        return BC_OK;
    rc = say(&line, call, err);
    if (rc == BC_OK) {
        bc_buf_add(&whole, page->at, (size_t)(room - page->at));
        bc_buf_add_str(&whole, bc_buf_str(&line.text));
        bc_buf_add(&whole, room + len, page->len - (size_t)(room - page->at) - len);
        bc_buf_release(page);
        *page = whole;
    }
    bc_buf_release(&line.text);
    return rc;
}
