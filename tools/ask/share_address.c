#include "tools/ask/share_address.h"

#include "ledger/share/replica.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *variable(const struct cmd_env *env, const char *name)
{
    const char *value = env->secret ? env->secret(name) : NULL;

    return value && value[0] ? value : NULL;
}

/* --- the address --- */

static bc_status no_address(const char *text, struct bc_err *err)
{
    /* What is before an "@" may be a password. */
    return bc_err_set(err, BC_E_USAGE,
                      "'%s' is no address of a shared log: that is tls://HOST:PORT/NAME, or "
                      "nats:// where nobody listens; several servers with \",\" between them",
                      strchr(text, '@') ? "..." : text);
}

/* Each server with the scheme before it, and the name after the last slash. */
static bc_status read_address(struct bc_joined *out, const char *text, bc_arena *arena,
                              struct bc_err *err)
{
    const struct bc_str whole = bc_str_of(text);
    const char *colon = strstr(text, "://"), *slash = strrchr(text, '/');
    struct bc_str scheme, hosts;
    struct bc_buf servers = { 0 };

    if (!colon || slash <= colon + 3 || slash[1] == '\0')
        return no_address(text, err);
    scheme = (struct bc_str){ text, (size_t)(colon + 3 - text) };
    hosts = bc_str_part(whole, scheme.len, (size_t)(slash - text));
    if (!bc_str_eq(scheme, BC_STR("tls://")) && !bc_str_eq(scheme, BC_STR("nats://")))
        return no_address(text, err);
    for (size_t at = 0; at <= hosts.len;) {
        const char *comma = memchr(hosts.at + at, ',', hosts.len - at);
        const size_t end = comma ? (size_t)(comma - hosts.at) : hosts.len;
        const struct bc_str host = bc_str_part(hosts, at, end);

        bc_buf_printf(&servers, "%s%.*s%.*s", at ? "," : "",
                      bc_str_begins(host, scheme) ? 0 : (int)scheme.len, scheme.at,
                      BC_STR_ARG(host));
        at = end + 1;
    }
    out->servers = bc_arena_copy(arena, bc_buf_str(&servers)).at;
    out->log = bc_arena_copy(arena, bc_str_of(slash + 1)).at;
    bc_buf_release(&servers);
    return BC_OK;
}

void share_address_add(struct bc_buf *out, const struct bc_joined *joined)
{
    bc_buf_printf(out, "%s/%s", joined->servers, joined->log);
}

/* --- the replica's name --- */

/* The machine's, with a "-" for each byte that names do not have. */
static const char *name_of_machine(bc_arena *arena)
{
    char name[BC_REPLICA_NAME_MAX + 1] = "";

    (void)gethostname(name, sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    name[strcspn(name, ".")] = '\0';
    for (char *c = name; *c; c++)
        if (!bc_replica_name_good((struct bc_str){ c, 1 }))
            *c = '-';
    return bc_arena_copy(arena, bc_str_of(name[0] ? name : "replica")).at;
}

static bc_status read_name(struct bc_joined *out, const char *typed, const struct cmd_env *env,
                           bc_arena *arena, struct bc_err *err)
{
    out->replica = typed ? typed : variable(env, "BACKCAST_SHARE_NAME");
    if (!out->replica)
        out->replica = name_of_machine(arena);
    if (!bc_replica_name_good(bc_str_of(out->replica)))
        return bc_err_set(err, BC_E_USAGE,
                          "'%s' is no name of a replica: that is 1 to %d letters, digits, \"-\" "
                          "and \"_\"",
                          out->replica, (int)BC_REPLICA_NAME_MAX);
    return BC_OK;
}

/* --- files --- */

static bc_status find_file(const char **out, const char *typed, const char *from,
                           const struct cmd_env *env, bc_arena *arena, struct bc_err *err)
{
    const char *path = typed ? typed : variable(env, from);
    char found[PATH_MAX];

    if (!path)
        return BC_OK;
    if (!realpath(path, found))
        return bc_err_errno(err, "find %s", path);
    *out = bc_arena_copy(arena, bc_str_of(found)).at;
    return BC_OK;
}

/* One of a user's two files takes the place of the other. */
static bc_status find_files(struct bc_joined *out, const struct share_typed *typed,
                            const struct cmd_env *env, bc_arena *arena, struct bc_err *err)
{
    const char *creds = NULL, *nkey = NULL;
    bc_status rc = find_file(&out->ca_file, typed->ca_file, "BACKCAST_SHARE_CA", env, arena, err);

    if (rc == BC_OK && !(typed->nkey_file && !typed->creds_file))
        rc = find_file(&creds, typed->creds_file, "BACKCAST_SHARE_CREDS", env, arena, err);
    if (rc == BC_OK && !(typed->creds_file && !typed->nkey_file))
        rc = find_file(&nkey, typed->nkey_file, "BACKCAST_SHARE_NKEY", env, arena, err);
    if (rc == BC_OK && creds && nkey)
        rc = bc_err_set(err, BC_E_USAGE,
                        "a user has a file of credentials or one of an NKey, not both");
    if (rc == BC_OK && (creds || nkey)) {
        out->creds_file = creds;
        out->nkey_file = nkey;
    }
    return rc;
}

bc_status share_address_files(struct bc_joined *joined, const struct cmd_env *env, bc_arena *arena,
                              struct bc_err *err)
{
    const struct share_typed nothing = { 0 };

    return find_files(joined, &nothing, env, arena, err);
}

bc_status share_address_read(struct bc_joined *out, const struct share_typed *typed,
                             const struct cmd_env *env, bc_arena *arena, struct bc_err *err)
{
    bc_status rc;

    *out = (struct bc_joined){ 0 };
    rc = read_address(out, typed->address, arena, err);
    if (rc == BC_OK)
        rc = read_name(out, typed->replica, env, arena, err);
    return rc == BC_OK ? find_files(out, typed, env, arena, err) : rc;
}
