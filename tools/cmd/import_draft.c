#include "tools/cmd/import_draft.h"

#include <unistd.h>

/* "slack.draft.yaml" */
static const char *path_beside(struct connect_account *account, struct bc_str path)
{
    const struct bc_str end = BC_STR(".yaml");
    struct bc_buf text = { 0 };
    const char *kept;

    if (path.len > end.len && bc_str_eq(bc_str_part(path, path.len - end.len, path.len), end))
        path.len -= end.len;
    bc_buf_printf(&text, "%.*s.draft.yaml", BC_STR_ARG(path));
    bc_buf_add_byte(&text, '\0');
    kept = bc_arena_copy(account->arena, bc_buf_str(&text)).at;
    bc_buf_release(&text);
    return kept;
}

bc_status import_draft_open(struct import_draft *draft, struct connect_account **account,
                            const struct connector *is, struct bc_err *err)
{
    const char *base_url = draft->remote->base_url;
    bc_status rc;

    draft->is = is;
    draft->path = draft->account;
    if (is->look.option && access(draft->account, F_OK) == 0) {
        rc = connect_account_read(account, is, draft->account, base_url, err);
        if (rc < 0)
            return rc;
        draft->path = path_beside(*account, bc_str_of(draft->account));
    } else {
        *account = connect_account_new(is, base_url);
    }
    return import_remote_check_account(draft->path, err);
}

bc_status import_draft_write(const struct import_draft *draft, const struct bc_buf *text,
                             struct bc_err *err)
{
    const char *base_url = draft->remote->base_url ? draft->remote->base_url : "";
    struct bc_buf file = { 0 };
    bc_status rc;

    bc_buf_printf(
        &file,
        "# What is particular to this account of %s: a first file, from the account itself,\n"
        "# by `backcast import %s --discover`. What stands without a '#' was taken by its\n"
        "# name, or for the deals that it names: look it through. The rest is offered: take\n"
        "# the '#' off, of the key above it too, where one holds, and put a word in place of\n"
        "# what is in capitals. `backcast import %s --help` says what each key means.\n",
        draft->is->title, draft->is->word, draft->is->word);
    bc_buf_add_str(&file, bc_buf_str(text));
    bc_buf_printf(&file, "base_url: %s\n",
                  connect_account_is_own(draft->is, base_url) ? base_url : draft->is->base_url);
    if (draft->is->server_path)
        bc_buf_printf(&file,
                      "#server: HOST  # in place of base_url: of one's own, whose token is $%s\n",
                      draft->is->server_token_variable);
    rc = import_remote_write_account(draft->path, &file, err);
    bc_buf_release(&file);
    return rc;
}
