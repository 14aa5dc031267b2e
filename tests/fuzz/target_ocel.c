/* Object-centric event logs by their maps: a map, a line "%%", a log. Whatever it is, it gives
 * sound events or said faults, whose places are in the file. */
#include "tests/fuzz/fuzz.h"
#include "tools/import/importer.h"

#include <stdio.h>

static void ignore_note(void *to, const char *note, const char *text)
{
    (void)to;
    FUZZ_MUST(note[0] && text[0], "a note without words");
}

static void read_events(struct importer *importer, struct bc_str log)
{
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };
    bc_status rc;

    do {
        rc = importer->next(importer, &event, &err);
        if (rc == BC_OK)
            fuzz_must_be_event(event);
        else if (rc == BC_E_INPUT)
            fuzz_must_be_within(err.context, log);
    } while (rc == BC_OK || (rc == BC_E_INPUT && !importer->broken));
    FUZZ_MUST(rc == BC_DONE || importer->broken, "it ended early: %s", err.message);
    importer->tell(importer, ignore_note, NULL);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str map, log;
    struct importer *importer = NULL;
    struct bc_err err = { 0 };

    if (!fuzz_cut(&map, &log, (struct bc_str){ (const char *)data, len }))
        return 0;
    if (importer_ocel(&importer, fuzz_file(1, log), fuzz_file(0, map), &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT, "status %d: %s", err.status, err.message);
        FUZZ_MUST(err.message[0], "a fault without words");
        return 0;
    }
    read_events(importer, log);
    importer_free(importer);
    return 0;
}
