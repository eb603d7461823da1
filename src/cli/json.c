/* SPDX-License-Identifier: ISC */
#include "cli/json.h"

void
json_string(FILE *to, const char *s)
{
	fputc('"', to);
	for (; *s != '\0'; s++) {
		unsigned char b = (unsigned char)*s;

		if (b < 0x20 || b == 0x7f)
			fprintf(to, "\\u%04x", b);
		else if (b == '"' || b == '\\')
			fprintf(to, "\\%c", b);
		else
			fputc(b, to);
	}
	fputc('"', to);
}

void
json_member(FILE *to, bool first, const char *name, const char *value)
{
	if (!first)
		fputs(", ", to);
	json_string(to, name);
	fputs(": ", to);
	json_string(to, value);
}
