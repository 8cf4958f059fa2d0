"""Units that convert into each other, as data: code, dimension, factor to the dimension's own unit, name.

Source: UN/ECE Recommendation 20. Where its annex prints a rounded factor, the exact definition stands here:
the international yard and pound of 1959, the US gallon of 231 cubic inches, the imperial gallon of 4.54609 l,
the US survey acre. Months and years count in months, because no number of days equals one; the annex' mean
month of 30.4375 days is no use to a contract.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CONVERTIBLE", "WHOLE"]

CONVERTIBLE: Final = """\
KGM mass 1 kilogram
MC mass 1/1000000000 microgram
MGM mass 1/1000000 milligram
CGM mass 1/100000 centigram
DG mass 1/10000 decigram
GRM mass 1/1000 gram
DJ mass 1/100 decagram
HGM mass 1/10 hectogram
M86 mass 1/2 pfund
DTN mass 100 decitonne
TNE mass 1000 tonne
2U mass 1000 megagram
KTN mass 1000000 kilotonne
GRN mass 0.00006479891 grain
ONZ mass 0.028349523125 ounce
APZ mass 0.0311034768 troy ounce
LBR mass 0.45359237 pound
STI mass 6.35029318 stone
QTR mass 12.70058636 quarter (UK)
CNT mass 45.359237 cental (UK)
CWA mass 45.359237 hundredweight (US)
CWI mass 50.80234544 hundredweight (UK)
STN mass 907.18474 short ton (US)
LTN mass 1016.0469088 long ton (UK)
MTR length 1 metre
C45 length 1/1000000000 nanometre
4H length 1/1000000 micrometre
MMT length 1/1000 millimetre
CMT length 1/100 centimetre
DMT length 1/10 decimetre
A45 length 10 decametre
HMT length 100 hectometre
KMT length 1000 kilometre
77 length 0.0000254 milli-inch
INH length 0.0254 inch
FOT length 0.3048 foot
YRD length 0.9144 yard
AK length 1.8288 fathom
SMI length 1609.344 mile
NMI length 1852 nautical mile
MTK area 1 square metre
MMK area 1/1000000 square millimetre
CMK area 1/10000 square centimetre
DMK area 1/100 square decimetre
ARE area 100 are
H16 area 100 square decametre
DAA area 1000 decare
HAR area 10000 hectare
H18 area 10000 square hectometre
KMK area 1000000 square kilometre
INK area 0.00064516 square inch
FTK area 0.09290304 square foot
YDK area 0.83612736 square yard
ACR area 62726400000/15499969 acre
MIK area 2589988.110336 square mile
MTQ volume 1 cubic metre
MMQ volume 1/1000000000 cubic millimetre
4G volume 1/1000000000 microlitre
CMQ volume 1/1000000 cubic centimetre
MLT volume 1/1000000 millilitre
CLT volume 1/100000 centilitre
DLT volume 1/10000 decilitre
LTR volume 1/1000 litre
DMQ volume 1/1000 cubic decimetre
HLT volume 1/10 hectolitre
MAL volume 1000 megalitre
H19 volume 1000000 cubic hectometre
H20 volume 1000000000 cubic kilometre
INQ volume 0.000016387064 cubic inch
FTQ volume 0.028316846592 cubic foot
YDQ volume 0.764554857984 cubic yard
OZA volume 0.0000295735295625 fluid ounce (US)
PTL volume 0.000473176473 liquid pint (US)
QTL volume 0.000946352946 liquid quart (US)
GLL volume 0.003785411784 gallon (US)
BLL volume 0.158987294928 barrel (US)
OZI volume 0.0000284130625 fluid ounce (UK)
PTI volume 0.00056826125 pint (UK)
QTI volume 0.0011365225 quart (UK)
GLI volume 0.00454609 gallon (UK)
SEC time 1 second
C47 time 1/1000000000 nanosecond
B98 time 1/1000000 microsecond
C26 time 1/1000 millisecond
MIN time 60 minute
HUR time 3600 hour
DAY time 86400 day
WEE time 604800 week
MON calendar 1 month
QAN calendar 3 quarter of a year
ANN calendar 12 year
JOU energy 1 joule
KJO energy 1000 kilojoule
WHR energy 3600 watt hour
3B energy 1000000 megajoule
KWH energy 3600000 kilowatt hour
GV energy 1000000000 gigajoule
MWH energy 3600000000 megawatt hour
GWH energy 3600000000000 gigawatt hour
D32 energy 3600000000000000 terawatt hour
WTT power 1 watt
C31 power 1/1000 milliwatt
KWT power 1000 kilowatt
MAW power 1000000 megawatt
A90 power 1000000000 gigawatt
D31 power 1000000000000 terawatt
C62 count 1 one
PR count 2 pair
DZN count 12 dozen
SCO count 20 score
CEN count 100 hundred
GRO count 144 gross
MIL count 1000 thousand
GGR count 1728 great gross
MIO count 1000000 million
MLD count 1000000000 milliard
"""

WHOLE: Final = """\
EA each, H87 piece, NAR number of articles, NPT number of parts, NMP number of packs, SET set, KT kit, DPC dozen piece
TP ten pack, TPR ten pair, IE person
"""
"""Units that come in whole numbers though nothing says how many of one make another."""
