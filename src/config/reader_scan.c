/* SPDX-License-Identifier: ISC */
/* What libconfig would let pass, found in the text before it sees it. */
#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "config/reader_inside.h"

/* More than so many digits without an L at the end: libconfig 1.5 cuts the
 * number to 32 bits and says nothing. */
#define DIGITS_MAX 9

#define TEXT(number) TEXT_OF(number)
#define TEXT_OF(number) #number

/* libconfig would open the named file itself, without our checks.  Its
 * scanner knows the word only as the first thing of a line. */
static bool
includes(const char *line, size_t len)
{
	static const char word[] = "@include";

	while (len > 0 && (*line == ' ' || *line == '\t')) {
		line++;
		len--;
	}
	return len >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

static void
scan_line(struct conf *c, char *line, size_t len, int number)
{
	bool control = false;

	if (includes(line, len)) {
		problem_add(c->problems, c->file, number,
		    _("@include is not read; name catalogues under "
		      "\"catalogues\", and write everything else in this "
		      "file"));
		memset(line, ' ', len);
		return;
	}
	if (!utf8_valid(line, len)) {
		problem_add(c->problems, c->file, number,
		    _("not UTF-8; save the file as UTF-8"));
		for (size_t i = 0; i < len; i++) {
			if ((unsigned char)line[i] >= 0x80)
				line[i] = '?';
		}
	}
	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)line[i];

		if ((b >= 0x20 && b != 0x7f) || b == '\t')
			continue;
		control = true;
		line[i] = ' ';
	}
	if (control)
		problem_add(c->problems, c->file, number,
		    _("a control character; take it out (lines end with a line "
		      "feed alone)"));
}

/* Report bytes that do not belong in a text file and make them harmless, so
 * that the rest can still be checked. */
static void
scan_lines(struct conf *c, char *text, size_t len)
{
	static const char mark[] = "\xef\xbb\xbf";
	int number = 1;

	if (len >= 3 && memcmp(text, mark, 3) == 0) {
		problem_add(c->problems, c->file, 1,
		    _("begins with a byte order mark; save it without"));
		memset(text, ' ', 3);
	}
	for (size_t at = 0; at < len; number++) {
		const char *nl = memchr(text + at, '\n', len - at);
		size_t n = nl == NULL ? len - at : (size_t)(nl - (text + at));

		scan_line(c, text + at, n, number);
		at += n + 1;
	}
}

/* The end of a string or comment that begins at p, or p when none does. */
static char *
skip(char *p, char *end)
{
	char *q = p;

	if (*p == '"') {
		for (q = p + 1; q < end && *q != '"'; q++)
			q += *q == '\\' && q + 1 < end;
		return q < end ? q + 1 : end;
	}
	if (*p == '#' || (*p == '/' && p + 1 < end && p[1] == '/')) {
		q = memchr(p, '\n', (size_t)(end - p));
		return q == NULL ? end : q;
	}
	if (*p == '/' && p + 1 < end && p[1] == '*') {
		q = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
		return q == NULL ? end : q + 2;
	}
	return p;
}

/* Report the number from word to end; what libconfig reads of it is the same
 * whatever its age, and the rest of the line is still checked. */
static void
too_large(struct conf *c, int line, const char *text, char *word, char *end)
{
	static const char instead[] = TEXT(TOO_LARGE);

	_Static_assert(sizeof(instead) == DIGITS_MAX + 2, "fits in any");
	problem_add(c->problems, c->file, line,
	    _("\"%.*s\" is too large a number"),
	    (int)(end - word > 32 ? 32 : end - word), word);
	if (word > text && word[-1] == '.') /* a fraction: no number of ours */
		return;
	memset(word, ' ', (size_t)(end - word));
	memcpy(end - DIGITS_MAX - 1, instead, DIGITS_MAX + 1);
}

static void
scan_numbers(struct conf *c, char *text, size_t len)
{
	char *end = text + len, *p = text, *next, *word;
	int line = 1;

	while (p < end) {
		next = skip(p, end);
		if (next == p) {
			word = p;
			while (p < end && isalnum((unsigned char)*p))
				p++;
			if (p - word > DIGITS_MAX &&
			    isdigit((unsigned char)*word) && p[-1] != 'L')
				too_large(c, line, text, word, p);
			next = p > word ? p : p + 1;
			p = word;
		}
		for (; p < next; p++)
			line += *p == '\n';
	}
}

void
conf_scan(struct conf *c, char *text, size_t len)
{
	scan_lines(c, text, len);
	scan_numbers(c, text, len);
}
