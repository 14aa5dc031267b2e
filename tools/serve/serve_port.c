#include "ledger/base/digest.h"
#include "tools/serve/serve.h"

enum { FIRST_PORT = 61000, PORTS = 65536 - FIRST_PORT };

unsigned serve_usual_port(struct bc_str name)
{
    const struct bc_digest digest = bc_digest_of((struct bc_digest){ { 0, 0 } }, name);

    return FIRST_PORT + (unsigned)(digest.half[0] % PORTS);
}
