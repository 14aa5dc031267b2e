/* ledger/record/codec.h - an event as stored bytes, and back.
 *
 * The bytes are the protobuf encoding of backcast.Event (proto/event.proto), fields in the order of
 * their numbers, absent where zero or empty, unknown ones after the known ones of their message. So
 * equal contents have equal bytes, and `seq` and `recorded_at` come before the content. The wire
 * format: https://protobuf.dev/programming-guides/encoding/ */
#ifndef BC_LEDGER_RECORD_CODEC_H
#define BC_LEDGER_RECORD_CODEC_H

#include "ledger/record/event.h"

/* Adds the content: everything but seq and recorded_at. The event was checked. */
void bc_encode_content(struct bc_buf *out, const struct bc_event *event);
/* Adds what precedes the content in a stored record. */
void bc_encode_prefix(struct bc_buf *out, uint64_t seq, int64_t recorded_us);

/* Reads an encoded event; its texts point into `bytes`, lists and unknown fields may be put into
 * `arena`. BC_E_INPUT: not an encoded event (the byte is named), a field twice, two bodies. The
 * event's meaning is not checked: see bc_event_check. */
bc_status bc_decode(struct bc_event *out, struct bc_str bytes, bc_arena *arena, struct bc_err *err);

/* The content's bytes within a stored record, and the prefix's values. False: no stored record. */
bool bc_decode_prefix(struct bc_str *content, uint64_t *seq, int64_t *recorded_us,
                      struct bc_str stored);

/* A varint, as written before each record of a length-delimited file. Returns how many bytes it
 * took, 0 if `bytes` ends within it or it is longer than 64 bits. */
size_t bc_varint_get(uint64_t *out, struct bc_str bytes);
void bc_varint_add(struct bc_buf *out, uint64_t value);

#endif
