/* ledger/base/err.h - what a call says when it cannot do its work.
 *
 * A call returns a bc_status. Zero or positive is an outcome; negative is a failure, and then *err
 * (unless NULL) holds one sentence about it, to which each caller may prepend the place. Branch on
 * the status, print the struct. Statuses map one to one onto the program's exit codes. */
#ifndef BC_LEDGER_BASE_ERR_H
#define BC_LEDGER_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum bc_status {
    BC_OK = 0,
    BC_DONE = 1,         /* the end of a walk; nothing found: an outcome, no failure */
    BC_NO = 2,           /* the answer is "no" */
    BC_E_USAGE = -2,     /* wrong use of the program */
    BC_E_INPUT = -3,     /* bad input; nothing was written */
    BC_E_IO = -4,        /* a file or the ledger cannot be read or written */
    BC_E_DAMAGED = -5,   /* the ledger is damaged, or was rolled back */
    BC_E_BUSY = -6,      /* another writer holds the ledger */
    BC_E_NEWER = -7,     /* written by a newer version of this program */
    BC_E_REMOTE = -8,    /* a remote service failed */
    BC_E_CONFLICT = -13, /* bad input of one kind: the id is taken by another content */
} bc_status;

struct bc_err {
    bc_status status;
    char context[1024]; /* "" or where: "deals.jsonl:12:7" */
    char message[2048]; /* what is wrong, what was expected */
    char excerpt[1024]; /* "" or lines of the input with a caret below, shown in answers */
};

/* Sets the sentence, and returns `status`. `err` may be NULL. */
bc_status bc_err_set(struct bc_err *err, bc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bc_status bc_err_vset(struct bc_err *err, bc_status status, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Prepends a place to what is there, and returns `status`. `err` may be NULL. */
bc_status bc_err_in(struct bc_err *err, bc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "the ledger is damaged: ...", as BC_E_DAMAGED. */
bc_status bc_err_damaged(struct bc_err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The sentence for a failed system call: "cannot WHAT: <text of errno>", as BC_E_IO. */
bc_status bc_err_errno(struct bc_err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#ifdef __clang_analyzer__ /* sees one file at a time, so this says what these return */
#define bc_err_set(err, status, ...) ((void)bc_err_set(err, status, __VA_ARGS__), (status))
#define bc_err_in(err, status, ...)  ((void)bc_err_in(err, status, __VA_ARGS__), (status))
#define bc_err_damaged(err, ...)     ((void)bc_err_damaged(err, __VA_ARGS__), BC_E_DAMAGED)
#define bc_err_errno(err, ...)       ((void)bc_err_errno(err, __VA_ARGS__), BC_E_IO)
#endif

#endif
