/* projections/yaml/yaml.c - makes a tree of libfyaml's events.
 *
 * The event parser is used, not libfyaml's own document: so depth, aliases and keys given twice are
 * decided here, before anything is built, and every node keeps its offset. */
#include "projections/yaml/yaml.h"

#include "projections/yaml/yaml_text.h"

#include <assert.h>
#include <stdlib.h>

#include <libfyaml.h>

/* A map or list that is not closed yet. */
struct frame {
    struct bc_yaml *node;
    struct bc_yaml *last;
    struct bc_str key; /* a map's key that still waits for its value */
    size_t key_at;
    bool has_key;
};

struct build {
    const struct bc_yaml_source *source;
    struct bc_err *err;
    bc_arena *arena;
    size_t shift; /* bytes before what libfyaml was given: a byte order mark */
    struct frame frames[BC_YAML_DEPTH];
    size_t depth;
    const struct bc_yaml *root;
    bool begun;
};

static size_t mark_at(const struct build *b, const struct fy_mark *mark, size_t otherwise)
{
    return mark ? b->shift + mark->input_pos : otherwise;
}

static struct frame *top(struct build *b)
{
    return b->depth ? &b->frames[b->depth - 1] : NULL;
}

static void add(struct build *b, struct bc_yaml *node)
{
    struct frame *frame = top(b);

    if (!frame) {
        b->root = node;
        return;
    }
    if (frame->node->kind == BC_YAML_MAP) {
        node->key = frame->key;
        node->key_at = frame->key_at;
        frame->has_key = false;
    }
    if (frame->last)
        frame->last->next = node;
    else
        frame->node->first = node;
    frame->last = node;
    frame->node->n++;
}

static bool wants_key(struct build *b)
{
    const struct frame *frame = top(b);
    return frame && frame->node->kind == BC_YAML_MAP && !frame->has_key;
}

/* A scalar's text, unquoted and unfolded. Read by the iterator, since libfyaml's own way of putting
 * a long single-quoted text together leaks memory. */
static struct bc_str text_of(struct build *b, struct fy_token *token)
{
    struct bc_buf text = { 0 };
    struct fy_token_iter *iter = token ? fy_token_iter_create(token) : NULL;
    const struct fy_iter_chunk *chunk = NULL;
    int failed = 0; /* cannot happen: it is in memory, and was scanned before */

    while (iter && (chunk = fy_token_iter_chunk_next(iter, chunk, &failed)))
        bc_buf_add(&text, chunk->str, chunk->len);
    struct bc_str copy = bc_arena_copy(b->arena, bc_buf_str(&text));
    fy_token_iter_destroy(iter);
    bc_buf_release(&text);
    return copy;
}

static bc_status scalar(struct build *b, struct fy_event *event)
{
    struct frame *frame = top(b);
    struct fy_token *token = event->scalar.value;
    enum fy_node_style style = token ? fy_event_get_node_style(event) : FYNS_PLAIN;
    struct bc_str text = text_of(b, token);
    size_t empty_at = !frame ? b->shift : frame->has_key ? frame->key_at : frame->node->at;
    size_t at = mark_at(b, token ? fy_token_start_mark(token) : NULL, empty_at);

    if (style == FYNS_SINGLE_QUOTED || style == FYNS_DOUBLE_QUOTED)
        at--; /* libfyaml's mark is after the quote */
    else if (text.len == 0)
        at = empty_at;
    if (bc_yaml_control(text) < text.len)
        return bc_yaml_fault(b->source, at, b->err,
                             "a text holds a control character or a line end, expected one line");
    if (frame && wants_key(b)) {
        if (text.len == 0)
            return bc_yaml_fault(b->source, at, b->err, "a key is empty");
        frame->key = text;
        frame->key_at = at;
        frame->has_key = true;
        return BC_OK;
    }
    struct bc_yaml *node = bc_arena_alloc(b->arena, sizeof(*node));
    *node = (struct bc_yaml){
        .kind = BC_YAML_SCALAR, .plain = style == FYNS_PLAIN, .at = at, .text = text
    };
    add(b, node);
    return BC_OK;
}

static bc_status begin(struct build *b, struct fy_event *event, enum bc_yaml_kind kind)
{
    struct frame *frame = top(b);
    size_t at = mark_at(b, fy_event_start_mark(event), frame ? frame->key_at : b->shift);

    if (wants_key(b))
        return bc_yaml_fault(b->source, at, b->err,
                             "a key is a map or list, expected a word and a colon");
    if (b->depth == BC_YAML_DEPTH)
        return bc_yaml_fault(b->source, at, b->err,
                             "maps and lists are nested deeper than %d levels", BC_YAML_DEPTH);
    struct bc_yaml *node = bc_arena_alloc(b->arena, sizeof(*node));
    *node = (struct bc_yaml){ .kind = kind, .at = at };
    add(b, node);
    b->frames[b->depth++] = (struct frame){ .node = node };
    return BC_OK;
}

static int by_key(const void *left, const void *right)
{
    const struct bc_yaml *a = *(const struct bc_yaml *const *)left;
    const struct bc_yaml *b = *(const struct bc_yaml *const *)right;
    int order = bc_str_cmp(a->key, b->key);
    return order ? order : (a->key_at > b->key_at) - (a->key_at < b->key_at);
}

/* Refuses keys given twice; sorted, so that a large map does not take quadratic time. */
static bc_status end_map(struct build *b, const struct bc_yaml *map)
{
    assert(map);
    const struct bc_yaml **sorted = bc_reallocarray(NULL, map->n, sizeof(*sorted));
    const struct bc_yaml *first = NULL, *again = NULL;
    bc_status rc = BC_OK;
    size_t n = 0;

    for (const struct bc_yaml *node = map->first; node; node = node->next)
        sorted[n++] = node;
    if (n > 1)
        qsort(sorted, n, sizeof(*sorted), by_key);
    for (size_t i = 1; i < n; i++) {
        if (!bc_str_eq(sorted[i - 1]->key, sorted[i]->key))
            continue;
        if (!again || sorted[i]->key_at < again->key_at) {
            first = sorted[i - 1];
            again = sorted[i];
        }
    }
    if (again)
        rc = bc_yaml_fault(
            b->source, again->key_at, b->err, "\"%.*s\" is given twice, the first time on line %zu",
            BC_STR_ARG(bc_yaml_clip(again->key)), bc_yaml_line(b->source, first->key_at));
    free(sorted);
    return rc;
}

static bc_status refuse_marks(struct build *b, struct fy_event *event)
{
    struct fy_token *anchor = fy_event_get_anchor_token(event);
    struct fy_token *tag = fy_event_get_tag_token(event);

    if (anchor) /* an alias has its name here too; the mark is after the sign */
        return bc_yaml_fault(b->source, mark_at(b, fy_token_start_mark(anchor), 1) - 1, b->err,
                             "anchors and aliases are not read here; write the value out");
    if (tag)
        return bc_yaml_fault(b->source, mark_at(b, fy_token_start_mark(tag), 0), b->err,
                             "tags are not read here; leave it out");
    return BC_OK;
}

static bc_status take(struct build *b, struct fy_event *event)
{
    bc_status rc = BC_OK;

    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (b->begun)
            return bc_yaml_fault(b->source, mark_at(b, fy_event_start_mark(event), 0), b->err,
                                 "a second document begins here, expected one");
        b->begun = true;
        return BC_OK;
    case FYET_ALIAS:
        return bc_yaml_fault(b->source, mark_at(b, fy_event_start_mark(event), 1) - 1, b->err,
                             "anchors and aliases are not read here; write the value out");
    case FYET_SCALAR:
        rc = refuse_marks(b, event);
        return rc == BC_OK ? scalar(b, event) : rc;
    case FYET_SEQUENCE_START:
        rc = refuse_marks(b, event);
        return rc == BC_OK ? begin(b, event, BC_YAML_LIST) : rc;
    case FYET_MAPPING_START:
        rc = refuse_marks(b, event);
        return rc == BC_OK ? begin(b, event, BC_YAML_MAP) : rc;
    case FYET_MAPPING_END:
        return end_map(b, b->frames[--b->depth].node);
    case FYET_SEQUENCE_END:
        b->depth--;
        return BC_OK;
    default:
        return BC_OK; /* the stream's begin and end, a document's end */
    }
}

/* libfyaml would write to standard error. */
static void sink(struct fy_diag *diag, void *user, const char *bytes, size_t len)
{
    (void)diag, (void)user, (void)bytes, (void)len;
}

static bc_status syntax_fault(struct build *b, struct fy_diag *diag)
{
    void *walk = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &walk);

    if (!error || !error->msg)
        return bc_yaml_fault(b->source, 0, b->err, "this cannot be read as YAML");
    size_t at = mark_at(b, error->fyt ? fy_token_start_mark(error->fyt) : NULL, 0);
    if (at && strstr(error->msg, "closing quote"))
        at--; /* as above: the mark is after the opening quote */
    return bc_yaml_fault(b->source, at, b->err, "this cannot be read as YAML: %s", error->msg);
}

static bc_status build(struct build *b)
{
    struct fy_diag_cfg diag_cfg;
    bc_status rc = BC_OK;
    struct bc_str text = b->source->text;

    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    diag_cfg.output_fn = sink;
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    if (!diag)
        bc_out_of_memory();
    fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg cfg = { .flags = FYPCF_JSON_NONE, .diag = diag };
    struct fy_parser *parser = fy_parser_create(&cfg);
    if (!parser ||
        fy_parser_set_string(parser, text.len ? text.at + b->shift : "", text.len - b->shift))
        bc_out_of_memory();
    while (rc == BC_OK) {
        struct fy_event *event = fy_parser_parse(parser);
        if (!event) {
            if (fy_parser_get_stream_error(parser))
                rc = syntax_fault(b, diag);
            break;
        }
        rc = take(b, event);
        fy_parser_event_free(parser, event);
    }
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return rc;
}

/* *out is NULL where nothing but comments is there. */
static bc_status read_root(const struct bc_yaml **out, bc_arena *arena,
                           const struct bc_yaml_source *source, struct bc_err *err)
{
    struct build b = { .source = source, .err = err, .arena = arena };
    bc_status rc = bc_yaml_check_bytes(source, err);

    if (rc != BC_OK)
        return rc;
    b.shift = bc_yaml_mark_len(source->text);
    rc = build(&b);
    if (rc == BC_OK)
        *out = b.root && !bc_yaml_is_null(b.root) ? b.root : NULL;
    return rc;
}

bc_status bc_yaml_read(const struct bc_yaml **out, bc_arena *arena,
                       const struct bc_yaml_source *source, struct bc_err *err)
{
    const struct bc_yaml *root = NULL;
    bc_status rc = read_root(&root, arena, source, err);

    if (rc == BC_OK && !root)
        return bc_yaml_fault(source, bc_yaml_mark_len(source->text), err, "there is nothing in it");
    if (rc == BC_OK)
        *out = root;
    return rc;
}

bc_status bc_yaml_read_keys(const struct bc_yaml **out, bc_arena *arena,
                            const struct bc_yaml_source *source, struct bc_err *err)
{
    static const struct bc_yaml nothing = { .kind = BC_YAML_MAP };
    const struct bc_yaml *root = NULL;
    bc_status rc = read_root(&root, arena, source, err);

    if (rc == BC_OK)
        *out = root ? root : &nothing;
    return rc;
}
