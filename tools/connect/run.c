#include "tools/connect/run.h"

#include "ledger/base/digest.h"
#include "ledger/base/instant.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void connect_run_init(struct connect_run *run)
{
    *run = (struct connect_run){ .pass = 1,
                                 .present = { .refs = bc_string_table_new() },
                                 .keep = bc_arena_new(),
                                 .record = bc_arena_new() };
}

void connect_run_release(struct connect_run *run)
{
    connect_untied_release(&run->untied);
    json_decref(run->state);
    bc_string_table_free(run->present.refs);
    free(run->present.faces);
    free(run->present.whole);
    free(run->notes);
    bc_arena_free(run->keep);
    bc_arena_free(run->record);
    *run = (struct connect_run){ 0 };
}

/* ---- texts ---- */

struct bc_str connect_print(struct connect_run *run, const char *format, ...)
{
    struct bc_buf text = { 0 };
    struct bc_str kept;
    va_list args;

    va_start(args, format);
    bc_buf_vprintf(&text, format, args);
    va_end(args);
    kept = bc_arena_copy(run->record, bc_buf_str(&text));
    bc_buf_release(&text);
    return kept;
}

struct bc_str connect_id(struct connect_run *run, const char *format, ...)
{
    enum { DIGEST_LEN = 1 + 16 };
    struct bc_buf text = { 0 };
    struct bc_str kept;
    va_list args;

    bc_buf_printf(&text, "%s:", run->is->system);
    va_start(args, format);
    bc_buf_vprintf(&text, format, args);
    va_end(args);
    if (text.len > BC_ID_MAX - 64) { /* room for what tells versions apart */
        const struct bc_hash hash = bc_hash_bytes(bc_buf_str(&text));
        char digest[BC_HASH_TEXT_LEN];
        size_t len = BC_ID_MAX - 64 - DIGEST_LEN;

        bc_hash_print(digest, &hash);
        while (len > 0 && ((unsigned char)text.at[len] & 0xc0) == 0x80)
            len--; /* whole characters */
        text.len = len;
        bc_buf_printf(&text, "#%.16s", digest);
    }
    kept = bc_arena_copy(run->record, bc_buf_str(&text));
    bc_buf_release(&text);
    return kept;
}

struct bc_str connect_text(struct connect_run *run, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (json_is_integer(value))
        return connect_print(run, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

/* "1738573963", "1738573963.000200" */
static bool parse_seconds(int64_t *us, struct bc_str text)
{
    const char *dot = text.len ? memchr(text.at, '.', text.len) : NULL;
    const size_t whole = dot ? (size_t)(dot - text.at) : text.len;
    const size_t decimals = dot ? text.len - whole - 1 : 0;
    int64_t value = 0;

    if (whole < 1 || whole > 11 || decimals > 6 || (dot && decimals == 0))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (i == whole)
            continue;
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        value = value * 10 + (text.at[i] - '0');
    }
    for (size_t i = decimals; i < 6; i++)
        value *= 10;
    *us = value;
    return value <= BC_INSTANT_MAX;
}

bool connect_instant(int64_t *us, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    const struct bc_str text = { json_string_value(value), json_string_length(value) };

    if (json_is_integer(value)) {
        const json_int_t seconds = json_integer_value(value);

        *us =
            seconds >= 0 && seconds <= BC_INSTANT_MAX / BC_SECOND_US ? seconds * BC_SECOND_US : -1;
        return *us >= 0;
    }
    if (json_is_real(value)) {
        const double exact = json_real_value(value) * 1e6;

        if (!(exact >= 0 && exact <= (double)BC_INSTANT_MAX))
            return false;
        *us = llround(exact);
        return true;
    }
    return parse_seconds(us, text) || bc_instant_parse(us, text, NULL) == BC_OK;
}

int64_t connect_found_us(const struct connect_run *run, struct bc_str id)
{
    int64_t us;

    if (connect_known_when(run->known, id, &us) || connect_untied_when(&run->untied, id, &us))
        return us;
    return run->now_us;
}

#define SKEW_US (INT64_C(300) * BC_SECOND_US) /* as clocks differ */
static const struct connect_kind ahead = {
    "timesAhead",
    "time of the service lies ahead of this clock: what changes is read from now on, not from then",
    "times of the service lie ahead of this clock: what changes is read from now on, not from then"
};

int64_t connect_not_ahead(struct connect_run *run, int64_t us)
{
    if (us > run->now_us + SKEW_US)
        connect_note(run, &ahead, (struct bc_str){ 0 });
    return us < run->now_us ? us : run->now_us;
}

/* ---- asking ---- */

static const struct connect_kind unsound = {
    "textsUnsound", "answer has texts that no UTF-8 can hold: U+FFFD stands in their place",
    "answers have texts that no UTF-8 can hold: U+FFFD stands in their place"
};

/* No deeper than HTTP_DEPTH_MAX. */
static bool is_unsound(const json_t *value)
{
    const char *key;
    json_t *one;

    for (size_t i = 0; i < json_array_size(value); i++)
        if (is_unsound(json_array_get(value, i)))
            return true;
    json_object_foreach((json_t *)(uintptr_t)value, key, one)
    {
        if (strcmp(key, HTTP_UNSOUND) == 0 || is_unsound(one))
            return true;
    }
    return false;
}

bc_status connect_get(struct connect_run *run, struct http_answer *out, struct bc_buf *path,
                      const struct http_request *how, struct bc_err *err)
{
    struct http_request request = how ? *how : (struct http_request){ 0 };
    bc_status rc;

    bc_buf_add_byte(path, '\0');
    request.path = path->at;
    *out = (struct http_answer){ 0 };
    rc = http_get(run->client, &request, out, err);
    if (rc == BC_OK && is_unsound(out->root))
        connect_note(run, &unsound, (struct bc_str){ 0 });
    bc_buf_release(path);
    return rc;
}

/* ---- what is said of the run ---- */

static void name_one(struct connect_run *run, struct connect_noted *noted, struct bc_str which)
{
    if (which.len == 0 || noted->which_n == CONNECT_NAMED)
        return;
    for (size_t i = 0; i < noted->which_n; i++)
        if (bc_str_eq(noted->which[i], which))
            return;
    noted->which[noted->which_n++] = bc_arena_copy(run->keep, which);
}

static struct connect_noted *noted_of(struct connect_run *run, const struct connect_kind *kind)
{
    size_t i = 0;

    while (i < run->note_n && run->notes[i].kind != kind)
        i++;
    if (i == run->note_n) {
        BC_GROW(run->notes, run->note_n, run->note_cap);
        run->notes[run->note_n++] = (struct connect_noted){ .kind = kind };
    }
    return &run->notes[i];
}

void connect_note(struct connect_run *run, const struct connect_kind *kind, struct bc_str which)
{
    struct connect_noted *noted = noted_of(run, kind);

    noted->n++;
    name_one(run, noted, which);
}

void connect_note_n(struct connect_run *run, const struct connect_kind *kind, uint64_t n)
{
    noted_of(run, kind)->n += n;
}

void connect_missing(struct connect_run *run, const struct connect_kind *kind, struct bc_str which)
{
    connect_note(run, kind, which);
    noted_of(run, kind)->missing = true;
}

void connect_noted_text(struct bc_buf *out, const struct connect_noted *note)
{
    bc_buf_printf(out, "%" PRIu64 " %s", note->n,
                  note->n == 1 ? note->kind->one : note->kind->many);
    for (size_t i = 0; i < note->which_n; i++) {
        bc_buf_add_str(out, i ? BC_STR(", ") : BC_STR(" ("));
        bc_buf_add_str(out, note->which[i]);
    }
    if (note->which_n)
        bc_buf_add_byte(out, ')');
}

bc_status connect_failed(const struct connect_run *run, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; i < run->note_n; i++)
        if (run->notes[i].missing) {
            bc_buf_add_str(&text, text.len ? BC_STR("; ") : BC_STR(""));
            connect_noted_text(&text, &run->notes[i]);
        }
    if (text.len)
        rc = bc_err_set(err, BC_E_REMOTE, "%.*s; what else there is was read",
                        BC_STR_ARG(bc_buf_str(&text)));
    bc_buf_release(&text);
    return rc;
}

/* ---- what the service has now ---- */

static struct connect_face *face_of(struct connect_run *run, struct bc_str ref)
{
    struct connect_present *present = &run->present;
    const uint32_t number = bc_string_table_add(present->refs, ref);

    assert(ref.len > 0);
    if (number > present->n) {
        BC_GROW(present->faces, present->n, present->cap);
        present->faces[present->n++] = (struct connect_face){ 0 };
    }
    return &present->faces[number - 1];
}

void connect_expect(struct connect_run *run, struct bc_str ref, enum bc_body body, bool yes)
{
    struct connect_face *face = face_of(run, ref);
    const uint64_t bit = connect_body_bit(body);

    if (yes) {
        face->yes |= bit;
        face->no &= ~bit;
    } else if (!(face->yes & bit)) {
        face->no |= bit;
    }
}

void connect_untold(struct connect_run *run, struct bc_str ref, bool left_out)
{
    struct connect_face *face = face_of(run, ref);

    face->left_out |= left_out;
    face->untied |= !left_out;
}

bool connect_is_listed(const struct connect_run *run, struct bc_str ref)
{
    const uint32_t number = connect_number(run->present.refs, ref);

    return number && run->present.faces[number - 1].listed;
}

void connect_listed(struct connect_run *run, struct bc_str ref)
{
    face_of(run, ref)->listed = true;
}

void connect_listed_all(struct connect_run *run, const char *prefix)
{
    struct connect_present *present = &run->present;

    BC_GROW(present->whole, present->whole_n, present->whole_cap);
    present->whole[present->whole_n++] = bc_arena_copy(run->keep, bc_str_of(prefix));
}
