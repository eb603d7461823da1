/* SPDX-License-Identifier: ISC */
#include "rules/listing.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

static const char *
unverified(enum freshness fresh, int64_t day, int64_t now, struct arena *a)
{
	char when[24];

	if (fresh != RECHECK)
		return "";
	(void)clock_short(clock_day_start(day), now, when, sizeof(when));
	return arena_printf(a,
	    _("Nobody has verified this organisation since %s, %lld days ago: "
	      "call before anybody goes there."),
	    when, (long long)(clock_day_of(now) - day));
}

static const char *
places(const char *capacity, int64_t at, int64_t now, struct arena *a)
{
	char when[24];

	if (strcmp(capacity, "full") != 0 && strcmp(capacity, "few") != 0)
		return "";
	(void)clock_short(at, now, when, sizeof(when));
	return arena_printf(a,
	    strcmp(capacity, "full") == 0
		? _("It is full, as was told %s: ask before anybody goes "
		    "there.")
		: _("It has few places, as was told %s: ask before anybody "
		    "goes there."),
	    when);
}

const char *
listing_heed(enum freshness fresh, int64_t verified_on, const char *capacity,
    int64_t capacity_at, int64_t now, struct arena *a)
{
	const char *old = unverified(fresh, verified_on, now, a);
	const char *full = places(capacity, capacity_at, now, a);

	return arena_printf(a, "%s%s%s", old,
	    old[0] == '\0' || full[0] == '\0' ? "" : " ", full);
}
