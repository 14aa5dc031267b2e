# What every case begins with: a ledger in the scratch directory, and a way to show what was run.
export BACKCAST_LEDGER=ledger

# Shows a command, what it prints on both streams, and its exit code.
run()
{
    printf '$ %s\n' "$*"
    "$@" 2>&1
    echo "[$?]"
}

# An event line: event ID DAY DEAL BODY
event()
{
    printf '%s\n' "{\"id\":\"$1\",\"occurredAt\":\"$2T12:00:00Z\",\"deal\":\"$3\",$4}"
}

created()
{
    event "$1" "$2" "$3" "\"dealCreated\":{\"stage\":\"enrichment\",\"dealType\":\"newbusiness\"}"
}

moved()
{
    event "$1" "$2" "$3" "\"stageChanged\":{\"to\":\"$4\"}"
}
