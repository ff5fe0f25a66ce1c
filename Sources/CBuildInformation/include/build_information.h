/* What the build knows of itself; filled in by Package.swift. */
const char *bankhook_build_commit(void);
