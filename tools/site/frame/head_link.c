#include "tools/site/frame/head_link.h"

#include <inttypes.h>
#include <string.h>

#define ROOM "<!-- changed -->\n"

void head_link_add(struct bc_buf *out, const struct bc_head *head)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    bc_buf_printf(out, "%" PRIu64 "-%s", head->size, root);
}

bool head_link_read(struct bc_head *out, struct bc_str text)
{
    size_t at = 0;

    *out = (struct bc_head){ 0 };
    while (at < text.len && at < 18 && text.at[at] >= '0' && text.at[at] <= '9')
        out->size = out->size * 10 + (uint64_t)(text.at[at++] - '0');
    return at > 0 && at < text.len && text.at[at] == '-' &&
           bc_hash_parse(&out->root, (struct bc_str){ text.at + at + 1, text.len - at - 1 });
}

void head_link_room(struct html_out *out)
{
    html_out_put(out, ROOM);
}

const char *head_link_find(const struct bc_buf *page, size_t *len)
{
    *len = sizeof(ROOM) - 1;
    return page->len ? memmem(page->at, page->len, ROOM, *len) : NULL;
}
