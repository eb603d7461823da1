/* SPDX-License-Identifier: ISC */
/*
 * Every screen there is.  A screen opens another by its name here:
 * view->go = (struct route){ .screen = &screen_case, ... }; return NEXT_GO.
 */
#ifndef AMPARO_SCREENS_H
#define AMPARO_SCREENS_H

#include "app/screen.h"

/* The door. */
extern const struct screen screen_signin, screen_locked, screen_blank,
    screen_passphrase, screen_choices;
/* From everywhere. */
extern const struct screen screen_help, screen_drafts, screen_numbers,
    screen_find, screen_alarm;
/* The shift. */
extern const struct screen screen_today, screen_month, screen_day,
    screen_handover;
/* Who can help. */
extern const struct screen screen_directory, screen_organisation,
    screen_organisation_add;
extern const struct screen screen_referral_list, screen_referral,
    screen_referral_state, screen_disclosures, screen_told_add, screen_acts,
    screen_act_add;
/* Casework. */
extern const struct screen screen_queue, screen_intake, screen_contacts,
    screen_case, screen_timeline, screen_history, screen_access, screen_note,
    screen_risk, screen_flag, screen_close, screen_reopen, screen_assign,
    screen_case_edit, screen_case_parts;
extern const struct screen screen_tasks, screen_task_add, screen_transfer,
    screen_request, screen_join;
/* Who the person is. */
extern const struct screen screen_opening, screen_identity, screen_person_edit,
    screen_safe_contact, screen_contact_look, screen_documents,
    screen_document_add;
/* Indicators. */
extern const struct screen screen_screening, screen_screening_list,
    screen_screening_gate;
/* Consent and its preview; reaching the person. */
extern const struct screen screen_consent, screen_consent_add, screen_preview,
    screen_follow_up, screen_attempt;

/* Children. */
extern const struct screen screen_child, screen_child_edit,
    screen_best_interests;
/* Needs, plan, help. */
extern const struct screen screen_assessment, screen_assessment_add,
    screen_plan, screen_goal, screen_plan_action, screen_plan_review,
    screen_services, screen_service_add;
/* The safety plan, in the person's words. */
extern const struct screen screen_safety_plan, screen_safety_add;

/* The referral mechanism; what law asks to be told. */
extern const struct screen screen_mechanism, screen_mechanism_add,
    screen_duties, screen_duty_add;

/* What belongs together. */
extern const struct screen screen_links, screen_link_add;

/* All of them, ended by NULL: for drafts, which know a screen by name. */
extern const struct screen *const screens[];

#endif
