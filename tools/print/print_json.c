/* tools/print/print_json.c - the taker that writes JSON. */
#include "tools/print/print_json.h"

#include "tools/print/json_out.h"

#include <assert.h>
#include <stdlib.h>

static_assert((int)WALK_DEPTH == JSON_OUT_DEPTH, "what is walked can be written");

struct json_taker {
    struct answer_taker taker; /* first, so that a pointer to one is a pointer to the other */
    struct json_out json;
    const struct cmd_env *env; /* of lines that are pages */
    size_t page, lines;
};

static struct json_out *json_of(struct answer_taker *taker)
{
    return &((struct json_taker *)taker)->json;
}

static void put_open(struct answer_taker *taker, const char *key, bool list)
{
    if (list)
        json_out_array(json_of(taker), key);
    else
        json_out_object(json_of(taker), key);
}

static void put_close(struct answer_taker *taker, bool list)
{
    if (list)
        json_out_array_end(json_of(taker));
    else
        json_out_object_end(json_of(taker));
}

static void put_texts(struct json_out *json, const struct cell *cell)
{
    json_out_array(json, cell->key);
    for (size_t i = 0; i < cell->texts.n; i++)
        json_out_string(json, NULL, cell->texts.at[i]);
    json_out_array_end(json);
}

static void put_value(struct answer_taker *taker, const struct cell *cell)
{
    struct json_out *json = json_of(taker);
    char amount[BC_AMOUNT_LEN];

    switch (cell->kind) {
    case CELL_NULL:
        json_out_null(json, cell->key);
        break;
    case CELL_TEXT:
        json_out_string(json, cell->key, cell->text);
        break;
    case CELL_TEXTS:
        put_texts(json, cell);
        break;
    case CELL_BOOL:
        json_out_bool(json, cell->key, cell->yes);
        break;
    case CELL_COUNT:
        json_out_count(json, cell->key, cell->count);
        break;
    case CELL_INTEGER:
        json_out_integer(json, cell->key, cell->integer);
        break;
    case CELL_SEQ:
        json_out_seq(json, cell->key, cell->count);
        break;
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_POINTS:
    case CELL_DAYS:
        json_out_number(json, cell->key, cell->number);
        break;
    case CELL_AMOUNT:
        bc_amount_print(amount, *cell->millionths);
        json_out_string(json, cell->key, bc_str_of(amount));
        break;
    case CELL_INSTANT:
        json_out_instant(json, cell->key, cell->us);
        break;
    case CELL_HEAD:
        json_out_head(json, cell->key, cell->head);
        break;
    case CELL_JSON:
        json_out_raw(json, cell->key, cell->text);
        break;
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        break; /* walked, and never come here */
    }
}

static bc_status put_end(struct answer_taker *taker, struct bc_err *err)
{
    struct json_taker *json = (struct json_taker *)taker;

    json_out_line(&json->json);
    json->lines++;
    if (json->page == 0 || json->lines % json->page != 0)
        return BC_OK;
    json_out_flush(&json->json);
    return cmd_written(json->env, err);
}

static struct json_taker json_begin(FILE *out)
{
    return (struct json_taker){
        .taker = { .open = put_open, .close = put_close, .value = put_value, .end = put_end },
        .json = json_out_begin(out)
    };
}

bc_status print_json(const struct cmd_env *env, row_fill_fn *fill, const void *source,
                     struct bc_err *err)
{
    struct json_taker json;
    bc_status rc;

    if (env->answers)
        return walk_row(env->answers, fill, source, 0, err);
    json = json_begin(env->out);
    rc = walk_row(&json.taker, fill, source, 0, err);
    json_out_release(&json.json);
    return rc;
}

void print_json_of(const struct cmd_env *env, row_fill_fn *fill, const void *source)
{
    struct bc_err err;

    (void)print_json(env, fill, source, &err);
}

bc_status print_json_lines(const struct cmd_env *env, const struct rows *rows, size_t page,
                           struct bc_err *err)
{
    struct json_taker json;
    bc_status rc;

    if (env->answers)
        return walk_rows(env->answers, rows, err);
    json = json_begin(env->out);
    json.env = env;
    json.page = page;
    rc = walk_rows(&json.taker, rows, err);
    json_out_release(&json.json);
    return rc;
}

/* --- into memory --- */

static bc_status end_alone(struct answer_taker *taker, struct bc_err *err)
{
    (void)taker;
    (void)err;
    return BC_OK;
}

void print_json_add(struct bc_buf *out, row_fill_fn *fill, const void *source, size_t i)
{
    struct json_taker json = json_begin(NULL);
    struct bc_err err;

    json.taker.end = end_alone;
    (void)walk_row(&json.taker, fill, source, i, &err);
    bc_buf_add_str(out, bc_buf_str(&json.json.text));
    json_out_release(&json.json);
}

struct print_json_texts {
    struct json_taker json; /* first, as above */
    print_json_text_fn *take;
    void *to;
};

static bc_status hand_on(struct answer_taker *taker, struct bc_err *err)
{
    struct print_json_texts *texts = (struct print_json_texts *)taker;
    struct json_out *json = &texts->json.json;
    bc_status rc = texts->take(texts->to, bc_buf_str(&json->text), err);

    json->text.len = 0;
    json->filled[0] = false;
    return rc;
}

struct answer_taker *print_json_texts_new(print_json_text_fn *take, void *to)
{
    struct print_json_texts *texts = bc_calloc(1, sizeof(*texts));

    texts->json = json_begin(NULL);
    texts->json.taker.end = hand_on;
    texts->take = take;
    texts->to = to;
    return &texts->json.taker;
}

void print_json_texts_free(struct answer_taker *taker)
{
    json_out_release(json_of(taker));
    free(taker);
}
