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
/* How many requests had `part` in their path, since the start or the last "/_clear". */
size_t fake_hubspot_asked(const struct fake_hubspot *fake, const char *part);

#endif
