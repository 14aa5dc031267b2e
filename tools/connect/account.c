#include "tools/connect/account.h"

#include "tools/http/http_host.h"

enum { BASE_URL, NAME, SERVER, COMMON_N };
enum { KEYS_MAX = 24, NAME_MAX_LEN = 60 };

struct connect_account *connect_account_new(const struct connector *connector, const char *base_url)
{
    struct connect_account *account = bc_calloc(1, sizeof(*account));

    account->arena = bc_arena_new();
    account->base_url = base_url ? base_url : connector->base_url;
    account->token_variable = connector->token_variable;
    account->name = connector->word;
    account->hash = bc_hash_bytes(BC_STR(""));
    return account;
}

bc_status connect_account_titles(const struct bc_str **out, size_t *n, const struct bc_fields *in,
                                 const struct bc_yaml *value)
{
    bc_status rc = value ? bc_fields_texts(in, out, n, value, 0) : BC_OK;

    for (size_t i = 0; rc == BC_OK && i < *n; i++)
        if (!strstr((*out)[i].at, "{name}") && !strstr((*out)[i].at, "{deal}"))
            rc = bc_fields_fault(in, value,
                                 "\"%.100s\" has no {name} or {deal}, which stand for a deal's "
                                 "name and id",
                                 (*out)[i].at);
    return rc;
}

void connect_account_free(struct connect_account *account)
{
    if (!account)
        return;
    bc_arena_free(account->arena);
    free(account);
}

bool connect_account_is_own(const struct connector *connector, const char *base_url)
{
    for (const char *const *domain = connector->domains; *domain; domain++)
        if (http_host_is_own(base_url, *domain))
            return true;
    return false;
}

static bc_status take_base_url(struct connect_account *account, const struct connector *connector,
                               const struct bc_fields *in, const struct bc_yaml *node,
                               const char *given)
{
    bc_status rc = node ? bc_fields_text(in, &account->base_url, node) : BC_OK;

    if (rc == BC_OK && given)
        account->base_url = given;
    else if (rc == BC_OK && !connect_account_is_own(connector, account->base_url))
        rc = bc_fields_fault(in, node,
                             "\"%.200s\" is not %s's, and the token would go there; expected %s or "
                             "another host of %s (to mean it, give it by --base-url)",
                             account->base_url, connector->title, connector->base_url,
                             connector->domains[0]);
    return rc;
}

/* The address is made of nothing but the host's name. */
static bc_status take_server(struct connect_account *account, const struct connector *connector,
                             const struct bc_fields *in, const struct bc_yaml *node,
                             const char *given)
{
    struct bc_buf url = { 0 };
    bc_status rc = bc_fields_text(in, &account->server, node);

    if (rc < 0)
        return rc;
    bc_buf_printf(&url, "https://%s%s", account->server, connector->server_path);
    bc_buf_add_byte(&url, '\0');
    if (!http_host_is_own(url.at, account->server))
        rc = bc_fields_fault(in, node, "expected the name of a host, such as github.example.edu");
    account->token_variable = connector->server_token_variable;
    if (!given)
        account->base_url = bc_arena_copy(account->arena, bc_str_of(url.at)).at;
    bc_buf_release(&url);
    return rc;
}

static bc_status take_place(struct connect_account *account, const struct connector *connector,
                            const struct bc_fields *in, const struct bc_yaml *const *values,
                            const char *given)
{
    if (values[BASE_URL] && values[SERVER])
        return bc_fields_fault(in, values[SERVER], "expected `base_url` or `server`, not both");
    return values[SERVER] ? take_server(account, connector, in, values[SERVER], given)
                          : take_base_url(account, connector, in, values[BASE_URL], given);
}

/* "github/research" */
static bc_status take_name(struct connect_account *account, const struct connector *connector,
                           const struct bc_fields *in, const struct bc_yaml *node)
{
    struct bc_buf name = { 0 };
    const char *given = NULL;
    bc_status rc = node ? bc_fields_text(in, &given, node) : BC_OK;

    if (rc < 0 || !given)
        return rc;
    if (strlen(given) > NAME_MAX_LEN || given[strspn(given, "abcdefghijklmnopqrstuvwxyz"
                                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                            "0123456789._-")])
        return bc_fields_fault(in, node,
                               "expected a name of letters, digits, '.', '_' and '-', at most %d",
                               NAME_MAX_LEN);
    bc_buf_printf(&name, "%s/%s", connector->word, given);
    account->name = bc_arena_copy(account->arena, bc_buf_str(&name)).at;
    bc_buf_release(&name);
    return BC_OK;
}

static bc_status take(struct connect_account *account, const struct connector *connector,
                      const struct bc_fields *in, const struct bc_yaml *file, const char *base_url)
{
    struct bc_field_key keys[KEYS_MAX] = {
        [BASE_URL] = { "base_url", 0, 0 }, [NAME] = { "name", 0, 0 }, [SERVER] = { "server", 0, 0 }
    };
    const struct bc_yaml *values[KEYS_MAX] = { 0 };
    const size_t common = connector->server_path ? COMMON_N : SERVER;
    bc_status rc;

    for (size_t i = 0; i < connector->key_n; i++)
        keys[common + i] = connector->keys[i];
    rc = bc_fields_take(in, values, file, "an account", keys, common + connector->key_n);
    if (rc == BC_OK)
        rc = connector->take_account(&account->own, in, values + common, file);
    if (common == SERVER)
        values[SERVER] = NULL;
    if (rc == BC_OK)
        rc = take_place(account, connector, in, values, base_url);
    if (rc == BC_OK)
        rc = take_name(account, connector, in, values[NAME]);
    return rc;
}

static bc_status parse(struct connect_account **out, const struct connector *connector,
                       struct bc_str text, const char *path, const char *base_url,
                       struct bc_err *err)
{
    struct connect_account *account = connect_account_new(connector, base_url);
    const struct bc_yaml_source source = { path, text };
    const struct bc_fields in = { &source, account->arena, err };
    const struct bc_yaml *file = NULL;
    bc_status rc = bc_yaml_read_keys(&file, account->arena, &source, err);

    if (rc == BC_OK)
        rc = take(account, connector, &in, file, base_url);
    if (rc < 0) {
        connect_account_free(account);
        return rc;
    }
    account->hash = bc_hash_bytes(text);
    *out = account;
    return BC_OK;
}

bc_status connect_account_read(struct connect_account **out, const struct connector *connector,
                               const char *path, const char *base_url, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = bc_yaml_load(&text, path, err);

    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_INPUT,
                        "there is no account file %s; `backcast import %s --discover` writes a "
                        "first one",
                        path, connector->word);
    if (rc == BC_OK)
        rc = parse(out, connector, bc_buf_str(&text), path, base_url, err);
    bc_buf_release(&text);
    return rc;
}
