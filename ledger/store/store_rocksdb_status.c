/* What RocksDB says when it fails, as our statuses. */
#include "ledger/store/store_rocksdb.h"

static bool begins_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* What the system refuses is reported as "IO error:". All else that RocksDB may say of a database
 * that we made and open as we made it ("Corruption:", "Invalid argument: Column family not found",
 * "Not implemented: Unsupported compression") means that its files are not what they were; so does
 * a file that is gone from inside it. */
static bc_status status_of(const char *text)
{
    if (begins_with(text, "IO error: While lock file") ||
        begins_with(text, "IO error: lock hold") || begins_with(text, "Busy:"))
        return BC_E_BUSY;
    if (begins_with(text, "IO error:"))
        return strstr(text, "No such file") ? BC_E_DAMAGED : BC_E_IO;
    return BC_E_DAMAGED;
}

bc_status bc_rocks_fail(struct bc_err *err, const char *what, char *text)
{
    bc_status status = status_of(text);

    (void)bc_err_set(err, status, "%scannot %s: %s",
                     status == BC_E_DAMAGED ? "the ledger is damaged: " : "", what, text);
    rocksdb_free(text);
    return status;
}

bc_status bc_rocks_break(struct bc_rocks *rocks, struct bc_err *err, const char *what, char *text)
{
    rocks->broken = true;
    return bc_rocks_fail(err, what, text);
}

bc_status bc_rocks_refuse_if_broken(const struct bc_rocks *rocks, struct bc_err *err)
{
    if (rocks->broken)
        return bc_err_set(err, BC_E_IO, "an earlier write failed; nothing more is written");
    return BC_OK;
}
