#include "build_information.h"

#ifndef BANKHOOK_COMMIT
#define BANKHOOK_COMMIT ""
#endif

const char *bankhook_build_commit(void) { return BANKHOOK_COMMIT; }
