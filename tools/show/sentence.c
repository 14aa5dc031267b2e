#include "tools/show/sentence.h"

#include <assert.h>
#include <string.h>

void sentence_add(struct bc_buf *out, const char *sentence, sentence_fill *fill, const void *of)
{
    for (const char *key = strchr(sentence, '{'); key; key = strchr(sentence, '{')) {
        const char *end = strchr(key, '}');

        assert(end);
        bc_buf_add_str(out, (struct bc_str){ sentence, (size_t)(key - sentence) });
        fill(out, of, (struct bc_str){ key + 1, (size_t)(end - key - 1) });
        sentence = end + 1;
    }
    bc_buf_add_str(out, bc_str_of(sentence));
}
