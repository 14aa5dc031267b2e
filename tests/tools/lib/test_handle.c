/* tools/lib/handle: nothing of the process around a ledger is touched, and ledgers are used on
 * threads at once. */
#include "tests/support/library.h"

#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

static void the_process_is_as_it_was(void **state)
{
    static const char *const words[] = { "metrics", LIBRARY_AS_OF };
    locale_t own = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0), before = uselocale(own);
    backcast_ledger *ledger = library_make("around");
    mode_t mask = umask(0022);
    struct stat status;
    char path[FOLDER_PATH + 32];

    (void)state;
    library_check(
        backcast_append(ledger, LIBRARY_REVIEW("a", ""), strlen(LIBRARY_REVIEW("a", "")), NULL),
        ledger);
    library_check(backcast_ask(ledger, words, ARRAY_LEN(words), library_count, &(unsigned){ 0 }),
                  ledger);
    assert_ptr_equal(uselocale((locale_t)0), own);
    assert_int_equal(umask(mask), 0022);
    (void)snprintf(path, sizeof(path), "%s/around/head", library.folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    backcast_close(ledger);
    (void)uselocale(before);
    freelocale(own);
}

struct thread {
    pthread_t id;
    const char *name;
    bool failed;
};

/* On a ledger of its own, and on one that all share, whose writers may find it held. */
static void *work(void *payload)
{
    static const char *const words[] = { "metrics", LIBRARY_AS_OF };
    struct thread *thread = payload;
    char own[FOLDER_PATH + 32], line[256];
    backcast_ledger *ledgers[2];
    unsigned answers = 0;

    (void)snprintf(own, sizeof(own), "%s/%s", library.folder, thread->name);
    thread->failed = backcast_open(&ledgers[0], own, &library.options) != BACKCAST_OK;
    thread->failed |= backcast_open(&ledgers[1], library.dir, &library.options) != BACKCAST_OK;
    for (int i = 0; i < 5 && !thread->failed; i++) {
        (void)snprintf(line, sizeof(line), LIBRARY_REVIEW("%s%d", ""), thread->name, i);
        for (size_t at = 0; at < 2; at++)
            thread->failed |= backcast_ask(ledgers[at], words, ARRAY_LEN(words), library_count,
                                           &answers) != BACKCAST_OK;
        thread->failed |= backcast_append(ledgers[0], line, strlen(line), NULL) != BACKCAST_OK;
    }
    backcast_close(ledgers[0]);
    backcast_close(ledgers[1]);
    thread->failed |= answers != 10;
    return NULL;
}

static void ledgers_are_used_on_threads_at_once(void **state)
{
    struct thread threads[3] = { { .name = "one" }, { .name = "two" }, { .name = "three" } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        backcast_close(library_make(threads[i].name));
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i].id, NULL, work, &threads[i]), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        assert_int_equal(pthread_join(threads[i].id, NULL), 0);
        assert_false(threads[i].failed);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_process_is_as_it_was),
        cmocka_unit_test(ledgers_are_used_on_threads_at_once),
    };

    return cmocka_run_group_tests_name("tools/lib/handle", tests, library_begin, library_end);
}
