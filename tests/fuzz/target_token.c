/* A token's file. What is accepted is the file's beginning, and no error contains it. */
#include "tests/fuzz/fuzz.h"
#include "tools/http/http.h"

static void check_client(const char *token)
{
    struct http_opts opts = { .base_url = "https://127.0.0.1:1", .token = token };
    http_client *client = NULL;
    struct bc_err err = { 0 };

    if (http_client_new(&client, &opts, &err) < 0)
        FUZZ_MUST(strlen(token) < 4 || !strstr(err.message, token), "the token is in an error");
    http_client_free(client);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str file = { (const char *)data, len };
    struct bc_err err = { 0 };
    char *token = NULL;
    bc_status rc = http_token_read(&token, fuzz_file(0, file), &err);

    if (rc < 0) {
        FUZZ_MUST(rc == BC_E_INPUT && err.message[0], "status %d", rc);
        return 0;
    }
    FUZZ_MUST(token[0] && strlen(token) <= len && memcmp(token, data, strlen(token)) == 0,
              "a token that is not in its file");
    check_client(token);
    http_token_free(token);
    return 0;
}
