#include "ledger/record/head.h"

#include <inttypes.h>

bool bc_line_take(struct bc_str *text, struct bc_str *out)
{
    const char *end = text->len ? memchr(text->at, '\n', text->len) : NULL;

    if (!end)
        return false;
    *out = (struct bc_str){ text->at, (size_t)(end - text->at) };
    text->at += out->len + 1;
    text->len -= out->len + 1;
    return true;
}

bool bc_decimal_read(uint64_t *out, struct bc_str text)
{
    uint64_t value = 0;

    if (text.len == 0 || text.len > 19 || (text.len > 1 && text.at[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    }
    *out = value;
    return true;
}

bool bc_lines_good(struct bc_str text)
{
    if (text.len == 0 || text.at[text.len - 1] != '\n' || bc_str_utf8_fault(text) < text.len)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((uint8_t)text.at[i] < ' ' && text.at[i] != '\n')
            return false;
    return true;
}

static bool has_empty_line(struct bc_str text)
{
    struct bc_str line;

    while (bc_line_take(&text, &line))
        if (line.len == 0)
            return true;
    return false;
}

bc_status bc_head_parse(struct bc_head *out, struct bc_str *origin, struct bc_str *extensions,
                        struct bc_str text, struct bc_err *err)
{
    struct bc_str rest = text, name, size, root;
    struct bc_head head;

    if (!bc_lines_good(text) || !bc_line_take(&rest, &name) || !bc_line_take(&rest, &size) ||
        !bc_line_take(&rest, &root) || name.len == 0 || !bc_decimal_read(&head.size, size) ||
        !bc_hash_parse(&head.root, root))
        return bc_err_set(err, BC_E_INPUT,
                          "this is no head, expected three lines: origin, size, root");
    if (has_empty_line(rest))
        return bc_err_set(err, BC_E_INPUT,
                          "this is no head, expected no empty line below its root");
    *out = head;
    if (origin)
        *origin = name;
    if (extensions)
        *extensions = rest;
    return BC_OK;
}

void bc_head_text(struct bc_buf *out, struct bc_str origin, const struct bc_head *head)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    bc_buf_add_str(out, origin);
    bc_buf_printf(out, "\n%" PRIu64 "\n%s\n", head->size, root);
}
