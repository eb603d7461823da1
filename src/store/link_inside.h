/* SPDX-License-Identifier: ISC */
/* What other records ask about links: for the store alone. */
#ifndef AMPARO_STORE_LINK_INSIDE_H
#define AMPARO_STORE_LINK_INSIDE_H

#include "store/case_inside.h"
#include "store/link.h"

/* Of a group_member m: it was not taken out again. */
#define MEMBER_STANDS                                                      \
	" m.leaves IS NULL AND m.deleted_hlc = 0 AND NOT EXISTS (SELECT 1" \
	" FROM group_member x WHERE x.case_uid = m.case_uid"               \
	" AND x.leaves = m.uid)"

/* Is there a mark that stands, under any code of the person?  1, 0, -1; works
 * in a transaction of either database.  code of "staff" is a uid in hex. */
int conflict_marked(struct tx *, const struct uid *case_uid, const char *who,
    const char *code) MUST_USE;
/* The same of a colleague: they are not given the case and are no second
 * person in it.  Whoever is told so is not told why. */
int conflict_marked_user(
    struct tx *, const struct uid *case_uid, const struct uid *user) MUST_USE;
/* May they see that a mark is there?  Who may link, and is not marked. */
bool conflict_shown(struct tx *, const struct uid *case_uid);

#endif
