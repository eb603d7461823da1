/* SPDX-License-Identifier: ISC */
/* The questions of a consent: what is asked, what they said, how. */
#ifndef AMPARO_SCREENS_CONSENT_FIELDS_H
#define AMPARO_SCREENS_CONSENT_FIELDS_H

#include "app/formview.h"
#include "app/screen.h"
#include "store/consent.h"
#include "ui/form.h"

/* State of the screen the fields are on. */
struct consent_asking {
	struct formview form;
	const struct consent *was; /* what is asked anew; NULL: nothing */
	bool after; /* said after what a colleague recorded meanwhile */
};

/* Where a renewal begins, hidden until there is something to say. */
enum { CONSENT_FIELD_CHANGED };

/* n fields in the view's arena, with the society's options. */
struct form_field *consent_asking_fields(struct view *, size_t *n);

#endif
