# What every case begins with: a ledger in the scratch directory, and a way to show what was run.
export BACKCAST_LEDGER=ledger
# Nobody's own settings.
export XDG_CONFIG_HOME="$PWD/config"

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

# A small history that every answering command is tried on: two new deals, a renewal, a loss, a
# correction that was recorded late, a meeting, mails.
line()
{
    printf '{"id":"%s","occurredAt":"%s","recordedAt":"%s","deal":"%s","actor":"user:7",%s}\n' "$@"
}

tell_story()
{
    line c1 2025-01-06T09:00:00Z 2025-01-06T09:00:00Z ada '"dealCreated":{"stage":"enrichment","dealType":"newbusiness"}'
    line c2 2025-01-06T10:00:00Z 2025-01-06T10:00:00Z bly '"dealCreated":{"stage":"enrichment"}'
    line c3 2025-01-07T10:00:00Z 2025-01-07T10:00:00Z cot '"dealCreated":{"stage":"closed_won","dealType":"existingbusiness","observed":true}'
    line p1 2025-01-07T10:01:00Z 2025-01-07T10:01:00Z cot '"propertyChanged":{"name":"contract_start","value":"2024-02-01"}'
    line p2 2025-01-07T10:01:00Z 2025-01-07T10:01:00Z cot '"propertyChanged":{"name":"contract_end","value":"2025-01-31"}'
    line m1 2025-01-13T09:00:00Z 2025-01-13T09:00:00Z ada '"stageChanged":{"to":"outreach"}'
    line s1 2025-01-14T09:00:00Z 2025-01-14T09:00:00Z ada '"emailSent":{"email":"mail-1","campaign":"intro"}'
    line o1 2025-01-15T09:00:00Z 2025-01-15T09:00:00Z ada '"emailOpened":{"email":"mail-1"}'
    line m2 2025-01-15T10:00:00Z 2025-01-15T10:00:00Z bly '"stageChanged":{"to":"outreach"}'
    line s2 2025-01-16T09:00:00Z 2025-01-16T09:00:00Z bly '"emailSent":{"email":"mail-2"}'
    line m3 2025-01-20T09:00:00Z 2025-01-20T09:00:00Z ada '"stageChanged":{"to":"discovery"}'
    line t1 2025-01-21T09:00:00Z 2025-01-21T09:00:00Z ada '"meetingLogged":{"meeting":"talk-1","startsAt":"2025-01-22T09:00:00Z","outcome":"scheduled"}'
    line t2 2025-01-22T12:00:00Z 2025-01-22T12:00:00Z ada '"meetingLogged":{"meeting":"talk-1","startsAt":"2025-01-22T09:00:00Z","outcome":"completed"}'
    line m4 2025-01-24T09:00:00Z 2025-01-24T09:00:00Z bly '"stageChanged":{"to":"closed_lost"}'
    line q1 2025-01-25T09:00:00Z 2025-02-10T09:00:00Z bly '"propertyChanged":{"name":"deal_type","value":"newbusiness"}'
    line m5 2025-01-27T09:00:00Z 2025-02-10T09:00:00Z ada '"stageChanged":{"to":"closed_won"}'
    line r1 2025-02-11T09:00:00Z 2025-02-11T09:00:00Z ada '"retracted":{"event":"m5","reason":"the wrong deal"}'
    line m6 2025-01-28T09:00:00Z 2025-02-11T09:00:00Z ada '"stageChanged":{"to":"proposal"}'
    line v1 2025-02-12T09:00:00Z 2025-02-12T09:00:00Z '' '"pivotDecided":{"redLine":"no_such_line","decision":"another message"}'
}

take_story()
{
    backcast init
    tell_story > story.jsonl
    backcast import jsonl story.jsonl --keep-recorded-at
}

# The same history with the long ids of a real account, and a ledger of its own.
take_long_ids()
{
    export BACKCAST_LEDGER=long
    backcast init > /dev/null
    tell_story | sed 's/"id":"/&hubspot:deal\/9007199254740993-ada\/dealstage\//
        s/"deal":"\([a-z]\)/"deal":"hubspot:deal\/9007199254740993-\1/
        s/"event":"/&hubspot:deal\/9007199254740993-ada\/dealstage\//
        s/"meeting":"/&hubspot:meeting\/40007199254740993\//
        s/"email":"/&hubspot:email\/80007199254740993\//
        s/"actor":"user:7"/"actor":"hubspot:user\/118273645"/' > long.jsonl
    backcast import jsonl long.jsonl --keep-recorded-at > /dev/null
}

# Two years of the sample, on the day of its last review.
terminal_sample()
{
    export BACKCAST_NOW=2026-03-30T08:00:00Z
    backcast init > /dev/null
    backcast import jsonl "$SOURCE/tests/sample/sample.jsonl" --keep-recorded-at > /dev/null
}

# Shows a command on a terminal of each width, without colours and roots, which are long and change.
at_widths()
{
    for width in 60 80 100 132 200
    do
        printf '$ backcast %s # %d columns\n' "$*" "$width"
        NO_COLOR=1 TERM=xterm on-terminal "$width" backcast "$@" | sed 's/, root .*//; s/ *$//'
    done
}

# The same on the narrowest, with all there is.
wide()
{
    printf '$ backcast %s --wide # 60 columns\n' "$*"
    NO_COLOR=1 TERM=xterm on-terminal 60 backcast "$@" --wide | sed 's/, root .*//; s/ *$//'
}

# A history in which every text means something to a browser, a terminal or an eye: tags, quotes,
# entities, control characters, marks that turn the text around, and words that do not end.
take_hostile()
{
    backcast init > /dev/null
    bad='</td></table></title></style><script>alert(1)</script><img src=x onerror=alert(2)>'
    odd='\"><b onmouseover='"'"'x'"'"'>&amp;&lt;\u202eturned\u2066\u0007\u001b[31m'
    long=$(printf 'endless%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
    day() # EVENT DAY DEAL BODY
    {
        printf '{"id":"%s","occurredAt":"%sT12:00:00Z","recordedAt":"%sT12:00:00Z","deal":"%s","actor":"%s",%s}\n' \
            "$1" "$2" "$2" "$3" "$odd" "$4"
    }
    {
        for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22
        do
            day "c$i" "2024-12-$i" "$bad$i" "\"dealCreated\":{\"stage\":\"outreach\",\"dealType\":\"newbusiness\",\"name\":\"$odd$i\",\"owner\":\"$bad\"}"
        done
        day x1 2025-01-02 "" "\"experimentStarted\":{\"experiment\":\"$bad\",\"hypothesis\":\"$odd\",\"kind\":\"$bad\",\"metric\":\"$odd\",\"target\":\"$bad\",\"campaign\":\"$odd\"}"
        day x2 2025-01-03 "${bad}01" "\"dealEnrolled\":{\"experiment\":\"$bad\",\"arm\":\"$odd\"}"
        day x3 2025-01-03 "${bad}02" "\"dealEnrolled\":{\"experiment\":\"$bad\",\"arm\":\"$long\"}"
        day k1 2025-01-10 "" "\"playbookPublished\":{\"version\":\"$bad\",\"changelog\":\"$odd\"}"
        day o1 2025-02-01 "$long" "\"dealCreated\":{\"stage\":\"closed_won\",\"dealType\":\"existingbusiness\",\"name\":\"$bad\"}"
        day o2 2025-02-01 "$long" '"propertyChanged":{"name":"contract_end","value":"2025-03-01"}'
        day o3 2025-02-02 "$long" "\"healthRecorded\":{\"status\":\"$bad\"}"
        day s1 2025-02-10 "$odd" "\"dealCreated\":{\"stage\":\"discovery\",\"dealType\":\"newbusiness\",\"name\":\"$long\",\"owner\":\"$long\"}"
        day s2 2025-02-11 "$odd" "\"actionDecided\":{\"action\":\"$bad\",\"text\":\"$odd $long\",\"owner\":\"$long\",\"due\":\"2025-03-15\"}"
        day m1 2025-03-26 "${bad}03" "\"stageChanged\":{\"to\":\"$bad\"}"
        day m2 2025-03-26 "${bad}04" "\"stageChanged\":{\"to\":\"closed_lost\"}"
        day m3 2025-03-26 "${bad}04" "\"lossRecorded\":{\"reason\":\"$bad\",\"note\":\"$odd\",\"reengageAfter\":\"2025-04-01\"}"
        day m4 2025-03-26 "${bad}04" "\"learningRecorded\":{\"text\":\"$odd\",\"topic\":\"$long\"}"
        day m5 2025-03-26 "${bad}05" "\"stageChanged\":{\"to\":\"closed_won\"}"
    } | backcast import jsonl - --keep-recorded-at > /dev/null
}
