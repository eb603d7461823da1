/* SPDX-License-Identifier: ISC */
/* What the forms of an act ask alike: of one that is asked for, and of one that
 * was told already. */
#ifndef AMPARO_SCREENS_ACT_FORM_H
#define AMPARO_SCREENS_ACT_FORM_H

#include "app/formview.h"
#include "asks.h"
#include "referral_words.h"
#include "rules/disclosure.h"
#include "store/act.h"

/* Open the form, under the screen's title: n fields, of which a copy is made with
 * the options of "reason", "recipient", "purpose" and "scope"; of form its save
 * and what is said then. */
int act_form_open(struct view *, const struct form_field *, size_t n,
    enum referral_vocabulary reasons, const struct formview_use *form,
    struct err *) MUST_USE;
/* The act as it is typed: of fields with the names of its members. */
struct act act_form_read(struct view *);
/* The field "reason" names a law, an order or a policy, for form_field.show_if. */
bool act_form_by_rule(void *ctx, const struct form_values *);
#define ACT_FORM_LAW                                                        \
	ASK("legal_ref", TEXT, FORM_REQUIRED, N_("Law, order or policy"),   \
	    N_("A duty by its id, the number of an order; for a threat to " \
	       "life the policy"),                                          \
	    .max = 160, .show_if = act_form_by_rule)

#endif
