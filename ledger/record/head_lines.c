#include "ledger/record/head_lines.h"

#include "ledger/base/instant.h"
#include "ledger/record/head.h"

#include <inttypes.h>

static const char deals_mark[] = "deals ", signed_mark[] = "signed ";

void bc_head_lines_add(struct bc_buf *out, const struct bc_head_lines *lines)
{
    char root[BC_HASH_TEXT_LEN], at[BC_INSTANT_LEN];

    if (lines->has_deals) {
        bc_hash_print(root, &lines->deals.root);
        bc_buf_printf(out, "%s%" PRIu64 " %s\n", deals_mark, lines->deals.size, root);
    }
    if (lines->has_signed) {
        bc_instant_print(at, lines->signed_us);
        bc_buf_printf(out, "%s%s\n", signed_mark, at);
    }
}

/* "412 ROOT" */
static bool read_deals(struct bc_head *out, struct bc_str text)
{
    const char *blank = text.len ? memchr(text.at, ' ', text.len) : NULL;
    struct bc_str size, root;

    if (!blank)
        return false;
    size = (struct bc_str){ text.at, (size_t)(blank - text.at) };
    root = (struct bc_str){ blank + 1, text.len - size.len - 1 };
    return bc_decimal_read(&out->size, size) && bc_hash_parse(&out->root, root);
}

/* In the one form in which we print it. */
static bool read_instant(int64_t *out, struct bc_str text)
{
    char again[BC_INSTANT_LEN];

    if (bc_instant_parse(out, text, NULL) < 0)
        return false;
    bc_instant_print(again, *out);
    return bc_str_eq(text, bc_str_of(again));
}

static bool take_mark(struct bc_str *line, struct bc_str mark)
{
    if (line->len < mark.len || memcmp(line->at, mark.at, mark.len) != 0)
        return false;
    line->at += mark.len;
    line->len -= mark.len;
    return true;
}

bc_status bc_head_lines_read(struct bc_head_lines *out, struct bc_str extensions,
                             struct bc_err *err)
{
    struct bc_head_lines lines = { 0 };
    struct bc_str line;

    while (bc_line_take(&extensions, &line)) {
        if (take_mark(&line, BC_STR(deals_mark))) {
            if (lines.has_deals || !read_deals(&lines.deals, line))
                return bc_err_set(err, BC_E_INPUT,
                                  "the head's line of deals cannot be read, expected one line "
                                  "\"deals NUMBER ROOT\"");
            lines.has_deals = true;
        } else if (take_mark(&line, BC_STR(signed_mark))) {
            if (lines.has_signed || !read_instant(&lines.signed_us, line))
                return bc_err_set(err, BC_E_INPUT,
                                  "the head's line of its signing time cannot be read, expected "
                                  "one line \"signed TIME\"");
            lines.has_signed = true;
        }
    }
    *out = lines;
    return BC_OK;
}
