#include "tools/check/check_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void check_fault(struct check *check, const char *format, ...)
{
    char sentence[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    bc_buf_printf(&check->faults, "%s\n", sentence);
}

void check_release(struct check *check)
{
    free(check->records);
    bc_buf_release(&check->head.by);
    bc_buf_release(&check->head.key_name);
    bc_buf_release(&check->earlier.by);
    bc_evidence_release(&check->evidence);
    bc_buf_release(&check->faults);
    bc_buf_release(&check->words);
}

bool check_passed(const struct check *check)
{
    return check->faults.len == 0;
}
