"""The French words of time, those of Québec among them; the same form as the English ones."""

FRENCH = """
at fr: à
LE: le
LES: les
THE: le, la, l', les, au
OF: de, d', du, des
WITHIN: en
IN: dans
AND: et, et le, et les, et le
OR: ou
TO: au, à, jusqu'au, jusqu'à
FROM: du, de
ONE: un, une
OUT_OF: sur

weekday 0: lundi, lun
weekday 1: mardi, mar
weekday 2: mercredi, mer
weekday 3: jeudi, jeu
weekday 4: vendredi, ven
weekday 5: samedi, sam
weekday 6: dimanche, dim
weekdays 0: lundis
weekdays 1: mardis
weekdays 2: mercredis
weekdays 3: jeudis
weekdays 4: vendredis
weekdays 5: samedis
weekdays 6: dimanches
workday -: jour ouvrable, jour ouvré, jour de semaine, jour de la semaine, jour de travail
workdays -: jours ouvrables, jours ouvrés, jours de semaine, jours de la semaine, en semaine
workdays -: jours de travail, de semaine
weekend -: fin de semaine, week-end, weekend
weekends -: fins de semaine, week-ends, weekends, la fin de semaine, le week-end, la fin de semaine

month 1: janvier, janv, jan
month 2: février, févr, fév
month 3: mars
month 4: avril, avr
month 5: mai
month 6: juin
month 7: juillet, juil
month 8: août, aout
month 9: septembre, sept
month 10: octobre, oct
month 11: novembre, nov
month 12: décembre, déc

unit second: seconde, secondes, sec
unit minute: minute, minutes, min, mins
unit hour: heure, heures, h
unit day: jour, jours, journée, journées
unit week: semaine, semaines, sem
unit fortnight: quinze jours, 15 jours, quinzaine, quinzaines
unit month: mois
unit quarter: trimestre, trimestres
unit year: an, ans, année, années
H: h, heure, heures
MINUTES: min, minute, minutes

OTHER: autre, autres
SUFFIX: er, re, e, ème, ième, nd, nde
A_HALF: et demi, et demie
A_QUARTER: et quart, et un quart
LESS: moins
LESS_A_QUARTER: moins le quart, moins quart, moins un quart
meridiem am: am
meridiem pm: pm
minutes 30: une demi-heure, demi-heure, une demie heure
minutes 15: un quart d'heure, quart d'heure
minutes 45: trois quarts d'heure, trois-quarts d'heure

fixed 12: le midi, heure du midi, l'heure du midi
midi 12: midi
midi 0: minuit
fixed 17: fin de journée, la fin de journée, la fin de la journée, fin de la journée
fixed 17: en fin de journée
part morning: matin, avant-midi, matinée
part afternoon: après-midi
part evening: soir, soirée
in_part morning: du matin, le matin, au matin, en matinée, dans la matinée, de l'avant-midi
in_part morning: l'avant-midi, en avant-midi, dans l'avant-midi
in_part afternoon: de l'après-midi, l'après-midi, en après-midi, dans l'après-midi
in_part evening: du soir, le soir, au soir, en soirée, dans la soirée
in_part night: la nuit, de la nuit
parts morning: matins
parts afternoon: après-midis
parts evening: soirs
parts noon: midis
this_part morning: ce matin, cet avant-midi
this_part afternoon: cet après-midi, cette après-midi
this_part evening: ce soir
this_part noon: ce midi

relative 0: aujourd'hui, aujourdhui
relative 1: demain
relative 2: après-demain
relative -1: hier
relative -2: avant-hier
IL_Y_A: il y a
NEXT: prochain, prochaine
PROCHAIN: prochain, qui vient, suivant
THIS: ce, cet, cette
DERNIER: dernier, dernière, passé
EN_HUIT: en huit
NEXT_WEEK: la semaine prochaine, semaine prochaine, de la semaine prochaine
THIS_WEEK: cette semaine, de cette semaine
NEXT_MONTH: le mois prochain, du mois prochain, mois prochain
OF_MONTH: du mois, de chaque mois, chaque mois, de tous les mois, tous les mois, par mois, au mois
LAST_DAY: dernier jour, le dernier jour, la dernière journée
END_OF_MONTH: la fin de chaque mois, fin de chaque mois

EVERY: chaque, tous les, toutes les, tout les, toute les, à chaque, à tous les, à toutes les
EVERY: une fois tous les, une fois toutes les, une fois aux, une fois chaque
AUX: aux
PER: une fois par, 1 fois par
TIMES: fois
PAR: par
EXCEPT: sauf, sauf le, sauf les, excepté, excepté le, excepté les, à l'exception du, hormis le
STARTING: à partir de, à partir du, à partir d', dès, dès le, à compter du, à compter de
STARTING: commençant, commençant le, en commençant, en commençant le, débutant, débutant le
UNTIL: jusque, jusqu'au, jusqu'en, jusqu'à, d'ici
adverb day: quotidien, quotidienne, quotidiennement
adverb week: hebdomadaire, hebdomadairement
adverb month: mensuel, mensuelle, mensuellement
adverb quarter: trimestriel, trimestrielle, trimestriellement
adverb year: annuel, annuelle, annuellement
unclear fortnight: bimensuel, bimensuelle, bihebdomadaire
adverb bimester: bimestriel, bimestrielle

HEURE_DE: heure de, heure d', heure du, heure des, heure de l', heure de la, à l'heure de
HEURE_DE: l'heure de, à l'heure d', à l'heure du, à l'heure des, à l'heure de l'
WHOSE: heure locale, mon heure, à mon heure, à l'heure locale
FILLER: s'il te plaît, s'il vous plaît, svp, stp, merci
"""

NUMERALS = """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze
quinze seize dix-sept dix-huit dix-neuf""".split()
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
ORDINALS = """deuxième troisième quatrième cinquième sixième septième huitième neuvième
dixième""".split()


def numerals() -> dict[int, tuple[str, ...]]:
    """Numbers from 0 to 59, and 60 and 90, in words."""
    found: dict[int, tuple[str, ...]] = {number: (word,) for number, word in enumerate(NUMERALS)}
    found[1] = ("un", "une")
    for ten, word in TENS.items():
        found[ten] = (word,)
        found[ten + 1] = (f"{word} et un", f"{word} et une", f"{word} un")
        for one in range(2, 10):
            found[ten + one] = (f"{word} {NUMERALS[one]}",)
    return {**found, 60: ("soixante",), 90: ("quatre vingt dix",)}


def ordinals() -> dict[int, tuple[str, ...]]:
    """First to tenth, and last, in words."""
    found: dict[int, tuple[str, ...]] = {
        number: (word, f"{word}s") for number, word in enumerate(ORDINALS, 2)
    }
    found[1] = ("premier", "première", "premiers", "premières")
    found[2] += ("second", "seconde", "seconds")
    return {**found, -1: ("dernier", "dernière", "derniers", "dernières")}
