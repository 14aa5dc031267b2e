/* Length-delimited protobuf. Every record is an event or a reported fault, up to the end or to
 * where it is broken; what is accepted is valid, and its places are in the file. */
#include "ledger/record/codec.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/every_body.h"
#include "tools/import/importer.h"

/* All bodies in one file, and each of the first alone. */
bool fuzz_made(struct bc_buf *out, size_t i)
{
    struct bc_buf record = { 0 };

    if (i > 4)
        return false;
    for (unsigned body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = every_body_event((enum bc_body)body);

        if (i > 0 && body != BC_DEAL_CREATED + i)
            continue;
        record.len = 0;
        bc_encode_prefix(&record, body, INT64_C(1711904401000000));
        bc_encode_content(&record, &event);
        bc_varint_add(out, record.len);
        bc_buf_add_str(out, bc_buf_str(&record));
    }
    bc_buf_release(&record);
    return true;
}

static void check_entry(struct importer *importer, bc_status rc, const struct bc_event *event,
                        const struct bc_err *err)
{
    if (rc == BC_OK) {
        FUZZ_MUST(importer->column(importer, (struct bc_where){ "id", 0 }) <= importer->raw.len,
                  "an id after its record");
        fuzz_must_be_event(event);
        return;
    }
    FUZZ_MUST(strrchr(err->context, ':') && err->message[0], "a fault without a place");
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str file = { (const char *)data, len };
    struct importer *importer = NULL;
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };
    uint64_t nth = 0;
    bc_status rc = importer_proto(&importer, fuzz_file(0, file), &err);

    FUZZ_MUST(rc == BC_OK, "%s", err.message);
    do {
        rc = importer->next(importer, &event, &err);
        if (rc != BC_OK && rc != BC_E_INPUT)
            break;
        nth++;
        FUZZ_MUST(importer->line == nth, "record %ju is called %ju", (uintmax_t)nth,
                  (uintmax_t)importer->line);
        check_entry(importer, rc, event, &err);
    } while (!importer->broken);
    FUZZ_MUST(importer->broken || (rc == BC_DONE && importer->bytes == len), "it ended early: %s",
              err.message);
    importer_free(importer);
    return 0;
}
