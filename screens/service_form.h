/* SPDX-License-Identifier: ISC */
/* arg of a route to screen_service_add: what its record is to the new entry. */
#ifndef AMPARO_SERVICE_FORM_H
#define AMPARO_SERVICE_FORM_H

#define SERVICE_FOLLOWS 1 /* what came of help that was planned */
#define SERVICE_CORRECTS 2 /* puts an earlier entry right */

#endif
