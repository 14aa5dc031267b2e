#include "tests/support/place.h"

#include "tests/support/check.h"
#include "tests/support/hubspot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *token(const char *variable)
{
    (void)variable;
    return FAKE_HUBSPOT_TOKEN;
}

int place_run(struct place *place, cmd_fn *command, const char *const *args)
{
    const char *argv[32];
    size_t out_len = 0, err_len = 0;
    struct cmd_env env = { .now_us = place->now_us,
                           .rehearsed = true,
                           .ledger_dir = place->ledger,
                           .secret = token,
                           .http_clock = place->clock };
    int argc = 0, code;

    free(place->out);
    free(place->err);
    env.out = open_memstream(&place->out, &out_len);
    env.err = open_memstream(&place->err, &err_len);
    for (; args[argc]; argc++)
        argv[argc] = args[argc];
    argv[argc] = NULL;
    code = command(&env, argc, (char **)(uintptr_t)argv);
    fclose(env.out);
    fclose(env.err);
    return code;
}

void place_check_code(const struct place *place, int code, int want)
{
    if (code != want)
        fail_msg("exit code %d, expected %d: %s%s", code, want, place->out, place->err);
}

json_t *place_import(struct place *place, const char *more)
{
    json_t *answer;

    place_check_code(place, IMPORT(place, "--json", more), 0);
    answer = json_loads(place->out, 0, NULL);
    assert_non_null(answer);
    return answer;
}

long long place_number(const json_t *answer, const char *key)
{
    assert_true(json_is_integer(json_object_get(answer, key)));
    return json_integer_value(json_object_get(answer, key));
}

void place_check_import(struct place *place, const char *more, long long added, long long agree,
                        long long differ)
{
    json_t *answer = place_import(place, more);

    if (added >= 0)
        assert_int_equal(place_number(answer, "added"), added);
    assert_int_equal(place_number(answer, "agree"), agree);
    assert_int_equal(place_number(answer, "differ"), differ);
    json_decref(answer);
}

void place_ledger(struct place *place, const char *name)
{
    snprintf(place->ledger, sizeof(place->ledger), "%s/%s", place->folder, name);
    place_check_code(place, RUN(place, cmd_init, "init"), 0);
}

/* Of the file that was discovered, which has the main one alone: the account was made for that. */
static void read_every_pipeline(struct place *place)
{
    static const char left[] = "  # - \"7700\"", read[] = "  - \"7700\"  ";
    struct bc_buf text = { 0 };
    char *at;

    _Static_assert(sizeof(left) == sizeof(read), "in its place");
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    at = strstr(text.at, left);
    if (at) {
        memcpy(at, read, sizeof(read) - 1);
        file_write(place->account, bc_str_of(text.at));
    }
    bc_buf_release(&text);
}

struct place *place_begin(const char *const *arguments)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    snprintf(place->account, sizeof(place->account), "%s/account.yaml", place->folder);
    place->now_us = PLACE_APRIL_US;
    fake_hubspot_start(&place->fake, arguments);
    place_ledger(place, "ledger");
    place_check_code(place, IMPORT(place, "--discover"), 0);
    read_every_pipeline(place);
    return place;
}

void place_end(struct place *place)
{
    fake_hubspot_stop(&place->fake);
    folder_remove(place->folder);
    free(place->out);
    free(place->err);
    free(place);
}

void place_later(struct place *place)
{
    json_decref(fake_hubspot_steer(&place->fake, "/_later", NULL));
    place->now_us = HUBSPOT_NOW_US;
}

void place_check_says(const struct place *place, const char *what)
{
    if (!strstr(place->out, what))
        fail_msg("no %s in %s", what, place->out);
}

void place_links(struct place *place, const char *links)
{
    char folder[FOLDER_PATH + 16], path[FOLDER_PATH + 48];
    json_t *held = hubspot_json(links);
    char *text = json_dumps(held, 0);

    (void)snprintf(folder, sizeof(folder), "%s/links", place->folder);
    if (mkdir(folder, 0700) < 0)
        assert_int_equal(errno, EEXIST);
    (void)snprintf(path, sizeof(path), "%s/associations.json", folder);
    file_write(path, bc_str_of(text));
    json_decref(fake_hubspot_steer(&place->fake, "/_later", json_pack("{s:s}", "folder", folder)));
    free(text);
    json_decref(held);
}

void place_account(struct place *place, const char *before, const char *now)
{
    struct bc_buf text = { 0 }, changed = { 0 };
    const char *at;

    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    at = strstr(text.at, before);
    if (!at || strstr(at + 1, before))
        fail_msg("not once %s in %s", before, text.at);
    bc_buf_printf(&changed, "%.*s%s%s", (int)(at - text.at), text.at, now, at + strlen(before));
    file_write(place->account, bc_buf_str(&changed));
    bc_buf_release(&changed);
    bc_buf_release(&text);
}

static int line_cmp(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **place_content(struct place *place)
{
    char **lines = NULL, *save = NULL;
    size_t n = 0, cap = 0;

    place_check_code(place, RUN(place, cmd_export, "export", "jsonl"), 0);
    for (char *line = strtok_r(place->out, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        json_t *event = json_loads(line, 0, NULL);

        json_object_del(event, "seq");
        json_object_del(event, "recordedAt");
        BC_GROW(lines, n, cap);
        lines[n++] = json_dumps(event, JSON_SORT_KEYS);
        json_decref(event);
    }
    if (n > 1)
        qsort(lines, n, sizeof(*lines), line_cmp);
    BC_GROW(lines, n, cap);
    lines[n] = NULL;
    return lines;
}

void place_content_free(char **lines)
{
    for (size_t i = 0; lines[i]; i++)
        free(lines[i]);
    free(lines);
}

void place_check_same(char **got, char **want)
{
    size_t i = 0;

    for (; got[i] && want[i]; i++)
        assert_string_equal(got[i], want[i]);
    if (got[i] || want[i])
        fail_msg("one has more: %s", got[i] ? got[i] : want[i]);
}

uint64_t place_count(struct place *place)
{
    place_check_code(place, RUN(place, cmd_head, "head", "--count"), 0);
    return strtoull(place->out, NULL, 10);
}

void place_copy(struct place *place, const char *from, const char *name)
{
    (void)snprintf(place->ledger, sizeof(place->ledger), "%s/%s", place->folder, name);
    folder_copy(from, place->ledger);
}
