/* ledger/store/store_rocksdb_cache.c - what is kept in memory of the families that every question
 * walks whole, while a store stays open. */
#include "ledger/store/store_rocksdb.h"

#include <pthread.h>

/* A store that does not stay open has what RocksDB has by itself. */
enum { USUAL_MIB = 8, STAYS_MIB = 192 };
/* So many times smaller are blocks in files, and some room is left for walks of another store. */
enum { SMALLER = 4 };

static rocksdb_cache_t *cache; /* until the process ends */

static void make(void)
{
    cache = rocksdb_cache_create_lru((size_t)USUAL_MIB << 20);
}

rocksdb_cache_t *bc_rocks_cache(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, make);
    return cache;
}

static uint64_t bytes_of(const struct bc_rocks *rocks, enum bc_family family)
{
    uint64_t bytes = 0;

    if (!rocks->handles[family] ||
        rocksdb_property_int_cf(rocks->db, rocks->handles[family], "rocksdb.total-sst-files-size",
                                &bytes) != 0)
        return 0;
    return bytes;
}

void bc_rocks_stays(bc_store *store)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    const uint64_t bytes = bytes_of(rocks, BC_TIMELINES) + bytes_of(rocks, BC_LEARNING);

    if (bytes * SMALLER > (uint64_t)STAYS_MIB << 20)
        return;
    rocksdb_cache_set_capacity(bc_rocks_cache(), (size_t)STAYS_MIB << 20);
    rocksdb_readoptions_set_fill_cache(rocks->walk, 1);
}
