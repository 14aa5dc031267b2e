#include "tests/support/asking.h"

#include "tools/hubspot/service.h"

struct fake_hubspot asking_fake;

int asking_begin(void **state)
{
    (void)state;
    fake_hubspot_start(&asking_fake, NULL);
    return 0;
}

int asking_end(void **state)
{
    (void)state;
    fake_hubspot_stop(&asking_fake);
    return 0;
}

struct http_opts asking_options(int64_t *now_us)
{
    static struct http_clock clock;

    clock = still_clock(now_us);
    return (struct http_opts){
        .base_url = asking_fake.url,
        .token = FAKE_HUBSPOT_TOKEN,
        .service = &hubspot_service,
        .clock = &clock,
        .body_max = 1000000,
    };
}

bc_status asking_count(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    (void)answer;
    (void)err;
    ++*(int *)payload;
    return BC_OK;
}
