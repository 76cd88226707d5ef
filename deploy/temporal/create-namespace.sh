#!/bin/sh
# Makes the namespace and the two search attributes that Putokaz's workflows set. Repeating it changes nothing.
# TEMPORAL_ADDRESS, and TEMPORAL_NAMESPACE: closed runs are kept for RETENTION, and with them the need for older keys.
set -eu
: "${TEMPORAL_ADDRESS:?}" "${TEMPORAL_NAMESPACE:?}"
export TEMPORAL_ADDRESS
tries=60
until temporal operator cluster health > /dev/null 2>&1; do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then
        echo "Temporal at $TEMPORAL_ADDRESS does not answer" >&2
        exit 1
    fi
    sleep 2
done
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" > /dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "${RETENTION:-72h}"
known=""
tries=30
# A new namespace becomes known to every part of the server only after some seconds.
until known=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE" 2> /dev/null); do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then
        echo "the namespace $TEMPORAL_NAMESPACE does not answer" >&2
        exit 1
    fi
    sleep 2
done
attribute() {
    case $known in
        *"$1"*) echo "$1 is there" ;;
        *) temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type "$2" ;;
    esac
}
attribute StreamVersion Int
attribute NextWake Datetime
