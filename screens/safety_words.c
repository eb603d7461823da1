/* SPDX-License-Identifier: ISC */
#include "safety_words.h"

#include <stddef.h>

#include "base/i18n.h"

const char *const safety_steps[SAFETY_STEPS] = {
	N_("What worries them, and what they have"),
	N_("Ready beforehand"),
	N_("Around them"),
	N_("With us; when it happens; afterwards"),
	N_("If they go missing"),
};

const struct choice_option safety_words[SAFETY_PART_COUNT] = {
	[SAFETY_CONCERN] = { "concern", N_("What worries them most"),
	    N_("In their own words.") },
	[SAFETY_MEANS] = { "means", N_("What they have to build on"),
	    N_("Money, work, a phone, a place.") },
	[SAFETY_PEOPLE] = { "people", N_("People who help"),
	    N_("Whom they trust, and whom not.") },
	[SAFETY_COMMUNITY] = { "community", N_("Groups and places that help"),
	    NULL },
	[SAFETY_OTHER] = { "other", N_("What else keeps them safe"), NULL },
	[SAFETY_SIGNS] = { "signs", N_("Signs that it gets dangerous"),
	    N_("What comes before; days, moods, visits.") },
	[SAFETY_SIGNAL] = { "signal", N_("A word or sign for help"),
	    N_("With whom; what they do then.") },
	[SAFETY_ESSENTIALS] = { "essentials", N_("What to take along"),
	    N_("Papers, medicine, keys; where they are.") },
	[SAFETY_CHILDREN] = { "children", N_("The children's plan"), NULL },
	[SAFETY_WHERE] = { "where", N_("Where to go"),
	    N_("How to get there. Never the address of a shelter.") },
	[SAFETY_MONEY] = { "money", N_("Who lends money or a bed"), NULL },
	[SAFETY_PAPERS] = { "papers", N_("Papers that have to be replaced"),
	    NULL },
	[SAFETY_FAMILY_HOME] = { "family_home", N_("Threats to family at home"),
	    N_("Who can warn them, how.") },
	[SAFETY_DEBT] = { "debt", N_("People who collect a debt"), NULL },
	[SAFETY_PHONE] = { "phone", N_("Phone, location, apps"),
	    N_("Who knows the code; is it followed?") },
	[SAFETY_ACCOUNTS] = { "accounts", N_("Online accounts"), NULL },
	[SAFETY_WORKPLACE] = { "workplace", N_("At work and where they live"),
	    N_("House-mates, colleagues, employer.") },
	[SAFETY_CO_NATIONALS] = { "co_nationals",
	    N_("People from the same place"), N_("News travels home.") },
	[SAFETY_JOURNEY] = { "journey", N_("Airport, border, the way back"),
	    NULL },
	[SAFETY_COURT] = { "court", N_("Days in court or at an office"), NULL },
	[SAFETY_OUR_WORDS] = { "our_words", N_("Safe words with us"),
	    N_("What proves it is us, what says \"not now\".") },
	[SAFETY_BAD_TIME] = { "bad_time", N_("If we call at a bad time"),
	    NULL },
	[SAFETY_COLLECTION] = { "collection", N_("Who fetches the children"),
	    NULL },
	[SAFETY_DURING] = { "during", N_("What to do when it happens"), NULL },
	[SAFETY_AFTER] = { "after", N_("After they have left"), NULL },
	[SAFETY_COPING] = { "coping", N_("What helps them to bear it"), NULL },
	[SAFETY_IF_MISSING] = { "if_missing", N_("If they go missing"),
	    N_("Whom to tell what and after how long, and whom never. Only "
	       "this is done, nothing beyond it.") },
};
