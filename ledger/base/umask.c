#include "ledger/base/umask.h"

#include <stdbool.h>
#include <sys/stat.h>

static mode_t users;
static bool is_kept;

void bc_umask_ledger(mode_t folder)
{
    mode_t before = umask((~folder & 0070) | 0007);

    if (!is_kept)
        users = before;
    is_kept = true;
}

void bc_umask_give_back(void)
{
    if (is_kept)
        (void)umask(users);
    is_kept = false;
}

mode_t bc_umask_user(void)
{
    mode_t now;

    if (is_kept)
        return users;
    now = umask(0077); /* it cannot be read otherwise */
    (void)umask(now);
    return now;
}
