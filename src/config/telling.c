/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "config/telling.h"

/* Beginnings of words, as paper in the languages we work in might have them. */
static const char known[] =
    "traffick\ntrafic\ntrata de\ntraite\ntráfico de pes\nmenschenhandel\n"
    "mensenhandel\nhandel ludźmi\nاتجار\nسمگلنگ\n"
    "exploit\nexplot\nausbeut\nuitbuit\nslave\nesclav\nescrav\n"
    "victim\nvictima\nrescue\n" /* said of nobody here, never */
    "opfer\nslachtoffer\nsurvivor\n"
    "prostitu\nsex work\nsexual\nforced\nbonded\nabuse\nviolence\n"
    "gbv\nsmuggl\nasylum\nrefugee\nillegal\nundocumented\n";

/* Is one of the lines of words in the folded text?  Where it stands. */
static const char *
line_in(const char *words, const struct buf *text)
{
	static const char none[] = "";
	struct buf one;
	const char *found = NULL;

	buf_init(&one);
	for (const char *p = words; *p != '\0' && found == NULL;) {
		size_t len = strcspn(p, "\n");

		buf_clear(&one);
		utf8_fold(&one, p, len);
		if (one.len > 0 &&
		    strstr(text->len > 0 ? text->data : none, one.data) != NULL)
			found = p;
		p += len;
		p += strspn(p, "\n");
	}
	buf_done(&one);
	return found;
}

const char *
telling_word(const struct society *society, const char *text)
{
	struct buf folded;
	const char *found;

	buf_init(&folded);
	utf8_fold(&folded, text, strlen(text));
	found = line_in(known, &folded);
	if (found == NULL && society != NULL)
		found = line_in(society->telling_words, &folded);
	buf_done(&folded);
	return found;
}
