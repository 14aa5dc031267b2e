#include "tools/lib/held.h"

#include <math.h>
#include <stdlib.h>

/* What is open, and its values so far. */
struct level {
    const char *key;
    struct backcast_value *at;
    size_t n, cap;
};

struct held {
    struct answer_taker taker; /* first, so that a pointer to one is a pointer to the other */
    bc_arena *arena;           /* of the answer */
    struct level levels[WALK_DEPTH + 1];
    size_t depth; /* at 0 is the answer itself */
    backcast_answer_fn *take;
    void *to;
    bool stopped;
};

const char *held_text(bc_arena *arena, struct bc_str text)
{
    return bc_arena_copy(arena, text).at;
}

/* --- values --- */

static void set_text(struct backcast_value *value, bc_arena *arena, enum backcast_kind kind,
                     struct bc_str text)
{
    value->kind = kind;
    value->text = held_text(arena, text);
    value->text_len = text.len;
}

static void set_integer(struct backcast_value *value, enum backcast_kind kind, int64_t integer)
{
    value->kind = kind;
    value->integer = integer;
    if (kind == BACKCAST_INTEGER || kind == BACKCAST_SEQ)
        value->number = (double)integer;
}

static void set_number(struct backcast_value *value, enum backcast_kind kind, double number)
{
    if (!isfinite(number))
        return; /* null, as in JSON */
    value->kind = kind;
    value->number = number;
}

static void set_amount(struct backcast_value *value, bc_arena *arena, bc_int128 millionths)
{
    char text[BC_AMOUNT_LEN];

    bc_amount_print(text, millionths);
    set_text(value, arena, BACKCAST_AMOUNT, bc_str_of(text));
    value->number = (double)millionths / BC_AMOUNT_ONE;
}

static void set_texts(struct backcast_value *value, bc_arena *arena, const struct bc_str *texts,
                      size_t n)
{
    struct backcast_value *items = bc_arena_alloc(arena, n * sizeof(*items));

    for (size_t i = 0; i < n; i++)
        set_text(&items[i], arena, BACKCAST_TEXT, texts[i]);
    value->kind = BACKCAST_LIST;
    value->within = items;
    value->n = n;
}

static void set_head(struct backcast_value *value, bc_arena *arena, const struct bc_head *head)
{
    struct backcast_value *cells = bc_arena_alloc(arena, 2 * sizeof(*cells));
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    cells[0].key = "seq";
    set_integer(&cells[0], BACKCAST_SEQ, (int64_t)head->size);
    cells[1].key = "root";
    set_text(&cells[1], arena, BACKCAST_TEXT, bc_str_of(root));
    value->kind = BACKCAST_ROW;
    value->within = cells;
    value->n = 2;
}

static void set_cell(struct backcast_value *value, bc_arena *arena, const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_TEXT:
        set_text(value, arena, BACKCAST_TEXT, cell->text);
        break;
    case CELL_TEXTS:
        set_texts(value, arena, cell->texts.at, cell->texts.n);
        break;
    case CELL_BOOL:
        set_integer(value, BACKCAST_BOOL, cell->yes);
        break;
    case CELL_COUNT:
        set_integer(value, BACKCAST_INTEGER, (int64_t)cell->count);
        break;
    case CELL_INTEGER:
        set_integer(value, BACKCAST_INTEGER, cell->integer);
        break;
    case CELL_SEQ:
        set_integer(value, BACKCAST_SEQ, (int64_t)cell->count);
        break;
    case CELL_NUMBER:
    case CELL_TENTHS:
        set_number(value, BACKCAST_NUMBER, cell->number);
        break;
    case CELL_RATE:
        set_number(value, BACKCAST_RATE, cell->number);
        break;
    case CELL_POINTS:
        set_number(value, BACKCAST_POINTS, cell->number);
        break;
    case CELL_DAYS:
        set_number(value, BACKCAST_DAYS, cell->number);
        break;
    case CELL_AMOUNT:
        set_amount(value, arena, *cell->millionths);
        break;
    case CELL_INSTANT:
        set_integer(value, BACKCAST_INSTANT, cell->us);
        break;
    case CELL_HEAD:
        set_head(value, arena, cell->head);
        break;
    case CELL_JSON:
        set_text(value, arena, BACKCAST_JSON, cell->text);
        break;
    case CELL_NULL:
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        break; /* of these only the first comes */
    }
}

/* --- taking --- */

static const char *held_key(const struct held *held, const char *key)
{
    return key ? held_text(held->arena, bc_str_of(key)) : NULL;
}

/* The next value of what is open. */
static struct backcast_value *add(struct held *held, const char *key)
{
    struct level *level = &held->levels[held->depth];

    BC_GROW(level->at, level->n, level->cap);
    level->at[level->n] = (struct backcast_value){ .key = key };
    return &level->at[level->n++];
}

static void take_open(struct answer_taker *taker, const char *key, bool list)
{
    struct held *held = (struct held *)taker;
    struct level *level = &held->levels[++held->depth];

    (void)list;
    level->key = held_key(held, key);
    level->n = 0;
}

static void take_close(struct answer_taker *taker, bool list)
{
    struct held *held = (struct held *)taker;
    const struct level *level = &held->levels[held->depth--];
    const size_t size = level->n * sizeof(*level->at);
    struct backcast_value *value = add(held, level->key), *within;

    within = bc_arena_alloc(held->arena, size);
    if (size)
        memcpy(within, level->at, size);
    value->kind = list ? BACKCAST_LIST : BACKCAST_ROW;
    value->within = within;
    value->n = level->n;
}

static void take_value(struct answer_taker *taker, const struct cell *cell)
{
    struct held *held = (struct held *)taker;

    set_cell(add(held, held_key(held, cell->key)), held->arena, cell);
}

static bc_status take_end(struct answer_taker *taker, struct bc_err *err)
{
    struct held *held = (struct held *)taker;

    if (!held->stopped)
        held->stopped = held->take(held->to, &held->levels[0].at[0]) != 0;
    held->levels[0].n = 0;
    bc_arena_reset(held->arena);
    return held->stopped ? bc_err_set(err, BC_E_IO, "%s", "") : BC_OK;
}

struct answer_taker *held_new(backcast_answer_fn *take, void *to)
{
    struct held *held = bc_calloc(1, sizeof(*held));

    held->taker = (struct answer_taker){
        .open = take_open, .close = take_close, .value = take_value, .end = take_end
    };
    held->arena = bc_arena_new();
    held->take = take;
    held->to = to;
    return &held->taker;
}

void held_free(struct answer_taker *taker)
{
    struct held *held = (struct held *)taker;

    for (size_t i = 0; i <= WALK_DEPTH; i++)
        free(held->levels[i].at);
    bc_arena_free(held->arena);
    free(held);
}

bool held_stopped(const struct answer_taker *taker)
{
    return ((const struct held *)taker)->stopped;
}

const struct backcast_value *backcast_find(const struct backcast_value *row, const char *key)
{
    for (size_t i = 0; row && row->kind == BACKCAST_ROW && i < row->n; i++)
        if (row->within[i].key && strcmp(row->within[i].key, key) == 0)
            return &row->within[i];
    return NULL;
}

/* --- events --- */

/* False: the event does not have the field. */
static bool set_field(struct backcast_value *value, bc_arena *arena, enum bc_type type,
                      const struct bc_value *from)
{
    switch (type) {
    case BC_TEXT:
    case BC_DAY:
        set_text(value, arena, BACKCAST_TEXT, from->text);
        return from->text.len > 0;
    case BC_BOOL:
        set_integer(value, BACKCAST_BOOL, from->yes);
        return from->yes;
    case BC_TIME:
        set_integer(value, BACKCAST_INSTANT, from->us);
        return from->set;
    case BC_LIST:
        set_texts(value, arena, from->items, from->item_n);
        return from->item_n > 0;
    }
    return false;
}

struct backcast_value held_body(bc_arena *arena, const struct bc_event *event)
{
    struct backcast_value *fields = bc_arena_alloc(arena, BC_FIELD_MAX * sizeof(*fields));
    const struct bc_schema *schema;
    size_t n = 0;

    if (event->body == BC_NO_BODY)
        return (struct backcast_value){ .kind = BACKCAST_NULL };
    schema = bc_schema(event->body);
    for (unsigned i = 1; i < schema->field_end; i++) {
        const struct bc_field *field = &schema->field[i];
        struct backcast_value value = { .key = field->json_name };

        if (field->name && set_field(&value, arena, field->type, &event->value[i]))
            fields[n++] = value;
    }
    return (struct backcast_value){
        .key = schema->json_name, .kind = BACKCAST_ROW, .within = fields, .n = n
    };
}
