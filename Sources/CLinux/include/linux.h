// The few Linux calls that Swift cannot see: those in headers that the Glibc module leaves out.
#ifndef SEAWARD_LINUX_H
#define SEAWARD_LINUX_H

#include <stdio.h>
#include <sys/types.h>

/// Blocks SIGINT, SIGTERM and SIGHUP, and returns a descriptor that can be read when one has come; -1 and errno on
/// failure. To be called before any thread starts: threads inherit what is blocked.
int linux_open_signals(void);

/// The next signal that has come, 0 if none has.
int linux_next_signal(int descriptor);

/// A stream whose bytes `read` supplies, as read(2) does. It cannot seek. NULL and errno on failure.
FILE *linux_open_reader(void *owner, ssize_t (*read)(void *owner, char *bytes, size_t count));

/// Becomes this user and group for good, and gives up gaining rights again. 0, or -1 and errno.
int linux_become(uid_t user, gid_t group);

#endif
