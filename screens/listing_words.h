/* SPDX-License-Identifier: ISC */
/* How an organisation of the directory is told of, in every screen: translated,
 * in the view's arena. */
#ifndef AMPARO_SCREENS_LISTING_WORDS_H
#define AMPARO_SCREENS_LISTING_WORDS_H

#include "app/screen.h"
#include "store/directory.h"
#include "ui/choice.h"
#include "ui/theme.h"

/* How old the number is, and how pressing that: "12 days", "CALL 4 months",
 * "LOCKED 7 months", "NEVER", "WRONG NUMBER"; "–" where nobody verifies it. */
const char *listing_age(
    struct view *, const struct listing *, enum element *style);
/* "free", "few places", "FULL", "SUSPENDED", "HARM TOLD", "CONFLICT", "". */
const char *listing_state(const struct listing *, enum element *style);
/* Whom to choose, with what has to be known before choosing them; in the view's
 * arena, as many as there are. */
const struct choice_option *listing_options(
    struct view *, const struct listings *);
/* Words of what it offers and speaks, with ", " between. */
const char *listing_services(struct view *, const struct recipient *);
const char *listing_languages(struct view *, const struct recipient *);
/* Where it helps: "whole country", else the words of the directory. */
const char *listing_where(const struct recipient *);
/* The places that it serves, with ", " between; "": nobody said. */
const char *listing_serves(struct view *, const struct recipient *);
/* The names of all places that it serves, for searching: of one, those that lie
 * in it and those it lies in; of the whole country, all and the branches. */
const char *listing_places(struct view *, const struct recipient *);
/* Codes are words too: who types "shelter" finds "a safe place to stay". */
const char *listing_codes(struct view *, const struct recipient *);
/* Its languages by every name they have, for searching. */
const char *listing_spoken(struct view *, const struct recipient *);
/* That somebody was harmed or afraid there, told at (UTC ms), and whom (login)
 * to ask first. */
const char *listing_harm(struct view *, int64_t at, const char *by);
/* What the person is told before anything is read to them or sent there: whether
 * it passes data on to authorities, said also where nobody knows.  NULL: it
 * does not. */
const char *listing_passes_on(const struct recipient *);
/* That, and what it asks in return, in two lines at most; "": there is nothing
 * to say, or no such organisation (NULL). */
const char *listing_say_first(struct view *, const struct recipient *);
/* How one comes there, as the directory has it: for whom, in which languages,
 * when, by which door; a line each.  "": nothing is known, or no such
 * organisation (NULL). */
const char *listing_coming(struct view *, const struct recipient *);
/* A day number as people write it. */
const char *listing_day(struct view *, int64_t day);

#endif
