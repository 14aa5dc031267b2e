/* tests/support/fake_hubspot.h - the HubSpot on loopback (tests/hubspot/), started and steered. */
#ifndef BC_TESTS_SUPPORT_FAKE_HUBSPOT_H
#define BC_TESTS_SUPPORT_FAKE_HUBSPOT_H

#include <sys/types.h>

#include <jansson.h>

#define FAKE_HUBSPOT_TOKEN "fake-token"

struct fake_hubspot {
    pid_t pid;
    int hold; /* it ends when this is closed, so also when the test dies */
    char url[64];
};

/* Starts one with further arguments ("--many", "1000", NULL), or NULL. Fails the test if it does
 * not come up. */
void fake_hubspot_start(struct fake_hubspot *fake, const char *const *arguments);
void fake_hubspot_stop(struct fake_hubspot *fake);

/* Pulls one of its levers ("/_do") with a body, which is taken over; NULL: {}. Returns the answer,
 * for the caller to json_decref. */
json_t *fake_hubspot_steer(const struct fake_hubspot *fake, const char *lever, json_t *body);
/* One rule of misbehaviour: "locked*2@owners". */
void fake_hubspot_do(const struct fake_hubspot *fake, const char *rule);
/* What the next request is answered, whatever it is; said again, the one after it. `headers` are
 * lines "Name: value\n". */
void fake_hubspot_say(const struct fake_hubspot *fake, int status, const char *headers,
                      const char *body);
/* Is `value` what request `nth` (0 is the first since the start or the last "/_clear") had as the
 * header, in lower case, or as its "path", "method" or "body"? NULL: it had none. */
void fake_hubspot_check(const struct fake_hubspot *fake, size_t nth, const char *name,
                        const char *value);
/* How many requests had `part` in their path, since the start or the last "/_clear". */
size_t fake_hubspot_asked(const struct fake_hubspot *fake, const char *part);

#endif
