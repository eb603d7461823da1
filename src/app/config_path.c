/* SPDX-License-Identifier: ISC */
#include "app/config_path.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "store/vaultcare.h"

#define GENERIC AMPARO_DATADIR "/societies/generic.cfg"

/* The vault's own file has the name of one on its first line. */
static int
named(const struct buf *line, struct buf *out, struct err *err)
{
	if (line->data[0] != '/')
		return err_set(err, ERR_DAMAGED,
		    _("The vault's file \"" VAULT_SOCIETY_FILE
		      "\" names no configuration; give one with "
		      "--config"));
	buf_add(out, line->data, strcspn(line->data, "\n"));
	return 0;
}

static int
installed(const char *vault, struct buf *out, struct err *err)
{
	if (access(GENERIC, F_OK) != 0 && access(vault, F_OK) != 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("There is no vault at %s, which would name its "
		      "configuration, and none is installed at %s. Name the "
		      "vault with --vault, a configuration with --config."),
		    vault, GENERIC);
	if (access(GENERIC, F_OK) != 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("There is no configuration at %s. Name yours with "
		      "--config FILE, or install amparo: its own come with "
		      "it."),
		    GENERIC);
	buf_add_str(out, GENERIC);
	return 0;
}

int
config_path(
    const char *vault, const char *given, struct buf *out, struct err *err)
{
	struct buf file, line;
	struct err why = { 0 };
	int rc;

	if (given != NULL) {
		buf_add_str(out, given);
		return 0;
	}
	buf_init(&file);
	buf_init(&line);
	buf_addf(&file, "%s/" VAULT_SOCIETY_FILE, vault);
	if (file_read(file.data, PATH_MAX, false, &line, &why) == 0)
		rc = named(&line, out, err);
	else if (why.kind == ERR_NOT_FOUND)
		rc = installed(vault, out, err);
	else
		rc = err_set(err, why.kind, "%s", why.text);
	buf_done(&file);
	buf_done(&line);
	return rc;
}

void
config_problems(const struct problems *p, struct buf *out)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct problem *one = &p->list[i];

		if (one->warning)
			continue;
		buf_add_str(out, one->file);
		if (one->line > 0)
			buf_addf(out, ":%d", one->line);
		buf_addf(out, ": %s\n", one->text);
	}
}
