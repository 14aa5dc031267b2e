/* ledger/record/wire.h - the wire format of protobuf, as far as the stored form uses it. For the
 * codec only. https://protobuf.dev/programming-guides/encoding/ */
#ifndef BC_LEDGER_RECORD_WIRE_H
#define BC_LEDGER_RECORD_WIRE_H

enum wire { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };

/* Numbers of the envelope's fields, as in proto/event.proto. */
enum {
    F_SEQ = 1,
    F_RECORDED_AT = 2,
    F_ID = 3,
    F_OCCURRED_AT = 4,
    F_SOURCE_RECORDED_AT = 5,
    F_DEAL = 6,
    F_ACTOR = 7,
    F_SOURCE = 8,
    F_SOURCE_SYSTEM = 1,
    F_SOURCE_REF = 2,
    F_SOURCE_HOW = 3,
    F_SECONDS = 1,
    F_NANOS = 2,
};

#endif
