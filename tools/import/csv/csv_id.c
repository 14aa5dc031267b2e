#include "tools/import/csv/csv_id.h"

#include "ledger/record/codec.h"

#include <inttypes.h>
#include <string.h>

void csv_id_escape(struct bc_buf *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte > ' ' && byte != 0x7f && !strchr("/%,", byte))
            bc_buf_add_byte(out, text.at[i]);
        else
            bc_buf_printf(out, "%%%02X", byte);
    }
}

void csv_id_digest(struct bc_buf *out, struct csv_digest digest)
{
    bc_buf_printf(out, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}

void csv_id_row(struct bc_buf *out, const char *prefix, struct bc_str deal, struct bc_str row,
                const char *label)
{
    struct bc_buf rest = { 0 };

    csv_id_escape(&rest, deal);
    bc_buf_add_byte(&rest, '/');
    bc_buf_add_str(&rest, row);
    bc_buf_add_str(out, bc_str_of(prefix));
    if (strlen(prefix) + rest.len + 1 + strlen(label) > BC_ID_MAX)
        csv_id_digest(out, csv_digest_of(bc_buf_str(&rest)));
    else
        bc_buf_add_str(out, bc_buf_str(&rest));
    bc_buf_printf(out, "/%s", label);
    bc_buf_release(&rest);
}

struct csv_digest csv_id_said(const struct bc_event *event)
{
    struct bc_event said = { .body = event->body,
                             .deal = event->deal,
                             .has_occurred = event->has_occurred,
                             .occurred_us = event->occurred_us };
    struct bc_buf bytes = { 0 };
    struct csv_digest digest;

    memcpy(said.value, event->value, sizeof(said.value));
    bc_encode_content(&bytes, &said);
    digest = csv_digest_of(bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    return digest;
}

void csv_id_event(struct bc_buf *out, const char *prefix, const struct bc_event *event,
                  struct csv_digest said, uint64_t n)
{
    enum { LAST = 1 + 32 + 1 + 20 }; /* "/SAID.n" */
    const char *body = bc_schema(event->body)->json_name;
    struct bc_buf deal = { 0 };

    csv_id_escape(&deal, event->deal);
    bc_buf_add_str(out, bc_str_of(prefix));
    if (strlen(prefix) + deal.len + 1 + strlen(body) + LAST <= BC_ID_MAX)
        bc_buf_add_str(out, bc_buf_str(&deal));
    else
        csv_id_digest(out, csv_digest_of(bc_buf_str(&deal)));
    bc_buf_printf(out, "/%s/", body);
    csv_id_digest(out, said);
    if (n > 1)
        bc_buf_printf(out, ".%" PRIu64, n);
    bc_buf_release(&deal);
}

void csv_id_number(struct bc_buf *out, struct bc_str id, uint64_t n)
{
    size_t at = id.len;

    while (at > 0 && id.at[at - 1] >= '0' && id.at[at - 1] <= '9')
        at--;
    if (at > 0 && at < id.len && id.at[at - 1] == '.')
        id.len = at - 1;
    bc_buf_add_str(out, id);
    if (n > 1)
        bc_buf_printf(out, ".%" PRIu64, n);
}
