#include "tests/support/fake_hubspot.h"

#include "tests/support/check.h"
#include "tools/http/http.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENT_MAX 16

static void become_server(int in, int out, const char *const *arguments)
{
    const char *argv[ARGUMENT_MAX + 4] = { "python3", "-B",
                                           BC_SOURCE_DIR "/tests/hubspot/fake_hubspot.py" };
    size_t n = 3;

    for (size_t i = 0; arguments && arguments[i] && i < ARGUMENT_MAX; i++)
        argv[n++] = arguments[i];
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    execvp("python3", (char *const *)(uintptr_t)argv);
    _exit(127);
}

void fake_hubspot_start(struct fake_hubspot *fake, const char *const *arguments)
{
    int hold[2], told[2];
    size_t len = 0;

    assert_int_equal(pipe2(hold, O_CLOEXEC), 0);
    assert_int_equal(pipe2(told, O_CLOEXEC), 0);
    fake->pid = fork();
    assert_true(fake->pid >= 0);
    if (fake->pid == 0)
        become_server(hold[0], told[1], arguments);
    close(hold[0]);
    close(told[1]);
    fake->hold = hold[1];
    while (len < sizeof(fake->url) - 1 && read(told[0], fake->url + len, 1) == 1) {
        if (fake->url[len] == '\n')
            break;
        len++;
    }
    fake->url[len] = '\0';
    close(told[0]);
    if (strncmp(fake->url, "http", 4) != 0)
        fail_msg("the fake HubSpot did not come up; is there a python3?");
}

void fake_hubspot_stop(struct fake_hubspot *fake)
{
    if (fake->pid <= 0)
        return;
    close(fake->hold);
    waitpid(fake->pid, NULL, 0);
    *fake = (struct fake_hubspot){ 0 };
}

static bc_status keep_root(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    (void)err;
    *(json_t **)payload = json_incref(answer->root);
    return BC_OK;
}

json_t *fake_hubspot_steer(const struct fake_hubspot *fake, const char *lever, json_t *body)
{
    http_client *client = NULL;
    json_t *root = NULL;
    struct bc_err err = { 0 };
    struct http_opts opts = { .base_url = fake->url, .token = FAKE_HUBSPOT_TOKEN };

    body = body ? body : json_object();
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = lever, .body = body }, keep_root, &root);
    check_ok(http_run(client, &err), &err);
    http_client_free(client);
    json_decref(body);
    return root;
}

void fake_hubspot_do(const struct fake_hubspot *fake, const char *rule)
{
    json_decref(fake_hubspot_steer(fake, "/_do", json_pack("{s:[s]}", "rules", rule)));
}

void fake_hubspot_say(const struct fake_hubspot *fake, int status, const char *headers,
                      const char *body)
{
    json_t *list = json_array();

    while (*headers) {
        const size_t name = strcspn(headers, ":"), line = strcspn(headers, "\n");

        json_array_append_new(
            list, json_pack("[s%,s%]", headers, name, headers + name + 2, line - name - 2));
        headers += line + 1;
    }
    json_decref(fake_hubspot_steer(
        fake, "/_say",
        json_pack("{s:i,s:o,s:s}", "status", status, "headers", list, "body", body)));
}

void fake_hubspot_check(const struct fake_hubspot *fake, size_t nth, const char *name,
                        const char *value)
{
    json_t *root = fake_hubspot_steer(fake, "/_log", NULL);
    const json_t *request = json_array_get(json_object_get(root, "requests"), nth);
    const json_t *found = json_object_get(request, name);

    if (!found)
        found = json_object_get(json_object_get(request, "headers"), name);
    const char *had = json_string_value(found);

    assert_non_null(request);
    if (!value ? had != NULL : !had || strcmp(had, value) != 0)
        fail_msg("request %zu has '%s' as its %s, expected '%s'", nth, had ? had : "none", name,
                 value ? value : "none");
    json_decref(root);
}

size_t fake_hubspot_asked(const struct fake_hubspot *fake, const char *part)
{
    json_t *root = fake_hubspot_steer(fake, "/_log", NULL);
    json_t *request;
    size_t i, n = 0;

    json_array_foreach(json_object_get(root, "requests"), i, request)
    {
        n += strstr(json_string_value(json_object_get(request, "path")), part) != NULL;
    }
    json_decref(root);
    return n;
}
