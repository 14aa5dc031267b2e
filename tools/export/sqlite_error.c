#include "tools/export/sqlite_error.h"

#include <errno.h>

#include <sqlite3.h>

/* Why the system refused; 0: it did not. SQLite does not always keep it, and looks for files that
 * are not there. */
static int refusal(int code)
{
    const int said = errno;

    if (code == SQLITE_FULL)
        return said == EDQUOT ? said : ENOSPC;
    if (code != SQLITE_IOERR)
        return 0;
    return said == EFBIG || said == ENOSPC || said == EDQUOT || said == EIO ? said : 0;
}

bc_status sqlite_error(struct sqlite3 *db, const char *path, struct bc_err *err)
{
    const int code = db ? sqlite3_errcode(db) & 0xff : SQLITE_NOMEM;

    errno = refusal(code);
    if (errno)
        return bc_err_errno(err, "write %s", path);
    return bc_err_set(err, BC_E_IO, "cannot write %s: %s", path,
                      db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}
