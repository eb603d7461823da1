/* SPDX-License-Identifier: ISC */
/* The state of an organisation, for whoever has a transaction of its own. */
#ifndef AMPARO_STORE_DIRECTORY_INSIDE_H
#define AMPARO_STORE_DIRECTORY_INSIDE_H

#include "store/directory.h"
#include "store/tx.h"

/* Read what was learned of one organisation, through cases.db. */
int listing_read(struct tx *, const struct recipient *, struct arena *,
    struct listing *) MUST_USE;

#endif
