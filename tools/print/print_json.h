/* tools/print/print_json.h - rows for programs: JSON, one row a line, written as it comes. */
#ifndef BC_TOOLS_PRINT_PRINT_JSON_H
#define BC_TOOLS_PRINT_PRINT_JSON_H

#include "tools/cli/cmd.h"
#include "tools/print/walk.h"

/* Where env->answers takes answers, these hand them to it, and print nothing. */

/* The one row that is the answer, with all that is in it. Fails where rows that are found fail;
 * what was printed breaks off there. */
bc_status print_json(const struct cmd_env *env, row_fill_fn *fill, const void *source,
                     struct bc_err *err);
/* The same where no row in it is found, so that it cannot fail. */
void print_json_of(const struct cmd_env *env, row_fill_fn *fill, const void *source);
/* A row a line. After every `page` of them it checks that they went out, if `page` is not 0. */
bc_status print_json_lines(const struct cmd_env *env, const struct rows *rows, size_t page,
                           struct bc_err *err);
/* One row into memory, without a line end. No rows that are found are in it. */
void print_json_add(struct bc_buf *out, row_fill_fn *fill, const void *source, size_t i);

/* A taker for env->answers that makes a text of JSON of each answer, as it would be printed but for
 * the line end, and hands it on; it is lent. A negative status ends the answers. */
typedef bc_status print_json_text_fn(void *to, struct bc_str json, struct bc_err *err);
struct answer_taker *print_json_texts_new(print_json_text_fn *take, void *to);
void print_json_texts_free(struct answer_taker *taker);

#endif
