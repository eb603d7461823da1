/* SPDX-License-Identifier: ISC */
/*
 * The parts of a safety plan, each in the person's own words, in the order in
 * which they are talked through (after the inter-agency safety plan for
 * survivors of violence, with what people who were exploited need besides).
 */
#ifndef AMPARO_RULES_SAFETY_H
#define AMPARO_RULES_SAFETY_H

/* id, code, step of the form from 0 */
#define SAFETY_PARTS(X)                                  \
	X(CONCERN, "concern", 0)                         \
	X(MEANS, "means", 0)                             \
	X(PEOPLE, "people", 0)                           \
	X(COMMUNITY, "community", 0)                     \
	X(OTHER, "other", 0)                             \
	X(SIGNS, "signs", 0)                             \
	X(SIGNAL, "signal", 1)                           \
	X(ESSENTIALS, "essentials", 1)                   \
	X(CHILDREN, "children", 1)                       \
	X(WHERE, "where", 1)                             \
	X(MONEY, "money", 1)                             \
	X(PAPERS, "papers", 1)                           \
	X(FAMILY_HOME, "family_home", 2)                 \
	X(DEBT, "debt", 2)                               \
	X(PHONE, "phone", 2)                             \
	X(ACCOUNTS, "accounts", 2)                       \
	X(WORKPLACE, "workplace", 2)                     \
	X(CO_NATIONALS, "co_nationals", 2)               \
	X(JOURNEY, "journey", 2)                         \
	X(COURT, "court", 2)                             \
	X(OUR_WORDS, "our_words", 3)                     \
	X(BAD_TIME, "bad_time", 3)                       \
	X(COLLECTION, "collection", 3) /* of children */ \
	X(DURING, "during", 3)                           \
	X(AFTER, "after", 3)                             \
	X(COPING, "coping", 3)                           \
	X(IF_MISSING, "if_missing", 4)
#define SAFETY_STEPS 5
enum safety_part_id {
#define SAFETY_ENUM(id, code, step) SAFETY_##id,
	SAFETY_PARTS(SAFETY_ENUM)
#undef SAFETY_ENUM
	    SAFETY_PART_COUNT
};
const char *safety_part_code(enum safety_part_id);
int safety_part_from_code(const char *); /* -1 unknown */
int safety_part_step(enum safety_part_id);

#endif
