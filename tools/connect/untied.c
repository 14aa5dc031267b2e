#include "tools/connect/untied.h"

#include "ledger/base/instant.h"
#include "tools/connect/known.h"
#include "tools/json/event_json.h"

#include <stdlib.h>

static struct bc_str text_of(const json_t *value)
{
    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

static json_t *text(struct bc_str from)
{
    return json_stringn_nocheck(from.len ? from.at : "", from.len);
}

static void note_pass(struct connect_untied *untied, struct bc_str ref, struct bc_str id)
{
    json_t *ids = ref.len ? json_object_getn(untied->passes, ref.at, ref.len) : NULL;

    if (ref.len == 0)
        return;
    if (!ids) {
        ids = json_object();
        json_object_setn_new_nocheck(untied->passes, ref.at, ref.len, ids);
    }
    json_object_setn_new_nocheck(ids, id.at, id.len, json_integer(untied->pass));
}

void connect_untied_parse(struct connect_untied *out, struct bc_str value)
{
    const char *id;
    json_t *one;

    *out = (struct connect_untied){ .events =
                                        json_loadb(value.len ? value.at : "", value.len, 0, NULL) };
    if (!json_is_object(out->events)) { /* of another form: as if there were none */
        json_decref(out->events);
        out->events = json_object();
    }
    out->passes = json_object();
    json_object_foreach(out->events, id, one)
    {
        note_pass(out, text_of(json_object_get(one, "ref")), bc_str_of(id));
    }
}

bc_status connect_untied_load(struct connect_untied *out, bc_log *log, struct bc_str source,
                              struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = bc_meta_get_named(log, BC_META_UNTIED, source, &value, err);

    connect_untied_parse(out, bc_buf_str(&value));
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

void connect_untied_release(struct connect_untied *untied)
{
    json_decref(untied->events);
    json_decref(untied->passes);
    *untied = (struct connect_untied){ 0 };
}

void connect_untied_put(struct connect_untied *untied, bc_append *append, struct bc_str source)
{
    char *value;

    if (!untied->changed)
        return;
    value = json_dumps(untied->events, JSON_COMPACT | JSON_SORT_KEYS);
    bc_append_put_named(append, BC_META_UNTIED, source, bc_str_of(value));
    free(value);
    untied->changed = false;
}

/* Of an address in somebody's text, which may hold a password, nothing but its digest. */
static json_t *kept_clue(const struct connect_clue *clue)
{
    char digest[CONNECT_URL_DIGEST_LEN];
    json_t *out = json_array();

    json_array_append_new(out, json_string(connect_clue_word[clue->kind]));
    if (clue->kind == CONNECT_URL && bc_str_begins(clue->text, BC_STR("http"))) {
        connect_url_digest(digest, clue->text);
        json_array_append_new(out, json_string(digest));
    } else {
        json_array_append_new(out, text(clue->text));
    }
    return out;
}

void connect_untied_add(struct connect_untied *untied, const struct bc_event *event,
                        enum connect_tied why, struct bc_str deal,
                        const struct connect_clues *clues)
{
    struct bc_buf line = { 0 };
    json_t *one = json_object(), *list = json_array(), *before;

    event_json_add(&line, event);
    json_object_set_new(one, "event", text(bc_buf_str(&line)));
    json_object_set_new(one, "body", json_string(bc_schema(event->body)->json_name));
    json_object_set_new(one, "ref", text(event->source_ref));
    json_object_set_new(one, "why", json_string(connect_tied_word[why]));
    json_object_set_new(one, "deal", text(deal));
    for (size_t i = 0; i < clues->n; i++)
        json_array_append_new(list, kept_clue(&clues->at[i]));
    json_object_set_new(one, "clues", list);
    before = json_object_getn(untied->events, event->id.at, event->id.len);
    untied->changed |= !json_equal(before, one);
    json_object_setn_new_nocheck(untied->events, event->id.at, event->id.len, one);
    note_pass(untied, event->source_ref, event->id);
    bc_buf_release(&line);
}

void connect_untied_drop(struct connect_untied *untied, struct bc_str id)
{
    untied->changed |= json_object_deln(untied->events, id.at, id.len) == 0;
}

static bool is_of(const json_t *one, uint64_t bodies)
{
    const struct bc_str name = text_of(json_object_get(one, "body"));
    const enum bc_body body = name.len ? bc_body_of(name) : BC_NO_BODY;

    return body == BC_NO_BODY || (bodies & connect_body_bit(body)); /* none: of an earlier build */
}

void connect_untied_told_all(struct connect_untied *untied, struct bc_str ref, uint64_t bodies)
{
    json_t *ids = ref.len ? json_object_getn(untied->passes, ref.at, ref.len) : NULL;
    const char *id;
    json_t *pass;

    json_object_foreach(ids, id, pass)
    {
        const json_t *one = json_object_get(untied->events, id);

        if (one && json_integer_value(pass) != untied->pass && is_of(one, bodies))
            connect_untied_drop(untied, bc_str_of(id));
    }
}

bool connect_untied_below(const struct connect_untied *untied, struct bc_str ref)
{
    const char *id;
    json_t *one;

    json_object_foreach(untied->events, id, one)
    {
        const struct bc_str own = text_of(json_object_get(one, "ref"));

        if (bc_str_begins(own, ref) && (own.len == ref.len || own.at[ref.len] == '/'))
            return true;
    }
    return false;
}

/* When an event happened, out of its JSON. */
static struct bc_str occurred_of(const json_t *one)
{
    static const char key[] = "\"occurredAt\":\"";
    const struct bc_str line = text_of(json_object_get(one, "event"));
    const char *at = line.len ? memmem(line.at, line.len, key, strlen(key)) : NULL;
    size_t begin, end;

    if (!at)
        return (struct bc_str){ 0 };
    begin = end = (size_t)(at - line.at) + strlen(key);
    while (end < line.len && line.at[end] != '"')
        end++;
    return bc_str_part(line, begin, end);
}

bool connect_untied_when(const struct connect_untied *untied, struct bc_str id, int64_t *us)
{
    const json_t *one = json_object_getn(untied->events, id.at, id.len);

    return one && bc_instant_parse(us, occurred_of(one), NULL) == BC_OK;
}

void connect_untied_clues(struct connect_clues *out, const json_t *one)
{
    const json_t *list = json_object_get(one, "clues");

    *out = (struct connect_clues){ 0 };
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *clue = json_array_get(list, i);
        const struct bc_str word = text_of(json_array_get(clue, 0));

        for (unsigned kind = 0; kind < CONNECT_CLUE_KIND_N; kind++)
            if (bc_str_eq(word, bc_str_of(connect_clue_word[kind])))
                connect_clue(out, (enum connect_clue_kind)kind, text_of(json_array_get(clue, 1)));
    }
}

/* ---- lists ---- */

static enum connect_tied why_of(const json_t *one)
{
    const struct bc_str word = text_of(json_object_get(one, "why"));

    for (unsigned why = 0; why < CONNECT_TIED_N; why++)
        if (bc_str_eq(word, bc_str_of(connect_tied_word[why])))
            return (enum connect_tied)why;
    return CONNECT_NO_CLUE;
}

/* The address among the names of an object. */
static struct bc_str address_of(const json_t *one)
{
    struct connect_clues clues;

    connect_untied_clues(&clues, one);
    for (size_t i = 0; i < clues.n; i++)
        if (clues.at[i].kind == CONNECT_OBJECT && bc_str_begins(clues.at[i].text, BC_STR("http")))
            return clues.at[i].text;
    return (struct bc_str){ 0 };
}

static int by_object(const void *a, const void *b)
{
    const struct connect_loose *left = a, *right = b;
    const int order = bc_str_cmp(left->object, right->object);

    return order ? order : bc_str_cmp(left->since, right->since);
}

size_t connect_untied_list(struct connect_loose **out, const struct connect_untied *untied)
{
    const size_t all = json_object_size(untied->events);
    struct connect_loose *loose = bc_calloc(all + 1, sizeof(*loose));
    size_t n = 0, kept = 0;
    const char *id;
    json_t *one;

    json_object_foreach(untied->events, id, one)
    {
        loose[n++] = (struct connect_loose){ .object = text_of(json_object_get(one, "ref")),
                                             .address = address_of(one),
                                             .since = occurred_of(one),
                                             .deal = text_of(json_object_get(one, "deal")),
                                             .why = why_of(one),
                                             .events = 1 };
    }
    qsort(loose, n, sizeof(*loose), by_object);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && bc_str_eq(loose[kept - 1].object, loose[i].object))
            loose[kept - 1].events++;
        else
            loose[kept++] = loose[i];
    }
    *out = loose;
    return kept;
}
