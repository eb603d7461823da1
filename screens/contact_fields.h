/* SPDX-License-Identifier: ISC */
/* The safe-contact form: for screens/safe_contact.c alone. */
#ifndef AMPARO_SCREENS_CONTACT_FIELDS_H
#define AMPARO_SCREENS_CONTACT_FIELDS_H

#include "cover.h"
#include "store/person.h"

struct contact_state {
	struct covered_form form;
	struct uid person;
	struct safe_contact old; /* zeroed: none yet */
	const struct choice_option *channels, *languages;
	size_t n_channels, n_languages;
};

/* Its fields are those of struct safe_contact by name; "same_number" in place
 * of a number that is kept, "verified" whether it was checked now, "expires"
 * the day of expires_at.  The view's state is a struct contact_state. */
extern const struct formview_step contact_step;

#endif
