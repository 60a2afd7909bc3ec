"""The English words of time.

Each line is a kind and, where it has one, a value; then the words. Kinds in capitals only mark
something; the others carry their value into the grammar.
"""

ENGLISH = """
at en: at
ON: on, for
THE: the
OF: of
IN: in
WITHIN: in
AND: and
OR: or
TO: to, through, thru, until, till
FROM: from
ONE: one

weekday 0: monday, mon
weekday 1: tuesday, tue, tues
weekday 2: wednesday, wed, weds
weekday 3: thursday, thu, thur, thurs
weekday 4: friday, fri
weekday 5: saturday, sat
weekday 6: sunday, sun
weekdays 0: mondays
weekdays 1: tuesdays
weekdays 2: wednesdays
weekdays 3: thursdays
weekdays 4: fridays
weekdays 5: saturdays
weekdays 6: sundays
workday -: weekday, workday, work day, working day, business day
workdays -: weekdays, workdays, work days, working days, business days
weekend -: weekend, week-end
weekends -: weekends, week-ends

month 1: january, jan
month 2: february, feb
month 3: march, mar
month 4: april, apr
month 5: may
month 6: june, jun
month 7: july, jul
month 8: august, aug
month 9: september, sep, sept
month 10: october, oct
month 11: november, nov
month 12: december, dec

unit second: second, seconds, sec, secs
unit minute: minute, minutes, min, mins, m
unit hour: hour, hours, hr, hrs
unit day: day, days
unit week: week, weeks, wk, wks
unit fortnight: fortnight, fortnights
unit month: month, months
unit quarter: quarter, quarters
unit year: year, years
HOURS: hours, hrs
MINUTES: minutes

article 1: a, an
article 2: a couple of, a couple
OTHER: other, alternate
ALTERNATE: alternate, alternating
HALF: half
SUFFIX: st, nd, rd, th
A_HALF: and a half
QUARTER: quarter, a quarter
PAST: past, after
BEFORE: to, before
OCLOCK: o'clock, oclock
meridiem am: am, a m
meridiem pm: pm, p m
minutes 30: half an hour, a half hour, a half-hour, half hour
minutes 15: a quarter of an hour, quarter of an hour, a quarter hour
minutes 45: three quarters of an hour

fixed 12: noon, midday, mid-day
fixed 0: midnight
fixed 17: end of day, the end of day, end of the day, the end of the day, eod
part morning: morning
part afternoon: afternoon
part evening: evening
part night: night
in_part morning: in the morning
in_part afternoon: in the afternoon
in_part evening: in the evening
in_part night: at night
parts morning: mornings, in the mornings
parts afternoon: afternoons, in the afternoons
parts evening: evenings, in the evenings
parts night: nights
this_part morning: this morning
this_part afternoon: this afternoon
this_part evening: this evening
this_part evening: tonight, to night

relative 0: today, to day
relative 1: tomorrow, to morrow, tmrw
relative 2: the day after tomorrow, day after tomorrow
relative -1: yesterday
FROM_NOW: from now
AGO: ago
NEXT: next
THIS: this, coming, this coming, upcoming
LAST: last, past
NEXT_WEEK: next week, the next week, the following week
THIS_WEEK: this week
NEXT_MONTH: next month, of next month
OF_MONTH: of the month, of each month, of every month, in the month, each month, every month
OF_MONTH: of month, per month, a month, in each month, in every month
LAST_DAY: last day, the last day, final day, the final day, last calendar day
END_OF_MONTH: end of each month, end of every month
END_OF_MONTH: the end of each month, the end of every month

EVERY: every, each, every single, each and every, once every, once each
PER: once a, once per, one time a, one time per
TIMES: times, twice, thrice
TIMES: twice a, twice per
EXCEPT: except, except on, except for, but not, but not on, excluding, other than
STARTING: starting, starting on, starting from, beginning, beginning on, from, as of, effective
STARTING: start, starts, begins, begin, start on, starts on, starting the, from the
UNTIL: until, till, ending, ends, up to, for the next
adverb day: daily, everyday, every day of the week
adverb week: weekly
adverb fortnight: biweekly, bi-weekly, fortnightly
adverb month: monthly
adverb quarter: quarterly
adverb hour: hourly
adverb year: yearly, annually
unclear month: bimonthly, bi-monthly

TIME: time, timezone, time zone, local time, standard time, daylight time
WHOSE: my time, local time, our time, in my timezone, in my time zone
FILLER: please, thanks, thank you
"""

NUMERALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()


def numerals() -> dict[int, tuple[str, ...]]:
    """Numbers from 0 to 59, and 60 and 90, in words."""
    found: dict[int, tuple[str, ...]] = {number: (word,) for number, word in enumerate(NUMERALS)}
    for ten, word in TENS.items():
        found[ten] = (word,)
        for one in range(1, 10):
            found[ten + one] = (f"{word} {NUMERALS[one]}",)
    return {**found, 60: ("sixty",), 90: ("ninety",)}


def ordinals() -> dict[int, tuple[str, ...]]:
    """First to thirty-first, and last, in words."""
    found: dict[int, tuple[str, ...]] = {number: (word,) for number, word in enumerate(ORDINALS, 1)}
    for one in range(1, 10):
        found[20 + one] = (f"twenty {ORDINALS[one - 1]}",)
    return {**found, 30: ("thirtieth",), 31: ("thirty first",), -1: ("last", "final")}
