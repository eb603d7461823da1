/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "document_words.h"
#include "words.h"

#include "base/i18n.h"

const struct choice_option document_kinds[DOCUMENT_KINDS] = {
	{ "identity", N_("Identity paper"), NULL },
	{ "photo", N_("Photograph"),
	    N_("Of injuries or a place; never of a face unless needed.") },
	{ "contract", N_("Contract"), NULL },
	{ "pay", N_("Pay or debt paper"), NULL },
	{ "medical", N_("Medical paper"), NULL },
	{ "legal", N_("Legal paper"), NULL },
	{ "letter", N_("Letter"), NULL },
	{ "message", N_("Message"), N_("From a phone; the words are enough.") },
	{ "other", N_("Other"), NULL },
};

const char *
document_kind_words(const char *kind)
{
	return words_label(document_kinds, DOCUMENT_KINDS, kind);
}

char *
document_size_words(int64_t bytes, char *out, size_t size)
{
	if (bytes < 1024)
		snprintf(out, size, _("%lld B"), (long long)bytes);
	else if (bytes < INT64_C(1024) * 1024)
		snprintf(out, size, _("%lld kB"), (long long)(bytes / 1024));
	else
		snprintf(
		    out, size, _("%.1f MB"), (double)bytes / (1024.0 * 1024.0));
	return out;
}
