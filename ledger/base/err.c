#include "ledger/base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bc_status bc_err_vset(struct bc_err *err, bc_status status, const char *format, va_list args)
{
    if (err) {
        err->status = status;
        err->context[0] = '\0';
        err->excerpt[0] = '\0';
        (void)vsnprintf(err->message, sizeof(err->message), format, args);
    }
    return status;
}

bc_status(bc_err_set)(struct bc_err *err, bc_status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)bc_err_vset(err, status, format, args);
    va_end(args);
    return status;
}

bc_status(bc_err_in)(struct bc_err *err, bc_status status, const char *format, ...)
{
    char inner[sizeof(err->context)];
    va_list args;
    size_t len;

    if (err) {
        memcpy(inner, err->context, sizeof(inner));
        va_start(args, format);
        (void)vsnprintf(err->context, sizeof(err->context), format, args);
        va_end(args);
        len = strlen(err->context);
        if (inner[0])
            (void)snprintf(err->context + len, sizeof(err->context) - len, ": %s", inner);
    }
    return status;
}

bc_status(bc_err_damaged)(struct bc_err *err, const char *format, ...)
{
    char what[sizeof(err->message)];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    return bc_err_set(err, BC_E_DAMAGED, "the ledger is damaged: %s", what);
}

bc_status(bc_err_errno)(struct bc_err *err, const char *format, ...)
{
    char what[1024];
    int number = errno;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    return bc_err_set(err, BC_E_IO, "cannot %s: %s", what, strerror(number));
}
