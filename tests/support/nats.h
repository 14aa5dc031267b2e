/* tests/support/nats.h - real NATS servers on the loopback address, one or a cluster, with
 * JetStream in a folder of their own. Each call fails the test where it cannot. They end with the
 * test program, however that ends. */
#ifndef BC_TESTS_SUPPORT_NATS_H
#define BC_TESTS_SUPPORT_NATS_H

#include "tests/support/folder.h"

#include <sys/types.h>

enum { NATS_SERVERS_MAX = 3, NATS_SKIPPED = 77 /* as the exit code of a test */ };

struct nats_servers {
    char folder[FOLDER_PATH];
    size_t n;
    unsigned port[NATS_SERVERS_MAX], route[NATS_SERVERS_MAX];
    pid_t pid[NATS_SERVERS_MAX]; /* 0: it does not run */
    char *more;                  /* of each one's configuration */
    char urls[NATS_SERVERS_MAX * 40];
};

/* Is there a program nats-server? Without it such tests are skipped, and this says so. */
bool nats_is_here(void);
/* Chooses a folder and ports, before `more` of the configuration is made; ends in nats_stop. */
void nats_prepare(struct nats_servers *servers, size_t n, const char *scheme);
/* Starts all of them; `more` is added to their configurations, NULL: nothing. */
void nats_start(struct nats_servers *servers, const char *more);
void nats_kill(struct nats_servers *servers, size_t i); /* at once; fine where it does not run */
void nats_again(struct nats_servers *servers, size_t i);
/* Stops one's process for a while: its connections stay open and nothing comes. */
void nats_freeze(struct nats_servers *servers, size_t i, bool frozen);
void nats_stop(struct nats_servers *servers);

/* Publishes to a server without users and TLS, by raw bytes, and adds what is answered; `reply`: to
 * where it is answered instead, and then nothing is waited for. */
void nats_ask(const struct nats_servers *servers, size_t i, const char *subject, const char *reply,
              const char *text, struct bc_buf *out);

#endif
