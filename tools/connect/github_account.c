#include "tools/connect/github.h"

enum { REPOSITORIES, LABELS, TITLES, ACCEPTED, STARTED, ASSIGNED, CLOSED };
const struct bc_field_key github_keys[GITHUB_KEY_N] = {
    [REPOSITORIES] = { "repositories", 0, 0 },
    [LABELS] = { "labels", 0, 0 },
    [TITLES] = { "titles", 0, 0 },
    [ACCEPTED] = { "accepted", 0, 0 },
    [STARTED] = { "started", 0, 0 },
    [ASSIGNED] = { "assigned", 0, 0 },
    [CLOSED] = { "closed", 0, 0 },
};

/* Of an owner or a repository; "." and ".." would lead elsewhere. */
static bool is_part(struct bc_str part)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789._-";

    for (size_t i = 0; i < part.len; i++)
        if (!memchr(allowed, part.at[i], sizeof(allowed) - 1))
            return false;
    return part.len > 0 && !bc_str_eq(part, BC_STR(".")) && !bc_str_eq(part, BC_STR(".."));
}

bool github_is_repository(struct bc_str name)
{
    const char *slash = name.len ? memchr(name.at, '/', name.len) : NULL;
    const size_t owner = slash ? (size_t)(slash - name.at) : 0;

    return slash && is_part(bc_str_part(name, 0, owner)) &&
           is_part(bc_str_part(name, owner + 1, name.len));
}

bool github_parts_of(struct bc_str *repository, struct bc_str *number, struct bc_str address)
{
    static const char between[] = "/issues/";
    size_t at = address.len, end, slashes = 0;

    while (at > 0 && address.at[at - 1] >= '0' && address.at[at - 1] <= '9')
        at--;
    end = at - (at < strlen(between) ? at : strlen(between));
    if (at == address.len || !bc_str_eq(bc_str_part(address, end, at), BC_STR(between)))
        return false;
    *number = bc_str_part(address, at, address.len);
    for (at = end; at > 0 && slashes < 2; at--)
        slashes += address.at[at - 1] == '/';
    *repository = bc_str_part(address, slashes == 2 ? at + 1 : at, end);
    return github_is_repository(*repository);
}

static bc_status take_repositories(struct github_account *account, const struct bc_fields *in,
                                   const struct bc_yaml *value, const struct bc_yaml *file)
{
    bc_status rc;

    if (!value)
        return bc_fields_fault(in, file, "expected `repositories:` and a list of OWNER/NAME");
    rc = bc_fields_texts(in, &account->repositories, &account->repository_n, value, 1);
    for (size_t i = 0; rc == BC_OK && i < account->repository_n; i++)
        if (!github_is_repository(account->repositories[i]))
            rc = bc_fields_fault(in, value, "expected OWNER/NAME, not \"%.100s\"",
                                 account->repositories[i].at);
    return rc;
}

bc_status github_take_account(const void **out, const struct bc_fields *in,
                              const struct bc_yaml *const *values, const struct bc_yaml *file)
{
    struct github_account *account = bc_arena_alloc(in->arena, sizeof(*account));
    const struct {
        const struct bc_str **texts;
        size_t *n;
        unsigned key;
    } lists[] = { { &account->labels, &account->label_n, LABELS },
                  { &account->accepted, &account->accepted_n, ACCEPTED },
                  { &account->started, &account->started_n, STARTED } };
    bc_status rc;

    *account = (struct github_account){ .assigned = true, .closed = true };
    rc = take_repositories(account, in, values[REPOSITORIES], file);
    for (size_t i = 0; rc == BC_OK && i < sizeof(lists) / sizeof(lists[0]); i++)
        if (values[lists[i].key])
            rc = bc_fields_texts(in, lists[i].texts, lists[i].n, values[lists[i].key], 0);
    if (rc == BC_OK)
        rc = connect_account_titles(&account->titles, &account->title_n, in, values[TITLES]);
    if (rc == BC_OK && values[ASSIGNED])
        rc = bc_fields_bool(in, &account->assigned, values[ASSIGNED]);
    if (rc == BC_OK && values[CLOSED])
        rc = bc_fields_bool(in, &account->closed, values[CLOSED]);
    *out = account;
    return rc;
}
