#!/bin/sh
# Tells by the exit code whether the node of this status file has joined its grid: 0 if it has, else 1, with the reason.
# It believes what "--health" of the node believes, without a JVM, but it believes no file of another user at all.
# It uses only what every Debian and Ubuntu has: dash, coreutils and grep.
file=${1:?'give the status file that the node was given'}
fresh=15 # seconds; the node writes the file each second

unhealthy() {
    echo "the status file '$file' $1" >&2
    exit 1
}

if [ -L "$file" ] || [ ! -f "$file" ]; then
    unhealthy "is not there, or is no file"
fi
[ -O "$file" ] || unhealthy "is another user's"
# The dot keeps the line's end, which is missing if a disk was full.
text=$(head -c 100 "$file" && echo .) || unhealthy "cannot be read"
case $text in
    "joined "*"Z
.") ;;
    *) unhealthy "does not say what a node writes" ;;
esac
time=${text#joined }
time=${time%??}
printf '%s\n' "$time" | grep -Eqx '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z' \
    && written=$(date -d "$time" +%s 2>/dev/null) \
    || unhealthy "does not say what a node writes"
age=$(($(date +%s) - written))
if [ "$age" -lt 0 ] || [ "$age" -ge "$fresh" ]; then
    unhealthy "is of $time, and not of the last $fresh seconds"
fi
