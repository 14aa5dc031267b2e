/* ledger/log/append_writer.h - the records of an append on their way into the log: hashed, put into
 * the tree, and, for a large append, written into new files by a second thread. */
#ifndef BC_LEDGER_LOG_APPEND_WRITER_H
#define BC_LEDGER_LOG_APPEND_WRITER_H

#include "ledger/log/log_impl.h"

enum { BC_LEAF_LEN = 16 }; /* bytes of a leaf's hash that distinguish contents */

typedef struct bc_append_writer bc_append_writer;

/* Begins after the log's head. */
bc_append_writer *bc_append_writer_new(bc_log *log);
void bc_append_writer_free(bc_append_writer *writer); /* NULL is fine; unused files go */

/* The caller appends the next record's bytes to the buffer, and then calls bc_append_writer_take;
 * or sets the length back to what it was. */
struct bc_buf *bc_append_writer_buf(bc_append_writer *writer);
bc_status bc_append_writer_take(bc_append_writer *writer, struct bc_err *err);

/* Whether files are written. Any record may bring that about. */
bool bc_append_writer_is_large(const bc_append_writer *writer);

/* The bytes of record `number` (the first has 0), as long as they are not handed over; false: they
 * are. Live until the next record. */
bool bc_append_writer_waiting(const bc_append_writer *writer, uint64_t number, struct bc_str *out);
/* Of a record that was handed over: the beginning of its leaf's hash. */
bc_status bc_append_writer_leaf(bc_append_writer *writer, uint64_t number, uint8_t out[BC_LEAF_LEN],
                                struct bc_err *err);

/* There are no more records. A small append: its changes are added to the batch. A large one: its
 * files are finished in the background, until bc_append_writer_wait() returns. */
bc_status bc_append_writer_finish(bc_append_writer *writer, struct bc_batch *batch,
                                  struct bc_err *err);
bc_status bc_append_writer_wait(bc_append_writer *writer, struct bc_err *err);
/* Adds a large append's files to the store, after the head. */
bc_status bc_append_writer_ingest(bc_append_writer *writer, struct bc_err *err);

/* Once it is finished: the log's new end. */
const struct bc_frontier *bc_append_writer_frontier(const bc_append_writer *writer);
const uint8_t *bc_append_writer_tags(const bc_append_writer *writer);

#endif
