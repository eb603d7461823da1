/* SPDX-License-Identifier: ISC */
/*
 * What can leave at all, field by field, and how it is put together at the
 * moment it does.  A field is in the table of compose.c or it cannot leave:
 * screenings, answers, risk, flags, ordinary notes and offences have no row.
 */
#ifndef AMPARO_STORE_COMPOSE_INSIDE_H
#define AMPARO_STORE_COMPOSE_INSIDE_H

#include "rules/disclosure.h"
#include "store/consent.h"
#include "store/tx.h"

enum compose_field {
	FIELD_NAME,
	FIELD_OTHER_NAMES,
	FIELD_NUMBER, /* and all that keeps it safe, never apart from it */
	FIELD_AREA,
	FIELD_WANTS,
	FIELD_LANGUAGE,
	FIELD_SEX,
	FIELD_AGE,
	FIELD_HEALTH,
	FIELD_CHILD,
	FIELD_GUARDIAN, /* told or not, and whether that is safe */
	FIELD_DOCUMENT,
	FIELDS
};

/* A set of enum compose_field; FIELDS itself stands for what they told. */
#define FIELD_ACCOUNT FIELDS
#define FIELDS_ALL ((1u << (FIELDS + 1)) - 1)
/* By the name a referral keeps ("name", "number", "account"): -1 unknown. */
int compose_field_from_name(const char *);
const char *compose_field_name(int);
const char *compose_field_label(int); /* translated */
enum data_scope compose_field_scope(int);
/* The kinds of data in a set of fields. */
unsigned compose_scopes(unsigned fields);

struct composing {
	struct session *s;
	struct uid case_uid;
	struct arena *arena;
	unsigned allowed; /* set of scopes: what the gate lets go */
	unsigned fields; /* set of fields that are to go */
	const char *value[FIELDS]; /* NULL: does not leave */
	struct preview_field *reach; /* how to use the number safely */
	size_t n_reach;
	struct preview_field *accounts;
	size_t n_accounts;
	bool born_child; /* by the date of birth: child_by_birth() */
	bool number_held; /* how to reach the person was not read yet */
};

/* Read what is to go and may, in a transaction of cases.db or of identity.db;
 * the fields that were read are named for its event. */
int compose_from_cases(struct tx *, struct composing *) MUST_USE;
int compose_from_identity(struct tx *, struct composing *) MUST_USE;
/* Is there anything to read from identity.db? */
bool compose_needs_identity(const struct composing *);
/* The first word in what is to go that would tell a stranger why somebody is
 * helped, and where it stands, as a sentence; "" none. */
const char *compose_telling(
    const struct society *, const struct preview *, struct arena *);
/* Every field there is: with its value where it goes, without where not. */
void compose_list(const struct composing *, struct preview *);

#endif
