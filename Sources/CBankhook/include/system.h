/* What Swift cannot say: a macro of the build, a variadic call, and a header that its module map
   leaves out. */

/* The commit that the build was told, or an empty string. */
const char *bankhook_build_commit(void);

/* Keeps the memory of this process out of core files. Returns 0, or -1 with errno set. */
int bankhook_forbid_core_files(void);

/* Raises the limit of open files to `needed` where it is lower, as far as the system lets it.
   Returns `needed`, or the limit where that stays lower. */
long bankhook_raise_open_files(long needed);

/* Whether the process was started with a signal ignored, as nohup does with SIGHUP. */
int bankhook_is_ignored(int signal);

/* The kind of remote file system that an open file is on: "NFS", "SMB" or "FUSE"; a null pointer
   for a local one, and where the system does not tell. */
const char *bankhook_network_file_system(int descriptor);

/* Whether bankhook_sync_file_system exists here and reports every write that failed. */
int bankhook_can_sync_file_system(void);

/* Makes durable everything on the file system of an open file. Returns 0, or -1 with errno set. */
int bankhook_sync_file_system(int descriptor);

/* How many columns the terminal of an open file has; 0 for no terminal, and where it does not tell. */
int bankhook_terminal_columns(int descriptor);
