/* SPDX-License-Identifier: ISC */
/*
 * What has to be said of an organisation before anybody is sent there: that
 * nobody verified it lately, that it was full.  It stops nothing; what does is
 * in disclosure.h.
 *
 * Source: field guide 5.1 (a number older than 90 days warns, and says since
 * when; capacity has the day it was told).
 */
#ifndef AMPARO_RULES_LISTING_H
#define AMPARO_RULES_LISTING_H

#include <stdint.h>

#include "base/arena.h"
#include "rules/timers.h"

/*
 * fresh is timer_freshness() of verified_on, a local day; capacity "free",
 * "few", "full" or "" (not known), told at capacity_at; both UTC ms.  In the
 * arena and translated, with since when; "": nothing.  A STALE one is refused,
 * which says it by itself.
 */
const char *listing_heed(enum freshness fresh, int64_t verified_on,
    const char *capacity, int64_t capacity_at, int64_t now, struct arena *);

#endif
