/* SPDX-License-Identifier: ISC */
/*
 * Indicator catalogues: things noticed or heard in a supportive conversation.
 * An indicator is no question; nothing here adds up to anything.
 */
#ifndef AMPARO_CONFIG_CATALOGUE_H
#define AMPARO_CONFIG_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

/* How an indicator may come to light. */
enum elicit {
	ELICIT_OBSERVE, /* seen; not asked about */
	ELICIT_LISTEN, /* heard when the person speaks of it; not asked */
	ELICIT_MAY_ASK, /* may be asked, alone and without hurry */
	ELICIT_NEVER_ASK
};

/* Strength of an item in one of the four lists of ILO/EC 2009. */
enum weight_list { LIST_AL, LIST_AS, LIST_CL, LIST_CS, WEIGHT_LISTS };
enum weight {
	WEIGHT_NONE, /* not in that list, or the catalogue has no weights */
	WEIGHT_UNVERIFIED, /* known from memory only: no rule runs on it */
	WEIGHT_WEAK,
	WEIGHT_MEDIUM,
	WEIGHT_STRONG
};

struct indicator {
	const char *id; /* "ilo09.dr.01" */
	const char *group; /* id of its group */
	const char *text;
	enum elicit elicit;
	const char *caution; /* "" none */
	bool bias; /* a stereotype or mere context */
	bool off; /* off by default; a National Society may switch it on */
	enum weight weights[WEIGHT_LISTS];
	const char *const *maps; /* ids in other catalogues */
	size_t n_maps;
};
struct indicator_group {
	const char *id, *title;
};
struct catalogue {
	const char *id, *version, *title, *language;
	const char *attribution; /* "after ILO/EC 2009" */
	const char *about; /* what it is for, in a sentence or two */
	const struct indicator_group *groups;
	size_t n_groups;
	const struct indicator *items; /* in the order of the file */
	size_t n_items;
};

/* NULL when there is none of that id. */
const struct indicator *catalogue_item(
    const struct catalogue *, const char *id);
const char *catalogue_group_title(const struct catalogue *, const char *id);
/* Is every weight of this list verified, and any there at all?  Where not,
 * show the list unweighted and run no rule on it. */
bool catalogue_list_verified(const struct catalogue *, enum weight_list);

#endif
