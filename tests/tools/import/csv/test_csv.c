/* tests/tools/import/csv/test_csv.c - a table and a map give these events, or an error at this
 * place. */
#include "tests/support/check.h"
#include "tests/support/csv_case.h"

#define HINT "; `backcast help maps` says what a map has"
#define STRAY                                                                                      \
    "a quote within a cell, expected quotes around the whole cell and those within doubled"

#define FALLS                                                                                      \
    "order: the times fall from row to row, so the rows were taken from the last to the first; "   \
    "`order` in the map says otherwise\n"

/* Of a pipeline and a stage. */
#define TWO                                                                                        \
    "crosswalks: { st: { values: { New: { Open: outreach }, Renew: { Open: renewals } } } }\n"

static struct csv_case rows[] = {
    { "a row is a change", DEAL MOVE, "d,t,s\n1," AT ",won\n", "1 " AT " stageChanged to=won\n" },
    { "CRLF, a byte order mark and no last line end change nothing", DEAL MOVE,
      "\xEF\xBB\xBF"
      "d,t,s\r\n1," AT ",won\r\n2," AT ",lost",
      "1 " AT " stageChanged to=won\n2 " AT " stageChanged to=lost\n" },
    { "CR alone ends a row too", DEAL MOVE, "d,t,s\r1," AT ",won\r1,x,y\r",
      "1 " AT " stageChanged to=won\n!:3:3: \"x\" is no time from 1970 to 9999, expected it "
      "written \"rfc3339\" or \"%Y-%m-%d %H:%M\"\n" },
    { "blank lines are passed over and counted", DEAL MOVE,
      "d,t,s\n\n\r\n1," AT ",won\n\n1,x,y,z\n",
      "1 " AT " stageChanged to=won\n!:6:7: 4 cells, expected 3 as in the header\n" },
    { "quotes hold delimiters, quotes and line ends", DEAL MOVE,
      "d,t,s\n\"a,\"\"b\"\"\"," AT ",\"x\r\ny\"\n1,\"\n\",z\n",
      "a,\"b\" " AT " stageChanged to=x\r\ny\n!:4:3: \"\n\" is no time from 1970 to 9999, expected "
      "it written \"rfc3339\" or \"%Y-%m-%d %H:%M\"\n" },
    { "a cell after a line break has a place of its own", DEAL MOVE, "s,d,t\n\"a\nb\",1,x\n",
      "!:3:6: \"x\" is no time from 1970 to 9999, expected it written \"rfc3339\" or \"%Y-%m-%d "
      "%H:%M\"\n" },
    { "blanks belong to the cell, but for those around an id", DEAL MOVE,
      "d,t,s\n 1 ," AT ", won\n2," AT ",won\n",
      "1 " AT " stageChanged to= won\n2 " AT " stageChanged to=won\n"
      "blanks: 1 row had blanks around an id, which were cut (line 2)\n" },
    { "blanks around the id of a meeting, too",
      DEAL "events:\n  - meetingLogged: { meeting: \"{m}\", startsAt: t }\n",
      "d,t,m\n1," AT ",m1 \n",
      "1 " AT " meetingLogged meeting=m1 startsAt=" AT "\n"
      "blanks: 1 row had blanks around an id, which were cut (line 2)\n" },
    { "an id that a spreadsheet has shortened is refused", DEAL MOVE,
      "d,t,s\n1.23457E+12," AT ",a\n\"1,23E+11\"," AT ",a\n12e+3," AT ",a\n12E5," AT ",a\nE+5," AT
      ",a\n",
      "!:2:1: " SHORT("1.23457E+12") "!:3:1: " SHORT("1,23E+11") "!:4:1: " SHORT(
          "12e+3") "12E5 " AT " stageChanged to=a\nE+5 " AT " stageChanged to=a\n" },
    { "but where the map takes it", DEAL "exponents: keep\n" MOVE, "d,t,s\n1E+12," AT ",a\n",
      "1E+12 " AT " stageChanged to=a\n" },
    { "with a sign, blanks and the digits of other keyboards, too", DEAL MOVE,
      "d,t,s\n-1.2e+10," AT ",a\n1.23 E+12," AT ",a\n\xEF\xBC\x91"
      "E+5," AT ",a\n",
      "!:2:1: " SHORT("-1.2e+10") "!:3:1: " SHORT("1.23 E+12") "!:4:1: " SHORT("\xEF\xBC\x91"
                                                                               "E+5") },
    { "wherever an id or a number is read",
      DEAL "key: [k]\nevents:\n"
           "  - reviewHeld: { experiments: { list: l } }\n    when: { l: { empty: false } }\n"
           "  - agreementSent: { agreement: \"{a}\" }\n    when: { a: { empty: false } }\n"
           "properties: { r: renews, m: mrr, n: { name: size, decimal: point } }\n",
      "d,t,k,l,a,r,m,n\n1," AT ",1E+2,,,,,\n1," AT ",2,x;1E+3,,,,\n1," AT ",3,,1E+4,,,\n1," AT
      ",4,,,1E+5,,\n1," AT ",5,,,,1.2E5,\n1," AT ",6,,,,,1E+7\n",
      "!:2:24: " SHORT("1E+2") "!:3:26: " SHORT("1E+3") "!:4:27: " SHORT("1E+4") "!:5:28: " SHORT(
          "1E+5") "!:6:29: \"1.2E5\" is a number in exponent form, whose last digits are lost; "
                  "export the column as a number in full (`exponents: keep` takes it as it is)\n"
                  "!:7:30: \"1E+7\" is no number with a decimal point; `empty_as` takes it as an "
                  "empty cell\n" },
    { "nothing is put in the order of such numbers", DEAL "order_by: n\n" MOVE,
      "d,t,s,n\n1," AT ",a,1.1E+12\n1," AT ",b,2\n",
      "1 " AT " stageChanged to=b\n!:2:26: " SHORT("1.1E+12") },
    { "blanks around an id in a list are cut, of whatever kind they are",
      DEAL "events:\n  - reviewHeld: { experiments: { list: l } }\n",
      "d,t,l\n1," AT ",x;\xC2\xA0y\n", "1 " AT " reviewHeld experiments[]=x experiments[]=y\n" },
    { "blanks around what puts it in order are neither cut nor counted", DEAL "order_by: n\n" MOVE,
      "d,t,s,n\n1," AT ",a, 1\n", "1 " AT " stageChanged to=a\n" },
    { "blanks around a key's cell are cut as those of an id are", DEAL "key: [k]\n" MOVE,
      "d,t,s,k\n1," AT ",a, k1\xC2\xA0\n2," AT ",b,k2\n",
      "1 " AT " stageChanged to=a\n2 " AT " stageChanged to=b\n"
      "blanks: 1 row had blanks around an id, which were cut (line 2)\n" },
    { "amounts with a comma, in groups, with a currency",
      DEAL "properties:\n  a: { name: amount, decimal: comma }\n"
           "  b: { name: mrr, decimal: comma, empty_as: [n/a] }\n",
      "d,t,a,b\n1," AT ",\"1.234,56\",\"\xE2\x82\xAC 12,5\"\n2," AT ",1 234,n/a\n3," AT
      ",,about 5\n",
      "1 " AT " propertyChanged name=amount value=1234.56\n1 " AT
      " propertyChanged name=mrr value=12.5\n2 " AT " propertyChanged name=amount value=1234\n"
      "!:4:25: \"about 5\" is no number with a decimal comma; `empty_as` takes it as an empty "
      "cell\n" },
    { "amounts in another spelling than ours name the option",
      DEAL "events:\n  - propertyChanged: { name: amount, value: \"{a}\" }\n",
      "d,t,a\n1," AT ",\"1.234,56\"\n1," AT ",\"$1,234.56\"\n1," AT ",\"1,234\"\n1," AT
      ",12.5\n1," AT ",tbd\n1," AT ",-7\n",
      "!:2:24: \"1.234,56\" is no number written 1234.56; say which its decimal sign is: `decimal: "
      "comma`\n"
      "!:3:24: \"$1,234.56\" is no number written 1234.56; say which its decimal sign is: "
      "`decimal: point`\n"
      "!:4:24: \"1,234\" is no number written 1234.56; say which its decimal sign is: `decimal: "
      "comma` or `decimal: point`\n"
      "1 " AT " propertyChanged name=amount value=12.5\n1 " AT
      " propertyChanged name=amount value=tbd\n1 " AT " propertyChanged name=amount value=-7\n"
      "no_number: 1 amount that is no number was taken as it is (line 6)\n" },
    { "an amount that may be thousands is taken, and said",
      DEAL "properties: { b: { name: amount } }\n", "d,t,b\n1," AT ",12.500\n1," AT ",1250.5\n",
      "1 " AT " propertyChanged name=amount value=12.500\n1 " AT
      " propertyChanged name=amount value=1250.5\n"
      "decimal: 1 amount such as 12.500 was taken with a decimal point (line 2); where they are "
      "thousands, `decimal: comma` in the map says so, and `decimal: point` where they are not\n" },
    { "unless the map says which it is",
      DEAL "properties: { b: { name: amount, decimal: comma } }\n", "d,t,b\n1," AT ",12.500\n",
      "1 " AT " propertyChanged name=amount value=12500\n" },
    { "another delimiter", DEAL "delimiter: semicolon\n" MOVE, "d;t;s\n1;" AT ";a,b\n",
      "1 " AT " stageChanged to=a,b\n" },
    { "a row with too few cells is refused, and the next one read", DEAL MOVE,
      "d,t,s\n1\n2," AT ",won\n",
      "!:2:1: 1 cell, expected 3 as in the header\n2 " AT " stageChanged to=won\n" },
    { "a quote within a cell is refused, and the next row read", DEAL MOVE,
      "d,t,s\n1," AT ",a\"b\n2," AT ",won\n",
      "!:2:24: a quote within a cell, expected quotes around the whole cell and those within "
      "doubled\n2 " AT " stageChanged to=won\n" },
    { "a quoted cell that does not end", DEAL MOVE, "d,t,s\n1," AT ",\"won\n2,x\n",
      "!:2:24: a quoted cell that does not end\n!:3:1: 2 cells, expected 3 as in the header\n" },
    { "a stray quote loses its own line only", DEAL MOVE,
      "d,t,s\n1," AT ",\"a\r\n\"2\"," AT ",b\r\n3," AT ",\"c\"d\r4," AT ",\"e\"\n5," AT
      ",\"f\n6," AT ",g\n",
      "!:2:24: " STRAY "\n2 " AT " stageChanged to=b\n!:4:24: " STRAY "\n4 " AT
      " stageChanged to=e\n!:6:24: a quoted cell that does not end\n6 " AT " stageChanged to=g\n" },
    { "bytes that are not UTF-8", DEAL MOVE, "d,t,s\n1," AT ",caf\xE9\n",
      "!:2:24: not UTF-8; for a table in Windows-1252 the map says `encoding: windows-1252`\n" },
    { "Windows-1252 is read where the map says so", DEAL "encoding: windows-1252\n" MOVE,
      "d,t,s\n1," AT ",caf\xE9 \x80\n1," AT ",\x81\n",
      "1 " AT " stageChanged to=caf\xC3\xA9 \xE2\x82\xAC\n!:3:24: not Windows-1252\n" },
    { "UTF-8 is read as Windows-1252 where the map says so, and said",
      DEAL "encoding: windows-1252\n" MOVE, "d,t,s\n1," AT ",caf\xC3\xA9\n",
      "1 " AT " stageChanged to=caf\xC3\x83\xC2\xA9\nencoding: the table looks like UTF-8 (1 "
      "letter beyond ASCII), and was read as Windows-1252, as its map says: such letters come in "
      "as two or three others; leave `encoding` out of the map\n" },
    { "which one letter that is not UTF-8's refutes", DEAL "encoding: windows-1252\n" MOVE,
      "d,t,s\n1," AT ",caf\xC3\xA9\n2," AT ",caf\xE9\n",
      "1 " AT " stageChanged to=caf\xC3\x83\xC2\xA9\n2 " AT " stageChanged to=caf\xC3\xA9\n" },
    { "a table that is no UTF-8, and whose map says it is", DEAL "encoding: utf-8\n" MOVE,
      "d,t,s\n1," AT ",caf\xE9\n", "!:2:24: not UTF-8\n" },
    { "a workbook is told how to be exported", DEAL MOVE, "PK\3\4and so on",
      "!:1:1: a workbook (.xlsx, .ods), and no table as text: open it in the spreadsheet program, "
      "choose \"Save as\" (or \"Download\"), \"CSV UTF-8 (comma delimited)\", once for each sheet, "
      "and import that file\n" },
    { "an old workbook", DEAL MOVE, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
      "!:1:1: a workbook (.xls), and no table as text: open it in the spreadsheet program, "
      "choose \"Save as\" (or \"Download\"), \"CSV UTF-8 (comma delimited)\", once for each sheet, "
      "and import that file\n" },
    { "the delimiter is found where the map says none", DEAL MOVE, "d;t;s\n1;" AT ";a,b\n",
      "1 " AT " stageChanged to=a,b\nread: with semicolons between the columns\n" },
    { "tabs and pipes are found too", DEAL MOVE, "d\tt\ts\n1\t" AT "\ta,b\n",
      "1 " AT " stageChanged to=a,b\nread: with tabs between the columns\n" },
    { "another delimiter than the map says", DEAL "delimiter: comma\n" MOVE, "d|t|s\n1|" AT "|a\n",
      "!:1:1: the header has pipes between its columns, and MAP another `delimiter`; expected "
      "`delimiter: pipe`, or none\n" },
    { "a column with delimiters in its name", "name: x\ndeal: \"{d;e}\"\n" TIME MOVE,
      "d;e,t,s\n1," AT ",a;b\n", "1 " AT " stageChanged to=a;b\n" },
    { "a first line for spreadsheets is passed over and counted", DEAL MOVE,
      "\xEF\xBB\xBFsep=;\r\nd;t;s\r\n1;" AT ";a,b\r\nx\r\n",
      "1 " AT " stageChanged to=a,b\n!:4:1: 1 cell, expected 3 as in the header\n"
      "read: its first line sep=; is passed over\n" },
    { "a first line for spreadsheets, in quotes", DEAL "delimiter: comma\n" MOVE,
      "\"sep=,\"\nd,t,s\n1," AT ",a\n",
      "1 " AT " stageChanged to=a\nread: its first line sep=, is passed over\n" },
    { "a first line that says another delimiter than the map", DEAL "delimiter: comma\n" MOVE,
      "sep=;\nd;t;s\n",
      "!:1:1: the first line says `sep=;`, and MAP has another `delimiter`, "
      "which may be left out\n" },
    { "a column whose name begins so", "name: x\ndeal: \"{sep=d}\"\n" TIME MOVE,
      "sep=d,t,s\n1," AT ",a\n", "1 " AT " stageChanged to=a\n" },
    { "a NUL", DEAL MOVE, "d,t,s\n1,@,won\n", "!:2:3: a NUL byte\n" },
    { "an empty file", DEAL MOVE, "",
      "!:1:1: empty, expected a row with the names of the columns\n" },
    { "a table without rows", DEAL MOVE, "d,t,s\n",
      "no_rows: nothing but the names of the columns is there\n" },
    { "all columns that the map does not speak of", DEAL MOVE, "d,x,t,y,s\n",
      "!:1:3: MAP does not say what 2 columns mean: \"x\", \"y\" (those to leave out belong in "
      "`ignore_columns`)" HINT "\n" },
    { "a column that the map spells otherwise",
      "name: x\ndeal: \"{deal}\"\n" TIME "events:\n  - stageChanged: { to: \"{Phse}\" }\n",
      "Deal,t,Phase\n",
      "!:1:1: MAP does not say what 2 columns mean: \"Deal\", \"Phase\" (those to leave out belong "
      "in `ignore_columns`); line 2 of the map has \"deal\", is \"Deal\" meant?; line 5 of the map "
      "has \"Phse\", is \"Phase\" meant?" HINT "\n" },
    { "a column that the map spells otherwise in one place",
      "name: x\ndeal: \"{deal}\"\n" TIME
      "events:\n  - stageChanged: { to: \"{phase}\", from: \"{phasse}\" }\n",
      "deal,t,phase\n",
      "!:1:1: the table lacks 1 column that MAP names (from line 5): \"phasse\"; line 5 of the map "
      "has \"phasse\", is \"phase\" meant?\n" },
    { "columns that are to be ignored", DEAL "ignore_columns: [x, y]\n" MOVE,
      "d,x,t,y,s\n1,9," AT ",9,won\n", "1 " AT " stageChanged to=won\n" },
    { "but for one that it may lack, whose cells are then empty",
      DEAL MOVE "    when: { k: [\"\", m] }\nactor: \"{a}\"\noptional_columns: [k, a]\n",
      "d,t,s,a\n1," AT ",won,eve\n", "1 " AT " stageChanged to=won by eve\n" },
    { "and where the table has it it is read",
      DEAL MOVE "    when: { k: [\"\", m] }\nskip_rows: [ { k: [n] } ]\noptional_columns: [k]\n",
      "d,t,s,k\n1," AT ",won,m\n1," AT ",lost,n\n", "1 " AT " stageChanged to=won\nskipped 1\n" },
    { "one that may be lacking may be left out, too",
      DEAL MOVE "ignore_columns: [k]\noptional_columns: [k]\n", "d,t,s\n1," AT ",won\n",
      "1 " AT " stageChanged to=won\n" },
    { "an optional one that is needed all the same", DEAL MOVE "optional_columns: [s]\n",
      "d,t\n1," AT "\n", "!:2:1: stageChanged has no to, expected one\n" },
    { "all columns that the table lacks", DEAL MOVE, "d\n",
      "!:1:1: the table lacks 2 columns that MAP names (from line 3): \"t\", \"s\"\n" },
    { "a column that is there twice", DEAL MOVE, "d,t,s,d\n",
      "!:1:1: 2 columns are named \"d\"; MAP names one, line 2: say which, as \"d#1\" or "
      "\"d#2\"\n" },
    { "of columns of one name each can be named",
      "name: x\ndeal: \"{d#2}\"\n" TIME MOVE "ignore_columns: [\"d#1\"]\n",
      "d,t,s,d\n1," AT ",won,2\n", "2 " AT " stageChanged to=won\n" },
    { "columns of one name, and those of none, are left out together",
      DEAL "ignore_columns: [o, \"\"]\n" MOVE, "o,d,t,s,o,,\n7,1," AT ",won,8,,9\n",
      "1 " AT " stageChanged to=won\n" },
    { "columns of one name that the map does not speak of", DEAL MOVE, "d,t,s,o,,o,\n",
      "!:1:7: MAP does not say what 4 columns mean: \"o#1\", \"#1\", \"o#2\", \"#2\" (those to "
      "leave out "
      "belong in `ignore_columns`)" HINT "\n" },
    { "a number beyond the columns of that name",
      "name: x\ndeal: \"{d#3}\"\n" TIME MOVE "ignore_columns: [d]\n", "d,t,s,d\n",
      "!:1:1: the table lacks 1 column that MAP names (from line 2): \"d#3\"\n" },
    { "a column whose name is that of a numbered one",
      "name: x\ndeal: \"{d#2}\"\n" TIME MOVE "ignore_columns: [d]\n", "d,t,s,d,d#2\n",
      "!:1:9: a second column \"d#2\"\n" },
    { "a row without its time is refused", DEAL MOVE, "d,t,s\n1,,won\n",
      "!:2:3: no time for stageChanged: column \"t\" is empty; a row without one needs `skip_rows` "
      "or `when`\n" },
    { "a row to be skipped is counted",
      DEAL "skip_rows:\n  - { t: { empty: true }, s: [won, lost] }\n" MOVE,
      "d,t,s\n1,,won\n2," AT ",won\n", "2 " AT " stageChanged to=won\nskipped 1\n" },
    { "a row that nothing is made of is refused", DEAL MOVE "    when: { s: { not: won } }\n",
      "d,t,s\n1," AT ",won\n1," AT ",lost\n",
      "!:2:1: the map makes no event of this row, and does not skip it\n1 " AT
      " stageChanged to=lost\n" },
    { "a row that no event names is said, also where properties stand beside",
      DEAL MOVE "    when: { s: won }\nproperties: { p: tier }\n",
      "d,t,s,p\n1," AT ",won,\n1," AT ",wno,\n1," AT ",now,A\n1," AT ",own,\n",
      "1 " AT " stageChanged to=won\n1 " AT " propertyChanged name=tier value=A\n"
      "unnamed: 2 rows that no `when` of the map names gave no event (the first on line 3); rows "
      "to "
      "leave out belong in `skip_rows`\n"
      "unnamed: 1 row that no `when` of the map names gave properties alone (line 4)\n" },
    { "a property of its own condition names a row, and so does a map of properties alone",
      DEAL "properties: { p: { name: tier, when: { s: won } } }\n", "d,t,s,p\n1," AT ",won,\n",
      "skipped 1\n" },
    { "a required field that is empty", DEAL MOVE, "d,t,s\n1," AT ",\n",
      "!:2:24: stageChanged has no to, expected one\n" },
    { "a deal that is too long is refused at its cell", DEAL MOVE,
      "s,d,t\nwon,"
      "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
      "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
      "dd"
      "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
      "d," AT "\n",
      "!:2:5: deal has 269 bytes, expected at most 256\n" },
    { "one row of several dates is several events",
      DEAL
      "events:\n  - dealCreated: { name: \"Deal {d}\", observed: \"{o}\" }\n"
      "  - stageChanged: { to: closed_won }\n    time: end\n    when: { end: { empty: false } }\n",
      "d,t,o,end\n1," AT ",yes,2025-04-01 09:30\n2," AT ",0,\n",
      "1 " AT " dealCreated name=Deal 1 observed\n1 2025-04-01T09:30:00Z stageChanged "
      "to=closed_won\n2 " AT " dealCreated name=Deal 2\n" },
    { "a row gives all its events or none",
      DEAL "events:\n  - dealCreated: {}\n  - stageChanged: { to: won }\n    time: end\n",
      "d,t,end\n1," AT ",never\n2," AT ",2025-04-01 09:30\n",
      "!:2:24: \"never\" is no time from 1970 to 9999, expected it written \"rfc3339\" or "
      "\"%Y-%m-%d %H:%M\"\n2 " AT " dealCreated\n2 2025-04-01T09:30:00Z stageChanged to=won\n" },
    { "a crosswalk puts the ledger's words",
      DEAL "crosswalks: { st: { values: { Won: closed_won } } }\n"
           "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n",
      "d,t,s\n1," AT ",Won\n", "1 " AT " stageChanged to=closed_won\n" },
    { "all words that a crosswalk lacks, once",
      DEAL "crosswalks: { st: { values: { Won: closed_won } }, pr: { values: { A: a } } }\n"
           "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n"
           "properties: { p: { name: tier, crosswalk: pr } }\n",
      "d,t,s,p\n1," AT ",Won,A\n1," AT ",Lost,A\n1," AT ",Open,B\n1," AT ",Lost,\n1," AT ",Won,A\n",
      "1 " AT " stageChanged to=closed_won\n1 " AT " propertyChanged name=tier value=a\n"
      "!:3:24: the crosswalks lack 3 words: st \"Lost\" (line 3), st \"Open\" (line 4), pr \"B\" "
      "(line 4)\n!:4:24: crosswalk st has no entry for \"Open\"\n!:5:24: crosswalk st has no entry "
      "for \"Lost\"\n1 " AT " stageChanged to=closed_won\n1 " AT
      " propertyChanged name=tier value=a\n" },
    { "words outside a crosswalk are kept where the map says so",
      DEAL "crosswalks: { st: { values: { Won: closed_won }, unmapped: keep } }\n"
           "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n",
      "d,t,s\n1," AT ",Lost\n", "1 " AT " stageChanged to=Lost\n" },
    { "words outside a crosswalk make no event where the map says so",
      DEAL "crosswalks: { st: { values: { Won: closed_won }, unmapped: skip } }\n"
           "events:\n  - stageChanged: { to: { column: s, crosswalk: st } }\n",
      "d,t,s\n1," AT ",Lost\n1," AT ",Won\n", "1 " AT " stageChanged to=closed_won\nskipped 1\n" },
    { "a property is set where it changes",
      DEAL "properties:\n  p: { name: tier, changes_only: true, empty: unset }\n",
      "d,t,p\n1," AT ",\n1," AT ",A\n2," AT ",A\n1," AT ",A\n1," AT ",B\n1," AT ",A\n1," AT ",\n",
      "1 " AT " propertyChanged name=tier value=A\n2 " AT
      " propertyChanged name=tier value=A\n1 " AT " propertyChanged name=tier value=B\n1 " AT
      " propertyChanged name=tier value=A\n1 " AT " propertyChanged name=tier\nskipped 2\n" },
    { "an empty cell sets nothing unless the map says so",
      DEAL "properties: { p: tier, q: owner }\n", "d,t,p,q\n1," AT ",,A\n",
      "1 " AT " propertyChanged name=owner value=A\n" },
    { "changes are recorded only along the order of time",
      DEAL "order: oldest_first\nproperties:\n  p: { name: tier, changes_only: true }\n",
      "d,t,p\n1,2025-03-02 10:00,A\n1," AT ",B\n",
      "1 2025-03-02T10:00:00Z propertyChanged name=tier value=A\n!:3:3: earlier than the deal's "
      "previous row; `changes_only` needs a deal's rows in order of time: give the table's "
      "`order`\n" },
    { "times that fall and never rise: the rows are taken from the last one on",
      DEAL "events:\n  - stageChanged: { to: \"{s}\", from: \"{f}\" }\n    changes_only: true\n",
      "d,t,f,s\n1,2025-03-02 10:00,b,c\n1,2025-03-02 10:00,a,b\n1," AT ",,a\n",
      "1 " AT " stageChanged to=a\n1 2025-03-02T10:00:00Z stageChanged to=b from=a\n"
      "1 2025-03-02T10:00:00Z stageChanged to=c from=b\n" FALLS },
    { "times that rise once say nothing of the order, nor of what is at one instant", DEAL MOVE,
      "d,t,s\n1,2025-03-02 10:00,a\n1," AT ",b\n1,2025-03-02 10:00,c\n",
      "1 2025-03-02T10:00:00Z stageChanged to=a\n1 " AT " stageChanged to=b\n"
      "1 2025-03-02T10:00:00Z stageChanged to=c\n" AT_ONCE("4") },
    { "times that are all alike say nothing either", DEAL MOVE,
      "d,t,s\n1," AT ",a\n1," AT ",b\n2," AT ",a\n1," AT ",b\n1," AT ",a\n",
      "1 " AT " stageChanged to=a\n1 " AT " stageChanged to=b\n2 " AT " stageChanged to=a\n1 " AT
      " stageChanged to=b\n1 " AT " stageChanged to=a\n" AT_ONCE_ALL("2", "3") },
    { "but an order that the map gives is one", DEAL "order: oldest_first\n" MOVE,
      "d,t,s\n1," AT ",a\n1," AT ",b\n",
      "1 " AT " stageChanged to=a\n1 " AT " stageChanged to=b\n" },
    { "or its column", DEAL "order_by: n\n" MOVE, "d,t,s,n\n1," AT ",a,1\n1," AT ",b,2\n",
      "1 " AT " stageChanged to=a\n1 " AT " stageChanged to=b\n" },
    { "or the `from` of a change",
      DEAL "events:\n  - stageChanged: { to: \"{s}\", from: \"{f}\" }\n",
      "d,t,f,s\n1," AT ",,a\n1," AT ",a,b\n",
      "1 " AT " stageChanged to=a\n1 " AT " stageChanged to=b from=a\n" },
    { "or a row that makes both", DEAL MOVE "    id: a\n  - stageChanged: { to: \"{f}\" }\n",
      "d,t,f,s\n1," AT ",b,a\n", "1 " AT " stageChanged to=a\n1 " AT " stageChanged to=b\n" },
    { "an order that the map gives is not looked for", DEAL "order: oldest_first\n" MOVE,
      "d,t,s\n1,2025-03-02 10:00,a\n1," AT ",b\n",
      "1 2025-03-02T10:00:00Z stageChanged to=a\n1 " AT " stageChanged to=b\n" },
    { "newest first, as the map says, each row at its place", DEAL "order: newest_first\n" MOVE,
      "d,t,s\n1," AT ",a\n1,\"x\ny\",b\n\n1," AT ",c\n1,2\n",
      "!:7:1: 2 cells, expected 3 as in the header\n1 " AT " stageChanged to=c\n"
      "!:3:3: \"x\ny\" is no time from 1970 to 9999, expected it written \"rfc3339\" or \"%Y-%m-%d "
      "%H:%M\"\n1 " AT " stageChanged to=a\n" },
    { "in the order of a column, numbers before words, equal ones as they are in the table",
      DEAL "order_by: n\n" MOVE,
      "d,t,s,n\n1," AT ",a,10\n1," AT ",b,9\n1," AT ",c,x\n1," AT ",d,9\n1," AT ",e,\n1," AT
      ",f,\"w\"\n",
      "1 " AT " stageChanged to=b\n1 " AT " stageChanged to=d\n1 " AT " stageChanged to=a\n1 " AT
      " stageChanged to=e\n1 " AT " stageChanged to=f\n1 " AT " stageChanged to=c\n" },
    { "changes at one instant that `from` puts the other way round are said",
      DEAL "order: oldest_first\nevents:\n  - stageChanged: { to: \"{s}\", from: \"{f}\" }\n",
      "d,t,f,s\n1," AT ",b,c\n1," AT ",a,b\n2," AT ",,b\n2," AT ",b,c\n3," AT ",x,c\n3,"
      "2025-03-02 10:00,y,c\n",
      "1 " AT " stageChanged to=c from=b\n1 " AT " stageChanged to=b from=a\n2 " AT
      " stageChanged to=b\n2 " AT " stageChanged to=c from=b\n3 " AT " stageChanged to=c from=x\n3 "
      "2025-03-02T10:00:00Z stageChanged to=c from=y\n"
      "order: 1 change at the instant of another does not go on from it, by its `from` (line 3); "
      "is `order` or `order_by` to be given?\n"
      "from: 1 change does not go on from where the deal's change before led, by its `from` "
      "(line 7); `backcast audit --kind from_differs` finds such\n"
      "from: 2 changes, their deals' first in the table, name a stage before them, of which no row "
      "is (the first on line 2); `initial` in the map takes it\n" },
    { "a creation is a stage before, also in the same row",
      DEAL "events:\n  - dealCreated: { stage: a }\n    when: { f: a }\n"
           "  - stageChanged: { to: \"{s}\", from: \"{f}\" }\n",
      "d,t,f,s\n1," AT ",a,b\n1,2025-03-02 10:00,b,c\n",
      "1 " AT " dealCreated stage=a\n1 " AT " stageChanged to=b from=a\n"
      "1 2025-03-02T10:00:00Z stageChanged to=c from=b\n" },
    { "a log that begins at the first change: the stage before it was found there",
      DEAL LOG "initial: { from: { column: f, crosswalk: st } }\n",
      "d,t,f,s,c\n1," AT ",A,b,\n2," AT ",,a,\n1,2025-03-02 10:00,b,c,\n2,2025-03-02 10:00,A,b,\n",
      "1 " AT " stageChanged to=a observed\n1 " AT " stageChanged to=b from=a\n2 " AT
      " stageChanged to=a\n1 2025-03-02T10:00:00Z stageChanged to=c from=b\n"
      "2 2025-03-02T10:00:00Z stageChanged to=b from=a\n" },
    { "it came there when a column says so, which later rows need not say",
      DEAL LOG "initial: { at: c }\n",
      "d,t,f,s,c\n1," AT ",A,b,2025-02-01 09:00\n1,2025-03-02 10:00,b,c,\n",
      "1 2025-02-01T09:00:00Z stageChanged to=a\n1 " AT " stageChanged to=b from=a\n"
      "1 2025-03-02T10:00:00Z stageChanged to=c from=b\n" },
    { "and not later than its first change", DEAL LOG "initial: { at: c }\n",
      "d,t,f,s,c\n1," AT ",A,b,2025-03-01 10:01\n2," AT ",A,b,\n",
      "!:2:28: later than the deal's first change, before which it came to its first stage "
      "(`initial`)\n!:3:28: no time for initial: column \"c\" is empty; a row without one needs "
      "`skip_rows` or `when`\n" },
    { "a deal's first row can be known only where its rows are in order of time",
      DEAL "order: oldest_first\n" LOG "initial: { at: first }\n",
      "d,t,f,s,c\n1,2025-03-02 10:00,b,c,\n1," AT ",A,b,\n",
      "1 2025-03-02T10:00:00Z stageChanged to=b observed\n1 2025-03-02T10:00:00Z stageChanged to=c "
      "from=b\n!:3:3: earlier than the deal's first row; `initial` needs a deal's rows in order of "
      "time: give the table's `order`\n" },
    { "newest first, the first change is the last row", DEAL LOG "initial: {}\n",
      "d,t,f,s,c\n1,2025-03-02 10:00,b,c,\n1," AT ",A,b,\n",
      "1 " AT " stageChanged to=a observed\n1 " AT " stageChanged to=b from=a\n"
      "1 2025-03-02T10:00:00Z stageChanged to=c from=b\n" FALLS },
    { "a repeated stage can be left out", DEAL MOVE "    changes_only: true\n",
      "d,t,s\n1," AT ",a\n1," AT ",a\n1," AT ",b\n",
      "1 " AT " stageChanged to=a\n1 " AT " stageChanged to=b\nskipped 1\n" AT_ONCE("4") },
    { "a clock's time is read in its zone; one that does not exist is refused",
      "name: x\ndeal: \"{d}\"\n"
      "time: { column: t, formats: [\"%d/%m/%Y %H:%M\"], zone: Europe/Rome }\n" MOVE,
      "d,t,s\n1,30/03/2025 01:30,a\n1,30/03/2025 02:30,b\n1,30/03/2025 03:00,c\n",
      "1 2025-03-30T00:30:00Z stageChanged to=a\n!:3:3: \"30/03/2025 02:30\" does not exist in "
      "Europe/Rome, whose clock skips it; is that its `zone`? `missing: forward` moves it past the "
      "gap\n1 2025-03-30T01:00:00Z stageChanged to=c\n" },
    { "and one that exists twice",
      "name: x\ndeal: \"{d}\"\n"
      "time: { column: t, formats: [\"%d/%m/%Y %H:%M\"], zone: Europe/Rome }\n" MOVE,
      "d,t,s\n1,26/10/2025 01:59,a\n1,26/10/2025 02:30,b\n1,26/10/2025 03:00,c\n",
      "1 2025-10-25T23:59:00Z stageChanged to=a\n!:3:3: \"26/10/2025 02:30\" exists twice in "
      "Europe/Rome, as the clock goes back; say which: `twice: first` or `second`\n"
      "1 2025-10-26T02:00:00Z stageChanged to=c\n" },
    { "of a time that exists twice the map can say which, of each column",
      "name: x\ndeal: \"{d}\"\n"
      "time: { column: t, formats: [\"%d/%m/%Y %H:%M\"], zone: Europe/Rome, twice: second }\n" MOVE
      "  - dealDeleted: {}\n    time: { column: u, twice: first }\n",
      "d,t,s,u\n1,26/10/2025 02:30,a,26/10/2025 02:30\n",
      "1 2025-10-26T01:30:00Z stageChanged to=a\n1 2025-10-26T00:30:00Z dealDeleted\n" },
    { "a date needs no decision, whatever the clock does at its time of day",
      "name: x\ndeal: \"{d}\"\n"
      "time: { column: t, formats: [\"%d/%m/%Y\"], zone: America/Havana, at: \"00:30\" }\n" MOVE,
      "d,t,s\n1,10/03/2024,a\n1,03/11/2024,b\n",
      "1 2024-03-10T05:30:00Z stageChanged to=a\n1 2024-11-03T04:30:00Z stageChanged to=b\n" },
    { "a time that does not exist is moved where the map says so",
      "name: x\ndeal: \"{d}\"\n"
      "time: { column: t, formats: [\"%d/%m/%Y %H:%M\"], zone: Europe/Rome, missing: forward "
      "}\n" MOVE,
      "d,t,s\n1,30/03/2025 01:30,a\n1,30/03/2025 02:30,b\n1,30/03/2025 03:30,c\n",
      "1 2025-03-30T00:30:00Z stageChanged to=a\n1 2025-03-30T01:30:00Z stageChanged to=b\n1 "
      "2025-03-30T01:30:00Z stageChanged to=c\n" AT_ONCE("4") },
    { "a date has the time of day that the map gives",
      "name: x\ndeal: \"{d}\"\n"
      "time: { column: t, formats: [\"%m/%d/%Y\"], zone: America/New_York, at: \"09:30\" }\n" MOVE,
      "d,t,s\n1,7/4/2025,a\n", "1 2025-07-04T13:30:00Z stageChanged to=a\n" },
    { "a date that the map gives itself",
      "name: x\ndeal: \"{d}\"\n"
      "time: { fixed: \"2025-01-31T00:00:00Z\" }\n" MOVE,
      "d,s\n1,a\n", "1 2025-01-31T00:00:00Z stageChanged to=a\n" },
    { "who, whence and when it was known",
      DEAL "actor: \"{a}\"\nsource: { system: crm, ref: \"deal/{d}\", "
           "how: export }\nsource_recorded: k\n" MOVE,
      "d,t,s,a,k\n1," AT ",won,Ann,2025-03-02 00:00\n2," AT ",won,,\n",
      "1 " AT " stageChanged to=won by Ann from crm:deal/1:export known 2025-03-02T00:00:00Z\n2 " AT
      " stageChanged to=won from crm:deal/2:export\n" },
    { "civil dates are written the ledger's way",
      DEAL "events:\n  - propertyChanged: { name: contract_end, value: { day: e, formats: "
           "[\"%d.%m.%Y\"] } }\n",
      "d,t,e\n1," AT ",1.2.2025\n1," AT ",30.2.2025\n",
      "1 " AT " propertyChanged name=contract_end value=2025-02-01\n!:3:24: there is no day "
      "\"30.2.2025\", written \"%d.%m.%Y\"\n" },
    { "an instant whose day by the zone's calendar is outside of 1 to 9999",
      DEAL "events:\n  - propertyChanged: { name: contract_end, value: { day: e, formats: "
           "[rfc3339], zone: Pacific/Kiritimati } }\n",
      "d,t,e\n1," AT ",9999-12-31T09:59:59Z\n1," AT ",9999-12-31T10:00:00Z\n",
      "1 " AT
      " propertyChanged name=contract_end value=9999-12-31\n!:3:24: \"9999-12-31T10:00:00Z\" is "
      "outside the years 0001 to 9999 in Pacific/Kiritimati\n" },
    { "a date by the map's formats, whatever they are",
      DEAL "properties: { e: { name: contract_end, empty_as: [n/a], formats: [\"%d/%m/%Y\", "
           "\"%Y-%m-%d %H:%M:%S\", rfc3339, excel_1900, \"%Y-%m-%d\", \"%Y%m%d\"] } }\n",
      "d,t,e\n1," AT ",31/12/2026\n1," AT ",2026-12-31 00:00:00\n1," AT
      ",2026-12-31T23:30:00-05:00\n1," AT ",46387\n1," AT ", 2026-12-31\n1," AT ",20261231\n1," AT
      ",1959-12-31\n1," AT ",n/a\n1," AT ",\n",
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_end value=1959-12-31\nskipped 2\n" },
    { "a date is the one that the cell shows, but where the date has a zone",
      DEAL "properties:\n  e: { name: contract_end, formats: [rfc3339] }\n"
           "  f: { name: contract_start, formats: [rfc3339], zone: Europe/Rome }\n",
      "d,t,e,f\n1," AT ",2026-12-31T23:30:00-05:00,2026-12-31T23:30:00Z\n",
      "1 " AT " propertyChanged name=contract_end value=2026-12-31\n"
      "1 " AT " propertyChanged name=contract_start value=2027-01-01\n" },
    { "a value of a date that is none is refused, by whatever name it comes",
      DEAL "events:\n  - propertyChanged: { name: \"{n}\", value: \"{v}\" }\n",
      "d,t,n,v\n1," AT ",contract_end,2026-1-1\n1," AT ",contract_start,2026-02-30\n1," AT
      ",parked_until,soon\n1," AT ",tier,soon\n1," AT ",contract_end,2026-01-01\n",
      "!:2:37: \"2026-1-1\" is no date written YYYY-MM-DD, as contract_end is; give its `formats`\n"
      "!:3:39: there is no day \"2026-02-30\", which contract_start is to be\n"
      "!:4:37: \"soon\" is no date written YYYY-MM-DD, as parked_until is; give its `formats`\n"
      "1 " AT " propertyChanged name=tier value=soon\n"
      "1 " AT " propertyChanged name=contract_end value=2026-01-01\n" },
    { "but where the map says what becomes of it",
      DEAL "properties:\n  e: { name: contract_end, no_day: keep }\n"
           "  f: { name: contract_start, no_day: skip }\n"
           "  g: { name: parked_until, formats: [\"%d.%m.%Y\"], no_day: skip }\n"
           "  h: { name: since, formats: [\"%d.%m.%Y\"], no_day: keep }\n",
      "d,t,e,f,g,h\n1," AT ",soon,soon,soon,soon\n",
      "1 " AT " propertyChanged name=contract_end value=soon\n1 " AT
      " propertyChanged name=since value=soon\n"
      "no_day: 2 values that are no dates were left out, as the map says (the first on line 2)\n" },
    { "an empty value sets nothing, also in an event, unless the map says so",
      DEAL "events:\n  - propertyChanged: { name: a, value: { day: e, formats: [\"%d.%m.%Y\"] } }\n"
           "  - propertyChanged: { name: b, value: { column: e } }\n"
           "  - propertyChanged: { name: c, value: { column: e } }\n    empty: unset\n"
           "  - propertyChanged: { name: d }\n",
      "d,t,e\n1," AT ",\n", "1 " AT " propertyChanged name=c\n1 " AT " propertyChanged name=d\n" },
    { "a zero date is no date, and may be as good as empty",
      "name: x\ndeal: \"{d}\"\ntime: { column: t, formats: [rfc3339], zone: UTC }\n"
      "events:\n  - stageChanged: { to: a }\n    time: { column: w, formats: [\"%Y-%m-%d\"], at: "
      "\"12:00\" }\n    when: { w: { not: [\"0000-00-00\", \"\"] } }\n"
      "  - stageChanged: { to: b }\n    id: b\n    time: { column: w, formats: [\"%Y-%m-%d\"], at: "
      "\"12:00\" }\n    when: { d: \"2\" }\n"
      "  - propertyChanged: { name: tier, value: { column: w, empty_as: [\"0000-00-00\"] } }\n",
      "d,t,w\n1," AT ",0000-00-00\n1," AT ",\n1," AT ",2025-02-02\n2," AT ",0000-00-00\n",
      "1 2025-02-02T12:00:00Z stageChanged to=a\n1 " AT
      " propertyChanged name=tier value=2025-02-02\n"
      "!:5:24: \"0000-00-00\" is no time from 1970 to 9999, expected it written \"%Y-%m-%d\"; "
      "`empty_as` takes it as an empty cell\nskipped 2\n" },
    { "a value once a deal; another one is said",
      DEAL "properties: { p: { name: tier, once: true } }\n",
      "d,t,p\n1," AT ",\n1," AT ",A\n1," AT ",A\n2," AT ",B\n1," AT ",B\n",
      "1 " AT " propertyChanged name=tier value=A\n2 " AT
      " propertyChanged name=tier value=B\nskipped 3\n"
      "once: 1 value that the map takes once is another later, and was left out (line 6)\n" },
    { "two columns of a row for one property are one value where it is taken once",
      DEAL "events:\n  - propertyChanged: { name: tier, value: \"{p}\" }\n    once: true\n"
           "  - propertyChanged: { name: tier, value: \"{q}\" }\n    once: true\n    id: q\n",
      "d,t,p,q\n1," AT ",A,B\n",
      "1 " AT " propertyChanged name=tier value=A\n"
      "once: 1 value that the map takes once is another later, and was left out (line 2)\n" },
    { "and one change where it changes, in order of time",
      DEAL
      "events:\n  - propertyChanged: { name: tier, value: \"{p}\" }\n    changes_only: true\n"
      "  - propertyChanged: { name: tier, value: \"{q}\" }\n    changes_only: true\n    id: q\n"
      "    time: u\n",
      "d,t,p,q,u\n1," AT ",A,A," AT "\n1," AT ",A,B," AT "\n2," AT ",A,B,2025-02-01T00:00:00Z\n",
      "1 " AT " propertyChanged name=tier value=A\n1 " AT
      " propertyChanged name=tier value=B\n!:4:28: earlier than what the row says before it; "
      "`changes_only` needs the map's events in order of time\n" },
    { "a word that two columns make together",
      DEAL TWO "events:\n  - stageChanged: { to: { columns: [p, s], crosswalk: st } }\n",
      "d,p,t,s\n1,New," AT ",Open\n1,Renew," AT ",Open\n1,," AT ",\n1,New," AT ",Won\n1,New," AT
      ",\n",
      "1 " AT " stageChanged to=outreach\n1 " AT " stageChanged to=renewals\n"
      "!:4:3: stageChanged has no to, expected one\n"
      "!:5:3: the crosswalks lack 2 words: st \"New/Won\" (line 5), st \"New/\" (line 6)\n"
      "!:6:3: crosswalk st has no entry for \"New/\"\n" AT_ONCE("3") },
    { "instants, lists and other deals in a body",
      DEAL "events:\n  - meetingLogged: { meeting: \"{m}\", startsAt: b }\n    deal: \"{o}\"\n"
           "  - reviewHeld: { experiments: { list: l, split: \"|\" } }\n    deal: \"\"\n",
      "d,t,m,b,o,l\n1," AT ",m1,2025-03-05 08:00,9,a|b||c\n",
      "9 " AT " meetingLogged meeting=m1 startsAt=2025-03-05T08:00:00Z\n " AT
      " reviewHeld experiments[]=a experiments[]=b experiments[]=c\n" },
    { "a word that is no yes or no", DEAL "events:\n  - dealCreated: { observed: \"{o}\" }\n",
      "d,t,o\n1," AT ",perhaps\n", "!:2:24: \"perhaps\", expected true or false\n" },
};

static void check(void **state)
{
    csv_case_check(*state, false);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, check, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/csv/csv", tests, csv_case_begin, csv_case_end);
}
