#include "tools/discover/discover_text.h"

#include "projections/yaml/yaml.h"
#include "projections/yaml/yaml_text.h"

#include <ctype.h>

enum { SQUASHED_MAX = 128 };

static void squash(char out[SQUASHED_MAX], struct bc_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len && n + 1 < SQUASHED_MAX; i++)
        if (isalnum((unsigned char)text.at[i]))
            out[n++] = (char)tolower((unsigned char)text.at[i]);
    out[n] = '\0';
}

bool discover_alike(struct bc_str a, struct bc_str b)
{
    char left[SQUASHED_MAX], right[SQUASHED_MAX];

    squash(left, a);
    squash(right, b);
    return left[0] != '\0' && strcmp(left, right) == 0;
}

bool discover_begins(struct bc_str label, const char *word)
{
    char left[SQUASHED_MAX], right[SQUASHED_MAX];

    squash(left, label);
    squash(right, bc_str_of(word));
    return right[0] != '\0' && strncmp(left, right, strlen(right)) == 0;
}

bool discover_has(struct bc_str label, const char *word)
{
    char left[SQUASHED_MAX], right[SQUASHED_MAX];

    squash(left, label);
    squash(right, bc_str_of(word));
    return right[0] != '\0' && strstr(left, right) != NULL;
}

void discover_comment(struct bc_buf *out, struct bc_str text)
{
    while (text.len > 0) {
        size_t good = bc_yaml_control(text);

        bc_buf_add(out, text.at, good);
        if (good == text.len)
            break;
        bc_buf_add_byte(out, ' ');
        text.at += good + 1;
        text.len -= good + 1;
    }
}

void discover_quoted(struct bc_buf *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!isalnum((unsigned char)text.at[i]) && !strchr("_-.", text.at[i])) {
            bc_yaml_print_text(out, text);
            return;
        }
    }
    bc_buf_add_byte(out, '"');
    bc_buf_add_str(out, text);
    bc_buf_add_byte(out, '"');
}

bool discover_writable(struct bc_str text)
{
    return text.len > 0 && bc_yaml_control(text) == text.len;
}
