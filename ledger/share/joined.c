#include "ledger/share/joined.h"

#include "ledger/base/dir.h"
#include "ledger/base/ledger_dir.h"
#include "ledger/record/head.h"

#include <errno.h>
#include <unistd.h>

#define WORDS "backcast share "
#define FORM  WORDS "1"

static const struct line {
    const char *word;
    size_t at; /* in the struct */
    bool needed;
} lines[] = {
    { "servers", offsetof(struct bc_joined, servers), true },
    { "log", offsetof(struct bc_joined, log), true },
    { "replica", offsetof(struct bc_joined, replica), true },
    { "ca", offsetof(struct bc_joined, ca_file), false },
    { "creds", offsetof(struct bc_joined, creds_file), false },
    { "nkey", offsetof(struct bc_joined, nkey_file), false },
};

enum { LINES = sizeof(lines) / sizeof(lines[0]) };

static const char **value_of(struct bc_joined *joined, const struct line *line)
{
    return (const char **)(void *)((char *)joined + line->at);
}

static bc_status damaged(const char *dir, size_t number, const char *what, struct bc_err *err)
{
    bc_err_set(err, BC_E_DAMAGED, "%s; `backcast share leave --force` removes the file", what);
    return bc_err_in(err, BC_E_DAMAGED, "%s/" BC_LEDGER_SHARE_FILE ":%zu", dir, number);
}

/* BC_NO: it is none of these. */
static bc_status read_line(struct bc_joined *out, struct bc_str text, bc_arena *arena)
{
    for (size_t i = 0; i < LINES; i++) {
        const struct bc_str word = bc_str_of(lines[i].word);
        const char **value = value_of(out, &lines[i]);

        if (!bc_str_begins(text, word) || text.len < word.len + 2 || text.at[word.len] != ' ')
            continue;
        if (*value)
            return BC_NO;
        *value = bc_arena_copy(arena, bc_str_part(text, word.len + 1, text.len)).at;
        return BC_OK;
    }
    return BC_NO;
}

static bc_status read_text(struct bc_joined *out, struct bc_str text, const char *dir,
                           bc_arena *arena, struct bc_err *err)
{
    struct bc_str line;
    size_t number = 1;

    if (!bc_lines_good(text) || !bc_line_take(&text, &line) || !bc_str_begins(line, BC_STR(WORDS)))
        return damaged(dir, 1, "this says of no shared log, expected \"" FORM "\"", err);
    if (!bc_str_eq(line, BC_STR(FORM)))
        return bc_err_set(err, BC_E_NEWER, "%s/" BC_LEDGER_SHARE_FILE " is of a newer version",
                          dir);
    while (bc_line_take(&text, &line)) {
        number++;
        if (read_line(out, line, arena) != BC_OK)
            return damaged(dir, number, "expected a line such as \"log NAME\", each once", err);
    }
    for (size_t i = 0; i < LINES; i++)
        if (lines[i].needed && !*value_of(out, &lines[i]))
            return damaged(dir, number, "a line is missing of servers, log and replica", err);
    return BC_OK;
}

bc_status bc_joined_read(struct bc_joined *out, const char *dir, bc_arena *arena,
                         struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = bc_dir_read(&text, dir, BC_LEDGER_SHARE_FILE, err);

    *out = (struct bc_joined){ 0 };
    if (rc == BC_OK)
        rc = read_text(out, bc_buf_str(&text), dir, arena, err);
    bc_buf_release(&text);
    return rc;
}

bc_status bc_joined_write(const char *dir, const struct bc_joined *joined, struct bc_err *err)
{
    struct bc_joined copy = *joined;
    struct bc_buf text = { 0 };
    size_t said = 1, found = 0;
    bc_status rc = BC_OK;

    bc_buf_add_str(&text, BC_STR(FORM "\n"));
    for (size_t i = 0; i < LINES; i++) {
        const char *value = *value_of(&copy, &lines[i]);

        if (!value)
            continue;
        said++;
        bc_buf_printf(&text, "%s %s\n", lines[i].word, value);
    }
    for (size_t i = 0; i < text.len; i++)
        found += text.at[i] == '\n';
    if (found != said || !bc_lines_good(bc_buf_str(&text)))
        rc = bc_err_set(err, BC_E_INPUT,
                        "a path or an address has a line end or another control character in it");
    else if (text.len > BC_DIR_FILE_MOST)
        rc = bc_err_set(err, BC_E_INPUT, "the addresses and paths are too long together");
    if (rc == BC_OK)
        rc = bc_dir_write(dir, BC_LEDGER_SHARE_FILE, bc_buf_str(&text), err);
    bc_buf_release(&text);
    return rc;
}

bc_status bc_joined_remove(const char *dir, struct bc_err *err)
{
    char path[PATH_MAX];
    bc_status rc = bc_path_join(path, dir, BC_LEDGER_SHARE_FILE, err);

    if (rc < 0)
        return rc;
    if (unlink(path) != 0)
        return errno == ENOENT ? BC_DONE : bc_err_errno(err, "remove %s", path);
    return bc_dir_sync(dir, err);
}
