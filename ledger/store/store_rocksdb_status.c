/* What RocksDB says when it fails, as our statuses. */
#include "ledger/store/store_rocksdb.h"

#include <stdio.h>

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

/* CURRENT names the manifest, and that the files of the database. Without them it cannot be opened,
 * however whole the rest is. */
static bool is_of_pointer(const char *text)
{
    return strstr(text, "CURRENT") || strstr(text, "MANIFEST") || strstr(text, "create_if_missing");
}

bc_status bc_rocks_fail_open(struct bc_err *err, char *text)
{
    const bool pointer = is_of_pointer(text);
    bc_status status = bc_rocks_fail(err, "open the database", text);
    size_t len = err ? strlen(err->message) : 0;

    if (err && status == BC_E_DAMAGED && pointer)
        (void)snprintf(err->message + len, sizeof(err->message) - len,
                       "; its pointer file CURRENT or MANIFEST is lost or damaged: put this folder "
                       "aside, and make the ledger anew from its last `backcast backup` by "
                       "`backcast restore`");
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
