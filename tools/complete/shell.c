#include "tools/complete/shell.h"

#include "tools/cli/text.h"

#include <string.h>

void shell_word_read(struct bc_buf *out, char *open, const char *typed)
{
    *open = 0;
    for (const char *at = typed; *at; at++) {
        if (*open && *at == *open) {
            *open = 0;
        } else if (!*open && (*at == '\'' || *at == '"')) {
            *open = *at;
        } else {
            if (*at == '\\' && *open != '\'' && at[1])
                at++;
            bc_buf_add_byte(out, *at);
        }
    }
}

/* Does a byte mean itself, quoted or not? Those of characters beyond ASCII do. */
static bool is_plain(char byte)
{
    static const char others[] = "_-./:=@%+,";

    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80 ||
           (byte && strchr(others, byte));
}

static bool is_all_plain(struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_plain(text.at[i]))
            return false;
    return true;
}

static void print_quoted(FILE *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_plain(text.at[i]))
            fputc('\\', out);
        fputc(text.at[i], out);
    }
    fputc('\n', out);
}

enum { HELP_MOST = 80 }; /* bytes */

static void print_helped(FILE *out, const struct complete_candidate *candidate)
{
    const size_t len = text_cut(candidate->help, HELP_MOST);

    fwrite(candidate->text.at, 1, candidate->text.len, out);
    if (len > 0)
        fputc('\t', out);
    text_put(out, bc_str_part(candidate->help, 0, len));
    fputs(len < candidate->help.len ? "…\n" : "\n", out);
}

void shell_print(FILE *out, enum shell shell, char open, const struct complete *complete,
                 enum values_more more)
{
    static const char *const firsts[] = {
        [VALUES_NO_MORE] = "none\n", [VALUES_FILES] = "files\n", [VALUES_FOLDERS] = "folders\n"
    };

    if (shell != SHELL_NONE)
        fputs(firsts[more], out);
    for (size_t i = 0; i < complete->n; i++) {
        const struct complete_candidate *candidate = &complete->at[i];

        if (shell != SHELL_BASH)
            print_helped(out, candidate);
        else if (!open || is_all_plain(candidate->text))
            print_quoted(out, candidate->text);
    }
}
