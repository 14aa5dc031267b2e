#include "tools/csv_out.h"

static bool needs_quotes(struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == '"' || text.at[i] == ',' || text.at[i] == '\r' || text.at[i] == '\n')
            return true;
    return false;
}

void csv_out_text(FILE *out, struct bc_str text)
{
    if (!needs_quotes(text)) {
        if (text.len) /* one of length 0 may point nowhere */
            fwrite(text.at, 1, text.len, out);
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            fputc('"', out);
        fputc(text.at[i], out);
    }
    fputc('"', out);
}
