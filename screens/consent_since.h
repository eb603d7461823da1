/* SPDX-License-Identifier: ISC */
/* What is new since a consent was talked about, for whoever asks anew. */
#ifndef AMPARO_SCREENS_CONSENT_SINCE_H
#define AMPARO_SCREENS_CONSENT_SINCE_H

#include "app/screen.h"
#include "store/consent.h"
#include "ui/form.h"

/* What changed since working together was talked about, as a sentence that asks
 * to talk again; "" nothing.  In the view's arena. */
const char *consent_since_again(struct view *, const struct consents *);
/* Where the talk about this one begins: that it ended, was used, taken back or
 * is another's to give now; of working together also the above. */
const char *consent_since_words(
    struct view *, const struct consents *, const struct consent *);

/* Is what would be read aloud another text than was read then?  A printed sheet
 * says itself which it is: false. */
bool consent_since_text(const struct view *, const struct consent *was,
    const char *kind, const char *language);
/* Is another thing asked than then: of whom, what for, or more data? */
bool consent_since_key(const struct consent *was, const struct form_values *);
/* Does somebody else interpret? */
bool consent_since_interpreter(
    const struct consent *was, const struct form_values *);

#endif
