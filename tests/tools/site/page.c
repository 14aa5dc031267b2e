/* tests/tools/site/page.c - asks for a page of the site, without a server: `site-page LEDGER
 * ADDRESS...` prints for each its status, type and length in a line, then the document. Time is
 * that of BACKCAST_NOW. With --times only how long each took is printed, on standard error. */
#include "ledger/base/instant.h"
#include "tools/cli/cmd.h"
#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/lib/dispatch.h"
#include "tools/site/site.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAIRS_MAX = 32 };

static int64_t begun_us(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * BC_SECOND_US + now.tv_nsec / 1000;
}

static unsigned hex(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
}

/* In place. */
static struct bc_str decode(char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (text[i] == '%' && i + 2 < len) {
            text[n++] = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            text[n++] = text[i] == '+' ? ' ' : text[i];
        }
    }
    return (struct bc_str){ text, n };
}

static void ask(struct site *site, char *address, bool times)
{
    struct site_pair pairs[PAIRS_MAX];
    struct site_request request = { .pairs = pairs };
    struct site_answer answer;
    char *query = strchr(address, '?');
    const int64_t begun = begun_us();

    request.path = (struct bc_str){ address, query ? (size_t)(query - address) : strlen(address) };
    while (query && request.pair_n < PAIRS_MAX) {
        char *key = query + 1, *end = strchr(key, '&'), *value = strchr(key, '=');

        if (!end)
            end = key + strlen(key);
        if (!value || value > end)
            value = end;
        pairs[request.pair_n].key = decode(key, (size_t)(value - key));
        pairs[request.pair_n++].value =
            value < end ? decode(value + 1, (size_t)(end - value - 1)) : (struct bc_str){ 0 };
        query = *end ? end : NULL;
    }
    site_ask(site, &request, &answer);
    if (times) {
        fprintf(stderr, "%.1f ms, %u, %zu bytes\n", (double)(begun_us() - begun) / 1000,
                answer.status, answer.body.len);
    } else {
        printf("%u %s %zu %s\n", answer.status, answer.type, answer.body.len,
               answer.location   ? answer.location
               : answer.filename ? answer.filename
                                 : "-");
        fwrite(answer.body.at, 1, answer.body.len, stdout);
    }
    bc_buf_release(&answer.body);
    free(answer.location);
    free(answer.filename);
}

int main(int argc, char **argv)
{
    const char *now = getenv("BACKCAST_NOW");
    struct times times = { 0 };
    struct names names = { 0 };
    struct cmd_env env = { .out = stdout,
                           .err = stderr,
                           .times = &times,
                           .names = &names,
                           .commands = &dispatch_commands,
                           .topics = dispatch_topics,
                           .rehearsed = true };
    struct bc_err err;
    const bool timed = argc > 1 && strcmp(argv[1], "--times") == 0;
    char folder[PATH_MAX];
    struct site *site;

    if (argc < 3 + timed || !now || bc_instant_parse(&env.now_us, bc_str_of(now), &err) < 0 ||
        !realpath(argv[1 + timed], folder))
        return 2;
    site = site_new(&env, folder);
    for (int i = 2 + timed; i < argc; i++)
        ask(site, argv[i], timed);
    site_free(site);
    return 0;
}
