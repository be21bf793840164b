#ifndef LUUTRU_CARCHIVE_H
#define LUUTRU_CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

/* AE_IFREG is a cast expression, which Swift does not import. */
static inline void luutru_entry_set_regular(struct archive_entry *entry) {
    archive_entry_set_filetype(entry, AE_IFREG);
}

#endif
