/* SPDX-License-Identifier: ISC */
#include "app/newpass.h"

#include "app/secretline.h"
#include "base/i18n.h"
#include "vault/passphrase.h"

void
newpass_init(struct newpass *np)
{
	np->first = secret_new(PASSPHRASE_MAX);
	np->again = secret_new(PASSPHRASE_MAX);
	np->offered = NULL;
	np->second = false;
}

void
newpass_done(struct newpass *np)
{
	secret_free(np->first);
	secret_free(np->again);
	secret_free(np->offered);
	np->first = np->again = np->offered = NULL;
}

void
newpass_restart(struct newpass *np)
{
	secret_clear(np->first);
	secret_clear(np->again);
	np->second = false;
}

void
newpass_offer(struct newpass *np)
{
	secret_free(np->offered);
	np->offered = passphrase_generate();
	newpass_restart(np);
}

static enum newpass_result
entered(struct newpass *np, const char *const *words, size_t n, struct err *err)
{
	if (!np->second) {
		if (passphrase_check(np->first, words, n, err) < 0) {
			newpass_restart(np);
			return NEWPASS_STAY;
		}
		np->second = true;
		return NEWPASS_STAY;
	}
	if (secret_eq(np->first, np->again))
		return NEWPASS_DONE;
	newpass_restart(np);
	(void)err_set(err, ERR_INPUT,
	    _("The two are not the same; type the new passphrase again"));
	return NEWPASS_STAY;
}

enum newpass_result
newpass_key(struct newpass *np, const struct key *k, const char *const *words,
    size_t n, struct err *err)
{
	struct secret *s = np->second ? np->again : np->first;

	switch (secretline_key(s, k)) {
	case SECRETLINE_PASS:
		return NEWPASS_PASS;
	case SECRETLINE_STAY:
		return NEWPASS_STAY;
	case SECRETLINE_FULL:
		(void)err_set(err, ERR_INPUT,
		    _("A passphrase has at most %d bytes"), PASSPHRASE_MAX);
		return NEWPASS_STAY;
	case SECRETLINE_DONE:
		return entered(np, words, n, err);
	}
	return NEWPASS_STAY;
}

void
newpass_draw(struct canvas *c, int row, const struct newpass *np)
{
	row += canvas_wrap(c, row, 0, c->cols, 3, EL_DIM,
	    _("At least 15 characters: several words are best. F2 offers a "
	      "phrase."));
	if (np->offered != NULL && !np->second) {
		size_t len = secret_len(np->offered);
		const char *words = (const char *)secret_open(np->offered);

		canvas_textn(c, row, 0, -1, EL_VALUE, words, len);
		secret_close(np->offered);
	}
	row++;
	secretline_draw(c, row, 0, _("New passphrase"), np->first, !np->second);
	if (np->second)
		secretline_draw(
		    c, row + 1, 0, _("The same again"), np->again, true);
}
