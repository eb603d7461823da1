/* SPDX-License-Identifier: ISC */
/* Which columns there are: no other name ever reaches a statement. */
#ifndef AMPARO_STORE_RECORD_TABLE_H
#define AMPARO_STORE_RECORD_TABLE_H

#include "store/record.h"

/* A boolean is an integer of 0 or 1. */
enum rec_type {
	REC_TEXT,
	REC_INT,
	REC_BOOL,
	REC_UID,
	REC_BYTES /* of tables that are only added to */
};
struct rec_field {
	const char *name; /* NULL ends a table */
	enum rec_type type;
	bool editable; /* by record_update() */
};
struct rec_table {
	const char *name;
	enum vault_db db;
	const char *parent; /* column of what it belongs to; NULL none */
	bool append_only;
	const struct rec_field *fields;
};
#define REC_FIELDS_MAX 40

/* Of assessments, plans, help, safety plans, and contacts without a case:
 * record_plan.c. */
extern const struct rec_field goal_fields[], plan_action_fields[],
    assessment_fields[], assessment_item_fields[], goal_progress_fields[],
    plan_review_fields[], service_fields[], safety_plan_fields[],
    safety_part_fields[], contact_step_fields[];
/* Of consents and what leaves: record_out.c. */
extern const struct rec_field consent_fields[], disclosure_fields[],
    directory_fields[], referral_record_fields[], referral_item_fields[],
    referral_event_fields[], act_fields[], act_event_fields[], recall_fields[];

extern const struct rec_table rec_tables[REC_TABLES];
/* NULL when there is none of that name. */
const struct rec_field *rec_field(const struct rec_table *, const char *name);

#endif
