/* tools/lib/held.h - an answer held as a tree of values, for who takes it whole. */
#ifndef BC_TOOLS_LIB_HELD_H
#define BC_TOOLS_LIB_HELD_H

#include "ledger/base/mem.h"
#include "ledger/record/event.h"
#include "tools/lib/backcast.h"
#include "tools/print/walk.h"

/* A taker for env->answers that holds each answer and hands it on. `take` returning other than 0
 * ends the answers: BC_E_IO without a message, as for a reader who has gone. */
struct answer_taker *held_new(backcast_answer_fn *take, void *to);
void held_free(struct answer_taker *taker);
/* Did it say that it wants no more? */
bool held_stopped(const struct answer_taker *taker);

/* A text in the arena, which ends with a NUL. */
const char *held_text(bc_arena *arena, struct bc_str text);
/* The body of an event as a row in the arena; of one that is not known NULL without a key. */
struct backcast_value held_body(bc_arena *arena, const struct bc_event *event);

#endif
