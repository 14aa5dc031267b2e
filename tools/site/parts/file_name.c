#include "tools/site/parts/file_name.h"

#include "ledger/base/mem.h"

enum { NAME_MAX_LEN = 80 };

char *file_name_of(struct bc_str id, const char *ending)
{
    struct bc_buf name = { 0 };
    char *made;

    for (size_t i = 0; i < id.len && i < NAME_MAX_LEN; i++) {
        const char c = id.at[i];
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '-' || c == '_';

        bc_buf_add_byte(&name, (char)(plain ? c : '_'));
    }
    bc_buf_add_str(&name, bc_str_of(ending));
    made = bc_strdup(bc_buf_str(&name));
    bc_buf_release(&name);
    return made;
}
