#include "tools/site/frame/call.h"

#include "ledger/base/instant.h"
#include "tools/pages/page_ends.h"
#include "tools/show/drawing.h"
#include "tools/site/frame/address.h"
#include "tools/site/frame/also.h"
#include "tools/site/frame/once.h"
#include "tools/site/frame/thread.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool call_answered(const struct call_page *call)
{
    return !call->address && !call->site->folder;
}

struct bc_str call_param(const struct call_page *call, const char *key)
{
    return address_value(call->request, key);
}

/* --- asking --- */

enum { WORDS_MAX = 24 };

/* A command's arguments, copied, since arguments may be written to. */
struct words {
    char *at[WORDS_MAX + 1];
    size_t n;
};

static void add_word(struct words *words, const char *word, struct bc_str value)
{
    struct bc_buf text = { 0 };

    bc_buf_add_str(&text, bc_str_of(word));
    bc_buf_add_str(&text, value);
    assert(words->n < WORDS_MAX); /* they are ours, and few */
    words->at[words->n++] = bc_strdup(bc_buf_str(&text));
    bc_buf_release(&text);
}

static void add_option(struct words *words, const struct call_page *call, const char *option,
                       const char *key)
{
    const struct bc_str value = call_param(call, key);

    if (value.len)
        add_word(words, option, value);
}

static void add_question(struct words *words, const struct call_page *call, unsigned options)
{
    if (options & CALL_AS_OF)
        add_option(words, call, "--as-of=", "as-of");
    if (options & CALL_TO)
        add_option(words, call, "--to=", "as-of");
    if (options & CALL_SLICE)
        add_option(words, call, "--slice=", "slice");
    if (options & CALL_KNOWN_AT)
        add_option(words, call, "--known-at=", "known-at");
    if (options & CALL_CLOCK)
        add_option(words, call, "--clock=", "clock");
}

/* The question's options stand before a "--", after which there are none. */
static void make_words(struct words *words, const struct call_page *call, unsigned options,
                       const char *const *typed)
{
    add_word(words, "backcast", (struct bc_str){ 0 });
    for (; *typed && strcmp(*typed, "--") != 0; typed++)
        add_word(words, *typed, (struct bc_str){ 0 });
    add_question(words, call, options);
    for (; *typed; typed++)
        add_word(words, *typed, (struct bc_str){ 0 });
}

static void free_words(struct words *words)
{
    for (size_t i = 0; i < words->n; i++)
        free(words->at[i]);
}

static FILE *memory(char **text, size_t *len)
{
    FILE *stream = open_memstream(text, len);

    if (!stream)
        bc_out_of_memory();
    return stream;
}

/* Rules of an address are named, and never a file's. */
static void take_rules(struct cmd_env *env, const struct call_page *call, unsigned options,
                       char **one)
{
    const struct bc_str typed = call_param(call, "rules");
    const char *comma = typed.len ? memchr(typed.at, ',', typed.len) : NULL;
    struct bc_str rules = typed;

    if (typed.len == 0 || !(options & (CALL_RULES | CALL_RULES_ALL)))
        return;
    if (comma && !(options & CALL_RULES_ALL))
        rules.len = (size_t)(comma - typed.at);
    *one = bc_strdup(rules);
    env->rules.value = *one;
    env->rules.from = "the address";
    env->rules.of_ledger = true;
}

/* Runs a command: its answers go to `taker`, what it prints to `printed`. */
static bc_status run(struct call_page *call, unsigned options, const char *const *typed,
                     struct answer_taker *taker, struct bc_buf *printed, struct bc_err *err)
{
    struct words words = { 0 };
    struct bc_buf error = { 0 };
    struct times times = { .own = call->env.times ? call->env.times->own : NULL };
    struct names names = { 0 };
    struct cmd_env env = call->env;
    char *out = NULL, *said = NULL, *rules = NULL;
    size_t out_len = 0, said_len = 0;
    bc_status rc = BC_OK;
    int code;

    if (call->env.names) {
        names = *call->env.names;
        names.find = NULL;
        names.finder = NULL;
    }
    env.names = &names;
    env.times = &times;
    env.answers = taker;
    env.error = &error;
    env.only_asks = true;
    env.asks_text = printed != NULL;
    env.out = memory(&out, &out_len);
    env.err = memory(&said, &said_len);
    take_rules(&env, call, options, &rules);
    make_words(&words, call, options, typed);
    code = cmd_dispatch(&env, env.commands, (int)words.n, words.at);
    fclose(env.out);
    fclose(env.err);
    if (printed)
        bc_buf_add(printed, out, out_len);
    free_words(&words);
    free(rules);
    free(out);
    free(said);
    if (code > 1)
        rc = bc_err_set(err, site_status(code), "%.*s", BC_STR_ARG(bc_buf_str(&error)));
    bc_buf_release(&error);
    return rc;
}

/* What it notes is said on the page. */
static void add_noted(struct call_page *call, const struct kept *kept)
{
    BC_GROW(call->noted, call->noted_n, call->noted_cap);
    call->noted[call->noted_n++] = kept;
}

static struct kept *new_kept(struct call_page *call)
{
    struct kept *kept = kept_new(call->env.times);

    BC_GROW(call->kept, call->kept_n, call->kept_cap);
    call->kept[call->kept_n++] = kept;
    add_noted(call, kept);
    return kept;
}

static bc_status keep(struct kept **out, struct call_page *call, unsigned options,
                      const char *const *words, struct bc_err *err)
{
    *out = new_kept(call);
    return run(call, options, words, kept_taker(*out), NULL, err);
}

bc_status call_ask(const struct row **out, struct call_page *call, unsigned options,
                   const char *const *words, struct bc_err *err)
{
    struct kept *kept;
    bc_status rc = keep(&kept, call, options, words, err);

    *out = kept_row(kept);
    return rc;
}

bc_status call_ask_rows(struct rows *out, struct call_page *call, unsigned options,
                        const char *const *words, struct bc_err *err)
{
    struct kept *kept;
    bc_status rc = keep(&kept, call, options, words, err);

    *out = kept_rows(kept);
    return rc;
}

/* What an answer depends on beside the ledger: the words, the question, and now, since a question
 * may have words that mean it. */
static void add_asked(struct bc_buf *out, const struct call_page *call, unsigned options,
                      const char *const *typed)
{
    enum { NOW_US = 10 * BC_SECOND_US };
    struct words words = { 0 };
    const struct bc_str rules = call_param(call, "rules");

    make_words(&words, call, options, typed);
    for (size_t i = 0; i < words.n; i++)
        bc_buf_printf(out, "%zu %s\n", strlen(words.at[i]), words.at[i]);
    bc_buf_printf(out, "%u %.*s\n%" PRId64, options & (CALL_RULES | CALL_RULES_ALL),
                  BC_STR_ARG(rules), options ? call->env.now_us / NOW_US : 0);
    free_words(&words);
}

bc_status call_ask_once(const struct row **out, struct call_page *call, unsigned options,
                        const char *const *words, struct bc_err *err)
{
    struct bc_buf asked = { 0 };
    struct kept *kept;
    bc_status rc = BC_OK;

    add_asked(&asked, call, options, words);
    kept = once_find(&call->site->once, bc_buf_str(&asked));
    if (!kept) {
        kept = kept_new(&call->site->times);
        rc = run(call, options, words, kept_taker(kept), NULL, err);
        if (rc == BC_OK)
            once_add(&call->site->once, bc_buf_str(&asked), kept);
        else
            kept_free(kept);
    }
    *out = rc == BC_OK ? kept_row(kept) : NULL;
    if (rc == BC_OK)
        add_noted(call, kept);
    bc_buf_release(&asked);
    return rc;
}

bc_status call_ask_text(struct bc_buf *out, struct call_page *call, unsigned options,
                        const char *const *words, struct bc_err *err)
{
    return run(call, options, words, NULL, out, err);
}

bc_status call_ask_drawn(const struct row **out, struct bc_buf *drawing, struct call_page *call,
                         unsigned options, const char *const *words, struct bc_err *err)
{
    const char *more[WORDS_MAX + 1];
    struct kept *kept = new_kept(call);
    size_t n = 0;
    bc_status rc;

    more[n++] = *words++; /* the command */
    more[n++] = "--svg=-";
    more[n++] = "--json";
    while (*words) {
        assert(n < WORDS_MAX);
        more[n++] = *words++;
    }
    more[n] = NULL;
    call->env.drawings = call->out.drawings;
    call->out.drawings += DRAWING_WIDTHS;
    rc = run(call, options, more, kept_taker(kept), drawing, err);
    *out = kept_row(kept);
    return rc;
}

const char *call_option_of(struct call_page *call, const char *option, struct bc_str value)
{
    struct bc_buf text = { 0 };
    const char *made;

    if (value.len == 0)
        return NULL;
    bc_buf_printf(&text, "%s%.*s", option, BC_STR_ARG(value));
    made = bc_arena_copy(call->arena, bc_buf_str(&text)).at;
    bc_buf_release(&text);
    return made;
}

const char *call_option(struct call_page *call, const char *option, const char *key)
{
    return call_option_of(call, option, call_param(call, key));
}

struct rows call_rows(const struct row *answer, const char *key)
{
    const struct cell *cell = row_find(answer, key);

    return cell && cell->kind == CELL_ROWS ? cell->rows : (struct rows){ 0 };
}

/* --- the document --- */

void call_page_begin(struct call_page *call, const char *heading, struct bc_str lead,
                     const struct document_place *places, size_t n)
{
    char date[TIMES_LEN];
    struct bc_buf title = { 0 };

    page_ends_when_short(date, &call->basis, call->basis.as_of_us);
    bc_buf_printf(&title, "%s, %s", heading, date);
    document_begin(&call->out, &(struct document_head){ .title = bc_buf_str(&title),
                                                        .heading = bc_str_of(heading),
                                                        .lead = lead,
                                                        .places = places,
                                                        .place_n = n });
    also_put(call);
    bc_buf_release(&title);
}

void call_put_below(struct html_out *out, const struct document_frame *frame,
                    void (*put)(struct call_page *call))
{
    struct call_page *call = call_of_frame(frame);
    struct bc_buf before = call->out.text;

    call->out.text = (struct bc_buf){ 0 };
    put(call);
    bc_buf_add_str(&out->text, bc_buf_str(&call->out.text));
    bc_buf_release(&call->out.text);
    call->out.text = before;
}

static bool is_said(const struct bc_str *said, size_t n, struct bc_str text)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(said[i], text))
            return true;
    return false;
}

/* Each once, whichever answers have it. */
static void put_notes(struct call_page *call)
{
    struct bc_str *said = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < call->noted_n; i++) {
        const struct rows notes = call_rows(kept_row(call->noted[i]), "notes");

        for (size_t at = 0; at < notes.n; at++) {
            struct row note = { .readers = ROW_FOR_PAGES };
            struct bc_str text;

            notes.fill(&note, notes.source, at);
            text = page_cells_text(&note, "text");
            row_release(&note);
            if (is_said(said, n, text))
                continue;
            if (n == 0)
                document_section(&call->out, &page_ends_notes, (struct bc_str){ 0 }, false);
            BC_GROW(said, n, cap);
            said[n++] = text;
            html_out_put(&call->out, "<p>");
            html_out_marked(&call->out, text);
            html_out_put(&call->out, "</p>\n");
        }
    }
    if (n)
        document_section_end(&call->out);
    free(said);
}

void call_page_end(struct call_page *call)
{
    const struct basis *basis = &call->basis;
    struct row answer = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = call->env.times };
    struct bc_buf rules = { 0 };

    put_notes(call);
    basis_cells(&answer, basis, basis->as_of_us);
    bc_buf_printf(&rules, "%s, times in %s", basis_label(basis, 0),
                  bc_zone_name(basis->rules->zone));
    document_end(&call->out, &answer, bc_buf_str(&rules));
    bc_buf_release(&rules);
    row_release(&answer);
}

/* --- one page --- */

static bc_status open_basis(struct call_page *call, struct bc_err *err)
{
    struct typed typed = { 0 };
    const char *as_of;
    bc_status rc;

    take_rules(&call->env, call, CALL_RULES, &call->rules);
    typed.known_at = call_option_of(call, "", call_param(call, "known-at"));
    typed.clock = call_option_of(call, "", call_param(call, "clock"));
    typed.rules = call->env.rules.value;
    as_of = call_option_of(call, "", call_param(call, "as-of"));
    rc = basis_open(&call->basis, &call->env, &typed, err);
    if (rc == BC_OK)
        rc = basis_when(&call->as_of, &call->basis, &call->env, as_of, err);
    if (rc == BC_OK)
        basis_set_date(&call->basis, &call->as_of);
    return rc;
}

void call_init(struct call_page *call, struct site *site, const struct call_place *place,
               const struct site_request *request)
{
    *call = (struct call_page){ .site = site, .place = place, .request = request };
    call->env = *site->env;
    call->env.now_us = cmd_now_us(site->env);
    call->env.rehearsed = true; /* one time for all that a page asks */
    call->env.named_rules = true;
    call->env.ledger_dir = site->opened.dir;
    call->env.opened = site->opened.log;
    call->env.timelines = site->opened.timelines;
    call->env.width = 0;
    call->env.color = false;
    call->env.paged = false;
    call->env.in_tty = call->env.out_tty = call->env.err_tty = false;
    call->env.names = &site->names;
    call->env.times = &site->times;
}

/* Words of commands end at a zero byte: what an address says after one would be left out. */
static bc_status check_values(const struct call_page *call, struct bc_err *err)
{
    for (size_t i = 0; i < call->request->pair_n; i++) {
        const struct bc_str value = call->request->pairs[i].value;

        if (value.len && memchr(value.at, '\0', value.len))
            return bc_err_set(err, BC_E_USAGE, "the address has a zero byte in the value of '%.*s'",
                              BC_STR_ARG(call->request->pairs[i].key));
    }
    return BC_OK;
}

bc_status call_make(struct call_page *call, struct bc_err *err)
{
    bc_status rc = check_values(call, err);

    call->arena = bc_arena_new();
    if (rc < 0)
        return rc;
    rc = open_basis(call, err);
    if (rc < 0)
        return rc;
    call->about = (struct page_about){ .rules = call->basis.rules };
    call->out = (struct html_out){ .env = &call->env, .about = &call->about };
    call->site->frame(&call->frame, call);
    call->env.frame = &call->frame;
    return call->place->make(call, err);
}

void call_release(struct call_page *call)
{
    for (size_t i = 0; i < call->kept_n; i++)
        kept_free(call->kept[i]);
    free(call->kept);
    free(call->noted);
    basis_close(&call->basis);
    bc_buf_release(&call->out.text);
    bc_buf_release(&call->head);
    bc_arena_free(call->arena);
    free(call->rules);
}
